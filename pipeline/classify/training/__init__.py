"""How the models of the axes are learnt, exported, and replaced when better."""
