"""Where things were said: contracted, counted, or left out when it says nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from workshop_told import survey_group, telling_of, told_workshop

from pipeline.contracts.draft import Node
from pipeline.restitution.prose.places import place_key
from pipeline.restitution.prose.telling import Telling, start_telling


@pytest.fixture(scope="module")
def telling() -> Telling:
    """What tells the hand-made workshop."""
    return told_workshop()


def test_the_survey_is_not_named_where_there_is_nothing_else() -> None:
    telling, group = survey_group("enquete", "Prêter la salle", "Prêter la salle", "Ouvrir le four")
    assert telling.places.in_brackets(group.members[0]) == []
    both = replace(telling.material, items={**telling.material.items, "n": replace(group.members[0], channel="note")})
    other = start_telling(both, telling.places.facts, telling.titles.lexicon)
    assert [node.text for node in other.places.in_brackets(group.members[0])] == ["enquête"]


def said(nodes: list[Node]) -> str:
    return "".join(node.text for node in nodes).replace("\u00a0", " ")


def test_how_widely_a_matter_is_shared_is_said_with_its_preposition(telling: Telling) -> None:
    assert said(telling.places.where("g-bus")) == "à la majorité des tables (trois sur quatre) et dans l’enquête"
    assert said(telling.places.where("g-bus", "de")) == "de la majorité des tables (trois sur quatre) et de l’enquête"
    assert said(telling.places.where("g-toit")) == "aux tables 2 et 4"


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


def test_the_survey_is_one_place_and_each_table_another(telling: Telling) -> None:
    keys = {place_key(item) for item in telling.material.items.values()}
    assert keys == {("a", "1"), ("a", "2"), ("a", "3"), ("a", "4"), ("a", "enquete")}
