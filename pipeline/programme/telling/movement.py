"""How one territory moved between two of its workshops. Of several territories, dates say nothing: others spoke."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from pipeline.programme.matching.answers import Elsewhere
from pipeline.programme.matching.columns import Column
from pipeline.programme.matching.nearness import Near
from pipeline.programme.reading import Reading
from pipeline.programme.threads import Thread
from pipeline.programme.workshops import Workshop, following


@dataclass(frozen=True)
class Move:
    """Two workshops of one territory, in order.

    Attributes
    ----------
    stays : threads said in both.
    comes, goes : groups said in one of them alone, of which nobody is asked if the other says them; heaviest first.
    answered : obstacles of the first that an idea of the second might answer.
    became : proposals of the first, and what the second knows that may be they.
    """

    first: Workshop
    last: Workshop
    stays: tuple[Thread, ...]
    comes: tuple[Column, ...]
    goes: tuple[Column, ...]
    answered: tuple[Elsewhere, ...]
    became: tuple[Near, ...]


def moves(reading: Reading) -> list[Move]:
    """Every two workshops of a territory that follow each other."""
    return [_move(reading, first, last) for first, last in following(reading.workshops)]


def _move(reading: Reading, first: Workshop, last: Workshop) -> Move:
    ends = {first.key, last.key}
    both = [thread for thread in reading.woven.threads if ends <= _homes(reading, thread.columns)]
    became = tuple(one for one in reading.became if _homes(reading, one[:2]) == ends)
    asked = (one for one in reading.woven.questions if _homes(reading, one[:2]) == ends)
    told = {key for thread in both for key in thread.columns}
    told |= {key for one in (*became, *asked) for key in one[:2]}
    right = (one for one in reading.elsewhere if one.said is not False)
    answered = (one for one in right if reading.columns[one.obstacle].workshop == first.key)
    answered_there = tuple(one for one in answered if reading.columns[one.answer].workshop == last.key)
    told |= {one.obstacle for one in answered_there}
    comes, goes = (_left(reading, workshop.key, told) for workshop in (last, first))
    return Move(first, last, tuple(both), comes, goes, answered_there, became)


def _left(reading: Reading, workshop: str, told: AbstractSet[str]) -> tuple[Column, ...]:
    """The groups of a workshop of which nothing was told, the heaviest first."""
    mine = (column for column in reading.columns.values() if column.workshop == workshop and not column.is_alone)
    left = [column for column in mine if column.column_id not in told]
    return tuple(sorted(left, key=lambda column: (-reading.units[column.column_id].weight, column.column_id)))


def _homes(reading: Reading, columns: Iterable[str]) -> set[str]:
    return {reading.columns[key].workshop for key in columns}
