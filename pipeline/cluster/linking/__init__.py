"""Which idea answers which obstacle."""
