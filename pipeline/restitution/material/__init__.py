"""What there is to tell: reviewed tables joined, facts, quantifiers, kinship of groups."""
