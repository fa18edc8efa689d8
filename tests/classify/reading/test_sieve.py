"""A sieve answers what its patterns answer, one by one."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.classify.reading.cues import TEXT_CUES
from pipeline.classify.reading.features import fold
from pipeline.classify.reading.sieve import Sieve, word_starts
from pipeline.workbench.speed import annotated_texts

PATTERNS = [pattern for _, pattern in TEXT_CUES]
SIEVE = Sieve(PATTERNS)
ALONE = [re.compile(pattern) for pattern in PATTERNS]


def test_cues_of_real_texts_are_those_of_each_pattern() -> None:
    texts = [fold(text) for text in annotated_texts()[::5]]
    assert len(texts) > 1000
    for text in texts:
        assert SIEVE.found_in(text) == [pattern.search(text) is not None for pattern in ALONE], text


WORDS = [
    "je",
    "j'",
    "n'",
    "faut",
    "il",
    "pas",
    "crée",
    "été",
    "a",
    "ont",
    "l'état",
    "3h",
    "_pas",
    "pas_",
    "faudrait-il",
]


@given(st.lists(st.sampled_from([*WORDS, " ", "?", "-", "é"]), max_size=8).map("".join))
def test_edges_of_words_are_read_as_the_patterns_read_them(text: str) -> None:
    assert SIEVE.found_in(text) == [pattern.search(text) is not None for pattern in ALONE]


@pytest.mark.parametrize(
    ("pattern", "starts"),
    [
        (r"\b(?:trop|assez peu)\b", {"trop", "asse"}),
        (r"\b(?:n'|ne |[iî]l)\b", {"n", "ne", "il", "îl"}),
        (r"\bet si\b|\bpourquoi\b", {"et", "pour"}),
        (r"\b\w+rait\b", None),
        (r"^pour", None),
        (r"\?", None),
        (r"\bpas|jamais", None),
        (r"\b(?:oui)?non\b", None),
    ],
)
def test_starts_of_a_pattern(pattern: str, starts: set[str] | None) -> None:
    assert word_starts(pattern) == starts


def test_most_patterns_are_ruled_out_by_their_starts() -> None:
    assert sum(word_starts(pattern) is not None for pattern in PATTERNS) > len(PATTERNS) / 2
