"""What participants gave besides their words: headings, the order in which they spoke, the groups that they made."""
