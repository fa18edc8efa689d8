"""What a language model advises before people decide: axes, pairs, names, answers; each checked, all written down."""
