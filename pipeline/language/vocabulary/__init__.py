"""What words are about: concepts, subjects, needs, cues, how rare a stem is."""
