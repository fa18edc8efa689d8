"""The run folder: artefacts, vectors, the log of decisions, answers of a model, exports, files written whole."""
