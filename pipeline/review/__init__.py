"""Review: people's decisions, replayed on the machine tables, which are never edited."""
