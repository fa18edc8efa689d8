"""A language model may rewrite a section, under lock."""
