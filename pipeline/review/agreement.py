"""How often the machine was right, as people judged it blind.

Wilson, E. B. (1927), for the interval of a share.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from math import sqrt

from pipeline.axes import COMPASS_CODES
from pipeline.review.log.anchors import find_item
from pipeline.review.log.op import PLACINGS
from pipeline.review.log.replay import Log
from pipeline.review.log.state import ReviewState

Z_95 = 1.959964
BLIND = {"controle": "axe", "controle_titre": PLACINGS}
"""Acts that judge the machine blind: the axis that it read, the title that it put an idea under."""
N_PLACINGS = 20
"""How many placings are drawn."""


@dataclass(frozen=True)
class Judgement:
    """One person's value for one field of an item of today; `machine` is the title that the machine had put it under
    when its title was judged."""

    field: str
    target: str
    author: str
    value: str
    machine: str = ""


def judgements(state: ReviewState, log: Log) -> list[Judgement]:
    """The answers to the control samples, in order, from the acts that stand."""
    undone, judged = log.undone(), list[Judgement]()
    for decision in log.decisions:
        if decision.decision_id in undone or decision.op not in BLIND:
            continue
        field = BLIND[decision.op]
        value = str((decision.after.group_id if field == PLACINGS else decision.after.axis) or "")
        machine = str(decision.before.value) if field == PLACINGS else ""
        found = (find_item(state, anchor) for anchor in decision.target.items)
        judged += [Judgement(field, one.item_id, decision.author, value, machine) for one in found if one is not None]
    return judged


def drawn(keys: Iterable[str], seed: int, size: int | None = None) -> list[str]:
    """At most so many keys, drawn by hash whatever their order: a late one moves one of those drawn at most."""
    return sorted(set(keys), key=lambda key: sha256(f"{seed}\t{key}".encode()).hexdigest())[:size]


def control_sample(state: ReviewState, seed: int, size: int) -> list[str]:
    """Items to judge blind: up to `size` per axis of the machine, in an order that hides the axis."""
    of_axis = ((key for key, item in state.items.items() if item.axis == axis) for axis in COMPASS_CODES)
    return drawn((key for keys in of_axis for key in drawn(keys, seed, size)), seed + 1)


@dataclass(frozen=True)
class Precision:
    """How often what the machine read is what people said blind; bounds of the 95 % interval.

    Attributes
    ----------
    axis : of the machine; `PLACINGS` for the titles that it put ideas under.
    n : items judged.
    n_people : who answered, on any axis, or on placings.
    """

    axis: str
    n: int
    n_people: int
    share: float
    low: float
    high: float


def precisions(machine: ReviewState, blind: list[Judgement]) -> list[Precision]:
    """Of placings, then per axis of the machine, over the items judged: an item counts once, shared between those who
    judged it.

    The last answer of each person about an item is hers.
    """
    answers: dict[tuple[str, str, str], dict[str, str]] = {}
    people: dict[str, set[str]] = {}
    for judgement in blind:
        read = judgement.machine or machine.items[judgement.target].axis
        answers.setdefault((judgement.field, judgement.target, read), {})[judgement.author] = judgement.value
        people.setdefault(judgement.field, set()).add(judgement.author)
    hits: dict[str, list[float]] = {}
    for (field, _, read), said in answers.items():
        row = field if field == PLACINGS else read
        hits.setdefault(row, []).append(sum(value == read for value in said.values()) / len(said))
    found = []
    for row in (code for code in (PLACINGS, *COMPASS_CODES) if code in hits):
        n, share = len(hits[row]), sum(hits[row]) / len(hits[row])
        low, high = wilson_interval(share, n)
        n_people = len(people[PLACINGS if row == PLACINGS else "axe"])
        found.append(Precision(row, n, n_people, round(share, 4), round(low, 4), round(high, 4)))
    return found


def wilson_interval(share: float, n: int) -> tuple[float, float]:
    """The bounds of Wilson's interval of a share of `n` cases, at 95 %."""
    spread = Z_95 * sqrt(share * (1 - share) / n + Z_95**2 / (4 * n**2))
    base, scale = share + Z_95**2 / (2 * n), 1 + Z_95**2 / n
    return max(0.0, (base - spread) / scale), min(1.0, (base + spread) / scale)
