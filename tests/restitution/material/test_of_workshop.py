"""One workshop of several."""

from __future__ import annotations

from dataclasses import replace

from atelier import workshop

from pipeline.restitution.material.load import read_material
from pipeline.restitution.material.of_workshop import of_workshop


def test_a_workshop_keeps_its_own_and_a_group_of_one_becomes_a_signal() -> None:
    whole = read_material(workshop())
    moved = {whole.groups["g-bus"].members[0].item_id, *(item.item_id for item in whole.groups["g-toit"].members)}
    items = {key: replace(item, workshop="b") if key in moved else item for key, item in whole.items.items()}
    groups = {
        key: replace(group, members=tuple(items[item.item_id] for item in group.members))
        for key, group in whole.groups.items()
    }
    row = {**whole.workshops[0], "workshop": "b", "participants": 12}
    material = replace(whole, items=items, groups=groups, workshops=(*whole.workshops, row))
    own = of_workshop(material, "b")
    assert set(own.items) == moved
    assert set(own.groups) == {"g-toit"}
    assert own.declared_participants == 12
    assert own.items[whole.groups["g-bus"].members[0].item_id].group == ""
    rest = of_workshop(material, "a")
    assert len(rest.groups["g-bus"].members) == len(whole.groups["g-bus"].members) - 1
    assert rest.answers["g-bus"] == whole.answers["g-bus"]
    assert "g-loyers" not in rest.answers  # its answer was told by the other workshop
