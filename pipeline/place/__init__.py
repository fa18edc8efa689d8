"""Placing: titles that people give, and the ideas of which each is true."""
