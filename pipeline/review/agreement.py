"""How often the machine had put ideas under the right title, as people judged it blind."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from math import sqrt

from pipeline.review.log.anchors import find_item
from pipeline.review.log.op import PLACINGS
from pipeline.review.log.replay import Log
from pipeline.review.log.state import ReviewState

Z_95 = 1.959964
BLIND = "controle_titre"
"""The act that judges the machine blind. What 0.2.0 asked of axes is in its logs, and counts no more."""
N_PLACINGS = 20
"""How many placings are drawn."""


@dataclass(frozen=True)
class Judgement:
    """One person's title for an item of today, and the one that the machine had put it under; "" for none."""

    target: str
    author: str
    value: str
    machine: str


def judgements(state: ReviewState, log: Log) -> list[Judgement]:
    """The answers to the control samples, in order, from the acts that stand."""
    undone, judged = log.undone(), list[Judgement]()
    for decision in log.decisions:
        if decision.decision_id in undone or decision.op != BLIND:
            continue
        value, machine = str(decision.after.group_id or ""), str(decision.before.value)
        found = (find_item(state, anchor) for anchor in decision.target.items)
        judged += [Judgement(one.item_id, decision.author, value, machine) for one in found if one is not None]
    return judged


def drawn(keys: Iterable[str], seed: int, size: int) -> list[str]:
    """At most so many keys, drawn by hash whatever their order: a late one moves one of those drawn at most."""
    return sorted(set(keys), key=lambda key: sha256(f"{seed}\t{key}".encode()).hexdigest())[:size]


@dataclass(frozen=True)
class Precision:
    """How often what the machine did (`axis`: `PLACINGS`) is what people said blind, of `n` items judged by `n_people`;
    bounds of the 95 % interval."""

    axis: str
    n: int
    n_people: int
    share: float
    low: float
    high: float


def precisions(blind: Sequence[Judgement]) -> list[Precision]:
    """Of placings, over the items judged, none when nobody answered: an item counts once, shared between those who
    judged it; the last answer of each person about an item is hers."""
    answers: dict[tuple[str, str], dict[str, bool]] = {}
    for one in blind:
        answers.setdefault((one.target, one.machine), {})[one.author] = one.value == one.machine
    if not answers:
        return []
    n, share = len(answers), sum(sum(said.values()) / len(said) for said in answers.values()) / len(answers)
    low, high = wilson_interval(share, n)
    n_people = len({one.author for one in blind})
    return [Precision(PLACINGS, n, n_people, round(share, 4), round(low, 4), round(high, 4))]


def wilson_interval(share: float, n: int) -> tuple[float, float]:
    """The bounds of the interval of a share of `n` cases, at 95 % (Wilson, E. B., 1927)."""
    spread = Z_95 * sqrt(share * (1 - share) / n + Z_95**2 / (4 * n**2))
    base, scale = share + Z_95**2 / (2 * n), 1 + Z_95**2 / n
    return max(0.0, (base - spread) / scale), min(1.0, (base + spread) / scale)
