"""A programme as it is told: workshops in order, what was matched, and one material of all that may be said."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from pipeline.contracts.facts import Fact
from pipeline.contracts.plan import Plan, Spread, Unit
from pipeline.language.syntax import workshop_lexicon
from pipeline.language.text.typography import Spaces
from pipeline.programme.columns import Column, Elsewhere, Near
from pipeline.programme.threads import Thread, Woven, as_group
from pipeline.programme.workshops import Workshop
from pipeline.restitution.material.facts import compute_facts, fact
from pipeline.restitution.material.kinship import Kinship
from pipeline.restitution.material.model import Item, Material
from pipeline.restitution.plan.reading import spread_of, unit_alone, unit_of, weight_of
from pipeline.restitution.prose.places import Places
from pipeline.restitution.prose.telling import Telling
from pipeline.restitution.prose.titles import Titles

TEXTS_LEARNT_MAX = 100_000
"""Ideas from which genders and names are learnt, taken evenly."""


@dataclass(frozen=True)
class Reading:
    """What a programme gives to tell.

    Attributes
    ----------
    workshops : in the order of their dates, then as named; those where nothing was said are in `silent`.
    columns : of all workshops, by id.
    elsewhere : answers from one workshop to another.
    became : proposals of a workshop, and what the next one of its territory knows that may be they.
    n_left : columns that were not compared, for want of room.
    """

    workshops: tuple[Workshop, ...]
    silent: tuple[Workshop, ...]
    columns: Mapping[str, Column]
    woven: Woven
    elsewhere: tuple[Elsewhere, ...]
    became: tuple[Near, ...]
    n_left: int

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Workshop → its number, from 1, as marks of sources tell it."""
        return {workshop.key: number for number, workshop in enumerate(self.workshops, start=1)}

    @cached_property
    def by_key(self) -> dict[str, Workshop]:
        """Workshop by its key."""
        return {workshop.key: workshop for workshop in self.workshops}

    @cached_property
    def material(self) -> Material:
        """All workshops in one, where a thread is a group of several workshops, by the side of those that it holds."""
        base = material_of(self.workshops)
        threads = {
            one.thread_id: as_group(one, self.columns, bool(one.titled_by) or self._is_persons(one))
            for one in self.woven.threads
        }
        return replace(base, groups={**base.groups, **threads})

    def _is_persons(self, thread: Thread) -> bool:
        groups = (self.columns[key].group for key in thread.columns)
        return any(group is not None and group.is_titled and group.title == thread.title for group in groups)

    @cached_property
    def units(self) -> dict[str, Unit]:
        """What is told and counted of each column, of each thread, and of a column in a thread (`part_of`): all ideas
        of a group that people vouch for, of another those of whom the title is true."""
        found: dict[str, Unit] = {}
        for workshop in self.workshops:
            kinship = Kinship(workshop.material)
            for column in self._columns_of(workshop.key):
                unit = unit_of(column.group, kinship) if column.group is not None else unit_alone(column.items[0])
                found[column.column_id] = _with(unit, _told_first(column, unit.members) or column.items)
        kinship = Kinship(self.material)
        for thread in self.woven.threads:
            true_of = {item.item_id for item in kinship(self.material.groups[thread.thread_id])}
            told: list[Item] = []
            for key in thread.columns:
                kept = _told_first(self.columns[key], true_of) or _told_first(self.columns[key], found[key].members)
                part = part_of(thread, key)
                found[part] = replace(_with(found[key], kept), unit_id=part)
                told += kept
            whole = Unit(thread.thread_id, thread.axis, "", (), (), Spread(0), 0.0, is_titled=True)
            found[thread.thread_id] = replace(_with(whole, told), weight=weight_of(told))
        return found

    def _columns_of(self, workshop: str) -> list[Column]:
        return [column for column in self.columns.values() if column.workshop == workshop]

    @cached_property
    def facts(self) -> dict[str, Fact]:
        """Every figure that may be told: those of columns counted in their workshop, those of threads over all."""
        threads = {one.thread_id: self.units[one.thread_id] for one in self.woven.threads}
        facts = compute_facts(self.material, threads)
        parts = [(part_of(one, key), self.columns[key].workshop) for one in self.woven.threads for key in one.columns]
        for workshop in self.workshops:
            names = [column.column_id for column in self._columns_of(workshop.key)]
            own = {key: self.units[key] for key in (*names, *(part for part, home in parts if home == workshop.key))}
            counted = compute_facts(workshop.material, own)
            facts |= {name: one for name, one in counted.items() if name.rpartition(".")[0] in own}
        n, total = len(self.woven.threads), len(self.workshops)
        where = "programme.xlsx, feuille « Ce qui revient »"
        facts["fils"] = fact(n, n, None, where)
        everywhere = sum(self.n_workshops(thread) == total for thread in self.woven.threads)
        facts["fils.partout"] = fact(everywhere, everywhere, n, where)
        n_asked = len(self.woven.questions)
        facts["questions"] = fact(n_asked, n_asked, None, "programme.xlsx, feuille « La même chose »")
        return facts

    @cached_property
    def questioned(self) -> frozenset[str]:
        """Columns that a person is asked about: nobody says that they are proper to their workshop."""
        return frozenset(key for near in self.woven.questions for key in near[:2])

    def n_workshops(self, thread: Thread) -> int:
        """In how many workshops a thread was said."""
        return len({self.columns[key].workshop for key in thread.columns})

    def tellings(self, spaces: Spaces) -> dict[str, Telling]:
        """The hand that writes of each workshop, by its key, and of all of them, by ""."""
        texts = [item.text for item in self.material.items.values()]
        titles = Titles(workshop_lexicon.learn(texts[:: 1 + len(texts) // TEXTS_LEARNT_MAX]))
        plan = Plan((), self.units)
        facts = self.facts
        found = {"": Telling(self.material, plan, Places(self.material, facts), titles, spaces)}
        for workshop in self.workshops:
            own = facts | compute_facts(workshop.material, {})  # how it was held, which places ask for and never tell
            found[workshop.key] = Telling(self.material, plan, Places(workshop.material, own), titles, spaces)
        return found


def material_of(workshops: Sequence[Workshop]) -> Material:
    """All that may be said of several workshops, as one material."""
    parts = [workshop.material for workshop in workshops]
    return replace(
        parts[0],
        workshops=tuple(row for part in parts for row in part.workshops),
        tables={key: subject for part in parts for key, subject in part.tables.items()},
        declared_participants=None,
        items={key: item for part in parts for key, item in part.items.items()},
        groups={key: group for part in parts for key, group in part.groups.items()},
        themes=tuple(theme for part in parts for theme in part.themes),
        answers={},
        pairs={},
        stands=(),
    )


def part_of(thread: Thread, column: str) -> str:
    """The unit of a column as a part of a thread."""
    return f"{thread.thread_id} {column}"


def _told_first(column: Column, true_of: Collection[str]) -> list[Item]:
    """The ideas of a column of whom a title is true, then the others where people vouch for all."""
    said = [item for item in column.items if item.item_id in true_of]
    if column.is_vouched or column.is_alone:
        return said + [item for item in column.items if item.item_id not in true_of]
    return said


def _with(unit: Unit, items: Sequence[Item]) -> Unit:
    return replace(unit, members=tuple(item.item_id for item in items), spread=spread_of(items))
