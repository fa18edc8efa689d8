"""Pairs of ideas: near pairs as a graph, what people answered about them, and the groups that the answers make."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd

# the near pairs -----------------------------------------------------------------------------------------------------

Pair = tuple[str, str]
"""Two ids of items, the first in alphabetical order first."""
USUAL_CUT = 0.25
"""Where no pair of an idea is known."""
SURE = 1.0
"""The chance of an idea and what repeats it."""


FAR, TINY = 1e9, 1e-7
"""What parts two ideas that may not be together, whatever goes with them; what rounding leaves of a chance."""
N_COMPARED = 600
"""Ideas that are compared one by one; in more, those of a group that no answer is about stay together, and so many of
them stand for all."""
Labels = npt.NDArray[np.int64]
Matrix = npt.NDArray[np.float64]


def pair_of(one: str, other: str) -> Pair:
    """Both ids in order."""
    return (one, other) if one < other else (other, one)


@dataclass(frozen=True)
class NearGraph:
    """What the machine found near.

    Attributes
    ----------
    near : idea → the ideas near it and their chance of going together, in [0, 1].
    cuts : idea → the mean chance from which two groups of its axis are one.
    pairs : both ideas of each pair and their chance, the likeliest first; what repeats an idea left out.
    """

    near: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    cuts: Mapping[str, float] = field(default_factory=dict)
    pairs: tuple[tuple[str, str, float], ...] = ()

    @classmethod
    def from_table(cls, near_pairs: pd.DataFrame) -> NearGraph:
        """The graph of the table `near_pairs`."""
        near: dict[str, dict[str, float]] = {}
        cuts: dict[str, float] = {}
        columns = (near_pairs[name].tolist() for name in ("one_item", "other_item", "chance", "cut"))
        rows = list(zip(*columns, strict=True))
        for one, other, chance, cut in rows:
            near.setdefault(one, {})[other] = chance
            near.setdefault(other, {})[one] = chance
            cuts[one] = cuts[other] = cut
        pairs = sorted((row[:3] for row in rows if row[2] < SURE), key=lambda row: (-row[2], row))
        return cls(near, cuts, tuple(pairs))

    def around(self, item_id: str) -> Mapping[str, float]:
        """The ideas near an idea, and their chances."""
        return self.near.get(item_id, {})

    def cut_of(self, items: Iterable[str]) -> float:
        """The cut of the axis that these ideas were read on."""
        return next((self.cuts[item] for item in items if item in self.cuts), USUAL_CUT)

    def repeats(self, item_id: str) -> list[str]:
        """The ideas that say an idea again, word for word or on another channel."""
        return [other for other, chance in self.around(item_id).items() if chance >= SURE]


# what people answered -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Answer:
    """True: together; False: not together; None: she does not know."""

    value: bool | None
    author: str


@dataclass
class Answers:
    """Answers of people, each pair once, the last one.

    Attributes
    ----------
    said : what was answered.
    damped : by how much the chance of a pair is multiplied since others were told apart: an idea that is likely to go
        with one of two that do not go together is less likely to go with the other. Measured on walls: with as many
        answers as ideas, agreement 0.72 instead of 0.68.
    gains : what they changed, counted (see `pipeline.review.log.on_pairs.Regrouping.gains`).
    """

    said: dict[Pair, Answer] = field(default_factory=dict)
    damped: dict[Pair, float] = field(default_factory=dict)
    gains: Counter[str] = field(default_factory=Counter)
    _roots: dict[str, str] | None = field(default=None, repr=False, compare=False)
    _apart: set[Pair] | None = field(default=None, repr=False, compare=False)

    def copy(self) -> Answers:
        """Independent answers."""
        return Answers(dict(self.said), dict(self.damped), self.gains.copy())

    def take(self, graph: NearGraph, pair: Pair, answer: Answer) -> None:
        """Keep an answer; it replaces what was answered of the same pair."""
        before = self.said.pop(pair, None)
        self.said[pair] = answer
        self._roots = self._apart = None
        if before is not None and before.value is False:
            self.damped = {}
            for known, one in self.said.items():
                if one.value is False:
                    self._damp(graph, known)
        elif answer.value is False:
            self._damp(graph, pair)

    def _damp(self, graph: NearGraph, pair: Pair) -> None:
        for near, far in (pair, pair[::-1]):
            for third, chance in graph.around(near).items():
                if third != far and far in graph.around(third):
                    key = pair_of(third, far)
                    self.damped[key] = round(self.damped.get(key, 1.0) * (1.0 - chance), 6)

    def chance(self, graph: NearGraph, one: str, other: str) -> float:
        """How likely two near ideas go together, given what was answered of others."""
        return graph.around(one).get(other, 0.0) * self.damped.get(pair_of(one, other), 1.0)

    @property
    def roots(self) -> dict[str, str]:
        """Idea → the first of those that were said to go together with it, through others."""
        if self._roots is None:
            self._roots = joined_by(pair for pair, one in self.said.items() if one.value)
        return self._roots

    @property
    def apart(self) -> set[Pair]:
        """Pairs of roots that cannot go together."""
        if self._apart is None:
            parted = (pair for pair, one in self.said.items() if one.value is False)
            self._apart = {pair_of(*(self.roots.get(end, end) for end in pair)) for pair in parted}
        return self._apart

    def known(self, one: str, other: str) -> bool | None:
        """Whether two ideas go together, by what was answered of them or of others; None when nothing tells."""
        ends = pair_of(*(self.roots.get(end, end) for end in (one, other)))
        if ends[0] == ends[1]:
            return True
        return False if ends in self.apart else None

    def against(self, pair: Pair, value: bool) -> list[Pair]:
        """The answers that an answer contradicts, what was answered of the very same pair left out."""
        others = Answers({known: one for known, one in self.said.items() if known != pair})
        if others.known(*pair) in (None, value):
            return []
        if not value:
            return others._way(*pair)
        ends = pair_of(*(others.roots.get(end, end) for end in pair))
        parted = (known for known, one in others.said.items() if one.value is False)
        return [known for known in parted if pair_of(*(others.roots.get(end, end) for end in known)) == ends]

    def _way(self, one: str, other: str) -> list[Pair]:
        """The shortest chain of « together » from an idea to another."""
        near: dict[str, list[str]] = {}
        for (a, b), answer in self.said.items():
            if answer.value:
                near.setdefault(a, []).append(b)
                near.setdefault(b, []).append(a)
        came: dict[str, str] = {one: one}
        queue = deque([one])
        while queue:
            here = queue.popleft()
            for there in near.get(here, ()):
                if there not in came:
                    came[there] = here
                    queue.append(there)
        way: list[Pair] = []
        while other != one:
            way.append(pair_of(other, came[other]))
            other = came[other]
        return way[::-1]


def joined_by(pairs: Iterable[Pair]) -> dict[str, str]:
    """Idea → the first of its own, of ideas joined by pairs."""
    roots: dict[str, str] = {}

    def root(item: str) -> str:
        while roots.setdefault(item, item) != item:
            roots[item] = roots[roots[item]]
            item = roots[item]
        return item

    for one, other in pairs:
        ends = sorted((root(one), root(other)))
        roots[ends[1]] = ends[0]
    return {item: root(item) for item in list(roots)}


# the groups that answers make ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Pool:
    """Ideas to form into groups.

    Attributes
    ----------
    groups : idea → the group in which it stands, None for a weak signal; in the order of the ids.
    whole : groups whose ideas stay together.
    """

    groups: Mapping[str, str | None]
    whole: frozenset[str] = frozenset()


def form(pool: Pool, graph: NearGraph, answers: Answers, asked: Pair) -> list[list[str]]:
    """The ideas of a pool, group by group, a weak signal alone; in the order of the ids.

    Parameters
    ----------
    asked : the pair that was just answered. When both go together and nothing goes with them, they join the nearest
        of the two groups: an answer never makes a third group out of two.
    """
    items, rows = list(pool.groups), _rows(pool, graph, answers, asked)
    led = {other for item in items for other in graph.repeats(item) if other in rows and other > item}
    of_block: dict[int, list[str]] = {}
    for item in items:
        if item not in led:
            of_block.setdefault(rows[item], []).append(item)
    points = [item for own in of_block.values() for item in own[:: -(-len(own) // N_COMPARED)]]
    cut, own = graph.cut_of(items), np.array([rows[item] for item in points])
    chances = _chances(pool, points, graph, answers, cut)
    for one, other in _apart(rows, answers):
        chances[np.ix_(own == one, own == other)] = chances[np.ix_(own == other, own == one)] = -FAR
    chances[own[:, None] == own] = SURE
    labels = _linked(chances, cut)
    here = labels[own == rows[asked[0]]][0]
    if answers.known(*asked) and len(set(own[labels == here])) == 1:
        others = [label for label in dict.fromkeys(labels) if label != here]
        means = [round(float(chances[np.ix_(labels == here, labels == label)].mean()), 6) for label in others]
        if means and max(means) >= 0:
            labels[labels == here] = others[means.index(max(means))]
    label_of = dict(zip(own.tolist(), labels.tolist(), strict=True))
    by_label: dict[int, list[str]] = {}
    for item in items:
        by_label.setdefault(label_of[rows[item]], []).append(item)
    return list(by_label.values())


def _linked(chances: Matrix, cut: float) -> Labels:
    """The cluster of each point, by average linkage down to the cut, shape (n,)."""
    if len(chances) < 2:
        return np.ones(len(chances), dtype=np.int64)
    from scipy.cluster.hierarchy import fcluster, linkage

    near = 1.0 - chances[np.triu_indices(len(chances), 1)]
    found: Labels = fcluster(linkage(near, "average"), 1.0 - round(cut, 6) + TINY, "distance").astype(np.int64)
    return found


def _rows(pool: Pool, graph: NearGraph, answers: Answers, asked: Pair) -> dict[str, int]:
    """Idea → the number of its block: what was said together, what is said twice, the ideas of a whole group."""
    roots = answers.roots
    answered = {*asked, *(end for pair, one in answers.said.items() if one.value is not None for end in pair)}
    is_large = len(pool.groups) > N_COMPARED
    first: dict[str, str] = {}
    pairs: list[Pair] = []
    for item, group in pool.groups.items():
        ties = [f"root\t{roots[item]}"] if item in roots else []
        if group is not None and (group in pool.whole or (is_large and item not in answered)):
            ties.append(f"group\t{group}")
        pairs += [(item, first.setdefault(tie, item)) for tie in ties]
        pairs += [(item, other) for other in graph.repeats(item) if other in pool.groups]
    joined = joined_by(pairs)
    numbers: dict[str, int] = {}
    return {item: numbers.setdefault(joined.get(item, item), len(numbers)) for item in pool.groups}


def _chances(pool: Pool, points: Sequence[str], graph: NearGraph, answers: Answers, cut: float) -> Matrix:
    """How likely two ideas go together, shape (n, n); at least the cut for two of one group."""
    places = {item: place for place, item in enumerate(points)}
    groups = np.array([pool.groups[item] or f"\t{item}" for item in points], dtype=object)
    chances = np.where(groups[:, None] == groups, cut, 0.0)
    for item, place in places.items():
        for other in graph.around(item):
            if other in places:
                chance = answers.chance(graph, item, other)
                chances[place, places[other]] = max(chance, chances[place, places[other]])
    return chances


def _apart(rows: Mapping[str, int], answers: Answers) -> Iterator[tuple[int, int]]:
    """Blocks that may not be joined."""
    blocks_of: dict[str, set[int]] = {}
    for item, block in rows.items():
        blocks_of.setdefault(answers.roots.get(item, item), set()).add(block)
    for one, other in answers.apart:
        yield from ((a, b) for a in blocks_of.get(one, ()) for b in blocks_of.get(other, ()) if a != b)
