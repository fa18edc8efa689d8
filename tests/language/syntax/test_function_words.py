"""The closed lists of grammar, and the determiners that open a phrase, labelled by hand."""

import re

import pytest
from labelled import each, false_of, true_of

from pipeline.language.syntax.function_words import (
    ALL_CLITICS,
    CLITICS,
    DETERMINER,
    DETERMINERS,
    PLURAL_DETERMINER,
    RELATIVES,
    of,
)
from pipeline.language.text.lists import either

test_a_determiner_opens = true_of(
    DETERMINER.match, "le quai", "l'eau", "l’eau", "de la vase", "mes filets", "12 bacs", "Chaque port"
)
test_no_determiner_opens = each(
    DETERMINER.match, "lequel", "leçon de voile", "deuxième bac", "sable", "12", is_told=None
)

test_a_plural_opens = each(
    lambda text: PLURAL_DETERMINER.match(text) is not None,
    ("des bacs", True),
    ("trop d'algues", True),
    ("un bac", False),
)


def test_an_elided_word_has_both_apostrophes() -> None:
    assert {"qu'", "qu’"} <= of("relatives")
    with pytest.raises(KeyError):
        of("no such list")


def test_lists_are_joined() -> None:
    assert of("negations", "reflexives") == {"ne", "n'", "n’", "se", "s'", "s’"}


test_what_a_list_holds = true_of(
    lambda word, words: word in words,
    ("cette", DETERMINERS),
    ("leurs", DETERMINERS),
    ("aucune", DETERMINERS),
    ("dont", RELATIVES),
    ("ne", CLITICS),
    ("y", CLITICS),
    ("les", ALL_CLITICS),
)

test_what_a_list_does_not_hold = false_of(
    lambda word, words: word in words, ("les", CLITICS), ("quai", DETERMINERS), ("si", RELATIVES)
)


def test_the_longest_alternative_comes_first() -> None:
    assert either(frozenset({"le", "les", "l'"})) == "les|l'|le"
    assert re.match(either(RELATIVES), "lequel")[0] == "lequel"  # type: ignore[index]
