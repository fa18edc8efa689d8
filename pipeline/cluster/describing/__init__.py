"""What is told of a group: themes, keywords, reasons, spread, stances."""
