"""What words are about: concepts, subjects, cues, how rare a stem is."""
