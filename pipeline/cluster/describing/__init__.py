"""What is told of a group: themes, keywords, where its ideas come from, stances."""
