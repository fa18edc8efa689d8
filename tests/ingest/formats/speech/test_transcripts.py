"""Transcripts of tools, read to the turn."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import RefusedFileError
from pipeline.ingest.formats.records import Reading
from pipeline.ingest.formats.speech.transcripts import read_json, read_timed_text, read_turns, read_whisper

Turn = tuple[str | None, str, float | None]


def turns(reading: Reading) -> list[Turn]:
    return [(entry.voice, entry.text, entry.start_s) for entry in reading.entries]


def timed(folder: Path, text: str) -> Reading:
    (folder / "a.vtt").write_text(text, encoding="utf-8")
    return read_timed_text(folder / "a.vtt", "a.vtt")


CUES = "00:00:01.000 --> 00:00:04.000\n"
LATER = "00:00:05.500 --> 00:00:07.000\n"
FILES: list[tuple[str, str, list[Turn]]] = [
    ("voices", f"WEBVTT\n\n{CUES}<v Odile>Le four est fermé.</v>\n\n{LATER}<v Basile>Il manque la clé.</v>\n",
     [("Odile", "Le four est fermé.", 1.0), ("Basile", "Il manque la clé.", 5.5)]),
    ("two voices in a cue", f"WEBVTT\n\n{CUES}<v Odile>Le four est fermé.</v> <v Basile>Il manque la clé.</v>\n",
     [("Odile", "Le four est fermé.", 1.0), ("Basile", "Il manque la clé.", 1.0)]),
    ("no blank line", f"WEBVTT\n\n1\n{CUES}<v Odile>Le four.</v>\n2\n{LATER}<v Basile>La clé.</v>\n",
     [("Odile", "Le four.", 1.0), ("Basile", "La clé.", 5.5)]),
    ("names before a colon", f"{CUES}Odile: Le four est fermé.\n\n{LATER}Odile: Il manque la clé.\n",
     [("Odile", "Le four est fermé. Il manque la clé.", 1.0)]),
    ("tags and entities", f"WEBVTT\n\n{CUES}<c.y>Le four &amp; la clé</c>\n", [(None, "Le four & la clé", 1.0)]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "said"), [case[1:] for case in FILES], ids=[case[0] for case in FILES])
def test_timed_text(tmp_path: Path, text: str, said: list[Turn]) -> None:
    assert turns(timed(tmp_path, text)) == said


def test_its_kind_and_what_is_not_known_are_told(tmp_path: Path) -> None:
    reading = timed(tmp_path, f"{CUES}Le four est fermé.\n")
    assert reading.format == "transcription SubRip"
    assert (reading.kind, reading.why) == ("transcription", "des heures devant les tours de parole")
    assert reading.notes == ["personne n'est nommé : les tours de parole ne sont pas attribués"]
    assert timed(tmp_path, f"WEBVTT\n\n{CUES}<v Odile>Le four.</v>\n").notes == []


def test_no_cue_is_told(tmp_path: Path) -> None:
    with pytest.raises(RefusedFileError, match="aucune réplique"):
        timed(tmp_path, "WEBVTT\n\nLe four est fermé.\n")


def test_whisper_whatever_it_lacks() -> None:
    content = {
        "segments": [
            {"start": 0.0, "end": 2.0, "text": " Le four est fermé.", "speaker": "SPEAKER_01"},
            {"start": float("nan"), "text": "Il manque la clé.", "speaker": "SPEAKER_00"},
            {"text": 3},
            "x",
        ]
    }
    assert turns(read_whisper(content, "a.json")) == [
        ("SPEAKER_01", "Le four est fermé.", 0.0),
        ("SPEAKER_00", "Il manque la clé.", None),
    ]
    with pytest.raises(RefusedFileError, match="aucune parole"):
        read_whisper({"segments": [{"text": " "}]}, "a.json")


def test_lines_that_are_no_transcript() -> None:
    assert read_turns(["Freins", "- Le four est fermé", "- Il manque la clé"], {}) is None


def test_json_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    for content in ("{", "[" * 100_000):
        (tmp_path / "a.json").write_text(content, encoding="utf-8")
        with pytest.raises(RefusedFileError, match="JSON lisible"):
            read_json(tmp_path / "a.json", "a.json")
