"""Features of `rapide`: cues of the act, and the sieve that looks for them."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.classify.reading.features import CONTEXT_CUES, N_CUES, TEXT_CUES, Sieve, cue_matrix, fold, word_starts
from pipeline.classify.reading.store import AXES_FILE, HIDDEN, OUTPUT, open_model
from pipeline.workbench.speed import annotated_texts

SAID = [
    ("question_mark", "On commence quand ?", True),
    ("question_mark", "Quand ? On ne sait pas.", False),
    ("starts_infinitive", "Ne pas fermer la poste", True),
    ("starts_infinitive", "La poste va fermer", False),
    ("lack", "Il n’y a pas assez de places", True),
    ("lack", "Assez parlé", False),
    ("thanks", "Merci aux voisins", True),
    ("agree", "d'accord avec ça", True),
    ("agree", "je ne suis pas d'accord", False),
    ("conditional", "Une halte serait mieux", True),
    ("figure", "Trois fois", False),
]


@pytest.mark.parametrize(("name", "text", "expected"), SAID, ids=[f"{name}: {text}" for name, text, _ in SAID])
def test_a_cue_is_in_a_sentence_or_not(name: str, text: str, expected: bool) -> None:
    assert (re.search(dict(TEXT_CUES)[name], fold(text)) is not None) is expected


def test_names_are_distinct_and_patterns_compile() -> None:
    for cues in (TEXT_CUES, CONTEXT_CUES):
        assert len(cues) == len({name for name, _ in cues}) > 5
        assert all(re.compile(pattern) for _, pattern in cues)


@pytest.mark.parametrize("profile", ["rapide", "precis"])
def test_the_shipped_models_have_learnt_as_many(profile: str) -> None:
    layers = open_model(profile).open_heads(AXES_FILE)
    assert layers[HIDDEN if profile == "rapide" else OUTPUT].weights.shape[1] == 2 * 512 + N_CUES


def test_a_heading_is_read_by_its_last_part_and_apart_from_the_text() -> None:
    names = [name for name, _ in CONTEXT_CUES]
    found = cue_matrix(["x", "x", "x"], ["Freins > Divers", "Divers > Freins", ""])
    assert found.shape == (3, N_CUES)
    of_contexts = found[:, -len(names) - 1 :]
    assert of_contexts[:, names.index("obstacle")].tolist() == [0.0, 1.0, 0.0]
    assert of_contexts[:, -1].tolist() == [0.0, 0.0, 1.0]
    assert np.array_equal(found[0, : -len(names) - 1], found[1, : -len(names) - 1])


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
