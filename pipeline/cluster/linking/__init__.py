"""Which action would answer which obstacle."""
