"""Transcripts → entries: cues, turns, and who speaks."""
