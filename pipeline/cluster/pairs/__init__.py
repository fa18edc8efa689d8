"""How likely two ideas of an axis belong to one column of a wall: learnt from walls that people sorted."""
