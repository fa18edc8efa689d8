"""Which members of a group surely speak of what its title names: those that prose may tell together.

A group is made by a machine, and may hold a stranger. A figure about a group is written only when its kin cover every
place that the figure counts; otherwise each word is told with its own place, and nothing is claimed of the whole.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from functools import cached_property

from pipeline.language.lexicon.verbs import is_infinitive
from pipeline.language.text.lists import read_patterns
from pipeline.language.text.words import content_stems
from pipeline.restitution.material.facts import n_ideas, n_places
from pipeline.restitution.material.finding import find_words
from pipeline.restitution.material.model import Group, Item, Material

SURE_MIN = 0.7
"""Confidence below which an idea with a second axis is left to a person before it is told."""
PRAISE_MIN = 0.93
"""Confidence asked of an idea that states a lack before it is told as a resource."""
KIN_SHARE = 0.6
MANY = 10
MANY_SHARE = 0.8
TITLE_SHARE = 0.4
SAME_SHARE = 0.5
COMMON_MIN = 2
SAMPLE_MAX = 20_000
MEMBERS_MAX = 400
NAMINGS_MAX = 2
ANSWERS_MAX = 2
_PATTERNS = read_patterns(__name__, "kinship")
_NO_OBSTACLE = re.compile(r"\b(?:pas|aucune?) (?:de )?(?:frein|obstacle|problème|souci|difficulté)s?\b", re.IGNORECASE)
"""Someone who says that nothing hinders her tells no obstacle."""
_OBJECTS = re.compile(r"(?:et |pourquoi )?(?!hier|hiver|cher)\w+(?:er|ir|re)\b[^.!?]{3,80}\?\s+\S", re.IGNORECASE)
MEASURES = frozenset(content_stems("km kilomètres mètres minutes min heures euros kilos tonnes hectares"))
DAYS = frozenset(content_stems("lundi mardi mercredi jeudi vendredi samedi dimanche"))
QUALIFIERS = frozenset(content_stems("unique seul seule petit grand vrai partagé nouveau"))
"""Words that bring no two ideas together by themselves: how far, how much, and what may be said of anything."""


def place_stems(material: Material) -> frozenset[str]:
    """The stems of the names of the territory and of the venue: everyone holds them, they bring nobody together."""
    names = (str(row[key]) for row in material.workshops for key in ("lieu", "territoire") if row.get(key))
    return frozenset(content_stems(" ".join(names)))


def leading_verb(group: Group) -> frozenset[str]:
    """The stem of the verb that opens the title of a proposal: what is planned or paid for tells two of them apart."""
    first = group.title.split(" ", 1)[0]
    return frozenset(content_stems(first)) if group.axis == "sud" and is_infinitive(first.lower()) else frozenset()


def is_sure(item: Item) -> bool:
    """Whether the axis of an idea is certain enough for it to be told under that axis.

    Whoever chose to quote it has read it where it stands.
    """
    if item.quote_choice == "choisie":
        return True
    if item.status != "sur" or (item.second_axis and item.confidence < SURE_MIN):
        return False
    return not says_the_contrary(item)


def says_the_contrary(item: Item) -> bool:
    """Whether an idea would make its axis say the contrary of what it says: an obstacle got past, a resource that
    lacks.
    """
    sentence = item.source_text[item.reach[0] : item.reach[1]]
    if item.axis == "est":
        return got_past(item.text) or _NO_OBSTACLE.search(sentence) is not None
    if item.axis == "sud":
        return _PATTERNS["opens_a_lack"].match(item.text) is not None
    is_praise = item.axis != "nord" or item.confidence >= PRAISE_MIN
    return not is_praise and _PATTERNS["lack"].search(item.text) is not None


def objects(item: Item) -> bool:
    """Whether an idea answers a proposal (`Fermer la rue ? Ils iront ailleurs`): it is no obstacle of its own."""
    low, high = item.whole
    return item.axis == "est" and _OBJECTS.match(item.source_text[low:high]) is not None


def takes_a_side(item: Item, group: Group) -> bool:
    """Whether an idea speaks of what a group says, rather than says it: against it, or on a condition."""
    return objects(item) or item.stance == "contre" or (item.stance == "nuance" and group.axis == "sud")


def got_past(text: str) -> bool:
    """Whether words tell an obstacle that was left behind."""
    return _PATTERNS["got_past"].search(text) is not None


class Kinship:
    """Finds the kin of each group, once; words weigh by how rare they are in the workshop.

    Attributes
    ----------
    places : stems that bring nobody together (see `place_stems`, `MEASURES`, `DAYS`).
    weights : stem → ln(number of ideas / number of ideas that hold it), on at most `SAMPLE_MAX` ideas.
    """

    def __init__(self, material: Material) -> None:
        self.places = place_stems(material) | MEASURES | DAYS
        self._material = material
        self._pairs = material.pairs
        self._named_beside = _resources_named(material)
        self._stems: dict[str, frozenset[str]] = {}
        self._found: dict[str, tuple[Item, ...]] = {}
        sample = list(material.items.values())[:: 1 + len(material.items) // SAMPLE_MAX]
        counts = Counter(stem for item in sample for stem in self.stems(item))
        self._weight_of_unseen = math.log(max(2, len(sample)))
        self.weights = {stem: math.log(max(2, len(sample)) / n) for stem, n in counts.items()}

    def stems(self, item: Item) -> frozenset[str]:
        """The stems of an idea's words of subject, names of places aside."""
        if item.item_id not in self._stems:
            self._stems[item.item_id] = frozenset(content_stems(item.text)) - self.places
        return self._stems[item.item_id]

    def __call__(self, group: Group) -> tuple[Item, ...]:
        """The sure members that share enough of the title's words, or two words with those that do, and of the others
        those that say the same as the title; with them, of what says the same as one of them, what names
        the same thing. Central first.

        All members when a person accepted the group or gave it its title.
        """
        if group.group_id not in self._found:
            self._found[group.group_id] = self._of(group)
        return self._found[group.group_id]

    def _of(self, group: Group) -> tuple[Item, ...]:
        members = self._that_may_be_kin(group)
        if group.is_trusted:
            return tuple(members)
        named = set(content_stems(group.title)) - self.places
        due = (SAME_SHARE if group.axis == "nord" else TITLE_SHARE) * self._weight(named)
        heads = named - QUALIFIERS - leading_verb(group) or named
        sure = [item for item in members if is_sure(item)]
        first = {i.item_id for i in sure if self._weight(named & self.stems(i)) >= due and heads & self.stems(i)}
        shared = self._common([item for item in sure if item.item_id in first], 2) | named

        def belongs(item: Item) -> bool:
            if not named:
                return is_sure(item)
            if not is_sure(item):
                return self.says_the_same(item, group)
            return item.item_id in first or len(self.stems(item) & shared) >= COMMON_MIN

        kin = {item.item_id for item in members if belongs(item)}
        stacks = {item.stack for item in members if item.item_id in kin} - {""}
        return tuple(i for i in members if i.item_id in kin or (i.stack in stacks and heads & self.stems(i)))

    def _that_may_be_kin(self, group: Group) -> list[Item]:
        """The members that say what their axis says, take no side, and name no other resource."""
        own = (group.group_id,)
        saying = (item for item in group.members if not says_the_contrary(item) and not takes_a_side(item, group))
        return [item for item in saying if group.group_id in self._named_beside.get(item.contribution_id, own)]

    def names_another(self, item: Item, group: Group) -> bool:
        """Whether an item names what another group of the axis is titled, and nothing of the title of its own."""
        named = set(content_stems(group.title)) - self.places
        if group.is_trusted or (named - QUALIFIERS or named) & self.stems(item):
            return False
        others = (other for other in self._material.groups_of(group.axis) if other.group_id != group.group_id)
        return any((set(content_stems(other.title)) - QUALIFIERS) & self.stems(item) for other in others)

    def says_the_same(self, item: Item, group: Group) -> bool:
        """Whether an item holds enough of the title's words, by weight, so that it may be counted with it."""
        named = set(content_stems(group.title)) - self.places
        found = self._weight(named & self.stems(item))
        return group.is_trusted or found >= SAME_SHARE * self._weight(named)

    def is_linked(self, obstacle: Group, answer: Group) -> bool:
        """Whether a link between two groups may be told: confirmed by a person, or held by kin on both sides, twice or
        by ideas that say what the titles say.
        """
        pairs = self._pairs.get((obstacle.group_id, answer.group_id), ())
        if any(confirmed for _, _, confirmed in pairs):
            return True
        ones, twos = {i.item_id: i for i in self(obstacle)}, {i.item_id: i for i in self(answer)}
        held = [(ones[one], twos[two]) for one, two, _ in pairs if one in ones and two in twos]
        return len(held) > 1 or any(self._is_title(one, obstacle) and self._is_title(two, answer) for one, two in held)

    def _is_title(self, item: Item, group: Group) -> bool:
        return find_words(item.text, group.title) is not None or self.says_the_same(item, group)

    def is_shared(self, group: Group) -> bool:
        """Whether several places say the same, so that their number may be told; who answers need not repeat."""
        return n_places(group.members) > 1 and self.is_counted(group)

    def is_counted(self, group: Group) -> bool:
        """Whether all that is counted of a group says what its title says, be it in one place."""
        if not is_shared(group, self(group)):
            return False
        if group.axis == "ouest":
            return True
        same = self.names if group.axis == "nord" else self.says_the_same
        return all(same(item, group) for item in self(group))

    def alone(self, axis: str, said: AbstractSet[str]) -> list[Item]:
        """The sure ideas of an axis that no group tells: weak signals, and members that are no kin of their title.

        Parameters
        ----------
        said : item ids that are told already, or kept for later.
        """
        found = [item for item in self._material.signals if item.axis == axis]
        for group in self._material.groups_of(axis):
            family = {item.item_id for item in self(group)}
            found += [item for item in group.members[:MEMBERS_MAX] if item.item_id not in family and not item.tied_to]
        return [item for item in found if item.item_id not in said and is_sure(item)]

    @cached_property
    def named_under(self) -> dict[str, tuple[str, ...]]:
        """Obstacle group → groups to name as its answers, at most `ANSWERS_MAX` an axis, each under `NAMINGS_MAX`.

        Shared out in the order of the document, before anything is written: the same bus would otherwise come back
        under every obstacle.
        """
        n_named: Counter[str] = Counter()
        found: dict[str, tuple[str, ...]] = {}
        for obstacle in self._material.groups_of("est"):
            free = [a for a in self._answers_of(obstacle) if n_named[a.group_id] < NAMINGS_MAX]
            chosen = [a.group_id for axis in ("sud", "nord") for a in [a for a in free if a.axis == axis][:ANSWERS_MAX]]
            n_named.update(chosen)
            found[obstacle.group_id] = tuple(chosen)
        return found

    def _answers_of(self, obstacle: Group) -> list[Group]:
        groups = self._material.groups
        answers = (groups[key] for key in self._material.answers.get(obstacle.group_id, ()) if key in groups)
        return [a for a in answers if not a.is_unsure and self(a) and self.is_linked(obstacle, a)]

    def names(self, item: Item, group: Group) -> bool:
        """Whether an item holds every word of subject of the title: two resources that share a word are two."""
        return set(content_stems(group.title)) - self.places <= self.stems(item)

    def subjects(self, title: str) -> dict[str, float]:
        """The stems of a title's words of subject, names of places aside, and what each weighs."""
        named = set(content_stems(title)) - self.places
        return {stem: self.weights.get(stem, self._weight_of_unseen) for stem in sorted(named)}

    def _weight(self, stems: Iterable[str]) -> float:
        return round(sum(self.weights.get(stem, self._weight_of_unseen) for stem in stems), 6)

    def _common(self, items: list[Item], n: int) -> set[str]:
        """The stems that `n` ideas of these hold."""
        holders: defaultdict[str, set[str]] = defaultdict(set)
        for item in items:
            for stem in self.stems(item):
                holders[stem].add(item.tied_to or item.item_id)
        return {stem for stem, found in holders.items() if len(found) >= n}


def _resources_named(material: Material) -> dict[str, set[str]]:
    """Contribution → the resources that it names: `La Ruche, l’atelier vélo de la gare` tells of no other workshop."""
    found: dict[str, set[str]] = {}
    for group in material.groups_of("nord"):
        for item in group.members[:MEMBERS_MAX]:
            if find_words(item.text, group.title) is not None:
                found.setdefault(item.contribution_id, set()).add(group.group_id)
    return found


def is_shared(group: Group, found: tuple[Item, ...]) -> bool:
    """Whether what is counted of a group may be said of these kin: most ideas, every table, and every survey answer
    that is counted (in a group of more than `MANY`, nearly all of its central ones).
    """
    counted = group.members[:MEMBERS_MAX]
    n = n_ideas(counted)
    if n_ideas(found) < 2 or n_ideas(found) < KIN_SHARE * n or _tables(found) != _tables(group.members):
        return False
    answers, told = _answers(counted), _answers(found)
    return told == answers or (n > MANY and len(told) >= MANY_SHARE * len(answers))


def _tables(items: tuple[Item, ...]) -> set[tuple[str, str]]:
    return {(item.workshop, item.table) for item in items if item.table}


def _answers(items: tuple[Item, ...]) -> set[tuple[str, str]]:
    return {(item.workshop, item.voice or item.contribution_id) for item in items if item.channel == "enquete"}
