"""A language model at hand: its server, what it is asked, and the lock on what it answers; nothing depends on it."""
