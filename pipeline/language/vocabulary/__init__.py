"""What words are about: concepts, subjects, needs, cues, spoken forms, how rare a stem is."""
