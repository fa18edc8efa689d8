"""Learning, exporting and measuring the models of the axes."""
