"""Which idea answers which obstacle, objects to which proposal or supports it."""
