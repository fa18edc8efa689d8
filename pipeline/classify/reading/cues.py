"""French cues of the act: what a person does in saying it. They are features of the shipped models."""

from __future__ import annotations

from pipeline.language.text.lists import read_lines


def _cues(name: str) -> tuple[tuple[str, str], ...]:
    """Name and pattern of each cue of a list, in its order."""
    return tuple((cue, pattern) for cue, _, pattern in (line.partition(" ") for line in read_lines(__name__, name)))


TEXT_CUES = _cues("text_cues")
"""Names and regular expressions over the folded text of an idea (see `features.fold`)."""
CONTEXT_CUES = _cues("context_cues")
"""The same over the heading or question above it."""
