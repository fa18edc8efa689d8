"""A language model may write a sentence again, under lock."""
