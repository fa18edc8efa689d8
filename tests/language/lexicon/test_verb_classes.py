"""What verbs tell of a situation, labelled by hand."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipeline.language.lexicon.verb_classes import reporting_verbs, transitive_verbs, unwelcome_verbs, welcome_verbs
from pipeline.language.lexicon.verbs import is_infinitive

CLASSES = (unwelcome_verbs, welcome_verbs, reporting_verbs, transitive_verbs)


@pytest.mark.parametrize(
    ("verb", "classes"),
    [
        ("polluer", {unwelcome_verbs}),
        ("progresser", {welcome_verbs}),
        ("raconter", {reporting_verbs}),
        ("interdire", {unwelcome_verbs, transitive_verbs}),
        ("nager", set()),
    ],
)
def test_the_classes_of_a_verb(verb: str, classes: set[Callable[[], frozenset[str]]]) -> None:
    assert {one for one in CLASSES if verb in one()} == classes


@pytest.mark.parametrize("verbs", CLASSES, ids=[one.__name__ for one in CLASSES])
def test_a_class_holds_infinitives(verbs: Callable[[], frozenset[str]]) -> None:
    assert [verb for verb in sorted(verbs()) if not is_infinitive(verb)] == []
