"""A language model at hand: asked under time-outs, its answers typed and kept; nothing depends on it."""
