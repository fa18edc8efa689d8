"""Characters and words: tokens, stop words, typography, inclusive forms. No grammar."""
