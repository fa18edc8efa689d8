"""What a reader hands over: entries in reading order, rejects, and how the file was understood."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(slots=True)
class Entry:
    """One raw contribution, before privacy and screening.

    `voice` is the person's name as the file gives it (it becomes `Voix n`), or a row number for a survey
    (`#12`, becomes `Réponse n`), or None. `attributes` are the other columns, non-empty ones only.
    """

    locator: str
    text: str
    context: str = ""
    voice: str | None = None
    table: str | None = None
    votes: int | None = None
    attributes: dict[str, str] = field(default_factory=dict)
    date: str | None = None
    start_s: float | None = None


@dataclass(frozen=True)
class ColumnChoice:
    """What a column was taken for, and why, in French."""

    name: str
    role: str
    reason: str


@dataclass
class Reading:
    """One file (or one sheet, or one member of an archive) as read.

    Attributes
    ----------
    format : what it was recognised as, in French ("tableau CSV", "transcription WebVTT (Teams)"…).
    entries : in reading order; those of a table come as they are read, once.
    rejects : (locator, reason, detail) of what the reader itself set aside, so far.
    choices : the columns and what they were taken for (tables only).
    notes : other things to know about how it was read; complete when the entries are exhausted.
    place : what stands before every locator, for a sheet among others.
    """

    format: str
    channel: str
    provenance: str
    entries: Iterable[Entry] = ()
    rejects: list[tuple[str, str, str]] = field(default_factory=list)
    choices: list[ColumnChoice] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    place: str = ""
