"""What the document says, chosen from members and links alone, before a word of French."""
