"""What is known of single French words: genders, verb forms, first names, verbs of undertaking."""
