"""The title and the question of a group."""
