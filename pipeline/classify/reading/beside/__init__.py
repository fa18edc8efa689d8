"""What is read of an idea beside its axis: its nature and its object, and whether it is worth quoting."""
