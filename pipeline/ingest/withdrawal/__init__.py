"""A contribution that is withdrawn: erased everywhere, known again without its words, or what is left of it told."""
