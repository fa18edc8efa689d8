"""Which ideas stand together: the space of an axis, its partition, stacks and repeats."""
