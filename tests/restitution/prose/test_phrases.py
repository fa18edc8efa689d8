"""The phrases: checked when they are read, a voice for each axis, and a way that follows what is told alone."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from pipeline.language.syntax.sentence_forms import CLAUSE, FRAGMENT, INFINITIVE, NOUN
from pipeline.restitution.prose.phrases import checked, forms, in_order, phrases, rank_of, voice, ways

VOICES = (
    "est", "ouest", "valoriser", "reconnaitre", "informer", "celebrer", "action", "commitment", "demand",
)  # fmt: skip


@pytest.mark.parametrize("name", VOICES)
def test_every_voice_has_verbs_and_a_way_for_what_no_grammar_reads(name: str) -> None:
    found = voice(name)
    assert found.first
    assert found.again
    assert FRAGMENT in found.forms
    assert all(found.forms.values())


def test_a_voice_falls_back_on_what_no_axis_owns() -> None:
    assert voice("est").same_place == {}
    assert forms("same_place")[CLAUSE]
    assert forms("again")[NOUN]
    assert forms("paired.proposal").keys() == {INFINITIVE}
    assert forms("paired.thanks") == {}


@pytest.mark.parametrize(
    ("table", "problem"),
    [
        ({"est": {"tried": ["{qui} : {q}."]}}, "nothing fills"),
        ({"est": {"tried": []}}, "missing or stands twice"),
        ({"est": {"tried": ["{q}.", "{q}."]}}, "missing or stands twice"),
    ],
    ids=["an unknown slot", "no way at all", "one way twice"],
)
def test_a_fault_of_the_file_is_said_when_it_is_read(table: dict[str, Any], problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        checked({"slots": ["q"], **table})


def test_the_file_is_read_once() -> None:
    assert phrases() is phrases()
    assert len(ways("est.tried")) > 1


def test_a_way_is_always_the_same_for_the_same_words_and_all_come_up() -> None:
    variants = ways("est.question")
    assert in_order(variants, "i42") == in_order(variants, "i42")
    assert sorted(in_order(variants, "i42")) == sorted(variants)
    firsts = Counter(in_order(variants, f"i{n}")[0] for n in range(400))
    assert min(firsts[way] for way in variants) > 400 / len(variants) / 2
    assert {rank_of(f"i{n}", 3) for n in range(30)} == {0, 1, 2}
