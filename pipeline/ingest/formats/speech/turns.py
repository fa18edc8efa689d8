"""Speech: cues → turns of speakers, one entry each."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from pipeline.ingest.formats.records import Entry
from pipeline.ingest.structure import context_of
from pipeline.language.text.folding import fold
from pipeline.language.text.lists import read_words

_PAUSE_S = 20.0
_TURN_MAX = 4_000
_SECONDS_MAX = 1e9
_INTERRUPTION_WORDS_MAX = 3
_NOISE = re.compile(r"[(\[][^()\[\]]{1,40}[)\]]")
_SAYS_NOTHING = read_words(__name__, "backchannels")


@dataclass(slots=True)
class Cue:
    """A piece of speech: seconds from the start (None when untimed), the speaker's name or "", what is said.

    `headings`, `table`, `group` : what it stands under, in a transcript that has headings.
    """

    start_s: float | None
    end_s: float | None
    speaker: str
    text: str
    headings: tuple[str, ...] = ()
    table: str | None = None
    group: str | None = None


def seconds(stamp: str) -> float | None:
    """`1:02:03.5`, `02:03,500` or `0:03` in seconds; None when it is no time; negative offsets count from 0."""
    parts = stamp.strip().lstrip("-").replace(",", ".").split(":")
    try:
        value = sum(float(part) * 60**power for power, part in enumerate(reversed(parts)))
    except (ValueError, OverflowError):
        return None
    if value > _SECONDS_MAX:
        return None
    return 0.0 if stamp.strip().startswith("-") else round(value, 3)


def clock(at: float | None) -> str:
    """`00:03:12`."""
    whole = int(at or 0)
    return f"{whole // 3600:02d}:{whole // 60 % 60:02d}:{whole % 60:02d}"


def entries_of_cues(cues: list[Cue]) -> list[Entry]:
    """Turns: consecutive cues of one speaker become one entry, unless a long silence or length parts them.

    Automatic captions repeat the last line of the cue before (rolling captions): what is repeated is left out. A turn
    that another cuts with a word that says nothing (`mm`, `(inaudible)`) goes on after it.
    """
    turns: list[tuple[Entry, Cue]] = []
    for number, cue in enumerate(_unrolled(cues), start=1):
        going_on = _turn_going_on(turns, cue)
        if going_on is not None:
            turns[going_on][0].text += f" {cue.text}"
            turns[going_on] = (turns[going_on][0], cue)
            continue
        place = clock(cue.start_s) if cue.start_s is not None else f"tour {number}"
        entry = Entry(place, cue.text, context_of(cue.headings), cue.speaker or None, cue.table, start_s=cue.start_s)
        entry.headings, entry.given_group = cue.headings, cue.group
        turns.append((entry, cue))
    return _numbered([entry for entry, _ in turns])


def _unrolled(cues: list[Cue]) -> list[Cue]:
    """The cues that say something, without what they repeat."""
    kept: list[Cue] = []
    before = ""
    for cue in cues:
        text = " ".join(cue.text.split())
        if not text or (text == before and not cue.speaker):
            continue
        is_rolling = bool(before) and not cue.speaker and text.startswith(f"{before} ")
        cue.text, before = (text[len(before) + 1 :], text) if is_rolling else (text, text)
        kept.append(cue)
    return kept


def _turn_going_on(turns: list[tuple[Entry, Cue]], cue: Cue) -> int | None:
    """The rank of the turn that a cue continues: the last one, or the one that the last one interrupted."""
    if turns and _is_same_turn(*turns[-1], cue):
        return len(turns) - 1
    if len(turns) < 2 or not cue.speaker or not is_interruption(turns[-1][0].text):
        return None
    entry, last = turns[-2]
    is_cut = entry.text[-1:] not in ".!?…" and cue.text[:1].islower()
    return len(turns) - 2 if is_cut and _is_same_turn(entry, last, cue) else None


def is_interruption(text: str) -> bool:
    """Whether a turn says nothing: `mm mm`, `d'accord`, `(inaudible)`."""
    words = fold(_NOISE.sub(" ", text)).replace("'", " ").split()
    return len(words) <= _INTERRUPTION_WORDS_MAX and all(word.strip(".,!…") in _SAYS_NOTHING for word in words)


def _is_same_turn(entry: Entry, last: Cue, cue: Cue) -> bool:
    if last.speaker != cue.speaker or last.headings != cue.headings or len(entry.text) > _TURN_MAX:
        return False
    if last.end_s is not None and cue.start_s is not None and cue.start_s - last.end_s > _PAUSE_S:
        return False
    return bool(cue.speaker) or entry.text[-1:] not in ".!?…"


def _numbered(entries: list[Entry]) -> list[Entry]:
    """Two turns that begin in the same second are told apart by a rank."""
    seen: Counter[str] = Counter()
    for entry in entries:
        seen[entry.locator] += 1
        if seen[entry.locator] > 1:
            entry.locator += f" ({seen[entry.locator]})"
    return entries
