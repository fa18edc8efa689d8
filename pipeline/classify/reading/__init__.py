"""Run time: from texts and vectors to calibrated axes and facets."""
