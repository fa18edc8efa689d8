"""Learning what tells an objection to a proposal, or a support of it.

A logistic regression for each side, on the workshops of `corpus/benchmarks/objections.jsonl` that are not left out,
each by itself and all as one, and on ideas of `corpus/ideas`, where nobody speaks of another's proposal. The bounds
are the lowest probabilities from which links of workshops that taught nothing are right often enough.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.axes import EST, SUD
from pipeline.cluster.linking.benchmark import judged_pairs
from pipeline.cluster.linking.side_benchmark import (
    LEFT_OUT,
    PROPOSAL,
    JudgedWorkshop,
    ReadAxes,
    as_rows,
    judged_links,
)
from pipeline.cluster.linking.side_signs import TEXT_SIGNS, text_signs, words_take
from pipeline.cluster.linking.sides import Side
from pipeline.cluster.linking.weights import SIDES, SIGNS_OF, KindWeights
from pipeline.cluster.rows import centred
from pipeline.language.idea_corpus import IDEAS_FOLDER, load_ideas
from pipeline.language.models.encoders import Encoder
from pipeline.learned import Linear

INVERSE_PENALTY = 0.1
N_FOLDS = 6
N_OF_WORLD = 80
"""Ideas drawn from each imaginary workshop where nobody takes a side."""
KEPT_PRECISION, TOLD_PRECISION = 0.5, 0.8
"""Share of right links from which they are proposed to people, and told."""
KEPT_MIN, TOLD_MIN = 0.1, 0.45
"""What is unlikely is not proposed, nor told, however few the links that say that it would be right."""
N_BOUND = 8
"""Links that a bound rests on at least."""
SEED = 20
DECIMALS = 3


def plain_workshops(read_axes: ReadAxes, encoder: Encoder) -> list[JudgedWorkshop]:
    """Ideas of imaginary workshops that nothing shows to be about another's proposal, and obstacles with what answers
    them: a proposal said again is no support, an obstacle that it would lift is no objection to it."""
    random = np.random.default_rng(SEED)
    found = [
        (str(world), _families(part, random)) for world, part in load_ideas(IDEAS_FOLDER).groupby("world", sort=True)
    ]
    pairs = judged_pairs()
    for half in sorted({pair.half for pair in pairs} - {LEFT_OUT}):
        texts = {pair.obstacle: EST for pair in pairs if pair.half == half}
        texts |= {pair.answer: SUD for pair in pairs if pair.half == half}
        found.append(
            (f"links/{half}", pd.DataFrame({"text": list(texts), "context": "", "axis": list(texts.values())}))
        )
    return [_plain(world, part, read_axes, encoder) for world, part in found]


def _families(ideas: pd.DataFrame, random: np.random.Generator) -> pd.DataFrame:
    """Whole families of ideas, up to about `N_OF_WORLD` texts: those that say the same thing are together."""
    order = random.permutation(sorted(set(ideas["family"])))
    sizes = ideas["family"].value_counts().reindex(order).cumsum()
    chosen = ideas[ideas["family"].isin(sizes.index[sizes <= N_OF_WORLD])]
    return chosen if len(chosen) else ideas.head(N_OF_WORLD)


def _plain(world: str, ideas: pd.DataFrame, read_axes: ReadAxes, encoder: Encoder) -> JudgedWorkshop:
    drawn = ideas[["text", "context", "axis"]].reset_index(drop=True)
    told = drawn.assign(
        theme=world,
        half="plain",
        role=np.where(drawn["axis"] == SUD, PROPOSAL, "other"),
        about="",
        channel="postit",
        source=world,
        position=range(len(drawn)),
    )
    rows = as_rows(told, read_axes)
    rows["is_measured"] = ~_may_side(rows)
    return JudgedWorkshop(rows, centred(encoder.encode(rows["text"].tolist())))


def _may_side(rows: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Which ideas of an imaginary consultation may answer another one after all: they do not measure."""
    signs = text_signs(rows)
    sided = np.any([words_take(kind, signs) for kind in SIDES], axis=0)
    return np.asarray(sided | (signs[:, TEXT_SIGNS.index("tension")] > 0), dtype=bool)


def learn_sides(workshops: Sequence[JudgedWorkshop]) -> dict[str, KindWeights]:
    """The weights and bounds of each side."""
    learnt = [one for one in workshops if set(one.rows["half"]) != {LEFT_OUT}]
    themes = sorted({str(theme) for one in learnt for theme in one.rows["theme"]})
    fold = {theme: place % N_FOLDS for place, theme in enumerate(themes)}
    links = [link for left in range(N_FOLDS) for link in _left_out(learnt, fold, left)]
    weights = _fitted(learnt, themes)
    found = {}
    for kind in SIDES:
        worded = [(side, is_right) for side, is_right in links if side.kind == kind and side.is_worded]
        named = [(side.score, is_right) for side, is_right in worded if side.is_named]
        kept = max(KEPT_MIN, bound([(side.score, is_right) for side, is_right in worded], KEPT_PRECISION))
        found[kind] = KindWeights(weights[kind].head, kept, max(kept, TOLD_MIN, bound(named, TOLD_PRECISION)))
    return found


def _left_out(learnt: Sequence[JudgedWorkshop], fold: Mapping[str, int], left: int) -> list[tuple[Side, bool]]:
    """The links of the themes of a fold, by weights that have not learnt from them, and whether each is right."""
    taught = _fitted(learnt, [theme for theme, place in fold.items() if place != left])
    found = []
    for one in learnt:
        is_left = np.array([fold[str(theme)] == left for theme in one.rows["theme"]]) & one.rows["is_measured"]
        if not one.is_whole:
            found += [(side, is_right) for side, is_right in judged_links(one, taught) if is_left[side.one]]
    return found


def bound(links: Sequence[tuple[float, bool]], precision: float) -> float:
    """The lowest probability from which so many of the links are right; 1 when there is none."""
    ranked = sorted(links, key=lambda link: -link[0])
    right = np.cumsum([is_right for _, is_right in ranked])
    places = [
        place
        for place in range(N_BOUND - 1, len(ranked))
        if right[place] >= precision * (place + 1)
        and (place + 1 == len(ranked) or ranked[place + 1][0] < ranked[place][0])
    ]
    return ranked[max(places)][0] if places else 1.0


def _fitted(workshops: Sequence[JudgedWorkshop], themes: Sequence[str]) -> dict[str, KindWeights]:
    """Weights learnt from what is said in some themes, without bounds."""
    known = set(themes)
    taken = [np.array([str(theme) in known for theme in one.rows["theme"]])[one.pairs.one] for one in workshops]
    signs = np.vstack([one.pairs.signs[rows] for one, rows in zip(workshops, taken, strict=True)])
    found = {}
    for kind in SIDES:
        true = np.concatenate([one.are_true(kind)[rows] for one, rows in zip(workshops, taken, strict=True)])
        found[kind] = KindWeights(_regression(signs, true, SIGNS_OF[kind]), 0.0, 0.0)
    return found


def _regression(signs: npt.NDArray[np.float64], true: npt.NDArray[np.bool_], names: tuple[str, ...]) -> Linear:
    """The weights of signs as they are, learnt where each has the same spread."""
    from sklearn.linear_model import LogisticRegression

    spread = np.maximum(signs.std(axis=0), 1e-3)
    mean = signs.mean(axis=0)
    fitted = LogisticRegression(C=INVERSE_PENALTY, max_iter=2_000).fit((signs - mean) / spread, true)
    weights = fitted.coef_[0] / spread
    intercept = float(fitted.intercept_[0]) - float(weights @ mean)
    return Linear(np.round(weights, DECIMALS)[None], np.array([round(intercept, DECIMALS)]), names)
