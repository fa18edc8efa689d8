"""Stances: which side an idea takes about an object, and how many there are on each side."""
