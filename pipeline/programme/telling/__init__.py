"""What the document of a programme says, and how."""
