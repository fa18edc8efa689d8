"""The other two plans, from the same groups: by theme across the rose, and by table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from pipeline.axes import COMPASS_CODES, compass
from pipeline.contracts.draft import Block, Section, Sentence, Shown
from pipeline.restitution.material.kinship import is_sure
from pipeline.restitution.material.model import Group, Item, Theme
from pipeline.restitution.material.quantifiers import table_name
from pipeline.restitution.prose.memory import Memory
from pipeline.restitution.prose.stands_alone import standing_words
from pipeline.restitution.prose.telling import Telling
from pipeline.restitution.quoting.quotes import repeats
from pipeline.restitution.sections.axes import axis_section
from pipeline.restitution.sections.groups import told_groups

ACROSS = (
    ("est", "Ce qui freine"),
    ("sud", "Les pistes"),
    ("nord", "Ce qui existe déjà"),
    ("ouest", "Ce qui reste à penser"),
)
PER_TABLE = {"essentiel": 1, "standard": 3, "complet": 1_000_000}


Told = tuple[Section, Memory]
"""A section, and what it has told."""


def by_axis(telling: Telling, length_of: Callable[[str], str]) -> list[Told]:
    """Nord, Est, Sud, Ouest."""
    return write_apart(telling, [partial(axis_section, axis=axis, length=length_of(axis)) for axis in COMPASS_CODES])


def write_apart(telling: Telling, writers: Sequence[Callable[[Telling], Section | None]]) -> list[Told]:
    """Sections each written from what it holds, whatever the others say; words that two would show stay with the first.

    Only those words pass from one to the next: a contribution may hold an obstacle and a proposal in one sentence.
    """
    done: list[Told] = []
    shown: set[str] = set()
    for write in writers:
        here = telling.afresh(shown)
        section = write(here)
        if section is not None:
            done.append((section, here.memory))
            shown |= here.memory.told
    return done


def across_themes(telling: Telling, length_of: Callable[[str], str]) -> list[Told]:
    """One section per theme: what hinders, leads, what exists, what remains to think about."""
    return write_apart(
        telling,
        [
            partial(_theme, theme=theme, key=f"theme-{position}", length_of=length_of)
            for position, theme in enumerate(telling.material.themes, start=1)
        ],
    )


def _theme(telling: Telling, theme: Theme, key: str, length_of: Callable[[str], str]) -> Section | None:
    blocks: list[Block] = []
    for axis, title in ACROSS:
        groups = [group for group in telling.material.groups_of(axis) if group.theme_id == theme.theme_id]
        if groups:
            blocks.append(Block("heading", level=1, value=Shown(text=title, axis=axis)))
            blocks += told_groups(telling, groups, length_of(axis))
    return Section(key, theme.title, tuple(blocks)) if blocks else None


def by_table(telling: Telling, length_of: Callable[[str], str]) -> list[Told]:
    """One section per table: what it said on each axis, in its own words; the survey last."""
    places: dict[tuple[str, str], list[Item]] = {key: [] for key in telling.material.tables}
    for item in telling.material.items.values():
        if item.axis in COMPASS_CODES and item.status == "sur":
            places.setdefault((item.workshop, item.table or ""), []).append(item)
    return write_apart(
        telling,
        [
            partial(_one_table, place=place, items=items, key=f"table-{position}", length_of=length_of)
            for position, (place, items) in enumerate(places.items(), start=1)
        ],
    )


def _one_table(
    telling: Telling, place: tuple[str, str], items: list[Item], key: str, length_of: Callable[[str], str]
) -> Section | None:
    blocks = _table(telling, items, length_of)
    if not blocks:
        return None
    subject = telling.material.tables.get(place, "")
    name = table_name(place[1]).removeprefix("la ").capitalize() if place[1] else "Hors des tables"
    return Section(key, f"{name} : {subject}" if subject else name, tuple(blocks))


def _table(telling: Telling, items: list[Item], length_of: Callable[[str], str]) -> list[Block]:
    """What one table said on each axis, the widest first: words that stand alone, each told once."""
    memory = telling.memory
    blocks: list[Block] = []
    for axis in COMPASS_CODES:
        here = [item for item in items if item.axis == axis and is_sure(item)]
        widest = sorted(here, key=lambda item: (-_recurrence(telling, item.group), -round(item.strength, 4)))
        shown = 2 * PER_TABLE[length_of(axis)]
        points: list[Sentence] = []
        n_left = 0
        for item in widest:
            node = (
                standing_words(telling, item)
                if item.item_id not in telling.memory.told | telling.memory.tied_to_told
                else None
            )
            if len(points) == shown:
                n_left += item.item_id not in memory.told
            elif node is not None and not repeats(node.text, telling.memory.heard[-shown:]):
                points.append(telling.say("{q}.", [item.item_id], q=node))
        if n_left:
            ids = [item.item_id for item in here]
            points.append(telling.say("D’autres idées de cette table sont dans le tableau des éléments.", ids))
        if points:
            blocks += [Block("heading", level=1, value=Shown(text=compass()[axis].name, axis=axis))]
            blocks.append(Block("list", tuple(points)))
    return blocks


def _recurrence(telling: Telling, group_id: str) -> float:
    group: Group | None = telling.material.groups.get(group_id)
    return round(group.recurrence, 3) if group is not None else 0.0


PLANS = {"axe": by_axis, "theme": across_themes, "table": by_table}
