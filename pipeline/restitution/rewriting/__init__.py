"""A page that a language model writes: what it is asked, how its sentences are judged, where they stand."""
