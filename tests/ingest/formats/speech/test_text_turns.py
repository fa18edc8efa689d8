"""Transcripts written as text: any repeated label, headings that end a turn, lines that are nobody's."""

from __future__ import annotations

import pytest

from pipeline.ingest.formats.documents.blocks import blocks_of_text
from pipeline.ingest.formats.speech.text_turns import cues_of_text

DEBATE = """\
Débat du port

Groupe 1 – Faut-il draguer le chenal, et qui paiera les travaux que la commune ne peut pas payer seule cette année ?

Yvonig : la vase monte chaque hiver.
audience6 : et les petits bateaux ?
Tifenn : on pourrait draguer au printemps.
public : et qui paie ?

Groupe 2 – Quel quai pour les vedettes ?

Yvonig : le quai neuf est trop haut.
Question autour de la sécurité des enfants sur le quai ?
Tifenn : une échelle suffirait.
Yvonig : il en existe une
au quai des pêcheurs.
"""


def read(text: str) -> list[tuple[str, str, str | None]] | None:
    headings = {block.text: block.level for block in blocks_of_text(text, False) if block.kind == "heading"}
    cues = cues_of_text(text.split("\n"), headings)
    return None if cues is None else [(cue.speaker, cue.text, cue.table) for cue in cues]


def test_headings_end_turns_and_name_tables() -> None:
    assert read(DEBATE) == [
        ("Yvonig", "la vase monte chaque hiver.", "1"),
        ("audience6", "et les petits bateaux ?", "1"),
        ("Tifenn", "on pourrait draguer au printemps.", "1"),
        ("public", "et qui paie ?", "1"),
        ("Yvonig", "le quai neuf est trop haut.", "2"),
        ("", "Question autour de la sécurité des enfants sur le quai ?", "2"),
        ("Tifenn", "une échelle suffirait.", "2"),
        ("Yvonig", "il en existe une au quai des pêcheurs.", "2"),
    ]


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("Lucie : le quai glisse.\nPaul : oui.\nLucie : et la nuit ?\n", ["Lucie", "Paul", "Lucie"]),
        (
            "SPEAKER_00 : bonjour.\nSPEAKER_01 : bonjour.\nSPEAKER_00 : on commence.\n",
            ["SPEAKER_00", "SPEAKER_01", "SPEAKER_00"],
        ),
        ("animatrice : qui commence ?\npublic : moi.\nanimatrice : oui ?\n", ["animatrice", "public", "animatrice"]),
        ("**Lucie :** le quai glisse.\n**Paul :** oui.\n**Lucie :** et la nuit ?\n", ["Lucie", "Paul", "Lucie"]),
    ],
    ids=["a short talk", "labels of a machine", "roles", "bold"],
)
def test_any_repeated_label(text: str, speakers: list[str]) -> None:
    found = read(text)
    assert found is not None
    assert [cue[0] for cue in found] == speakers


@pytest.mark.parametrize(
    "text",
    [
        "Problème : la vase\nSolution : draguer\nProblème : le gel\nSolution : un toit\n",
        "Constat : la vase monte.\nLe quai glisse.\nUne échelle suffirait.\n",
        "- la vase\n- le gel\n",
    ],
    ids=["headings", "one label", "bullets"],
)
def test_notes_are_no_talk(text: str) -> None:
    assert read(text) is None
