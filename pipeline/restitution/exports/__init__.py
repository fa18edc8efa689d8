"""What other tools open: one module a format, each from the same words, groups and decisions."""
