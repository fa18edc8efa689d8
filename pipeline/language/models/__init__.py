"""Models of language that come in wheels: spaCy, sentence encoders."""
