"""How it is told: sentences, their order, what was told already."""
