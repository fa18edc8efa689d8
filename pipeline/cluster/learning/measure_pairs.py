"""How well the pair model agrees with those who sorted walls that it never saw, beside the field's methods."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.cluster.baselines import RIVALS
from pipeline.cluster.grouping.partition import singletons
from pipeline.cluster.learning.pairs import CUT, CUT_SAME, learn
from pipeline.cluster.learning.walls import PROFILES, SEED, Sorted, Way
from pipeline.cluster.pairs.levels import average_tree, cut_tree, inside
from pipeline.cluster.pairs.model import PairModel, Told

Labels = npt.NDArray[np.int64]
CUTS = (0.15, 0.2, 0.25, CUT, 0.35, 0.4, 0.5)
CUTS_SAME = (0.1, 0.2, CUT_SAME, 0.4)
GROUPS, STACKS = "issue", "same"
PAIRS, HEADINGS_ONLY = "paires", "rubrique × axe, sans lire les textes"
N_FOLDS = 5
"""Parts in which the sources of walls are set aside, one after the other."""
LARGE = 90
"""Ideas from which a wall is measured: the others teach, and chance weighs too much there."""
SCORES = ("ami", "precision", "recall", "f", "alone", "pure", "mixed", "wrong")


def measure(examples: Sequence[Sorted], sources: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Mean scores over large walls (all, without any), each read by a model that never saw its source; decisions are
    learnt from, and not measured.

    Parameters
    ----------
    sources : wall → where it comes from; None: each is a source of its own.

    Returns
    -------
    walls : name → ideas. measured : names of those that are. cuts : where groups and stacks are cut. means : one row
    per way of reading (`Way`), level, method and cut (None where there is none), with `SCORES`.
    """
    n_ideas = _sizes(examples)
    rows: list[dict[str, Any]] = []
    measured = []
    for wall, model in unseen(examples, sources):
        measured.append(wall)
        rows += list(_of_wall(model, [one for one in examples if one.wall == wall]))
    kinds = [*Way._fields, "level", "method", "cut"]
    means = pd.DataFrame(rows).groupby(kinds, dropna=False)[list(SCORES)].mean().round(3).reset_index()
    told_rows = means.astype(object).where(means.notna(), None).to_dict("records")
    return {
        "walls": dict(sorted(n_ideas.items())),
        "measured": sorted(measured),
        "cuts": {GROUPS: CUT, STACKS: CUT_SAME},
        "means": told_rows,
    }


def unseen(examples: Sequence[Sorted], sources: Mapping[str, str] | None = None) -> Iterator[tuple[str, PairModel]]:
    """Each wall that is measured, with a model that never saw its source: see `measure`."""
    n_ideas = _sizes(examples)
    measured = {wall for wall, n in n_ideas.items() if n >= LARGE} or set(n_ideas)
    for aside in set_aside({wall: (sources or {}).get(wall, wall) for wall in n_ideas}):
        if here := sorted(measured & aside):
            model = learn([one for one in examples if one.wall not in aside])
            yield from ((wall, model) for wall in here)


def _sizes(examples: Sequence[Sorted]) -> dict[str, int]:
    """How many ideas each wall has; decisions are no wall."""
    found: dict[str, int] = {}
    for one in examples:
        if one.told is None and one.way == Way(True, True, False, PROFILES[0]):
            found[one.wall] = found.get(one.wall, 0) + one.pairs.n
    return found


def set_aside(sources: Mapping[str, str]) -> Iterator[set[str]]:
    """Walls set aside together: those of a fifth of the sources, or of one where there are few."""
    order = sorted(set(sources.values()))
    for fold in range(min(N_FOLDS, len(order))):
        aside = set(order[fold::N_FOLDS])
        yield {wall for wall, source in sources.items() if source in aside}


def _of_wall(model: PairModel, examples: Sequence[Sorted]) -> Iterator[dict[str, Any]]:
    """The scores of a wall, in each way that it is read."""
    mine: dict[Way, list[Sorted]] = {}
    for one in examples:
        mine.setdefault(one.way, []).append(one)
    for way, parts in mine.items():
        yield from _by_pairs(way, parts, [model.read(one.pairs) for one in parts])
    yield from _rivals(mine)


def _by_pairs(way: Way, parts: Sequence[Sorted], told: Sequence[Told]) -> Iterator[dict[str, Any]]:
    """The scores of a wall read by pairs, at each cut of its groups, then of its stacks."""
    trees = [average_tree(one.pairs, read.together) for one, read in zip(parts, told, strict=True)]
    groups = {cut: [cut_tree(tree, cut) for tree in trees] for cut in CUTS}
    for cut in CUTS:
        yield _row(way, GROUPS, PAIRS, cut, agreement(parts, groups[cut]))
    same = [average_tree(one.pairs, read.same) for one, read in zip(parts, told, strict=True)]
    for cut in CUTS_SAME:
        stacks = [inside(group, cut_tree(tree, cut)) for group, tree in zip(groups[CUT], same, strict=True)]
        yield _row(way, STACKS, PAIRS, cut, agreement(parts, stacks, STACKS))


def _row(way: Way, level: str, method: str, cut: float, scores: dict[str, float]) -> dict[str, Any]:
    return {**way._asdict(), "level": level, "method": method, "cut": cut, **scores}


def _rivals(mine: dict[Way, list[Sorted]]) -> Iterator[dict[str, Any]]:
    """The field's methods on the topics of a whole wall, its axes parted afterwards; and its headings alone."""
    for way, parts in mine.items():
        if way.small or way.order or way.profile != PROFILES[0]:
            continue
        if way.headings:
            told = [np.asarray(pd.factorize(np.array(one.headings, dtype=object))[0], dtype=np.int64) for one in parts]
            yield _row(way, GROUPS, HEADINGS_ONLY, np.nan, agreement(parts, told))
            continue
        texts = [text for one in parts for text in one.texts]
        topics = np.vstack([one.topics for one in parts])
        ends = np.cumsum([len(one.texts) for one in parts])[:-1]
        for name, method in RIVALS.items():
            found = np.split(singletons(method(texts, topics, SEED)), ends)
            yield _row(way, GROUPS, name, np.nan, agreement(parts, found))


def agreement(parts: Sequence[Sorted], labels: Sequence[Labels], level: str = GROUPS) -> dict[str, float]:
    """`SCORES` over all axes of a wall.

    Returns
    -------
    ami : adjusted mutual information, ideas alone being groups. precision, recall, f : of pairs. alone : share of ideas
    left alone. pure, mixed, wrong : of groups of two or more, those of one column; those where more than half of the
    ideas are of one; the others.
    """
    from sklearn.metrics import adjusted_mutual_info_score

    gold = [one.columns if level == GROUPS else one.stacks for one in parts]
    people, ours = (_apart(side) for side in (gold, labels))
    rows, others = np.triu_indices(len(people), 1)
    both, kept = people[rows] == people[others], ours[rows] == ours[others]
    precision, recall = (float((both & kept).sum() / max(1, n.sum())) for n in (kept, both))
    table = pd.crosstab(ours, people).to_numpy()
    sizes = table.sum(axis=1)
    share = (table.max(axis=1) / sizes)[sizes > 1]
    n_groups = max(1, len(share))
    return {
        "ami": float(adjusted_mutual_info_score(people, ours)),
        "precision": precision,
        "recall": recall,
        "f": 2 * precision * recall / max(1e-9, precision + recall),
        "alone": float((sizes == 1).sum() / len(ours)),
        "pure": float((share == 1).sum() / n_groups),
        "mixed": float(((share > 0.5) & (share < 1)).sum() / n_groups),
        "wrong": float((share <= 0.5).sum() / n_groups),
    }


def _apart(sides: Sequence[Labels]) -> Labels:
    """Labels of several axes in one array, none shared by two of them."""
    codes = [np.unique(side, return_inverse=True)[1] for side in sides]
    starts = np.cumsum([0, *(len(code) for code in codes)])[:-1]
    return np.asarray(np.concatenate([code + start for code, start in zip(codes, starts, strict=True)]), dtype=np.int64)
