"""Figures as French writes them."""

from __future__ import annotations


def count(n: int, one: str, many: str = "") -> str:
    """A whole number and its noun: `1 ligne`, `2 lignes`, `1 200 idées`."""
    noun = one if n < 2 else many or f"{one}s"
    return f"{n:,} {noun}".replace(",", "\u202f")
