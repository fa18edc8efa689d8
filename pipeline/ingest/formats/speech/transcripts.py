"""Transcripts: WebVTT (Teams, Zoom), SubRip, Whisper and WhisperX json → entries, one per turn."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipeline.errors import RefusedFileError
from pipeline.ingest.formats.records import Reading
from pipeline.ingest.formats.speech.animation import without_animation
from pipeline.ingest.formats.speech.speakers import label_of, speakers_among
from pipeline.ingest.formats.speech.text_turns import cues_of_text
from pipeline.ingest.formats.speech.turns import Cue, entries_of_cues, seconds
from pipeline.tables.decoding import loads_sound, read_text

_STAMP = r"-?(?:\d+:)?\d{1,2}:\d{1,2}(?:[.,]\d+)?"
_TIMES = re.compile(rf"^\s*(?P<start>{_STAMP})\s*-->\s*(?P<end>{_STAMP})")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?[ \t]+([^>]*)>")
_TAG = re.compile(r"<[^<>\n]*>")
_NAMED_SHARE_MIN, _NAMED_SHARE_GENERAL = 0.3, 0.8


def read_timed_text(path: Path, source: str) -> Reading:
    """A vtt or srt file.

    The cues are read here rather than by a library: one-digit times, negative offsets, GUID identifiers, several
    voices in one cue and files cut short are all met in the field.

    Raises
    ------
    RefusedFileError : no cue in it.
    """
    text = read_text(path, source)
    cues = _parse_cues(text)
    if not cues:
        raise RefusedFileError(
            source,
            "la transcription ne contient aucune réplique",
            "Attendu : des heures « 00:00:01.000 --> 00:00:04.000 » suivies de texte. Exportez-la à nouveau.",
        )
    has_voices = any(cue.speaker for cue in cues)
    if not has_voices:
        _split_names(cues)
    kind = "WebVTT" if text.lstrip("\ufeff \n").startswith("WEBVTT") else "SubRip"
    reading = _reading(f"transcription {kind}", cues)
    if not any(cue.speaker for cue in cues):
        reading.notes.append("personne n'est nommé : les tours de parole ne sont pas attribués")
    return reading


def _parse_cues(text: str) -> list[Cue]:
    cues: list[Cue] = []
    lines = text.lstrip("\ufeff").split("\n")
    at = 0
    while at < len(lines):
        times = _TIMES.match(lines[at])
        at += 1
        if times is None:
            continue
        body: list[str] = []
        while at < len(lines) and lines[at].strip() and not _TIMES.match(lines[at]):
            body.append(lines[at])
            at += 1
        if at < len(lines) and _TIMES.match(lines[at]) and body and not body[-1].strip(" -/0123456789abcdef"):
            body.pop()  # the next cue's identifier, when no blank line stands between
        cues += _voices(seconds(times["start"]), seconds(times["end"]), "\n".join(body))
    return cues


def _voices(start: float | None, end: float | None, body: str) -> list[Cue]:
    marks = list(_VOICE.finditer(body))
    if not marks:
        return [Cue(start, end, "", _plain(body))] if _plain(body) else []
    bounds = [mark.start() for mark in marks[1:]] + [len(body)]
    pieces = [(_name(mark.group(1)), _plain(body[mark.end() : stop])) for mark, stop in zip(marks, bounds, strict=True)]
    return [Cue(start, end, name, said) for name, said in pieces if said]


def _name(raw: str) -> str:
    return " ".join(html.unescape(raw).split())


def _plain(body: str) -> str:
    return " ".join(html.unescape(_TAG.sub("", body)).split())


def _split_names(cues: list[Cue]) -> None:
    """`Name: text` (Zoom): a name is one when it comes back, or when most cues have one."""
    found = [label_of(cue.text) for cue in cues]
    labels = [label for label in found if label]
    counts = Counter(label.name for label in labels)
    repeated = {name for name, n in counts.items() if n > 1} | speakers_among(labels)
    if len(labels) < _NAMED_SHARE_MIN * len(cues) or not repeated:
        return
    is_general = len(labels) > _NAMED_SHARE_GENERAL * len(cues)
    for cue, label in zip(cues, found, strict=True):
        if label and (label.name in repeated or is_general):
            cue.speaker, cue.text = label.name, label.text


def read_whisper(content: Any, source: str) -> Reading:
    """`segments` of Whisper or WhisperX; words may lack times, and the speaker may be missing."""
    cues: list[Cue] = []
    for segment in content.get("segments", []):
        if isinstance(segment, dict) and isinstance(segment.get("text"), str):
            start, end = (_number(segment.get(key)) for key in ("start", "end"))
            cues.append(Cue(start, end, str(segment.get("speaker") or ""), segment["text"].strip()))
    if not any(cue.text for cue in cues):
        raise RefusedFileError(source, "la transcription ne contient aucune parole", "Relancez la transcription.")
    return _reading("transcription Whisper", cues)


def _reading(form: str, cues: list[Cue]) -> Reading:
    """Turns of those who take part; those of the animation are rejects, and the context of the others."""
    entries, rejects = without_animation(entries_of_cues(cues))
    reading = Reading(form, "transcript", "transcription", entries, rejects)
    if any(cue.start_s is not None for cue in cues):
        reading.kind, reading.why = "transcription", "des heures devant les tours de parole"
    elif rejects:
        reading.kind, reading.why = "transcription", "les questions de l'animation entre les tours de parole"
    else:
        reading.kind, reading.why = "compte rendu par personne", "un nom devant chaque parole, sans heure"
    return reading


def _number(value: Any) -> float | None:
    is_number = isinstance(value, int | float) and not isinstance(value, bool) and value == value
    return max(0.0, round(float(value), 3)) if is_number and abs(value) < 1e9 else None


def read_turns(lines: list[str], headings: Mapping[str, int]) -> Reading | None:
    """A transcript written as text (Teams docx, Otter, hand-made); None when the lines are no transcript.

    Parameters
    ----------
    headings : text of the headings of the document → their level.
    """
    cues = cues_of_text(lines, headings)
    return None if cues is None else _reading("transcription (texte)", cues)


def read_json(path: Path, source: str) -> Any:
    """A json file, bounded in depth by the parser itself."""
    try:
        return loads_sound(read_text(path, source))
    except (ValueError, RecursionError) as error:
        raise RefusedFileError(source, "ce n'est pas du JSON lisible", "Exportez le fichier à nouveau.") from error
