"""One workshop of several, as material of its own."""

from __future__ import annotations

from dataclasses import replace

from pipeline.restitution.material.model import Material, without_group


def of_workshop(material: Material, workshop: str) -> Material:
    """What one workshop of several said: its own items and tables, and what it said of each group."""
    items = {key: item for key, item in material.items.items() if item.workshop == workshop}
    groups = {
        key: replace(group, members=members)
        for key, group in material.groups.items()
        if (members := tuple(item for item in group.members if item.workshop == workshop))
    }
    alone = {key for key, group in groups.items() if len(group.members) < 2}
    rows = tuple(row for row in material.workshops if row["workshop"] == workshop)
    known = set(groups) - alone
    return replace(
        material,
        workshops=rows,
        tables={key: subject for key, subject in material.tables.items() if key[0] == workshop},
        declared_participants=int(rows[0]["participants"]) if rows and rows[0]["participants"] is not None else None,
        items={key: without_group(item) if item.group in alone else item for key, item in items.items()},
        groups={key: group for key, group in groups.items() if key in known},
        answers={
            obstacle: kept
            for obstacle, answers in material.answers.items()
            if obstacle in known and (kept := tuple(answer for answer in answers if answer in known))
        },
    )
