"""What runs the stages in order: jobs, freshness, synthesis, titles of an earlier run."""
