"""What may be told: by weight, several contributions, a dispute, or a person's word; thanks are not essential."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from workshop_told import group_of, hand_made

from pipeline.contracts.titles import MACHINE
from pipeline.restitution.material.kinship import Kinship
from pipeline.restitution.plan.reading import (
    Links,
    Reading,
    spread_of,
    unit_alone,
    unit_of,
    weight_of,
)
from pipeline.workshop.model import Stand

TEXTS = ("Le four à pain est froid", "Un four à pain froid tout l'hiver", "Froid, le four à pain l'est le samedi")


@pytest.mark.parametrize(
    ("texts", "changes", "told"),
    [
        (TEXTS[:1], {}, True),
        (TEXTS[:1], {"is_titled": True, "origin": MACHINE, "is_put": False}, True),
        (TEXTS, {"origin": MACHINE, "is_put": False}, False),
        (TEXTS[:1], {"origin": MACHINE, "author_text": "Le four, c'est nous."}, True),
    ],
    ids=["participants", "a person", "a machine", "an author's text"],
)
def test_a_title_has_its_heading_as_soon_as_people_gave_or_took_it(
    texts: tuple[str, ...], changes: dict[str, Any], told: bool
) -> None:
    material, group = group_of("Le four à pain est froid", *texts)
    reading = Reading.of(replace(material, groups={"g": replace(group, **changes)}))
    assert reading.is_told(reading.units["g"]) is told


def test_the_heaviest_come_first() -> None:
    reading = Reading.of(hand_made())
    weights = [unit.weight for unit in reading.by_weight["est"]]
    assert weights == sorted(weights, reverse=True)
    assert [unit for unit, *_ in reading.titles["est"]] == [u for u in reading.by_weight["est"] if reading.is_told(u)]


def test_thanks_are_not_essential() -> None:
    material, _ = group_of("Le four à pain est froid", *TEXTS, facet="celebrer")
    reading = Reading.of(material)
    assert reading.is_told(reading.units["g"])
    assert not reading.is_essential(reading.units["g"])


def test_what_is_alone_is_in_no_told_group() -> None:
    material, group = group_of("Le four", *TEXTS[:2], "La poste ferme")
    members = group.members[:2]
    reading = Reading.of(replace(material, groups={"g": replace(group, members=members, is_accepted=True)}))
    assert {item.item_id for item in reading.alone("est", [])} == {"i0", "i1", "i2"}
    assert {item.item_id for item in reading.alone("est", [reading.units["g"]])} == {"i2"}


@pytest.mark.parametrize("stance", ["contre", "nuance"])
def test_who_is_against_or_asks_for_something_first_is_not_told_alone(stance: str) -> None:
    material, _ = group_of("Le four", *TEXTS, group="", stance=["inconnu", stance, "pour"], votes=[0, 3, 3])
    reading = Reading.of(replace(material, groups={}))
    assert {item.item_id for item in reading.alone("est", [])} == {"i0", "i2"}


LINKED = (
    "Chauffer le four à pain le samedi",
    "Chauffer le four à pain avec l'école",
    "Le four à pain coûte trop de bois",
)


def test_an_objection_is_found_by_its_link_and_is_told_of_nothing_else() -> None:
    material, group = group_of("Chauffer le four à pain", *LINKED, axis="sud")
    beside = replace(material.items["i2"], axis="est", group="")
    linked = replace(material, items=material.items | {"i2": beside}, stands=(Stand("objects", "i2", "i0"),))
    links = Links(linked, Kinship(linked))
    held = links.held(group)
    assert [item.item_id for item in held.objection] == ["i2"]
    assert any((held).objection + (held).condition)
    assert links.spoken_of == {"i2": "g"}


def test_a_side_that_names_nothing_of_the_proposal_is_not_told_of_it() -> None:
    texts = (*LINKED[:2], "Trop de bruit place du marché")
    material, group = group_of("Chauffer le four à pain", *texts, axis="sud", stance=["inconnu", "inconnu", "contre"])
    links = Links(material, Kinship(material))
    assert any((links.held(group)).objection + (links.held(group)).condition)
    assert not any((links.told(group)).objection + (links.told(group)).condition)


def test_nobody_objects_to_her_own_words() -> None:
    material, group = group_of("Chauffer le four à pain", *LINKED, axis="sud", contribution_id="c")
    linked = replace(material, stands=(Stand("objects", "i2", "i0"),))
    assert not Links(linked, Kinship(linked)).held(group).objection


def test_members_of_a_proposal_take_sides() -> None:
    material, group = group_of("Chauffer le four à pain", *LINKED, axis="sud", stance=["inconnu", "pour", "contre"])
    held = Links(material, Kinship(material)).held(group)
    assert [[item.item_id for item in side] for side in (held.support, held.objection)] == [["i1"], ["i2"]]


def test_one_side_alone_is_none_where_nobody_proposes() -> None:
    material, group = group_of("Le four à pain", *LINKED, stance=["inconnu", "inconnu", "contre"])
    assert not any(
        (Links(material, Kinship(material)).held(group)).objection
        + (Links(material, Kinship(material)).held(group)).condition
    )


def test_answers_are_units_that_can_be_told() -> None:
    reading = Reading.of(hand_made())
    found = reading.links.answers(reading.material.groups["g-bus"], reading.units)
    assert [unit.unit_id for unit in found["sud"]] == ["g-navette", "g-region"]
    assert found["nord"] == []


COUNTED = ("Le four à pain est froid", "Le four à pain du bourg est froid", "Un four à pain froid tout l'hiver")


def test_what_is_told_is_counted_once_by_contribution() -> None:
    _, group = group_of("Le four à pain", *COUNTED, contribution_id=["c0", "c0", "c2"], votes=[3, 0, 2])
    spread = spread_of(group.members)
    assert (spread.contributions, spread.tables, spread.votes, spread.channels) == (2, 3, 5, ("postit",))


def test_a_title_moves_no_weight() -> None:
    material, group = group_of("Le four à pain est froid", *COUNTED)
    renamed = replace(group, title="Tout autre chose", is_titled=True)
    assert unit_of(renamed, Kinship(material)).weight == unit_of(group, Kinship(material)).weight


def test_places_votes_and_what_hangs_on_it_make_it_heavier() -> None:
    at_one, at_many = (group_of("Le four", *COUNTED, table=table)[1].members for table in ("1", ["1", "2", "3"]))
    assert weight_of(at_many) > weight_of(at_one)
    assert weight_of([replace(at_one[0], votes=9)]) > weight_of(at_one[:1])
    assert weight_of(at_one, 2) > weight_of(at_one)
    assert weight_of([]) == 0


def test_an_idea_alone_is_a_unit_of_one() -> None:
    _, group = group_of("Le four", COUNTED[0], votes=4)
    unit = unit_alone(group.members[0])
    assert (unit.unit_id, unit.spread.contributions, unit.spread.votes) == ("i0", 1, 4)
