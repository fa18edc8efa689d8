"""One writer per format. Each renders draft.json, with the images of its figures, and nothing else."""
