"""French resources shared by stages: spaCy, encoders, stop words, cues, typography, inclusive forms."""
