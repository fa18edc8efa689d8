"""Embed: each distinct text and context → one vector."""
