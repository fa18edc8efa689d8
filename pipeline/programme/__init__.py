"""Several workshops of one programme under one set of titles, as the tables of one run."""
