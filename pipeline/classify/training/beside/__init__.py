"""Learning what is read of an idea beside its axis."""
