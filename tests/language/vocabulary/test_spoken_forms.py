"""Words that a cut must know, labelled by hand."""

from __future__ import annotations

import pytest

from pipeline.language.vocabulary.spoken_forms import (
    ABBREVIATIONS,
    ABBREVIATIONS_BEFORE_NUMBERS,
    CLOSING_ABBREVIATIONS,
    EDGE_FILLERS,
    FILLERS,
    VERBS_ALSO_NOUNS,
)


@pytest.mark.parametrize("filler", ["euh", "du coup", "d'accord", "d’accord", "tu vois"])
def test_a_filler_carries_no_idea(filler: str) -> None:
    assert filler in FILLERS


def test_a_filler_is_listed_once() -> None:
    assert len(set(FILLERS)) == len(FILLERS)


EDGES = [("euh", True), ("tu vois", True), ("après", False), ("du coup", False)]


@pytest.mark.parametrize(("filler", "expected"), EDGES, ids=[filler for filler, _ in EDGES])
def test_a_filler_at_an_edge_may_be_the_first_word_of_the_idea(filler: str, expected: bool) -> None:
    assert filler in FILLERS
    assert (filler in EDGE_FILLERS) is expected


@pytest.mark.parametrize("form", ["manque", "reste"])
def test_a_verb_that_is_a_noun_as_well(form: str) -> None:
    assert form in VERBS_ALSO_NOUNS


@pytest.mark.parametrize("form", ["quai", "prenons"])
def test_what_is_a_noun_or_a_verb_alone(form: str) -> None:
    assert form not in VERBS_ALSO_NOUNS


@pytest.mark.parametrize(
    ("word", "lists"),
    [
        ("fig", {"any", "before numbers"}),
        ("etc", {"any", "closing"}),
        ("mme", {"any"}),
        ("quai", set()),
    ],
)
def test_the_full_stop_of_an_abbreviation(word: str, lists: set[str]) -> None:
    known = {
        "any": ABBREVIATIONS, "before numbers": ABBREVIATIONS_BEFORE_NUMBERS, "closing": CLOSING_ABBREVIATIONS
    }  # fmt: skip
    assert {name for name, words in known.items() if word in words} == lists
