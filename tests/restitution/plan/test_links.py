"""What hangs on a group: objections whatever their axis, sides of its members, answers that hold."""

from __future__ import annotations

from dataclasses import replace

from atelier import workshop
from workshop_told import group_of

from pipeline.restitution.material.kinship import Kinship
from pipeline.restitution.material.load import read_material
from pipeline.restitution.material.model import Stand
from pipeline.restitution.plan.links import Links
from pipeline.restitution.plan.reading import Reading

TEXTS = (
    "Chauffer le four à pain le samedi",
    "Chauffer le four à pain avec l'école",
    "Le four à pain coûte trop de bois",
)


def test_an_objection_is_found_by_its_link_and_is_told_of_nothing_else() -> None:
    material, group = group_of("Chauffer le four à pain", *TEXTS, axis="sud")
    beside = replace(material.items["i2"], axis="est", group="")
    linked = replace(material, items=material.items | {"i2": beside}, stands=(Stand("objects", "i2", "i0"),))
    links = Links(linked, Kinship(linked))
    held = links.held(group)
    assert [item.item_id for item in held.objection] == ["i2"]
    assert held.is_disputed
    assert links.spoken_of == {"i2": "g"}


def test_a_side_that_names_nothing_of_the_proposal_is_not_told_of_it() -> None:
    texts = (*TEXTS[:2], "Trop de bruit place du marché")
    material, group = group_of("Chauffer le four à pain", *texts, axis="sud", stance=["inconnu", "inconnu", "contre"])
    links = Links(material, Kinship(material))
    assert links.held(group).is_disputed
    assert not links.told(group).is_disputed


def test_nobody_objects_to_her_own_words() -> None:
    material, group = group_of("Chauffer le four à pain", *TEXTS, axis="sud", contribution_id="c")
    linked = replace(material, stands=(Stand("objects", "i2", "i0"),))
    assert not Links(linked, Kinship(linked)).held(group).objection


def test_members_of_a_proposal_take_sides() -> None:
    material, group = group_of("Chauffer le four à pain", *TEXTS, axis="sud", stance=["inconnu", "pour", "contre"])
    held = Links(material, Kinship(material)).held(group)
    assert [[item.item_id for item in side] for side in (held.support, held.objection)] == [["i1"], ["i2"]]


def test_one_side_alone_is_none_where_nobody_proposes() -> None:
    material, group = group_of("Le four à pain", *TEXTS, stance=["inconnu", "inconnu", "contre"])
    assert not Links(material, Kinship(material)).held(group).is_disputed


def test_answers_are_units_that_can_be_told() -> None:
    reading = Reading.of(read_material(workshop()))
    found = reading.links.answers(reading.material.groups["g-bus"], reading.units)
    assert [unit.unit_id for unit in found["sud"]] == ["g-navette", "g-region"]
    assert found["nord"] == []
