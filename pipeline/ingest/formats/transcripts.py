"""Transcripts → entries, one per turn: WebVTT, SubRip, Whisper json, and turns of speech written as text."""

import html
import re
from collections import Counter
from collections.abc import Mapping
from itertools import pairwise, takewhile, zip_longest
from pathlib import Path
from typing import Any

from pipeline.contracts.numbers import read_number
from pipeline.errors import RefusedFileError
from pipeline.ingest.agreements import tell_answers
from pipeline.ingest.formats.blocks import LOWEST, Outline, title_level
from pipeline.ingest.formats.records import Entry, Reading
from pipeline.ingest.formats.speakers import (
    bare_name,
    part_of,
    without_animation,
)
from pipeline.ingest.formats.turns import Head, heads_of, is_name_alone, marked, may_speak, turns_of
from pipeline.ingest.headers import day_of
from pipeline.ingest.structure import context_of
from pipeline.language.text.folding import fold
from pipeline.language.text.lists import read_words
from pipeline.tables.columns import sources
from pipeline.tables.reading import read_text

_PAUSE_S = 20.0
_SAME_MARK_S = 60.0
"""How long after the time of a turn another sentence of it, with a time of its own, is still told by the first one."""
_TURN_MAX = 4_000
_SECONDS_MAX, _UNITS_MAX = 1e9, 4
_INTERRUPTION_WORDS_MAX = 3
_NOISE = re.compile(r"[(\[][^()\[\]]{1,40}[)\]]")
_SAYS_NOTHING = read_words(__name__, "backchannels")


def _cue(text: str, speaker: str, start: float | None = None, end: float | None = None) -> Entry:
    return Entry("", text, voice=speaker or None, start_s=start, end_s=end)


def seconds(stamp: str) -> float | None:
    """`1:02:03.5`, `02:03,500` or `0:03` in seconds; None when it is no time; negative offsets count from 0."""
    parts = [read_number(part) for part in stamp.strip().lstrip("-").split(":", _UNITS_MAX)]
    value = sum((part or 0.0) * 60**power for power, part in enumerate(reversed(parts)))
    if None in parts or value > _SECONDS_MAX:
        return None
    return 0.0 if stamp.strip().startswith("-") else round(value, 3)


def clock(at: float | None) -> str:
    """`00:03:12`."""
    whole = int(at or 0)
    return f"{whole // 3600:02d}:{whole // 60 % 60:02d}:{whole % 60:02d}"


def entries_of_cues(cues: list[Entry]) -> list[Entry]:
    """Turns: consecutive cues of one speaker become one entry, unless a long silence or length parts them.

    Automatic captions repeat the last line of the cue before (rolling captions): what is repeated is left out. A turn
    that another cuts with a word that says nothing (`mm`, `(inaudible)`) goes on after it.
    """
    turns: list[Entry] = []
    seen: Counter[str] = Counter()
    for number, cue in enumerate(_unrolled(cues), start=1):
        turn = _turn_going_on(turns, cue)
        if turn is not None:
            turn.text, turn.end_s = f"{turn.text} {cue.text}", cue.end_s
            continue
        cue.locator = clock(cue.start_s) if cue.start_s is not None else f"tour {number}"
        seen[cue.locator] += 1
        if seen[cue.locator] > 1:  # two turns that begin in the same second
            cue.locator += f" ({seen[cue.locator]})"
        cue.context = context_of(cue.headings)
        turns.append(cue)
    return turns


def _unrolled(cues: list[Entry]) -> list[Entry]:
    kept: list[Entry] = []
    before = ""
    for cue in cues:
        text = " ".join(cue.text.split())
        if not text or (text == before and cue.voice is None):
            continue
        is_rolling = bool(before) and cue.voice is None and text.startswith(f"{before} ")
        cue.text, before = (text[len(before) + 1 :], text) if is_rolling else (text, text)
        kept.append(cue)
    return kept


def _turn_going_on(turns: list[Entry], cue: Entry) -> Entry | None:
    """The turn that a cue continues: the last one, or the one that the last one interrupted."""
    if turns and _is_same_turn(turns[-1], cue):
        return turns[-1]
    if len(turns) < 2 or cue.voice is None or not is_interruption(turns[-1].text):
        return None
    is_cut = turns[-2].text[-1:] not in ".!?…" and cue.text[:1].islower()
    return turns[-2] if is_cut and _is_same_turn(turns[-2], cue) else None


def is_interruption(text: str) -> bool:
    """Whether a turn says nothing: `mm mm`, `d'accord`, `(inaudible)`."""
    words = fold(_NOISE.sub(" ", text)).replace("'", " ").split()
    return len(words) <= _INTERRUPTION_WORDS_MAX and all(word.strip(".,!…") in _SAYS_NOTHING for word in words)


def _is_same_turn(turn: Entry, cue: Entry) -> bool:
    if turn.voice != cue.voice or turn.headings != cue.headings or len(turn.text) > _TURN_MAX:
        return False
    if turn.end_s is not None and cue.start_s is not None and cue.start_s - turn.end_s > _PAUSE_S:
        return False
    if turn.text[-1:] not in ".!?…":
        return True
    is_timed_apart = turn.end_s is None and (cue.start_s or 0.0) - (turn.start_s or 0.0) > _SAME_MARK_S
    return cue.voice is not None and not is_timed_apart


# turns written as text ---------------------------------------------------------------------------------------------

_SHARE_MIN = 0.1
"""Share of the lines that have a time: what is said may take many lines."""
_TITLE_WORDS_MAX = 12
_LISTED = re.compile(r"\s*[-*•]\s")
_NOTED = re.compile(r"(?:[-*•]\s|\([^()]{20,}\)$|\*\*[^*]+\*\*$)")


_BOILERPLATE = re.compile("|".join(sources()["transcription"]["passer"]), re.IGNORECASE)


def cues_of_text(lines: list[str], headings: Mapping[str, int]) -> list[Entry] | None:
    """The cues of a transcript written as text with its times, or None when the lines are none.

    The timed rule of the grammar that matches most lines is the one the file follows.

    `headings` : text of the headings of the document → their level. They end the turn.
    """
    filled = _beside_names([line for line in lines if line.strip() and not _BOILERPLATE.match(line.strip())])
    least = max(2, _SHARE_MIN * len(filled))
    if sum(_HOUR.search(line) is not None for line in filled) < least:
        return None  # most documents: what heads their lines are is not asked
    turns = turns_of([marked(line) for line in filled])
    if sum(":" in head.time for head in turns.values()) < least:
        return None
    marks = {text: level for text, level in headings.items() if level < LOWEST}
    return _cues(filled, marks, turns)


_HOUR = re.compile(r"\d:\d\d")
_TIME_ALONE = re.compile(r"[\s*_]*[\[(]?(?:\d{1,2}:)?\d{1,2}:\d{2}(?:[.,]\d+)?[\])]?[\s*_:]*")


def _beside_names(lines: list[str]) -> list[str]:
    """The lines, times alone put beside the names that they are of: under a name alone, over another."""
    found: list[str] = []
    for at, line in enumerate(lines):
        told = line.strip(" *_:\t") if _TIME_ALONE.fullmatch(line) else ""
        if told and found and any(map(is_name_alone, heads_of(marked(found[-1])))):
            found[-1] = f"{found[-1].rstrip(' :')} {told}"
        elif told and at + 1 < len(lines) and any(map(may_speak, heads_of(marked(lines[at + 1])))):
            lines[at + 1] = f"{told} {lines[at + 1].strip()}"
        else:
            found.append(line)
    return found


def _cues(lines: list[str], headings: Mapping[str, int], turns: Mapping[int, Head]) -> list[Entry]:
    """The cues of some lines, under the headings met on the way; a line that opens no turn is the rest of one.

    Lists, what introduces them and what stands in brackets or in bold are nobody's speech, nor is what follows them.
    """
    levels = {_bare(text): level for text, level in headings.items()}
    outline = Outline(title_level(levels.values()))
    cues: list[Entry] = []
    for at, (line, following) in enumerate(zip_longest(lines, lines[1:], fillvalue="")):
        said, level = line.strip(), levels.get(_bare(line))
        turn = turns.get(at)
        if turn is None and level is not None:
            outline.open(level, said)
            continue
        if turn is None:
            if not cues and len(said.split()) <= _TITLE_WORDS_MAX and said[-1:] not in ".!?…":
                continue  # the title of the transcript
            is_noted = _NOTED.match(said) or (said.endswith(":") and _LISTED.match(following))
            if cues and (not is_noted or cues[-1].voice is None):
                cues[-1].text = f"{cues[-1].text} {said}".strip()
                continue
        cues.append(_cue(turn.text, turn.name, seconds(turn.time)) if turn else _cue(said, ""))
        outline.place(cues[-1])
        if turn and (day := day_of(turn.time)):
            cues[-1].date = day
    return [cue for cue in cues if cue.text]


def _bare(line: str) -> str:
    return " ".join(line.strip().strip("#=*_: \t\u00a0").split())


# files -------------------------------------------------------------------------------------------------------------

_STAMP = r"-?(?:\d+:)?\d{1,2}:\d{1,2}(?:[.,]\d+)?"
_TIMES = re.compile(rf"^\s*(?P<start>{_STAMP})\s*-->\s*(?P<end>{_STAMP})")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?[ \t]+([^>]*)>")
_TAG = re.compile(r"<[^<>\n]*>")
_NAMED_SHARE_MIN = 0.3


def read_timed_text(path: Path, source: str) -> Reading:
    """A vtt or srt file.

    The cues are read here rather than by a library: one-digit times, negative offsets, GUID identifiers, several
    voices in one cue and files cut short are all met in the field.

    Raises RefusedFileError: no cue in it.
    """
    text = read_text(path, source)
    cues = _parse_cues(text)
    if not cues:
        raise RefusedFileError(
            source,
            "la transcription ne contient aucune réplique",
            "Attendu : des heures « 00:00:01.000 --> 00:00:04.000 » suivies de texte. Exportez-la à nouveau.",
        )
    if all(cue.voice is None for cue in cues):
        _split_names(cues)
    kind = "WebVTT" if text.lstrip("\ufeff \n").startswith("WEBVTT") else "SubRip"
    reading = _reading(f"transcription {kind}", cues)
    tell_answers(list(reading.entries), source)
    if all(cue.voice is None for cue in cues):
        reading.notes.append("personne n'est nommé : les tours de parole ne sont pas attribués")
    return reading


def _parse_cues(text: str) -> list[Entry]:
    cues: list[Entry] = []
    lines = text.lstrip("\ufeff").split("\n")
    times = {at: found for at, line in enumerate(lines) if (found := _TIMES.match(line))}
    for at, following in pairwise([*times, len(lines)]):
        body = [*takewhile(str.strip, lines[at + 1 : following])]
        is_next_close = at + 1 + len(body) == following < len(lines)
        if is_next_close and body and not body[-1].strip(" -/0123456789abcdef"):
            body.pop()  # the next cue's identifier, when no blank line stands between
        cues += _voices(seconds(times[at]["start"]), seconds(times[at]["end"]), "\n".join(body))
    return cues


def _voices(start: float | None, end: float | None, body: str) -> list[Entry]:
    marks = list(_VOICE.finditer(body))
    if not marks:
        return [_cue(_plain(body), "", start, end)] if _plain(body) else []
    bounds = [mark.start() for mark in marks[1:]] + [len(body)]
    pieces = [(mark.group(1), _plain(body[mark.end() : stop])) for mark, stop in zip(marks, bounds, strict=True)]
    return [_cue(said, _plain(name), start, end) for name, said in pieces if said]


def _plain(body: str) -> str:
    return " ".join(html.unescape(_TAG.sub("", body)).split())


def _split_names(cues: list[Entry]) -> None:
    """`Name: text` (Zoom): a name is one when it comes back, or when most cues have one."""
    turns = turns_of([marked(cue.text) for cue in cues], is_timed=True)
    if len(turns) < _NAMED_SHARE_MIN * len(cues):
        return
    for at, head in turns.items():
        cues[at].voice, cues[at].text = head.name, head.text


def read_whisper(content: Any, source: str) -> Reading:
    """`segments` of Whisper or WhisperX; words may lack times, and the speaker may be missing."""
    cues: list[Entry] = []
    for segment in content.get("segments", []):
        if isinstance(segment, dict) and isinstance(segment.get("text"), str):
            start, end = (seconds(str(segment.get(key))) for key in ("start", "end"))
            cues.append(_cue(segment["text"].strip(), str(segment.get("speaker") or ""), start, end))
    if not any(cue.text for cue in cues):
        raise RefusedFileError(source, "la transcription ne contient aucune parole", "Relancez la transcription.")
    return _reading("transcription Whisper", cues)


def _reading(form: str, cues: list[Entry]) -> Reading:
    """Turns of those who take part; those of the animation are rejects, and the context of the others.

    `Élu 2` and `Élu 2 (maire)` are one.
    """
    voices = {cue.voice for cue in cues}
    parts: dict[str, str] = {}
    for cue in cues:
        told = cue.voice or ""
        if (bare := bare_name(told)) in voices and bare != told:
            parts[bare] = parts.get(bare) or part_of(told)
            cue.voice = bare
    entries, rejects = without_animation(entries_of_cues(cues))
    return Reading(form, "transcript", "transcription", entries, rejects, parts=parts)


def read_timed_turns(lines: list[str], headings: Mapping[str, int]) -> Reading | None:
    """A transcript written as text with its times (Teams docx, Otter, hand-made); None when the lines are none.

    `headings` : text of the headings of the document → their level.
    """
    cues = cues_of_text(lines, headings)
    return None if cues is None else _reading("transcription (texte)", cues)
