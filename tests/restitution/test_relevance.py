"""Who is told with whom: strangers of a group are left aside, and a number covers only what its words say."""

from __future__ import annotations

from dataclasses import replace

import pytest
from atelier import with_words, workshop

from pipeline.restitution.joining import read_material
from pipeline.restitution.material import Group, Item, Material
from pipeline.restitution.relevance import Kinship, is_shared, is_sure


@pytest.fixture(scope="module")
def material() -> Material:
    """The hand-made workshop."""
    return read_material(workshop())


def item_of(material: Material, words: str) -> Item:
    return next(item for item in material.items.values() if item.text.startswith(words))


def test_a_stranger_is_no_kin_and_takes_the_number_away(material: Material) -> None:
    group = material.groups["g-volants"]
    assert is_shared(group, Kinship(material)(group))
    stranger = with_words(workshop(), 19, "La boulangerie ferme le lundi")
    other = read_material(stranger)
    found = Kinship(other)(other.groups["g-volants"])
    assert [item.text for item in found] == ["Les Volants solidaires : 14 chauffeurs bénévoles"]
    assert not is_shared(other.groups["g-volants"], found)


def test_a_group_that_someone_accepted_is_trusted(material: Material) -> None:
    group = replace(material.groups["g-isolement"], is_accepted=True)
    assert len(Kinship(material)(group)) == len(group.members)
    unchecked: Group = material.groups["g-isolement"]
    assert len(Kinship(material)(unchecked)) < len(unchecked.members)


@pytest.mark.parametrize(
    ("changes", "sure"),
    [
        ({}, True),
        ({"status": "a_relire"}, False),
        ({"second_axis": "est", "confidence": 0.6}, False),
        ({"second_axis": "est", "confidence": 0.9}, True),
        ({"text": "Les jeunes ratent leurs rendez-vous faute de car", "confidence": 0.8}, False),
        ({"text": "Sans rendez-vous, on ressort avec le dossier envoyé", "confidence": 0.8}, True),
    ],
    ids=["plain", "to read again", "between two axes", "second far behind", "a lack", "no lack"],
)
def test_what_is_certain_enough_to_be_told_as_a_resource(
    material: Material, changes: dict[str, object], sure: bool
) -> None:
    resource = replace(item_of(material, "Les Volants solidaires :"), **changes)
    assert is_sure(resource) is sure
