"""What each table of a run holds: column types, one schema per table, checks on save and on load."""
