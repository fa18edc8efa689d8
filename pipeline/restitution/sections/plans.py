"""The other two plans, from the same groups: by theme across the rose, and by table."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.axes import COMPASS_CODES, compass
from pipeline.contracts.draft import Block, Section, Sentence, Shown
from pipeline.restitution.material.kinship import is_sure
from pipeline.restitution.material.model import Group, Item
from pipeline.restitution.material.quantifiers import table_name
from pipeline.restitution.prose.stands_alone import standing_words
from pipeline.restitution.prose.teller import Teller
from pipeline.restitution.quoting.quotes import repeats
from pipeline.restitution.sections.axes import axis_section, told_groups

ACROSS = (
    ("est", "Ce qui freine"),
    ("sud", "Les pistes"),
    ("nord", "Ce qui existe déjà"),
    ("ouest", "Ce qui reste à penser"),
)
PER_TABLE = {"essentiel": 1, "standard": 3, "complet": 1_000_000}


def by_axis(teller: Teller, length_of: Callable[[str], str]) -> list[Section]:
    """Nord, Est, Sud, Ouest."""
    return [axis_section(teller, axis, length_of(axis)) for axis in COMPASS_CODES]


def across_themes(teller: Teller, length_of: Callable[[str], str]) -> list[Section]:
    """One section per theme: what hinders, leads, what exists, what remains to think about."""
    sections = []
    for position, theme in enumerate(teller.material.themes, start=1):
        teller.open_section()
        blocks: list[Block] = []
        for axis, title in ACROSS:
            groups = [group for group in teller.material.groups_of(axis) if group.theme_id == theme.theme_id]
            if groups:
                blocks.append(Block("heading", level=1, value=Shown(text=title, axis=axis)))
                blocks += told_groups(teller, groups, length_of(axis))
        if blocks:
            sections.append(Section(f"theme-{position}", theme.title, tuple(blocks)))
    return sections


def by_table(teller: Teller, length_of: Callable[[str], str]) -> list[Section]:
    """One section per table: what it said on each axis, in its own words; the survey last."""
    places: dict[tuple[str, str], list[Item]] = {key: [] for key in teller.material.tables}
    for item in teller.material.items.values():
        if item.axis in COMPASS_CODES and item.status == "sur":
            places.setdefault((item.workshop, item.table or ""), []).append(item)
    sections = []
    for position, ((workshop, table), items) in enumerate(places.items(), start=1):
        blocks = _table(teller, items, length_of)
        if blocks:
            subject = teller.material.tables.get((workshop, table), "")
            name = table_name(table).removeprefix("la ").capitalize() if table else "Hors des tables"
            sections.append(Section(f"table-{position}", f"{name} : {subject}" if subject else name, tuple(blocks)))
    return sections


def _table(teller: Teller, items: list[Item], length_of: Callable[[str], str]) -> list[Block]:
    """What one table said on each axis, the widest first: words that stand alone, each told once."""
    blocks: list[Block] = []
    for axis in COMPASS_CODES:
        here = [item for item in items if item.axis == axis and is_sure(item)]
        widest = sorted(here, key=lambda item: (-_recurrence(teller, item.group), -round(item.strength, 4)))
        shown = 2 * PER_TABLE[length_of(axis)]
        points: list[Sentence] = []
        n_left = 0
        for item in widest:
            node = standing_words(teller, item) if item.item_id not in teller.told | teller.tied_to_told else None
            if len(points) == shown:
                n_left += item.item_id not in teller.told
            elif node is not None and not repeats(node.text, teller.heard[-shown:]):
                points.append(teller.say("{q}.", [item.item_id], q=node))
        if n_left:
            ids = [item.item_id for item in here]
            points.append(teller.say("D’autres idées de cette table sont dans l’annexe.", ids))
        if points:
            blocks += [Block("heading", level=1, value=Shown(text=compass()[axis].name, axis=axis))]
            blocks.append(Block("list", tuple(points)))
    return blocks


def _recurrence(teller: Teller, group_id: str) -> float:
    group: Group | None = teller.material.groups.get(group_id)
    return round(group.recurrence, 3) if group is not None else 0.0


PLANS = {"axe": by_axis, "theme": across_themes, "table": by_table}
