"""How what groups rest on is learnt: projections of meaning, pairs of ideas. Nothing of a run imports it."""
