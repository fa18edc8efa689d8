"""Sentences: a place that is not known goes with its comma, ways are taken in turn, notes lose their colons."""

from __future__ import annotations

from typing import Any

import pytest
from workshop_told import group_of, telling_of, told_workshop

from pipeline.contracts.draft import TextNode
from pipeline.restitution.prose.telling import Telling, checked, phrases, ways
from pipeline.restitution.writers.reading import plain


@pytest.fixture(scope="module")
def telling() -> Telling:
    """What tells the hand-made workshop."""
    return told_workshop()


@pytest.mark.parametrize(
    ("template", "said"),
    [("{at}, on lit {b}.", "On lit cela."), ("On lit {at} {b}.", "On lit cela."), ("On lit {b}.", "On lit cela.")],
)
def test_an_empty_place_goes_with_its_comma(telling: Telling, template: str, said: str) -> None:
    assert plain(telling.say(template, ["atelier.toml"], at=[], b="cela")) == said


def test_ways_are_taken_in_turn(telling: Telling) -> None:
    ways = ["Un.", "Deux."]
    assert [telling.say(ways, ["a"], rank).text for rank in range(3)] == ["Un.", "Deux.", "Un."]


def test_words_of_a_note_are_told_without_quotation_marks() -> None:
    material, _ = group_of("Le four", "Le four : il est froid", channel="note", provenance="note")
    telling = telling_of(material)
    from pipeline.restitution.quoting.standing import standing_words

    found = standing_words(material.items["i0"])
    assert found is not None
    node = telling.words_at(found.ref)
    assert (node.kind, node.text) == ("report", "le four : il est froid")
    assert plain(telling.say("Les notes précisent : {q}.", ["i0"], q=[node])).endswith("le four – il est froid.")


def test_nothing_stands_between_brackets(telling: Telling) -> None:
    assert telling.in_brackets([]) == []
    assert "".join(node.text for node in telling.in_brackets([TextNode("oui")])) == " (oui)"


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


def test_what_the_file_has_not_is_said() -> None:
    assert phrases() is phrases()
    assert ways("spread.est.clause.p") == ways("spread.est.p")
    with pytest.raises(KeyError, match=r"spread\.est\.song"):
        ways("spread.est.song")
