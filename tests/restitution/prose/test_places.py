"""Where things were said: contracted, counted, or left out when it says nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from workshop_told import group_of, telling_of, told_workshop

from pipeline.contracts.draft import Node
from pipeline.restitution.prose.telling import Telling

TEXTS = ("Le four à pain est froid", "Le four à pain du bourg est froid", "Un four à pain froid tout l'hiver")


@pytest.fixture(scope="module")
def telling() -> Telling:
    """What tells the hand-made workshop."""
    return told_workshop()


def said(nodes: list[Node]) -> str:
    return "".join(node.text for node in nodes).replace("\u00a0", " ")


def spread(**changes: Any) -> tuple[str, str]:
    """How widely three texts were said, in a sentence and between brackets."""
    material, _ = group_of("Le four à pain est froid", *TEXTS, **changes)
    telling = telling_of(material)
    unit = telling.unit("g")
    return said(telling.places.spread(unit)), said(telling.places.brief(unit))


@pytest.mark.parametrize(
    ("changes", "long", "brief"),
    [
        ({}, "à la majorité des tables (trois sur quatre)", "trois tables sur quatre"),
        ({"table": ["1", "2", "1"]}, "aux tables 1 et 2", "tables 1 et 2"),
        ({"table": "3"}, "à la table 3 (trois post-its)", "table 3, trois post-its"),
        (
            {"table": "3", "channel": "note", "provenance": "note"},
            "à la table 3 (trois passages)",
            "table 3, trois passages",
        ),
    ],
    ids=["most tables", "two tables", "one table", "the notes of one table"],
)
def test_how_widely_a_matter_is_shared(changes: dict[str, Any], long: str, brief: str) -> None:
    assert spread(**changes) == (long, brief)


def test_answers_are_counted_out_of_those_who_answered() -> None:
    survey = {"channel": "enquete", "table": "", "voice": ["v1", "v2", "v3"]}
    assert spread(**survey) == ("dans trois réponses sur trois", "trois réponses sur trois")


def test_the_survey_is_named_beside_tables(telling: Telling) -> None:
    unit = telling.unit("g-bus")
    assert said(telling.places.spread(unit)) == "à la majorité des tables (trois sur quatre) et dans l’enquête"
    assert said(telling.places.brief(unit)) == "trois tables sur quatre, enquête"


@pytest.mark.parametrize(
    ("votes", "against", "told"),
    [
        ([5, 0, 1], 0, "six voix"),
        (0, [0, 2, 0], "deux voix contre"),
        ([3, 0, 0], [1, 0, 0], "trois voix pour, une voix contre"),
        (0, 0, ""),
        ([1, 0, 0], 0, ""),
    ],
    ids=["for", "against", "both", "none", "one alone"],
)
def test_votes_are_told_by_side(votes: Any, against: Any, told: str) -> None:
    material, _ = group_of("Le four à pain est froid", *TEXTS, votes=votes, votes_against=against)
    telling = telling_of(material)
    assert said(telling.places.votes(telling.unit("g"))) == told


def test_one_table_of_one_is_not_named(telling: Telling) -> None:
    at_one = [item for item in telling.material.items.values() if item.table == "1"]
    alone = telling_of(replace(telling.material, tables={}, items={item.item_id: item for item in at_one}, groups={}))
    assert said(telling.places.spot(at_one[0])) == "à la table 1"
    assert alone.places.spot(at_one[0]) == []


def test_a_table_is_named_with_its_workshop_where_there_are_several(telling: Telling) -> None:
    (row,) = telling.material.workshops
    other = {**row, "workshop": "b", "titre": "Atelier du soir"}
    both = telling_of(replace(telling.material, workshops=(row, other)))
    item = replace(next(item for item in telling.material.items.values() if item.table == "2"), workshop="b")
    assert said(both.places.spot(item)) == "à la table 2 (Atelier du soir)"
    assert said(both.places.in_brackets(item)) == "table 2, Atelier du soir"
