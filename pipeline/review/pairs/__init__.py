"""« Est-ce la même chose ? »: what people answered about pairs of ideas, and the groups that their answers make."""
