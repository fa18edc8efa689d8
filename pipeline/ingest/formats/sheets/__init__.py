"""Tables → entries: headings, columns, sheets, and what their columns are."""
