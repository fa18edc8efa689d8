"""Several workshops of one programme under one set of titles: what comes back where, and when."""
