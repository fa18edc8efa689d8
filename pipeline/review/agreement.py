"""Several facilitators: where they disagree, and how often the machine was right, blind.

Wilson, E. B. (1927), for the interval of a share.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from math import sqrt

from pipeline.axes import COMPASS_CODES
from pipeline.review.log.anchors import find_group, find_item
from pipeline.review.log.decisions import Decision
from pipeline.review.log.op import OF_GROUPS, PLACINGS
from pipeline.review.log.ops import OPS
from pipeline.review.log.replay import Log
from pipeline.review.log.state import ReviewState

Z_95 = 1.959964
BLIND = ("controle", "controle_titre")
"""Acts that judge the machine blind: the axis that it read, the title that it put an idea under."""
N_PLACINGS = 20
"""How many placings are drawn."""


@dataclass(frozen=True)
class Judgement:
    """One person's value for one field of one target, an item or a group of today; `machine` is the title that the
    machine had put an idea under when its title was judged blind."""

    field: str
    target: str
    author: str
    value: str
    machine: str = ""


@dataclass(frozen=True)
class Disagreement:
    """A field on which the last word came from someone else than the first, who has not answered."""

    field: str
    target: str
    votes: tuple[tuple[str, str], ...]


def judgements(state: ReviewState, log: Log, blind: bool = False) -> list[Judgement]:
    """Axes of items, verdicts, titles and stances, in order, from the acts that stand.

    Parameters
    ----------
    blind : only the answers to the control samples, or only the others.
    """
    undone = log.undone()
    judged: list[Judgement] = []
    for decision in log.decisions:
        if decision.decision_id not in undone and (decision.op in BLIND) == blind:
            judged += _of_decision(state, decision)
    return judged


def _of_decision(state: ReviewState, decision: Decision) -> list[Judgement]:
    op, target = OPS[decision.op], decision.target
    if op.compared in OF_GROUPS:
        keys = [find_group(state, key, decision.before.members.get(key, ())) for key in target.groups]
    else:
        items = (find_item(state, anchor) for anchor in target.items if op.compared)
        keys = [None if item is None else item.item_id for item in items]
    value = str(getattr(decision.after, op.fields[0]) or "") if op.fields else op.name
    machine = str(decision.before.value) if op.compared == PLACINGS else ""
    return [Judgement(op.compared, key, decision.author, value, machine) for key in keys if key is not None]


def disagreements(judged: list[Judgement]) -> list[Disagreement]:
    """Fields on which two people say different things and the first has not spoken again, the latest first."""
    spoken: dict[tuple[str, str], list[Judgement]] = {}
    for judgement in judged:
        spoken.setdefault((judgement.field, judgement.target), []).append(judgement)
    open_ones = []
    for (field, target), votes in spoken.items():
        last = {vote.author: vote.value for vote in votes}
        is_first_word = sum(vote.author == votes[-1].author for vote in votes) == 1
        if len(set(last.values())) > 1 and is_first_word:
            open_ones.append(Disagreement(field, target, tuple(last.items())))
    return open_ones[::-1]


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
