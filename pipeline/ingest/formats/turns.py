"""Speech: cues → turns of speakers, and the one grammar of turns for text transcripts (`[[tours]]` in sources.toml)."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache

from pipeline.ingest.formats.records import Entry
from pipeline.tables.columns import sources

_PAUSE_S = 20.0
_TURN_MAX = 4_000
_NOT_A_SPEAKER_WORDS = 5


@dataclass(slots=True)
class Cue:
    """A piece of speech: seconds from the start (None when untimed), the speaker's name or "", what is said."""

    start_s: float | None
    end_s: float | None
    speaker: str
    text: str


def seconds(stamp: str) -> float | None:
    """`1:02:03.5`, `02:03,500` or `0:03` in seconds; None when it is no time; negative offsets count from 0."""
    parts = stamp.strip().lstrip("-").replace(",", ".").split(":")
    try:
        value = sum(float(part) * 60**power for power, part in enumerate(reversed(parts)))
    except ValueError:
        return None
    return 0.0 if stamp.strip().startswith("-") else round(value, 3)


def clock(at: float | None) -> str:
    """`00:03:12`."""
    whole = int(at or 0)
    return f"{whole // 3600:02d}:{whole // 60 % 60:02d}:{whole % 60:02d}"


def entries_of_cues(cues: list[Cue]) -> list[Entry]:
    """Turns: consecutive cues of one speaker become one entry, unless a long silence or length parts them.

    Automatic captions repeat the last line of the cue before (rolling captions): what is repeated is left out.
    """
    entries: list[Entry] = []
    last: Cue | None = None
    previous_text = ""
    for number, cue in enumerate(cues, start=1):
        text = " ".join(cue.text.split())
        if not text or (text == previous_text and not cue.speaker):
            continue
        if previous_text and not cue.speaker and text.startswith(previous_text + " "):
            text, previous_text = text[len(previous_text) + 1 :], text
        else:
            previous_text = text
        if last is not None and entries and _same_turn(last, cue, entries[-1].text):
            entries[-1].text += f" {text}"
        else:
            place = clock(cue.start_s) if cue.start_s is not None else f"tour {number}"
            entries.append(Entry(place, text, voice=cue.speaker or None, start_s=cue.start_s))
        last = cue
    return _numbered(entries)


def _same_turn(last: Cue, cue: Cue, so_far: str) -> bool:
    if last.speaker != cue.speaker or len(so_far) > _TURN_MAX:
        return False
    if last.end_s is not None and cue.start_s is not None and cue.start_s - last.end_s > _PAUSE_S:
        return False
    return bool(cue.speaker) or so_far[-1:] not in ".!?…"


def _numbered(entries: list[Entry]) -> list[Entry]:
    """Two turns that begin in the same second are told apart by a rank."""
    seen: Counter[str] = Counter()
    for entry in entries:
        seen[entry.locator] += 1
        if seen[entry.locator] > 1:
            entry.locator += f" ({seen[entry.locator]})"
    return entries


# text transcripts ----------------------------------------------------------------------------------------------


@cache
def _grammar() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(rule["motif"]) for rule in sources()["tours"])


@cache
def _boilerplate() -> re.Pattern[str]:
    return re.compile("|".join(sources()["transcription"]["passer"]), re.IGNORECASE)


def cues_of_text(lines: list[str]) -> list[Cue] | None:
    """The cues of a transcript written as text, or None when the lines are no transcript.

    The rule of the grammar that matches most lines is the one the file follows. `Nom : texte` alone proves little
    (`Problème : …`): it asks for two speakers at least, one of whom speaks twice, in most of the lines.
    """
    filled = [line for line in lines if line.strip() and not _boilerplate().match(line.strip())]
    counted = [(n, -rank) for rank, pattern in enumerate(_grammar()) if (n := _n_turns(pattern, filled))]
    if not counted:
        return None
    _, rank = max(counted)
    return _read_turns(filled, _grammar()[-rank])


def _n_turns(pattern: re.Pattern[str], filled: list[str]) -> int:
    """How many lines follow a rule of the grammar; 0 when they are too few to be turns."""
    found = [match for line in filled if (match := pattern.match(line.strip())) and _is_short(_name(match))]
    named = Counter(_name(match) for match in found)
    named.pop("", None)
    if "temps" in pattern.groupindex:
        return len(found) if len(found) >= 2 else 0
    is_shared = len(named) >= 2 and max(named.values()) >= 2 and len(named) <= 0.7 * len(found)
    return len(found) if is_shared and len(found) >= max(4, 0.6 * len(filled)) else 0


def _is_short(name: str) -> bool:
    return len(name.split()) <= _NOT_A_SPEAKER_WORDS


def _name(match: re.Match[str]) -> str:
    return (match.groupdict().get("nom") or "").strip()


def _read_turns(lines: list[str], pattern: re.Pattern[str]) -> list[Cue]:
    cues: list[Cue] = []
    for line in lines:
        match = pattern.match(line.strip())
        if match and _is_short(_name(match)):
            start = seconds(match.group("temps")) if "temps" in pattern.groupindex and match.group("temps") else None
            cues.append(Cue(start, None, _name(match), (match.groupdict().get("texte") or "").strip()))
        elif cues:
            cues[-1].text = f"{cues[-1].text} {line.strip()}".strip()
    return [cue for cue in cues if cue.text]
