"""What is told of a model: metrics, cards, plots, read errors."""
