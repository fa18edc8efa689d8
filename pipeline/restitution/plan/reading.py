"""What a plan is made from: the material, its units by weight (what can be told and counted together, and how widely it
was said), who is against them and what answers them."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from heapq import merge
from itertools import chain

from pipeline.axes import COMPASS_CODES, NORD, SUD
from pipeline.contracts.labels import CONTEXT_JOINT
from pipeline.contracts.plan import TITLES, Spread, Unit
from pipeline.language.text.folding import fold
from pipeline.language.vocabulary.cues import CON, PRO
from pipeline.restitution.material.facts import n_contributions, n_places
from pipeline.restitution.material.kinship import MEMBERS_MAX, NEAR_MIN, Kinship, head_of, says_the_contrary
from pipeline.restitution.plan.showing import is_surely_of
from pipeline.stances.counting import apart
from pipeline.stances.reading import says_plainly
from pipeline.workshop.model import Group, Item, Material
from pipeline.workshop.questions import Question

CARD_WORDS_MAX = 60
"""Words of a card; of a longer text, each idea may be told."""
THANKS = "celebrer"
SIDES = frozenset({"contre", "nuance"})
"""Of one who is against something, or asks for something first: told with it, never for itself."""


def merit(item: Item) -> float:
    """How much an idea is worth telling for itself: as it is said, as it is read, and by how many others go with it."""
    return round(item.worth * item.confidence * math.sqrt(1 + item.company), 4)


def _is_card(item: Item) -> bool:
    """Whether an idea is of a card, whose words after the first idea lean on it."""
    return item.channel == "postit" and item.source_text.count(" ") < CARD_WORDS_MAX


@dataclass(frozen=True)
class Reading:
    """The material as a plan reads it; nothing changes while a plan is made.

    Attributes
    ----------
    units : of every group that can be told, by id.
    """

    material: Material
    kinship: Kinship
    units: dict[str, Unit] = field(default_factory=dict)

    @classmethod
    def of(cls, material: Material, kinship: Kinship | None = None) -> Reading:
        """What a material gives to tell."""
        kinship = kinship or Kinship(material)
        groups = [one for axis in COMPASS_CODES for one in material.groups_of(axis)]
        return cls(material, kinship, {one.group_id: unit_of(one, kinship) for one in groups})

    def group(self, unit: Unit) -> Group:
        """The group of a unit."""
        return self.material.groups[unit.unit_id]

    def items(self, unit: Unit) -> list[Item]:
        """The ideas of a unit."""
        return [self.material.items[member] for member in unit.members]

    @cached_property
    def by_weight(self) -> dict[str, list[Unit]]:
        """The units of each axis, in the order of the groups: a person's, else the widest first."""
        groups = self.material.groups  # a person's order, where she gave one, is theirs
        units = self.units.values()
        ranked = sorted(units, key=lambda unit: (groups[unit.unit_id].position, -unit.weight, unit.unit_id))
        return {axis: [unit for unit in ranked if unit.axis == axis] for axis in COMPASS_CODES}

    @cached_property
    def titles(self) -> dict[str, list[list[Unit]]]:
        """By axis, by rubric, or in a person's order, the units that are told: each title once, on the axis of most of
        its ideas, with its units of the others after it. What is told of one never decides of another: a title that a
        person changes moves no other paragraph."""
        full = {axis: [unit for unit in self.by_weight[axis] if self.is_told(unit)] for axis in COMPASS_CODES}
        beside: dict[str, list[Unit]] = {}
        for unit in chain.from_iterable(full.values()):
            group = self.group(unit)
            beside.setdefault(unit.unit_id if group.is_proposed else group.title, []).append(unit)
        firsts = {units[0].unit_id: units for units in (sorted(some, key=self._share) for some in beside.values())}
        own = {axis: [firsts[one.unit_id] for one in units if one.unit_id in firsts] for axis, units in full.items()}
        found: dict[str, list[list[list[Unit]]]] = {key: [] for key in self._sections}
        for axis, titles in own.items():
            homes = [self._home(units, axis) for units in titles]
            for key in dict.fromkeys(homes):
                found[key].append([units for units, home in zip(titles, homes, strict=True) if home == key])
        return {key: [*merge(*some, key=self._rank)] for key, some in found.items()}

    @cached_property
    def _sections(self) -> list[str]:
        """The axes, or the section of all titles; with rubrics, in the order of the first title that she gave each."""
        material = self.material
        sections = [*(COMPASS_CODES if material.is_on_axes else (TITLES,)), *material.rubrics]
        given = [material.section_given(title) or TITLES for title in material.axes_given]
        ranks = {key: rank for rank, key in reversed([*enumerate(given)])} if material.rubrics else {}
        return sorted(sections, key=lambda key: ranks.get(key, len(given)))

    def _home(self, units: Sequence[Unit], axis: str) -> str:
        """The section that tells a title of which most ideas are on an axis."""
        home = self.material.section_given(self.group(units[0]).title)
        return home if home in self.material.rubrics else axis if self.material.is_on_axes else TITLES

    def _rank(self, units: Sequence[Unit]) -> int:
        """Where a person gave a title among hers; those of others follow."""
        return self._ranks.get(self.group(units[0]).title, len(self._ranks))

    @cached_property
    def _ranks(self) -> dict[str, int]:
        return {title: rank for rank, title in enumerate(self.material.axes_given)}

    def _share(self, unit: Unit) -> int:
        """Minus how many ideas stand under the title of a unit on its axis; the sort is stable."""
        return -self.material.shares.get(self.group(unit).title, {}).get(unit.axis, 0)

    def is_told(self, unit: Unit) -> bool:
        """Whether a unit has its heading: people gave or took its title, or wrote its text. What a machine titled
        stands on the wall and the rose."""
        group = self.group(unit)
        return bool(group.members and (group.author_text or not group.is_proposed))

    def alone(self, axis: str) -> list[Item]:
        """The ideas of an axis that no title holds, and that speak for themselves; no thanks."""
        titled = {key for key, group in self.material.groups.items() if not group.is_proposed or group.is_unsure}
        own = [item for item in self.material.items.values() if item.axis == axis and not says_the_contrary(item)]
        left = apart(own)
        said = (item for item in own if item.item_id in left and item.group not in titled)
        told_of = (item for item in said if item.facet != THANKS and item.stance not in SIDES)
        are_sure = (item for item in told_of if not self.material.is_on_axes or is_surely_of(item, axis))
        return [item for item in are_sure if item.start == self._firsts[item.contribution_id] or not _is_card(item)]

    @cached_property
    def _firsts(self) -> dict[str, int]:
        return {key: min(one.start for one in beside) for key, beside in self.material.siblings.items()}

    def is_other(self, item: Item) -> bool:
        """Whether the side that an idea takes, or the mark of its row, says that its axis is another."""
        return item.is_of_other_side or self.material.is_marked_otherwise(item)

    def against(self, group: Group) -> dict[str, list[Item]]:
        """Who surely speaks against what a title says (`objection`), or asks for something first (`condition`): as
        their file says, or a person who put or linked them there."""
        found: dict[str, list[Item]] = {"objection": [], "condition": []}
        linked = [one.from_item for one in self.material.stands if one.kind == "objects" and one.is_said
                  and self.material.items[one.to_item].group == group.group_id]  # fmt: skip
        found["objection"] += [self.material.items[key] for key in dict.fromkeys(linked)]
        for item in group.members if not group.is_refusal else ():
            side = HELD.get(group.side_of(item))
            if side is not None and item.is_sided and item not in found[side]:
                found[side].append(item)
        return found

    def camps(self, units: Sequence[Unit]) -> tuple[str, dict[str, list[Item]]]:
        """Who surely takes each side under a title, each text and each person once: side → ideas, {} without two sides;
        and the question that they take it on, "" for what the title of a proposal says, as their file or a person
        tells, or plain words."""
        for group in map(self.group, units):
            if group.axis == SUD and not group.is_refusal:
                sided = ((group.side_of(one), one) for one in group.members)
                told = (
                    (side, one)
                    for side, one in sided
                    if one.is_sided or (side in (PRO, CON) and says_plainly(one.text, side, group.title))
                )
                if found := _two_camps(told):
                    return "", found
        truth, on_columns = self.kinship.truth, dict[str, list[tuple[str, Item]]]()
        rows = [(one, group) for group in map(self.group, units) for one in group.members if self._is_in_column(one)]
        for item, group in sorted(rows, key=lambda pair: -round(truth(*pair), 2)):
            if self.is_sure(item, group):
                question, side, _ = self.material.in_column(item)
                on_columns.setdefault(question, []).append((side, item))
        camps = {key: found for key, told in on_columns.items() if (found := _two_camps(told))}
        return max(camps.items(), key=lambda pair: min(map(len, pair[1].values())), default=("", {}))

    def _is_in_column(self, item: Item) -> bool:
        """Whether the row of an idea takes a side in a column, which its axis does not deny."""
        return bool(self.material.in_column(item)[1]) and not self.material.is_marked_otherwise(item)

    def is_sure(self, item: Item, group: Group) -> bool:
        """Whether an idea surely enough speaks of the very thing that a title names, to be told beside another."""
        named = self.kinship.shared(item, group) & head_of(group)
        return bool(named) and (item.strength >= NEAR_MIN or self.kinship.truth(item, group) >= CAMP_MIN)

    def under(self, vote: Question) -> list[Item]:
        """The ideas that stand under the heading that was put to the vote, in reading order."""
        return self._under.get((vote.workshop, fold(vote.about)), [])

    @cached_property
    def _under(self) -> dict[tuple[str, str], list[Item]]:
        found: dict[tuple[str, str], list[Item]] = {}
        for item in self.material.items.values():
            for heading in {fold(one.strip()) for one in item.context.split(CONTEXT_JOINT)}:
                found.setdefault((item.workshop, heading), []).append(item)
        return found

    def answered(self) -> Iterator[tuple[str, tuple[tuple[str, ...], ...]]]:
        """Each obstacle that people looked at with what they looked at too and said to answer it: proposals, then what
        exists."""
        looked_at = {key: one for key, one in self.units.items() if one.is_counted and one.members}
        for key, answers in self.material.answers.items():
            if key in looked_at:
                found = [one for one in answers if one in looked_at]
                told = tuple(
                    tuple([x for x in found if looked_at[x].axis == axis][:ANSWERS_MAX]) for axis in (SUD, NORD)
                )
                if any(told):
                    yield key, told

    def by_votes(self) -> list[Item]:
        """The ideas that people voted on, those with most votes on one side first; then those that they liked."""
        voted = [item for item in self.material.items.values() if item.votes or item.votes_against]
        return sorted(voted, key=lambda one: (one.mark, -max(one.votes, one.votes_against), -one.votes, one.item_id))


def _two_camps(told: Iterable[tuple[str, Item]]) -> dict[str, list[Item]]:
    """Side → ideas of those for and against, each text and each person once, nobody who takes both; {} without two."""
    found: dict[str, dict[str, Item]] = {PRO: {}, CON: {}}
    for side, item in told:
        if side in found:
            found[side].setdefault(item.voice or fold(item.source_text), item)
    both = found[PRO].keys() & found[CON].keys()
    camps = {side: [one for key, one in items.items() if key not in both] for side, items in found.items()}
    return camps if all(camps.values()) else {}


CAMP_MIN = 0.6
"""Truth of a title from which an idea that names its thing, and whose row takes a side, speaks of it."""
ANSWERS_MAX = 2
HELD = {"contre": "objection", "nuance": "condition"}
PLACES_WEIGHT = 2.0
VOTES_WEIGHT = 1.0
SENT_WORDS = 8
"""Words of a text that two people do not write alike by chance."""


def spread_of(members: Iterable[Item]) -> Spread:
    """How widely these ideas were said."""
    found = list(members)
    mark, votes, votes_against = _votes_of(found)
    return Spread(
        contributions=n_contributions(found),
        tables=len({(item.workshop, item.table) for item in found if item.table}),
        answers=len({(item.workshop, item.voice) for item in found if item.channel == "enquete" and item.voice}),
        people=len({(item.workshop, item.voice) for item in found}) if all(item.voice for item in found) else 0,
        same=_n_same(found),
        workshops=len({item.workshop for item in found}),
        channels=tuple(sorted({item.channel for item in found})),
        votes=votes,
        votes_against=votes_against,
        mark=mark,
    )


def _votes_of(items: Iterable[Item]) -> tuple[str, int, int]:
    """What ideas received, votes or else one mark, and how many for them and against."""
    marked = [item for item in items if item.votes or item.votes_against]
    mark = min((item.mark for item in marked), default="")
    kept = [item for item in marked if item.mark == mark]
    return mark, sum(item.votes for item in kept), sum(item.votes_against for item in kept)


def _n_same(items: Iterable[Item]) -> int:
    """Of contributions of unknown people, how many are word for word one text, too long to be written twice by chance;
    0 for fewer than two."""
    texts = {item.contribution_id: item.source_text for item in items if not item.voice}
    if len(texts) < 2:
        return 0
    told = (" ".join(fold(text).split()) for text in texts.values())
    counts = Counter(text for text in told if text.count(" ") >= SENT_WORDS - 1)
    n = max(counts.values(), default=0)
    return n if n > 1 else 0


def unit_of(group: Group, kinship: Kinship) -> Unit:
    """A group as a unit: of its members, those of whom its title is true."""
    members = kinship(group)
    return Unit(
        unit_id=group.group_id,
        axis=group.axis,
        theme=group.theme_id,
        members=tuple(item.item_id for item in members),
        spread=spread_of(members),
        weight=weight_of((members if group.is_trusted else group.members)[:MEMBERS_MAX]),
        is_counted=group.is_counted,
    )


def unit_together(unit_id: str, axis: str, items: Sequence[Item]) -> Unit:
    """Some ideas that are counted as one."""
    members = tuple(item.item_id for item in items)
    return Unit(unit_id, axis, "", members, spread_of(items), 0.0, reason="told")


def weight_of(members: Sequence[Item]) -> float:
    """How much a unit weighs: ideas by how near they are to its centre, places, votes.

    It reads no title, so that a title that a person changes moves nothing else.
    """
    if not members:
        return 0.0
    ideas = apart(members)
    near = sum(item.strength**2 for item in members if item.item_id in ideas) if len(ideas) > 1 else 1.0
    _, votes, votes_against = _votes_of(members)
    weight = near + PLACES_WEIGHT * (n_places(members) - 1) + VOTES_WEIGHT * math.sqrt(votes + votes_against)
    return round(weight, 3)
