"""Which columns of several workshops are near, and what answers what: the models of a run, over several."""
