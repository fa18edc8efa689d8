"""Bytes to readings: one reader per kind of file, and how the kind is told."""
