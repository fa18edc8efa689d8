"""Several workshops of one programme: what comes back from one to the other, what is proper to each, and when."""
