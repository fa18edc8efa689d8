"""What a plan is made from: the material, its units by weight (what can be told and counted together, and how widely it
was said), and what hangs on them."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain

from pipeline.axes import COMPASS_CODES
from pipeline.contracts.plan import Spread, Unit
from pipeline.language.text.folding import fold
from pipeline.language.text.words import content_stems
from pipeline.restitution.material.facts import n_places
from pipeline.restitution.material.kinship import MEMBERS_MAX, QUALIFIERS, Kinship, says_the_contrary
from pipeline.stances.counting import apart
from pipeline.workshop.model import Group, Item, Material

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
    links: Links
    units: dict[str, Unit] = field(default_factory=dict)

    @classmethod
    def of(cls, material: Material, kinship: Kinship | None = None) -> Reading:
        """What a material gives to tell."""
        kinship = kinship or Kinship(material)
        links = Links(material, kinship)
        groups = [(one, links.n_hanging(one)) for axis in COMPASS_CODES for one in material.groups_of(axis)]
        return cls(material, kinship, links, {one.group_id: unit_of(one, kinship, n) for one, n in groups})

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
        """By axis, the units that are told: each title once, on the axis of most of its ideas, with its units of the
        others after it. What is told of one never decides of another: a title that a person changes moves no other
        paragraph."""
        full = {axis: [unit for unit in self.by_weight[axis] if self.is_told(unit)] for axis in COMPASS_CODES}
        beside: dict[str, list[Unit]] = {}
        for unit in chain.from_iterable(full.values()):
            group = self.group(unit)
            beside.setdefault(unit.unit_id if group.is_proposed else group.title, []).append(unit)
        firsts = {units[0].unit_id: units for units in (sorted(some, key=self._share) for some in beside.values())}
        return {axis: [firsts[one.unit_id] for one in units if one.unit_id in firsts] for axis, units in full.items()}

    def _share(self, unit: Unit) -> int:
        """Minus how many ideas stand under the title of a unit on its axis; the sort is stable."""
        return -self.material.shares.get(self.group(unit).title, {}).get(unit.axis, 0)

    def is_told(self, unit: Unit) -> bool:
        """Whether a unit has its heading: people gave or took its title, or wrote its text. What a machine titled
        stands on the wall and the rose."""
        group = self.group(unit)
        return bool(group.members and (group.author_text or not group.is_proposed))

    def is_essential(self, unit: Unit) -> bool:
        """Whether a unit may stand in the essential: it is told under a title that people gave or took, is more than
        thanks, and is no proposal that more are against than for."""
        group = self.group(unit)
        if group.is_outnumbered:
            return False
        found = self.items(unit)
        thanks = sum(item.facet == THANKS for item in found)
        return self.is_told(unit) and 2 * thanks <= len(found)

    def alone(self, axis: str, told: Sequence[Unit]) -> list[Item]:
        """The ideas of an axis that no told unit holds, and that speak for themselves; no thanks."""
        held = {member for unit in told for member in unit.members} | self.links.spoken_of.keys()
        own = [item for item in self.material.items.values() if item.axis == axis and not says_the_contrary(item)]
        left = apart(own) - held
        said = (item for item in own if item.item_id in left)
        told_of = (item for item in said if item.facet != THANKS and item.stance not in SIDES)
        firsts = {key: min(one.start for one in beside) for key, beside in self.material.siblings.items()}
        return [item for item in told_of if item.start == firsts[item.contribution_id] or not _is_card(item)]

    def by_votes(self) -> list[Item]:
        """The ideas that people voted on, those with most votes on one side first; then those that they liked."""
        voted = [item for item in self.material.items.values() if item.votes or item.votes_against]
        return sorted(voted, key=lambda one: (one.mark, -max(one.votes, one.votes_against), -one.votes, one.item_id))


ANSWERS_MAX = 2
RARE_MIN = 2.5
"""Weight of a word that one idea in twelve holds, at most (`Kinship.weights`)."""
HELD = {"contre": "objection", "nuance": "condition", "pour": "support"}


@dataclass(frozen=True)
class Held:
    """Ideas that speak of a unit, by what they do: `objection`, `condition`, `support`."""

    objection: tuple[Item, ...] = ()
    condition: tuple[Item, ...] = ()
    support: tuple[Item, ...] = ()


class Links:
    """Reads links and stances, once."""

    def __init__(self, material: Material, kinship: Kinship) -> None:
        self._material = material
        self._kinship = kinship
        self._toward: dict[tuple[str, str], list[Item]] = {}
        self._told: dict[str, Held] = {}
        self.spoken_of: dict[str, str] = {}
        for link in material.stands:
            one, two = material.items[link.from_item], material.items[link.to_item]
            if one.contribution_id != two.contribution_id:
                self._toward.setdefault((two.group or two.item_id, link.kind), []).append(one)
                if link.kind == "objects":
                    self.spoken_of.setdefault(one.item_id, two.group or two.item_id)

    def held(self, group: Group) -> Held:
        """What is said of a group: by linked ideas, then by those of its members that take a side."""
        linked = {kind: self._toward.get((group.group_id, kind), []) for kind in ("objects", "supports")}
        found: dict[str, list[Item]] = {"objection": linked["objects"], "condition": [], "support": linked["supports"]}
        is_shared = group.sides.n_for and group.sides.n_against  # then somebody proposed what a survey's answer refuses
        for item in group.members:
            side = HELD.get(item.stance) if is_shared or item.channel != "enquete" else None
            if side is not None and item.item_id not in self.spoken_of:
                found[side] = [*found[side], item]
        if group.is_refusal:  # who wants what it refuses says the contrary of it
            return Held(objection=tuple(i for i in group.members if i.stance == "pour"))
        if group.axis != "sud" and not (found["objection"] and found["support"]) and not any(linked.values()):
            return Held()  # a side of what nobody proposes is no side
        return Held(**{side: tuple(dict.fromkeys(items)) for side, items in found.items()})

    def told(self, group: Group) -> Held:
        """What is held of a group, by those who name it."""
        if group.group_id not in self._told:
            sides = vars(self.held(group)).items()
            named = {side: tuple(i for i in items if self._is_of(i, group)) for side, items in sides}
            self._told[group.group_id] = Held(**named)
        return self._told[group.group_id]

    def _is_of(self, item: Item, group: Group) -> bool:
        """Whether an idea that takes a side names what a group proposes, as its title does, or another member by a word
        that few ideas hold."""
        if not group.is_trusted:
            return self._kinship.speaks_of(item, group)
        stems = self._kinship.stems(item)
        others = (one for one in group.members if one.contribution_id != item.contribution_id)
        shared = stems & frozenset().union(*map(self._kinship.stems, others))
        is_rare = any(self._kinship.weights.get(stem, 0) >= RARE_MIN for stem in shared - QUALIFIERS)
        return is_rare or bool(stems & set(content_stems(group.title)) - QUALIFIERS)

    def answers(self, group: Group, units: dict[str, Unit]) -> dict[str, list[Unit]]:
        """What would answer an obstacle, by axis (`sud`, `nord`), the surest first; weak links are left aside."""
        found: dict[str, list[Unit]] = {"sud": [], "nord": []}
        for key in self._material.answers.get(group.group_id, ()):
            answer = self._material.groups.get(key)
            unit = units.get(key)
            if answer is None or unit is None or not unit.members or answer.is_proposed:
                continue
            if len(found[answer.axis]) < ANSWERS_MAX and self._kinship.is_linked(group, answer):
                found[answer.axis].append(unit)
        return found

    def n_hanging(self, group: Group) -> int:
        """How many links and sides hang on a group."""
        held = self.held(group)
        n_answers = len(self._material.answers.get(group.group_id, ())) + len(
            self._material.answered.get(group.group_id, ())
        )
        return len(held.objection) + len(held.condition) + min(n_answers, ANSWERS_MAX)


PLACES_WEIGHT = 2.0
VOTES_WEIGHT = 1.0
LINK_WEIGHT = 1.0


SENT_WORDS = 8
"""Words of a text that two people do not write alike by chance."""


def spread_of(members: Iterable[Item]) -> Spread:
    """How widely these ideas were said."""
    found = list(members)
    marked = [item for item in found if item.votes or item.votes_against]
    mark = min((item.mark for item in marked), default="")
    return Spread(
        contributions=len({item.contribution_id for item in found}),
        tables=len({(item.workshop, item.table) for item in found if item.table}),
        answers=len({(item.workshop, item.voice) for item in found if item.channel == "enquete" and item.voice}),
        people=len({(item.workshop, item.voice) for item in found}) if all(item.voice for item in found) else 0,
        same=_n_same(found),
        workshops=len({item.workshop for item in found}),
        channels=tuple(sorted({item.channel for item in found})),
        votes=sum(item.votes for item in marked if item.mark == mark),
        votes_against=sum(item.votes_against for item in marked if item.mark == mark),
        mark=mark,
    )


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


def unit_of(group: Group, kinship: Kinship, n_links: int = 0) -> Unit:
    """A group as a unit: of its members, those of whom its title is true."""
    members = kinship(group)
    return Unit(
        unit_id=group.group_id,
        axis=group.axis,
        theme=group.theme_id,
        members=tuple(item.item_id for item in members),
        spread=spread_of(members),
        weight=weight_of((members if group.is_trusted else group.members)[:MEMBERS_MAX], n_links),
        is_counted=group.is_counted,
    )


def unit_alone(item: Item) -> Unit:
    """An idea told for itself."""
    return Unit(
        unit_id=item.item_id,
        axis=item.axis,
        theme="",
        members=(item.item_id,),
        spread=spread_of([item]),
        weight=weight_of([item]),
    )


def unit_together(unit_id: str, axis: str, theme: str, items: Sequence[Item]) -> Unit:
    """All that was said of a theme, as one."""
    members = tuple(item.item_id for item in items)
    return Unit(unit_id, axis, theme, members, spread_of(items), weight_of(items), reason="told")


def weight_of(members: Sequence[Item], n_links: int = 0) -> float:
    """How much a unit weighs: ideas by how near they are to its centre, places, votes, what hangs on it.

    It reads no title, so that a title that a person changes moves nothing else.
    """
    if not members:
        return 0.0
    ideas = apart(members)
    near = sum(item.strength**2 for item in members if item.item_id in ideas) if len(ideas) > 1 else 1.0
    spread = spread_of(members)
    votes = math.sqrt(spread.votes + spread.votes_against)
    weight = near + PLACES_WEIGHT * (n_places(members) - 1) + VOTES_WEIGHT * votes + LINK_WEIGHT * n_links
    return round(weight, 3)
