"""Learning the pair model, and measuring it on walls that it never saw, beside the field's methods.

Walls are csv files of ideas that a person sorted into columns and stacks.

    rosace train --profile groupes --murs DOSSIER

reads every `wall_*.csv` of a folder (columns `context`, `text`, `axis`, `issue`: the column of the wall, `same`: the
stack), in the order in which ideas were said. Each wall is read in several ways (see `Way`): post-its have no headings,
a survey has no order, and a model that learnt from whole walls alone puts everything together where there is little.

    rosace train --profile groupes --murs DOSSIER --with-decisions RESULTATS

also learns from what people decided in a review (`pipeline.workbench.walls.read_decided`).

A second regression that also read the chances of neighbouring pairs, and a third that read where ideas meet in the tree
of the second, were no purer for as many pairs found: one is enough. What else was tried is told in the card.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.api.grouping import meaning_of
from pipeline.cluster.pairs import (
    HOW_MANY,
    SITUATIONS,
    PairModel,
    Told,
    average_tree,
    cut_tree,
    inside,
    save_pairs,
    situations,
)
from pipeline.cluster.pairs import PAIRS as MODEL
from pipeline.config import Config
from pipeline.learned import Linear
from pipeline.workbench.cards import NOTES, card, write_card
from pipeline.workbench.learning import fit_logistic, rounded
from pipeline.workbench.rivals import RIVALS, singletons
from pipeline.workbench.scoreboard import Line, number
from pipeline.workbench.walls import PROFILES, SEED, Sorted, Way, load_walls, read_walls, sources_of

STRENGTH = 0.03
"""Inverse of the penalty of the regressions (scikit-learn's C): 0.01 to 0.1 agree with people as well."""
CUT, CUT_SAME = 0.3, 0.3
"""Of stacks, a lower cut finds more on walls (at 0.2 one pair in seven, here one in ten, of which as many are right as
at 0.4), but in a survey of a thousand answers it puts together what only speaks of the same."""
EASE = {"bare": (0.6, 5)}
"""Added to the log-odds of a column in these situations: so much for each unit of the logarithm of how many times the
second number ideas there are, so that one cut serves all. The less is known, the fewer pairs are sure, and more ideas
would stay alone: without headings nor order, a pair among thirty ideas then counts from a chance of 0.13, among five
from the cut itself. Less of it leaves more pairs right on thirty large walls that were set aside (0.38 at an agreement
of 0.31 instead of 0.29 at 0.32), but fewer of the answers that people coded together are found (agreement on four sets
0.38 instead of 0.42). Where headings or the order are known, 0.075 found more pairs, of which 0.04 to 0.05 fewer were
right."""


DECIMALS = 6
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


WALL_SCORES = {
    "precision": "paires justes", "recall": "retrouvées", "f": "F", "pure": "purs", "mixed": "mêlés", "wrong": "faux",
}  # fmt: skip
"""What is told of walls beside the agreement."""
CURVED = "precis"
"""The profile whose measures are told at each cut."""


class _Rows(NamedTuple):
    """Pairs to learn from, what a person said of each, and its place in `SITUATIONS`."""

    features: npt.NDArray[np.float32]
    answers: npt.NDArray[np.bool_]
    situations: npt.NDArray[np.int64]


def learn(examples: Sequence[Sorted]) -> PairModel:
    """What walls teach: for each situation of a pair, how likely it is to be in one column, and on one stack; decisions
    teach of columns alone."""
    names, sorted_whole = examples[0].pairs.names, [one for one in examples if one.told is None]
    columns, stacks = (
        _rows(examples, [one.together for one in examples]),
        _rows(sorted_whole, [one.same for one in sorted_whole]),
    )
    together, same = [], []
    for place, situation in enumerate(SITUATIONS):
        learnt = _fitted(columns, place, names)
        slope, among = EASE.get(situation, (0.0, 1))
        weights, bias = learnt.weights + slope * (np.array(names) == HOW_MANY), learnt.bias - slope * math.log(among)
        together.append(rounded(replace(learnt, weights=weights, bias=bias), DECIMALS))
        same.append(_fitted(stacks, place, names))
    return PairModel(tuple(together), tuple(same), CUT, CUT_SAME)


def _rows(examples: Sequence[Sorted], answers: Sequence[npt.NDArray[np.bool_]]) -> _Rows:
    told = [np.ones(len(one.pairs.one), dtype=bool) if one.told is None else one.told for one in examples]
    kept = np.concatenate(told)
    return _Rows(
        np.vstack([one.pairs.features for one in examples])[kept],
        np.concatenate(answers)[kept],
        np.concatenate([situations(one.pairs) for one in examples])[kept],
    )


def _fitted(pairs: _Rows, situation: int, names: tuple[str, ...]) -> Linear:
    here = pairs.situations == situation
    return fit_logistic(
        pairs.features[here],
        pairs.answers[here],
        STRENGTH,
        names,
        is_scaled=True,
        decimals=DECIMALS,
        solver="newton-cholesky",
    )


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


def write_model(folder: Path, model: PairModel, metrics: dict[str, Any]) -> None:
    """The weights, `metrics.json`, and the card that tells it, which ends with the notes that stand beside."""
    save_pairs(folder, model)
    notes = folder / NOTES
    write_card(folder, metrics, pairs_card(metrics, notes.read_text(encoding="utf-8") if notes.is_file() else ""))


def pairs_card(metrics: dict[str, Any], notes: str = "") -> str:
    """The card of the pair model."""
    means, cuts = metrics["means"], metrics["cuts"]
    chosen = {level: [row for row in means if row["level"] == level and is_told(row, cuts)] for level in cuts}
    return card(
        "pairs.md.j2",
        **{key: metrics[key] for key in ("walls", "measured", "cuts")},
        large=LARGE,
        scores=SCORES,
        chosen=chosen,
        curves={level: _curve(metrics, level) for level in cuts},
        way_told=way_told,
        notes=notes,
    )


def _curve(metrics: dict[str, Any], level: str) -> dict[float, dict[str, dict[str, Any]]]:
    """The row of measures of each way of reading whole walls, by cut."""
    rows = [row for row in metrics["means"] if (row["level"], row["method"]) == (level, PAIRS)]
    rows = [row for row in rows if row["profile"] == CURVED and not row["small"]]
    cuts = sorted({row["cut"] for row in rows})
    return {cut: {way_told(row): row for row in rows if row["cut"] == cut} for cut in cuts}


def way_told(row: dict[str, Any]) -> str:
    """How the walls of a row of measures were read."""
    size = "petits" if row["small"] else "entiers"
    beside = {
        (True, True): "avec rubriques et ordre", (True, False): "avec rubriques", (False, True): "avec ordre seul",
        (False, False): "sans rubriques ni ordre",
    }  # fmt: skip
    return f"{size}, {beside[bool(row['headings']), bool(row['order'])]}"


def level_told(row: dict[str, Any]) -> str:
    """What a row of measures is about."""
    return "piles" if row["level"] == STACKS else "groupes"


def is_chosen(row: dict[str, Any], cuts: dict[str, float]) -> bool:
    """Whether a row of measures is of the cut that groups or stacks are made at."""
    return bool(row["method"] == PAIRS and row["cut"] == cuts[row["level"]])


def is_told(row: dict[str, Any], cuts: dict[str, float]) -> bool:
    """Whether a row of measures is told: of the cut that was chosen, or of another method."""
    return row["method"] != PAIRS or is_chosen(row, cuts)


def wall_lines(settings: Config, folder: Path | None) -> list[Line]:
    """What the pair model is measured at on walls that it did not see, beside the field's methods: when it was learnt,
    or here, from the walls of a folder."""
    found = MODEL.metrics() if folder is None else {}
    if folder is not None:
        readers = [meaning_of(settings.model_copy(update={"profil": profile})) for profile in PROFILES]
        walls = load_walls(folder)
        found = measure(read_walls(walls, readers), sources_of(walls))
    lines = []
    for row in found["means"]:
        if row["cut"] is None or (row["profile"] == settings.profil and is_chosen(row, found["cuts"])):
            method = "rosace" if row["cut"] is not None else row["method"]
            shares = [f"{told} {number(row[name])}" for name, told in WALL_SCORES.items()]
            label = f"Murs {way_told(row)}, {level_told(row)}, {method} : AMI"
            lines.append(Line(label, row["ami"], detail=", ".join(shares)))
    return lines
