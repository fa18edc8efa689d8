"""What runs the stages in order: jobs, freshness, synthesis, benchmark."""
