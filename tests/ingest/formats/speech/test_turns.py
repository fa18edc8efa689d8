"""Cues → turns: what interrupts a turn without saying anything does not cut it."""

from __future__ import annotations

import pytest

from pipeline.ingest.formats.speech.turns import Cue, entries_of_cues, is_interruption, seconds


def turns(*said: tuple[str, str]) -> list[tuple[str | None, str]]:
    cues = [Cue(float(n), n + 1.0, name, text) for n, (name, text) in enumerate(said)]
    return [(entry.voice, entry.text) for entry in entries_of_cues(cues)]


def test_a_turn_goes_on_after_what_says_nothing() -> None:
    assert turns(("Ana", "si on ne"), ("Ben", "(inaudible)"), ("Ana", "drague pas le chenal")) == [
        ("Ana", "si on ne drague pas le chenal"),
        ("Ben", "(inaudible)"),
    ]
    assert turns(("Ana", "la vase monte"), ("Ben", "mm mm"), ("Ana", "tous les hivers")) == [
        ("Ana", "la vase monte tous les hivers"),
        ("Ben", "mm mm"),
    ]


def test_an_answer_cuts_a_turn() -> None:
    said = [("Ana", "la vase monte"), ("Ben", "pas au quai neuf"), ("Ana", "tous les hivers")]
    assert turns(*said) == said
    said = [("Ana", "La vase monte."), ("Ben", "oui"), ("Ana", "Et le gel aussi.")]
    assert turns(*said) == said


@pytest.mark.parametrize(
    ("text", "is_empty"), [("oui oui", True), ("(rires)", True), ("D'accord.", True), ("non", False)]
)
def test_interruption(text: str, is_empty: bool) -> None:
    assert is_interruption(text) is is_empty


@pytest.mark.parametrize(
    ("stamp", "told"),
    [
        ("1:02:03.5", 3723.5),
        ("-0:01", 0.0),
        ("9" * 400 + ":00:01", None),
        ("9" * 20, None),
        (":".join("1" * 300), None),
    ],
)
def test_seconds(stamp: str, told: float | None) -> None:
    assert seconds(stamp) == told
