"""The closed lists of grammar, and the determiners that open a phrase, labelled by hand."""

import re

import pytest

from pipeline.language.syntax.function_words import (
    ALL_CLITICS,
    CLITICS,
    DETERMINER,
    DETERMINERS,
    PLURAL_DETERMINER,
    RELATIVES,
    alternatives,
    of,
)


@pytest.mark.parametrize("text", ["le quai", "l'eau", "l’eau", "de la vase", "mes filets", "12 bacs", "Chaque port"])
def test_a_determiner_opens(text: str) -> None:
    assert DETERMINER.match(text)


@pytest.mark.parametrize("text", ["lequel", "leçon de voile", "deuxième bac", "sable", "12"])
def test_no_determiner_opens(text: str) -> None:
    assert DETERMINER.match(text) is None


@pytest.mark.parametrize(("text", "expected"), [("des bacs", True), ("trop d'algues", True), ("un bac", False)])
def test_a_plural_opens(text: str, expected: bool) -> None:
    assert (PLURAL_DETERMINER.match(text) is not None) is expected


def test_an_elided_word_has_both_apostrophes() -> None:
    assert {"qu'", "qu’"} <= of("relatives")
    with pytest.raises(KeyError):
        of("no such list")


def test_lists_are_joined() -> None:
    assert of("negations", "reflexives") == {"ne", "n'", "n’", "se", "s'", "s’"}


LISTED = [
    ("cette", DETERMINERS),
    ("leurs", DETERMINERS),
    ("aucune", DETERMINERS),
    ("dont", RELATIVES),
    ("ne", CLITICS),
    ("y", CLITICS),
    ("les", ALL_CLITICS),
]


@pytest.mark.parametrize(("word", "words"), LISTED, ids=[word for word, _ in LISTED])
def test_what_a_list_holds(word: str, words: frozenset[str]) -> None:
    assert word in words


@pytest.mark.parametrize(
    ("word", "words"), [("les", CLITICS), ("quai", DETERMINERS), ("si", RELATIVES)], ids=["les", "quai", "si"]
)
def test_what_a_list_does_not_hold(word: str, words: frozenset[str]) -> None:
    assert word not in words


def test_the_longest_alternative_comes_first() -> None:
    assert alternatives(frozenset({"le", "les", "l'"})) == "les|l'|le"
    assert re.match(alternatives(RELATIVES), "lequel")[0] == "lequel"  # type: ignore[index]
