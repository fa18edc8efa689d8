"""Rosace: from the raw words of a workshop to a restitution, in French, offline."""
