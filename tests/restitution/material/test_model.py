"""Who may be told under what name."""

from __future__ import annotations

from dataclasses import replace

import pytest
from atelier import workshop

from pipeline.restitution.material.load import read_material
from pipeline.restitution.material.model import Item


@pytest.fixture(scope="module")
def item() -> Item:
    return read_material(workshop()).groups["g-bus"].members[0]


@pytest.mark.parametrize(
    ("changes", "holds"),
    [
        ({"channel": "postit", "table": "1"}, True),
        ({"channel": "postit", "table": "", "source": "idees.csv", "attributes": "{}"}, False),
        ({"channel": "postit", "table": "", "source": "idees.csv", "attributes": '{"Couleur": "rose"}'}, True),
        ({"channel": "note", "table": "1"}, False),
    ],
    ids=["at a table", "a sheet", "a sheet with colours", "a note"],
)
def test_what_surely_was_on_a_post_it(item: Item, changes: dict[str, str], holds: bool) -> None:
    assert replace(item, **changes).is_postit is holds  # type: ignore[arg-type]


def test_a_group_that_mostly_waits_is_named_not_told() -> None:
    group = read_material(workshop()).groups["g-bus"]
    waiting = replace(group, members=tuple(replace(item, status="a_relire") for item in group.members))
    assert waiting.is_unsure
    assert not replace(waiting, is_accepted=True).is_unsure
    assert not group.is_unsure


def test_signals_are_the_ideas_of_the_compass_in_no_group() -> None:
    material = read_material(workshop())
    assert material.signals
    assert all(not item.group and item.axis != "hors_axe" for item in material.signals)
    assert material.answered["g-toit"] == ("g-loyers",)
