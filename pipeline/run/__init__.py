"""What runs the stages in order: jobs, stages, what makes one stale, titles of an earlier run."""
