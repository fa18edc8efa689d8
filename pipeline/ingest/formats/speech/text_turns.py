"""Transcripts written as text: the one grammar of turns (`[[tours]]` in sources.toml), with the headings among them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import cache

from pipeline.ingest.formats.documents.blocks import LOWEST
from pipeline.ingest.formats.documents.outline import Outline
from pipeline.ingest.formats.records import Entry
from pipeline.ingest.formats.speech.speakers import Label, label_of, speaker_name, speakers_among
from pipeline.ingest.formats.speech.turns import Cue, seconds
from pipeline.tables.columns import sources

_NOT_A_SPEAKER_WORDS = 5
_SHARE_MIN = 0.6
_TITLE_WORDS_MAX = 12
_LONE_LINES_MAX = 0.3
"""Share of lines without a name above which they are the rest of a turn rather than nobody's words."""


@cache
def _timed_grammar() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(rule["motif"]) for rule in sources()["tours"] if "<temps>" in rule["motif"])


@cache
def _boilerplate() -> re.Pattern[str]:
    return re.compile("|".join(sources()["transcription"]["passer"]), re.IGNORECASE)


def cues_of_text(lines: list[str], headings: Mapping[str, int]) -> list[Cue] | None:
    """The cues of a transcript written as text, or None when the lines are no transcript.

    The timed rule of the grammar that matches most lines is the one the file follows. `Nom : texte` alone proves
    little (`Problème : …`): most lines must have a speaker's label, of two speakers at least.

    Parameters
    ----------
    headings : text of the headings of the document → their level. They end the turn.
    """
    filled = [line for line in lines if line.strip() and not _boilerplate().match(line.strip())]
    counted = [(n, -rank) for rank, rule in enumerate(_timed_grammar()) if (n := _n_timed(rule, filled)) >= 2]
    if counted and not _are_named(filled, headings, max(counted)[0]):
        marked = {text: level for text, level in headings.items() if level < LOWEST}
        return _timed_cues(filled, _timed_grammar()[-max(counted)[1]], marked)
    return _named_cues(filled, headings)


def _n_timed(pattern: re.Pattern[str], filled: list[str]) -> int:
    """How many lines follow a rule of the grammar."""
    return sum(1 for line in filled if (match := pattern.match(line.strip())) and _is_short(_name(match)))


def _are_named(filled: list[str], headings: Mapping[str, int], n_timed: int) -> bool:
    return n_timed < _SHARE_MIN / 2 * len(filled) and _named_cues(filled, headings) is not None


def _is_short(name: str) -> bool:
    return len(name.split()) <= _NOT_A_SPEAKER_WORDS


def _name(match: re.Match[str]) -> str:
    return (match.groupdict().get("nom") or "").strip()


def _timed_cues(lines: list[str], pattern: re.Pattern[str], headings: Mapping[str, int]) -> list[Cue]:
    reader = _Reader(headings)
    for line in lines:
        match = pattern.match(line.strip())
        if match and _is_short(_name(match)):
            start = seconds(match.group("temps")) if match.group("temps") else None
            reader.speak(start, speaker_name(_name(match)), (match.groupdict().get("texte") or "").strip())
        elif not reader.opens(line):
            reader.go_on(line)
    return reader.cues


def _named_cues(lines: list[str], headings: Mapping[str, int]) -> list[Cue] | None:
    """Turns that a name alone opens; None when they are too few to be turns."""
    labels = {line: label for line in lines if (label := label_of(line))}
    found = [labels[line] for line in lines if line in labels]
    speakers = speakers_among(found)
    turns = [label for label in found if label.name in speakers]
    reader = _Reader(headings)
    n_others = sum(1 for line in lines if not _speaks(labels.get(line), speakers) and not reader.is_heading(line))
    if not _are_turns(turns, len(turns) + n_others):
        return None
    n_lone = sum(
        1 for line in lines if line not in labels and line.strip()[:1].isupper() and not reader.is_heading(line)
    )
    is_lone_line_rare = n_lone <= _LONE_LINES_MAX * len(turns)
    for line in lines:
        label = labels.get(line)
        if label is not None and _speaks(label, speakers):
            reader.speak(None, label.name, label.text)
        elif not reader.opens(line):
            reader.go_on(line, is_lone_line_rare)
    return reader.cues


def _speaks(label: Label | None, speakers: frozenset[str]) -> bool:
    return label is not None and label.name in speakers


def _are_turns(turns: list[Label], n_lines: int) -> bool:
    """Whether so many turns of so many lines make a talk: two people at least, of whom one comes back."""
    named = Counter(label.name for label in turns)
    if len(named) < 2 or len(turns) < max(3, _SHARE_MIN * n_lines):
        return False
    return max(named.values()) >= 2


class _Reader:
    """Lines of a transcript → cues, under the headings met on the way."""

    def __init__(self, headings: Mapping[str, int]) -> None:
        self._levels = {_bare(text): level for text, level in headings.items()}
        self._outline = Outline(self._title_level())
        self._cues: list[Cue] = []

    @property
    def cues(self) -> list[Cue]:
        """Those that say something."""
        return [cue for cue in self._cues if cue.text]

    def _title_level(self) -> int:
        levels = sorted(self._levels.values())
        return levels[0] if len(levels) > 1 and levels[0] != levels[1] else 0

    def is_heading(self, line: str) -> bool:
        """Whether a line is one of the headings of the document."""
        return _bare(line) in self._levels

    def opens(self, line: str) -> bool:
        """Whether a line is a heading; what follows then stands under it."""
        level = self._levels.get(_bare(line))
        if level is None:
            return False
        self._outline.open(level, line.strip())
        return True

    def speak(self, start: float | None, name: str, text: str) -> None:
        """Someone takes the floor."""
        above = Entry("", "")
        self._outline.place(above)
        self._cues.append(Cue(start, None, name, text, above.headings, above.table, above.given_group))

    def go_on(self, line: str, may_be_nobodys: bool = False) -> None:
        """A line without a name: the rest of the turn, or nobody's words when it opens after a full stop."""
        said = line.strip()
        is_open = bool(self._cues) and (self._cues[-1].text[-1:] not in ".!?…" or said[:1].islower())
        if not self._cues and len(said.split()) <= _TITLE_WORDS_MAX and said[-1:] not in ".!?…":
            return  # the title of the transcript
        if not self._cues or (may_be_nobodys and not is_open):
            self.speak(None, "", said)
        else:
            self._cues[-1].text = f"{self._cues[-1].text} {said}".strip()


def _bare(line: str) -> str:
    return " ".join(line.strip().strip("#=*_: \t\u00a0").split())
