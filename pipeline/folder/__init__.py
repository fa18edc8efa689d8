"""The run folder: artefacts, vectors, readings, the log of decisions, files written whole."""
