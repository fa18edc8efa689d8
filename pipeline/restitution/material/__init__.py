"""What there is to tell of a workshop: facts, quantifiers, kinship of groups."""
