"""Documents → entries: blocks, the outline they stand in, and what in minutes is whose words."""
