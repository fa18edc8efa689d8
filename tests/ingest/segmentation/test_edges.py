"""What is left of an idea once its edges are cut: marks, signs, fillers; pairs and quantities stay."""

from __future__ import annotations

import pytest

from pipeline.ingest.segmentation.joining import EDGE_FILLERS, FILLERS, is_only_fillers, trim


def trimmed(text: str, is_speech: bool = False) -> str:
    return text[slice(*trim(text, 0, len(text), is_speech))]


WRITTEN = [
    ("white space", "  un banc \u00a0", "un banc"),
    ("a dash", "- un banc", "un banc"),
    ("a bullet", "• un banc ;", "un banc"),
    ("a number", "3) un banc", "un banc"),
    ("stray signs", ", … un banc,", "un banc"),
    ("an arrow", "→ un banc", "un banc"),
    ("a full stop stays", "Un banc.", "Un banc."),
    ("a quantity", "-5 % de bruit", "-5 % de bruit"),
    ("more than", "+ de bancs", "de bancs"),
    ("a threshold", "> 50 mg", "> 50 mg"),
    ("fillers of writing", "euh un banc", "euh un banc"),
    ("a linking word that opens the text", "et un banc", "et un banc"),
    ("brackets", "(un banc)", "(un banc)"),
]


@pytest.mark.parametrize(("text", "left"), [case[1:] for case in WRITTEN], ids=[case[0] for case in WRITTEN])
def test_written(text: str, left: str) -> None:
    assert trimmed(text) == left


SPOKEN = [
    ("in front", "euh ben un banc", "un banc"),
    ("behind", "un banc devant l'école quoi", "un banc devant l'école"),
    ("on both sides", "bon voilà il manque un banc hein", "il manque un banc"),
    ("before the stop", "il manque un banc, tu vois.", "il manque un banc"),
    ("what quoi asks", "c'est pas quoi", "c'est pas quoi"),
    ("a word is left", "ouais voilà", "ouais"),
    ("a first word of the idea", "après le repas on danse", "après le repas on danse"),
]


@pytest.mark.parametrize(("text", "left"), [case[1:] for case in SPOKEN], ids=[case[0] for case in SPOKEN])
def test_spoken(text: str, left: str) -> None:
    assert trimmed(text, is_speech=True) == left


def test_a_linking_word_inside_a_text_goes() -> None:
    text = "un banc et puis un arbre"
    start = text.index("et puis")
    assert text[slice(*trim(text, start - 1, len(text), is_speech=False))] == "un arbre"


def test_a_quotation_keeps_both_its_marks() -> None:
    text = "«un banc» pour tous"
    assert text[slice(*trim(text, 1, len(text), is_speech=False))] == text


@pytest.mark.parametrize("text", ["D'accord.", "Mmh mmh.", "Ah oui, voilà", "d’accord", "Oui oui !"])
def test_somebody_listens(text: str) -> None:
    assert is_only_fillers(text)


@pytest.mark.parametrize("text", ["Oui, un banc.", "Bonjour", "bonne idée"])
def test_somebody_speaks(text: str) -> None:
    assert not is_only_fillers(text)


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
