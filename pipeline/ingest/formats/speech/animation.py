"""The animation's own turns: they say what is asked, and are no contribution."""

from __future__ import annotations

import re

from pipeline.ingest.formats.records import Entry
from pipeline.ingest.formats.speech.speakers import is_animation, is_nobody
from pipeline.ingest.structure import context_of

_QUESTION_WORDS_MIN = 4
_QUESTION = re.compile(r"[^.!…?\n]+\?")
REJECT = ("animation", "parole de l'animation, qui donne le contexte")


def without_animation(entries: list[Entry]) -> tuple[list[Entry], list[tuple[str, str, str]]]:
    """The turns of those who take part, each with the question that it answers, and the rejects.

    Where nobody but the animation speaks, its turns are all there is to read: they stay.
    """
    leads = [entry.voice is not None and is_animation(entry.voice) for entry in entries]
    if not any(leads) or all(leads):
        return [_told_by_nobody(entry) for entry in entries], []
    kept: list[Entry] = []
    rejects: list[tuple[str, str, str]] = []
    asked, above = "", entries[0].headings
    for entry, is_leading in zip(entries, leads, strict=True):
        if entry.headings != above:
            asked, above = "", entry.headings
        if is_leading:
            asked = question_in(entry.text) or asked
            rejects.append((entry.locator, *REJECT))
            continue
        if asked:
            entry.context = context_of((*entry.headings[-1:], asked))
        kept.append(_told_by_nobody(entry))
    return kept, rejects


def question_in(text: str) -> str:
    """The last question of a turn: `Et qu'est-ce qui manque le soir ?`; "" without a question mark."""
    asked = [found.group().strip() for found in _QUESTION.finditer(text)]
    return next((one for one in reversed(asked) if len(one.split()) >= _QUESTION_WORDS_MIN), "")


def _told_by_nobody(entry: Entry) -> Entry:
    """`Public :` is nobody in particular: two such turns are not one person's."""
    if entry.voice is not None and is_nobody(entry.voice):
        entry.voice = None
    return entry
