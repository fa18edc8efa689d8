"""Classify: each item → an axis, a facet, calibrated probabilities, a status."""
