"""The recording that lies beside its transcript: where, and from when a contribution is heard."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from pipeline.review.log.state import Source

KINDS = {".mp3": "audio/mpeg", ".ogg": "audio/ogg", ".wav": "audio/wav", ".m4a": "audio/mp4"}
"""Ends of names that a browser plays, and how they are told to it."""


def recording_of(source: Source, corpus: Path) -> Path | None:
    """The recording of a contribution: named as its transcript, in the same folder of the corpus; None without one."""
    place = PurePosixPath(source.source)
    if source.start_s is None or place.is_absolute() or ".." in place.parts:
        return None
    transcript = corpus / place
    found = (transcript.with_suffix(end) for end in KINDS) if transcript.is_file() else ()
    return next((path for path in found if path.is_file() and not path.is_symlink()), None)
