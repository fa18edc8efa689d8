"""Which ideas stand together: the space of an axis, its partition, kept groups, repeats."""
