"""What people answered about pairs: what goes together through others, what cannot, and what it tells of others."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable
from dataclasses import dataclass, field

from pipeline.review.pairs.graph import NearGraph, Pair, pair_of


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
    gains : what they changed, counted (see `pipeline.review.log.regroup.Formed.gains`).
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
