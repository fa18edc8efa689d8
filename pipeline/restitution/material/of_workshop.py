"""One workshop of several, as material of its own."""

from __future__ import annotations

from dataclasses import replace

from pipeline.restitution.material.model import Group, Item, Material, without_group


def of_workshop(material: Material, workshop: str) -> Material:
    """What one workshop of several said: its own items and tables, and what it said of each group.

    A group of which it said one thing is none: that is a signal.
    """
    groups = _groups_of(material, workshop)
    rows = tuple(row for row in material.workshops if row["workshop"] == workshop)
    people = next((row["participants"] for row in rows if row["participants"] is not None), None)
    return replace(
        material,
        workshops=rows,
        tables={key: subject for key, subject in material.tables.items() if key[0] == workshop},
        declared_participants=None if people is None else int(people),
        items={
            key: _item_of(item, material, groups) for key, item in material.items.items() if item.workshop == workshop
        },
        groups=groups,
        answers=_answers_of(material, groups),
        stands=tuple(
            one
            for one in material.stands
            if {material.items[one.from_item].workshop, material.items[one.to_item].workshop} == {workshop}
        ),
    )


def _groups_of(material: Material, workshop: str) -> dict[str, Group]:
    own = {
        key: tuple(item for item in group.members if item.workshop == workshop)
        for key, group in material.groups.items()
    }
    return {key: replace(material.groups[key], members=members) for key, members in own.items() if len(members) > 1}


def _item_of(item: Item, material: Material, groups: dict[str, Group]) -> Item:
    return without_group(item) if item.group in material.groups and item.group not in groups else item


def _answers_of(material: Material, groups: dict[str, Group]) -> dict[str, tuple[str, ...]]:
    kept = {
        obstacle: tuple(answer for answer in answers if answer in groups)
        for obstacle, answers in material.answers.items()
        if obstacle in groups
    }
    return {obstacle: answers for obstacle, answers in kept.items() if answers}
