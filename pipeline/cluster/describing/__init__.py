"""What is told of a group: themes, where its ideas come from, stances."""
