"""Answers between speakers: who agrees with whom, and what is no answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.config import load_config
from pipeline.ingest.agreements import tell_answers
from pipeline.ingest.formats.records import Entry
from pipeline.ingest.stage import ingest

BEFORE = [
    ("Jeanne Prat", "La vase monte."), ("M. Vidal", "Draguons le chenal."), ("Mme la maire", "Le quai glisse aussi."),
]  # fmt: skip
CASES = [
    ("by name", "Je suis d'accord avec M. Vidal, et vite.", "pour", 1),
    ("a shorter name", "Je rejoins Mme Prat.", "pour", 0),
    ("a part", "Je partage l'avis de Mme la maire.", "pour", 2),
    ("what was said", "Contrairement à ce que dit M. Vidal, le chenal tient.", "contre", 1),
    ("a denial", "Je ne suis pas d’accord avec Jeanne Prat.", "contre", 0),
    ("a condition", "Je suis d'accord avec M. Vidal, à condition d'attendre l'été.", "nuance", 1),
    ("the turn before", "Pas d'accord, il tient bien.", "contre", 2),
    ("the turn before, fully", "Tout à fait d'accord.", "pour", 2),
    ("but", "Je suis d'accord, mais pas l'hiver.", "nuance", 2),
]
NONE = [
    "D'accord.",
    "Je suis d'accord pour une échelle.",
    "Je suis d'accord avec Zorba.",
    "Je ne suis plus d'accord avec M. Vidal.",
    "Qui est d'accord avec M. Vidal ?",
    "On n'est pas d'accord avec la mairie.",
    "M. Vidal est parti.",
]


def told(text: str) -> list[Entry]:
    turns = [*BEFORE, ("Lucie", text)]
    entries = [Entry(f"ligne {n}", words, voice=voice, frame="debat") for n, (voice, words) in enumerate(turns)]
    tell_answers(entries, "a.md")
    return entries


@pytest.mark.parametrize(("text", "side", "target"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_an_answer_takes_a_side_on_a_turn(text: str, side: str, target: int) -> None:
    entries = told(text)
    assert [(one.side, one.evidence) for one in entries[-1].positions] == [(side, "fil")]
    assert entries[-1].answers == (entries[target].own_name,)


@pytest.mark.parametrize("text", NONE)
def test_words_that_answer_nobody_who_is_known(text: str) -> None:
    assert not told(text)[-1].positions


def test_a_position_knows_the_contribution_that_it_answers(tmp_path: Path) -> None:
    text = "M. Vidal : Draguons le chenal.\n\nMme Prat : Je suis d'accord avec M. Vidal.\n\nM. Vidal : Bien.\n"
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    result = ingest(tmp_path, load_config())
    said = dict(zip(result.contributions["contribution_id"], result.contributions["text"], strict=True))
    (row,) = result.positions.itertuples()
    assert (row.side, row.evidence, row.voice) == ("pour", "fil", "Voix 2")
    assert (said[row.target], said[row.contribution_id]) == ("Draguons le chenal.", "Je suis d'accord avec M. Vidal.")
