"""The parts of a restitution: what is told, in which order, from facts and members only."""
