"""The local page, from dropped files to a signed document: workshops, titles, wall, text."""
