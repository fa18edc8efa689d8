"""The parts of a restitution, one module each: what is told, in which order, from facts and members only."""
