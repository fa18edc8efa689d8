"""A contribution to its ideas: exact spans that stand alone."""
