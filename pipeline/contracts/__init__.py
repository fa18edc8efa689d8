"""What stages hand to each other: tables, the draft and its facts, their types, and the checks on save and on load."""
