"""Transcripts: cues of every tool, turns written as text, one entry a turn."""

from pathlib import Path

import pytest
from labelled import each

from pipeline.errors import RefusedFileError
from pipeline.ingest.formats.records import Entry, Reading
from pipeline.ingest.formats.transcripts import (
    cues_of_text,
    entries_of_cues,
    is_interruption,
    read_timed_text,
    read_timed_turns,
    read_whisper,
    seconds,
)


def spoken(*said: tuple[str, str]) -> list[tuple[str | None, str]]:
    cues = [Entry("", text, voice=name, start_s=float(n), end_s=n + 1.0) for n, (name, text) in enumerate(said)]
    return [(entry.voice, entry.text) for entry in entries_of_cues(cues)]


def test_a_turn_goes_on_after_what_says_nothing() -> None:
    assert spoken(("Ana", "si on ne"), ("Ben", "(inaudible)"), ("Ana", "drague pas le chenal")) == [
        ("Ana", "si on ne drague pas le chenal"),
        ("Ben", "(inaudible)"),
    ]
    assert spoken(("Ana", "la vase monte"), ("Ben", "mm mm"), ("Ana", "tous les hivers")) == [
        ("Ana", "la vase monte tous les hivers"),
        ("Ben", "mm mm"),
    ]


def test_an_answer_cuts_a_turn() -> None:
    said = [("Ana", "la vase monte"), ("Ben", "pas au quai neuf"), ("Ana", "tous les hivers")]
    assert spoken(*said) == said
    said = [("Ana", "La vase monte."), ("Ben", "oui"), ("Ana", "Et le gel aussi.")]
    assert spoken(*said) == said


test_interruption = each(is_interruption, ("oui oui", True), ("(rires)", True), ("D'accord.", True), ("non", False))
test_seconds = each(
    seconds,
    ("1:02:03.5", 3723.5),
    ("-0:01", 0.0),
    ("9" * 400 + ":00:01", None),
    ("9" * 20, None),
    (":".join("1" * 300), None),
)

TIMED = (
    "[00:00:03] Yvonig\nla vase monte chaque hiver.\nEt le quai glisse.\n[00:00:20] Tifenn\ndraguons.\n",
    "Débat du port\n00:00:03 Yvonig : la vase monte chaque hiver.\nEt le quai glisse.\n00:00:20 Tifenn : draguons.\n",
    "**00:00:03 Yvonig** : la vase monte chaque hiver.\nEt le quai glisse.\n**00:00:20 Tifenn :** draguons.\n",
    "**[00:00:03] Yvonig :** la vase monte chaque hiver.\nEt le quai glisse.\n__[00:00:20] Tifenn__ : draguons.\n",
)


@pytest.mark.parametrize("text", TIMED)
def test_a_text_with_times_is_a_transcript_and_a_line_without_goes_on(text: str) -> None:
    cues = cues_of_text(text.split("\n"), {})
    assert cues is not None
    assert [(cue.voice, cue.text, cue.start_s) for cue in cues] == [
        ("Yvonig", "la vase monte chaque hiver. Et le quai glisse.", 3.0),
        ("Tifenn", "draguons.", 20.0),
    ]
    assert cues_of_text(["Yvonig : la vase monte", "Tifenn : draguons", "Yvonig : quand ?"], {}) is None


def test_what_is_said_a_minute_later_has_its_own_time() -> None:
    text = (
        "00:00:03 Yvonig Kerbrat\nLa vase monte.\n00:00:40 Yvonig Kerbrat\nLe quai glisse\n"
        "00:02:10 Yvonig Kerbrat\nchaque hiver.\n00:02:20 Yvonig Kerbrat\nDraguons.\n"
    )
    cues = cues_of_text(text.split("\n"), {})
    assert cues is not None
    assert [(turn.text, turn.locator) for turn in entries_of_cues(cues)] == [
        ("La vase monte. Le quai glisse chaque hiver.", "00:00:03"), ("Draguons.", "00:02:20"),
    ]  # fmt: skip


def test_a_voice_that_is_only_numbered_is_a_voice_beside_names() -> None:
    """`00:00:20 public2`, in lower case, among lines that hold a whole name."""
    text = (
        "00:00:03 Yvonig Kerbrat\nLa vase monte.\n00:00:20 public2\nEt la digue ?\n00:00:31 Yvonig Kerbrat\nPlus tard."
    )
    cues = cues_of_text([*text.split("\n"), "00:00:40 et puis voilà"], {})
    assert cues is not None
    assert [(cue.voice, cue.text) for cue in cues] == [
        ("Yvonig Kerbrat", "La vase monte."),
        ("public2", "Et la digue ?"),
        ("Yvonig Kerbrat", "Plus tard. 00:00:40 et puis voilà"),
    ]


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


def test_its_form_and_what_is_not_known_are_told(tmp_path: Path) -> None:
    reading = timed(tmp_path, f"{CUES}Le four est fermé.\n")
    assert reading.format == "transcription SubRip"
    assert reading.notes == ["personne n'est nommé : les tours de parole ne sont pas attribués"]
    assert timed(tmp_path, f"WEBVTT\n\n{CUES}<v Odile>Le four.</v>\n").notes == []


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
    assert read_timed_turns(["Freins", "- Le four est fermé", "- Il manque la clé"], {}) is None


LED = """00:00:02 Élue du port (première adjointe ou présidente de séance)
La vase monte.

## 00:01:10 Speaker 1
Qui paiera ?

(Suit une longue discussion sur le quai.)

On a parlé de :

- la grue
- le ponton

00:09:00 Speaker 2
Draguons.
"""


def test_what_stands_around_turns_is_nobodys_speech() -> None:
    cues = cues_of_text(LED.split("\n"), {"00:01:10 Speaker 1": 2})
    assert [cue.voice for cue in cues or ()] == [
        "Élue du port (première adjointe ou présidente de séance)", "Speaker 1", None, "Speaker 2",
    ]  # fmt: skip


def test_a_role_in_brackets_makes_nobody_else() -> None:
    turns = (
        "00:00:02 Élue du port (maire)",
        "La vase monte.",
        "00:01:00 Omar",
        "Qui paiera ?",
        "00:02:00 Élue du port",
    )
    reading = read_timed_turns([*turns, "La région."], {})
    assert reading is not None
    assert [entry.voice for entry in reading.entries] == ["Élue du port", "Omar", "Élue du port"]


def test_a_part_told_later_completes_one_that_tells_nothing() -> None:
    told = ("00:01 Odile: on drague", "00:09 Odile (Odile): le chenal", "00:15 Odile (maire): au printemps")
    reading = read_timed_turns(list(told), {})
    assert reading is not None
    assert reading.parts == {"Odile": "maire"}


def test_messages_of_a_thread_keep_their_day_and_who_leads_says_but_the_question() -> None:
    lines = (
        "[14/03/2024, 12:03] Anim. : Que manque-t-il près de l'école ?", "[14/03/2024, 12:05] Lucie : Il faut un banc.",
        "[15/03/2024, 08:10] Omar : Nous en avons déjà deux.", "[15/03/2024, 08:12] Lucie : Ils sont cassés.",
    )  # fmt: skip
    reading = read_timed_turns(list(lines), {})
    assert reading is not None
    assert [(entry.voice, entry.date, entry.start_s) for entry in reading.entries] == [
        ("Lucie", "2024-03-14", None), ("Omar", "2024-03-15", None), ("Lucie", "2024-03-15", None),
    ]  # fmt: skip
    assert next(iter(reading.entries)).context == "Que manque-t-il près de l'école ?"
