"""What a person sees in a terminal: refusals and help in French, progress, tables of measures."""
