"""Columns of several workshops that are one: what people said first, then what the machine claims; and what it asks."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, pairwise, product

from pipeline.programme.decided import Decided
from pipeline.programme.matching.columns import Column
from pipeline.programme.matching.nearness import Near, is_asked, is_match

Pair = tuple[str, str]
LEAST = 0.2
"""Mean chance of the pairs of two threads from which a match joins them: those that are no nearest ones have none."""


@dataclass(frozen=True)
class Match:
    """Two columns that are one, and who says so: their run, the machine, or a person by name."""

    one: str
    other: str
    by: str
    chance: float


@dataclass(frozen=True)
class Thread:
    """What comes back: columns of several workshops, in the order of those; until it is named (`naming.titled`), its
    title is that which a person gave, or ""."""

    thread_id: str
    axis: str
    columns: tuple[str, ...]
    title: str
    titled_by: str
    matches: tuple[Match, ...]


@dataclass(frozen=True)
class Woven:
    """Everything that was matched.

    Attributes
    ----------
    threads : the widest first.
    questions : pairs that a person is asked about, those of groups first, then the nearest.
    """

    threads: tuple[Thread, ...]
    questions: tuple[Near, ...]
    columns: Mapping[str, Column]

    def thread_of(self, column: str) -> Thread | None:
        """The thread of a column; None for what is proper to its workshop."""
        return self._holders.get(column)

    @cached_property
    def _holders(self) -> dict[str, Thread]:
        return {key: thread for thread in self.threads for key in thread.columns}


def weave(columns: Mapping[str, Column], near: Sequence[Near], decided: Decided, order: Sequence[str]) -> Woven:
    """Threads and questions.

    A person's word goes before all; a machine's match joins two threads only where no two columns are of one workshop,
    none was told apart, and those of both sides are near in the mean.

    Parameters
    ----------
    order : keys of the workshops, as they are told.
    """
    alone = {key: column.is_alone for key, column in columns.items()}
    vouched = {key: column.is_vouched for key, column in columns.items()}
    chances = {_pair(one.one, one.other): one.chance for one in near}
    apart = {pair for pair, (is_one, _) in decided.said.items() if not is_one}
    knots = _Knots(columns, chances, apart)
    for match in _said(columns, decided, chances):
        knots.tie(match)
    for one in near:
        if is_match(one, vouched):
            knots.claim(Match(one.one, one.other, "machine", one.chance))
    rank = {key: place for place, key in enumerate(order)}
    threads = [
        _thread(columns, sorted(held, key=lambda key: (rank[columns[key].workshop], key)), knots.matches, decided)
        for held in knots.held()
        if len({columns[key].workshop for key in held}) > 1
    ]
    threads.sort(key=lambda thread: (-len({columns[k].workshop for k in thread.columns}), -_weight(columns, thread)))
    told = set(decided.said)
    together = {pair for thread in threads for pair in combinations(sorted(thread.columns), 2)}
    asked = (one for one in near if _pair(one.one, one.other) not in told | together and is_asked(one, alone))
    return Woven(tuple(threads), tuple(sorted(asked, key=lambda one: alone[one.one] + alone[one.other])), columns)


def _said(columns: Mapping[str, Column], decided: Decided, chances: Mapping[Pair, float]) -> Iterable[Match]:
    """What needs no bound: parts of one group of a run, then what people said is one."""
    owners: dict[str, list[str]] = {}
    for key, column in columns.items():
        if column.owner:
            owners.setdefault(column.owner, []).append(key)
    for parts in owners.values():
        for one, other in pairwise(parts):
            if _pair(one, other) not in decided.said:
                yield Match(one, other, "atelier", 1.0)
    for (one, other), (is_one, author) in decided.said.items():
        if is_one:
            yield Match(one, other, author, chances.get((one, other), 0.0))


class _Knots:
    """Columns tied together, one set each to start with."""

    def __init__(self, columns: Mapping[str, Column], chances: Mapping[Pair, float], apart: set[Pair]) -> None:
        self._columns, self._chances, self._apart = columns, chances, apart
        self._sets: dict[str, set[str]] = {}
        self.matches: list[Match] = []

    def tie(self, match: Match) -> None:
        """Two columns are one, whatever else is said."""
        sides = [self._sets.get(key, {key}) for key in (match.one, match.other)]
        both = sides[0] | sides[1]
        for key in both:
            self._sets[key] = both
        self.matches.append(match)

    def claim(self, match: Match) -> None:
        """Two columns are one if all that is tied to them agrees."""
        one, other = (self._sets.get(key, {key}) for key in (match.one, match.other))
        if one is other:
            self.matches.append(match)
            return
        homes = [{self._columns[key].workshop for key in side} for side in (one, other)]
        pairs = [_pair(a, b) for a, b in product(one, other)]
        mean = sum(self._chances.get(pair, 0.0) for pair in pairs) / len(pairs)
        if not homes[0] & homes[1] and not self._apart.intersection(pairs) and mean >= LEAST:
            self.tie(match)

    def held(self) -> list[set[str]]:
        """The sets, each once."""
        distinct = {id(held): held for held in self._sets.values()}
        return sorted(distinct.values(), key=min)


def _thread(columns: Mapping[str, Column], keys: Sequence[str], matches: Iterable[Match], decided: Decided) -> Thread:
    held = set(keys)
    own = tuple(match for match in matches if match.one in held)
    given = [(title, who) for named, title, who in decided.titles if held.intersection(named)]
    title, who = given[-1] if given else ("", "")
    thread_id = "fil-" + hashlib.sha256("\n".join(sorted(keys)).encode()).hexdigest()[:12]
    return Thread(thread_id, columns[keys[0]].axis, tuple(keys), title, who, own)


def _weight(columns: Mapping[str, Column], thread: Thread) -> int:
    return sum(len(columns[key].items) for key in thread.columns)


def _pair(one: str, other: str) -> Pair:
    return (one, other) if one < other else (other, one)
