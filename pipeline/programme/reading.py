"""A programme as it is told: workshops in order, one set of titles, and one material of all that may be said."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from pipeline.axes import EST, NORD, SUD
from pipeline.contracts.draft import Fact
from pipeline.contracts.plan import Plan, Unit
from pipeline.contracts.titles import PROGRAMME
from pipeline.language.syntax import workshop_lexicon
from pipeline.language.text.typography import NO_BREAK, Spaces
from pipeline.programme.titles import Part, Shared
from pipeline.programme.workshops import Workshop
from pipeline.restitution.material.facts import compute_facts, fact
from pipeline.restitution.material.kinship import is_sure, takes_a_side
from pipeline.restitution.plan.reading import spread_of
from pipeline.restitution.prose.places import Places
from pipeline.restitution.prose.telling import Telling
from pipeline.workshop.model import Group, Item, Material

TEXTS_LEARNT_MAX = 100_000
"""Ideas from which genders and names are learnt, taken evenly."""
SIDES = _, AGAINST, IF = "", "contre", "à condition"
"""Those who are against what a title says, and those who set a condition: apart, never counted with who says it."""


class Elsewhere(NamedTuple):
    """What one workshop runs into, and what another one proposes or has: one title on two sides, or two that a run
    links."""

    obstacle: Part
    answer: Part


class Move(NamedTuple):
    """Two workshops of one territory, in order, by titles of people: those of both, of the last, of the first alone."""

    first: Workshop
    last: Workshop
    stays: Sequence[Shared]
    comes: Sequence[Shared]
    goes: Sequence[Shared]


@dataclass(frozen=True)
class Reading:
    """What a programme gives to tell.

    Attributes
    ----------
    workshops : in the order of their dates, then as named; those where nothing was said are in `silent`.
    titles : of all of them, the widest first.
    """

    workshops: tuple[Workshop, ...]
    silent: tuple[Workshop, ...]
    titles: tuple[Shared, ...]

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Workshop → its number, from 1, as marks of sources tell it."""
        return {workshop.key: number for number, workshop in enumerate(self.workshops, start=1)}

    @cached_property
    def numbered(self) -> dict[str, str]:
        """Workshop → its name after its number: `2. Montbel`."""
        return {one.key: f"{self.numbers[one.key]}.{NO_BREAK}{one.name}" for one in self.workshops}

    @cached_property
    def by_key(self) -> dict[str, Workshop]:
        """Workshop by its key."""
        return {workshop.key: workshop for workshop in self.workshops}

    @cached_property
    def common(self) -> tuple[Shared, ...]:
        """Those of several workshops."""
        return tuple(one for one in self.titles if len(one.workshops) > 1)

    @cached_property
    def homes(self) -> dict[str, Shared]:
        """Part → its title."""
        return {part.part_id: one for one in self.titles for part in one.parts}

    @cached_property
    def parts(self) -> dict[str, Part]:
        """Every part by its id."""
        return {part.part_id: part for one in self.titles for part in one.parts}

    @cached_property
    def material(self) -> Material:
        """All workshops in one, whose groups are titles."""
        materials, groups = [workshop.material for workshop in self.workshops], {}
        for one in self.titles:
            items = tuple(item for part in one.parts for item in part.items)
            told = one.title_id, one.axis, "", one.text, "", float(len(items)), 0, items, "", False, one.is_of_people
            groups[one.title_id] = Group(*told, origin=PROGRAMME)
        return replace(
            materials[0],
            workshops=tuple(row for one in materials for row in one.workshops),
            tables={key: subject for one in materials for key, subject in one.tables.items()},
            declared_participants=None,
            items={key: item for one in materials for key, item in one.items.items()},
            groups=groups, themes=(), stands=(), questions=(),
            respondents=frozenset(who for one in materials for who in one.respondents),
        )  # fmt: skip

    @cached_property
    def units(self) -> dict[str, Unit]:
        """What each workshop says under a title (by its part), and who is against, or sets a condition (`side_of`)."""
        found = {}
        for part in self.parts.values():
            sides: dict[str, list[Item]] = {side: [] for side in SIDES}
            for item in part.items:
                is_apart = takes_a_side(item, part.group)
                sides["" if not is_apart else IF if item.stance == "nuance" else AGAINST].append(item)
            for side, items in sides.items():
                if items or not side:
                    unit_id = side_of(part, side)
                    found[unit_id] = Unit(
                        unit_id, part.axis, "", tuple(one.item_id for one in items), spread_of(items), 0.0, True
                    )
        return found

    def is_said(self, part: Part) -> bool:
        """Whether a workshop says what a title says, rather than only takes a side on it."""
        return bool(self.units[part.part_id].members)

    def is_sure_of(self, part: Part) -> bool:
        """Whether a workshop surely says it on this axis: people checked it, or the axis of an idea is certain."""
        said = [self.material.items[key] for key in self.units[part.part_id].members]
        return bool(said) and (part.group.is_counted or any(map(is_sure, said)))

    @cached_property
    def facts(self) -> dict[str, Fact]:
        """Every figure that may be told: those of parts counted in their workshop, those of titles over all."""
        facts = compute_facts(self.material, {})
        homes = {side_of(part, side): part.workshop for part in self.parts.values() for side in SIDES}
        for workshop in self.workshops:
            own = {key: unit for key, unit in self.units.items() if homes[key] == workshop.key}
            counted = compute_facts(workshop.material, own)
            facts |= {name: one for name, one in counted.items() if name.rpartition(".")[0] in own}
        total, where = len(self.workshops), "programme.xlsx"
        counts = {f"{one.title_id}.ateliers": len(one.workshops) for one in self.common}
        facts |= {name: fact(n, n, total, where) for name, n in counts.items()}
        told = {
            "titres": len(self.common),
            "titres.partout": sum(n == total for n in counts.values()),
        }
        return facts | {name: fact(n, n, None, where) for name, n in told.items()}

    def tellings(self, spaces: Spaces) -> dict[str, Telling]:
        """The hand that writes of each workshop, by its key, and of all of them, by ""."""
        texts = [item.text for item in self.material.items.values()]
        lexicon = workshop_lexicon.learn(texts[:: 1 + len(texts) // TEXTS_LEARNT_MAX])
        plan = Plan({}, (), {}, self.units)
        found = {"": Telling(self.material, plan, Places(self.material, self.facts), lexicon, spaces)}
        for workshop in self.workshops:
            own = self.facts | compute_facts(workshop.material, {})  # how it was held, which places ask for
            found[workshop.key] = Telling(self.material, plan, Places(workshop.material, own), lexicon, spaces)
        return found

    @cached_property
    def elsewhere(self) -> tuple[Elsewhere, ...]:
        """Every obstacle of a workshop that another one has an answer to, by titles of people, in their order."""
        found: dict[tuple[str, str, str, str], Elsewhere] = {}
        links, by_id = self._links, {one.title_id: one for one in self.titles}
        for title in self.titles:
            obstacles = [part for part in title.parts if part.axis == EST and self.is_sure_of(part)]
            near = (title, *(by_id[key] for key in sorted(links.get(title.title_id, ()))))
            answers = [part for one in near for part in one.parts if part.axis in (SUD, NORD) and self.is_sure_of(part)]
            for obstacle in obstacles if title.is_of_people else ():
                for answer in answers:
                    if answer.workshop != obstacle.workshop and self.homes[answer.part_id].is_of_people:
                        ends = title.title_id, obstacle.workshop, self.homes[answer.part_id].title_id, answer.workshop
                        found.setdefault(ends, Elsewhere(obstacle, answer))
        return tuple(found.values())

    @cached_property
    def _links(self) -> Mapping[str, frozenset[str]]:
        """Title of an obstacle → the titles that answer it, as people linked their ideas."""
        found: dict[str, set[str]] = {}
        for workshop in self.workshops:
            for obstacle, answers in workshop.material.answers.items():
                for answer in answers:
                    if obstacle in self.homes and answer in self.homes:
                        found.setdefault(self.homes[obstacle].title_id, set()).add(self.homes[answer].title_id)
        return {key: frozenset(titles - {key}) for key, titles in found.items()}

    def moves(self) -> Iterator[Move]:
        """Every two workshops of a territory that follow each other."""
        for first, last in self._following():
            stays = [one for one in self.common if {first.key, last.key} <= {*one.workshops}]
            yield Move(first, last, stays, self._only(last.key, first.key), self._only(first.key, last.key))

    def _following(self) -> Iterator[tuple[Workshop, Workshop]]:
        """Workshops of one territory that follow each other; those without date or territory are none."""
        territories: dict[str, list[Workshop]] = {}
        for workshop in self.workshops:
            if workshop.date and workshop.territory:
                territories.setdefault(" ".join(workshop.territory.casefold().split()), []).append(workshop)
        for found in territories.values():
            yield from (pair for pair in pairwise(found) if pair[0].date[:10] < pair[1].date[:10])

    def _only(self, here: str, there: str) -> list[Shared]:
        """Titles of people of a workshop that another has nothing under."""
        known = {one.title_id for one in self.titles if there in one.workshops}
        own = (one for one in self.titles if one.is_of_people and here in one.workshops)
        return [one for one in own if one.title_id not in known]


def side_of(part: Part, side: str) -> str:
    """The unit of those who take a side on a title in a workshop; of those who say it, for ""."""
    return f"{part.part_id} {side}" if side else part.part_id
