"""The local page: what a facilitator sees and does."""
