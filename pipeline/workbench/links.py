"""Learning what answers an obstacle, what objects to a proposal or supports it: `rosace train --profile liens`.

Answers: a logistic regression on the judged pairs of `corpus/benchmarks/links.jsonl`, its part `test` left out, and on
twice as many random pairs: an obstacle of those parts and a text that answers another one. Those are taken to be no
answers, so that a score tells how rare answers are among all the texts of a workshop.

Objections and supports: one for each side, on the workshops of `corpus/benchmarks/objections.jsonl` that are not left
out, each by itself and all as one, and on ideas of `corpus/ideas`, where nobody speaks of another's proposal.

Bounds are the lowest probabilities from which links of workshops that taught nothing are right often enough.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.axes import AXIS_CODES, EST, SUD
from pipeline.cluster.linking.sides import Side, SidePairs, best_sides, side_pairs
from pipeline.cluster.linking.signs import (
    ANSWERS,
    LINKS,
    SIDES,
    SIGNS,
    SIGNS_OF,
    TEXT_SIGNS,
    KindWeights,
    Reading,
    answer_score,
    is_no_answer,
    load_weights,
    read_text,
    save_weights,
    signs,
    text_signs,
    words_take,
)
from pipeline.cluster.rows import Matrix, centred
from pipeline.language.models.encoders import Encoder
from pipeline.learned import Linear
from pipeline.workbench.cards import Card
from pipeline.workbench.examples import BENCHMARKS, IDEAS_FOLDER, load_ideas, read_jsonl
from pipeline.workbench.learning import fit_logistic, in_turn, precision_recall

STRENGTH, SIDES_STRENGTH = 1.0, 0.1
"""Inverse of the penalties (scikit-learn's C): for answers its own, since nine signs and some hundreds of pairs call
for no other."""
N_FOLDS = 6
N_RANDOM = 2
"""Random pairs for a judged one: most of what an obstacle is compared with answers nothing, and as many links are
proposed in a workshop as by the weights that these replaced."""
N_OF_WORLD = 80
"""Ideas drawn from each imaginary workshop where nobody takes a side."""
KEPT_PRECISION, TOLD_PRECISION = 0.5, 0.8
"""Share of right links from which they are proposed to people, and told."""
KEPT_MIN, TOLD_MIN = 0.1, 0.45
"""What is unlikely is not proposed, nor told, however few the links that say that it would be right."""
N_BOUND = 8
"""Links that a bound rests on at least."""
SEED = 20
"""Of what is drawn."""
DECIMALS, SIDES_DECIMALS = 2, 3
"""Of the weights: a hundredth moves no answer."""
_ANSWER_SIGNS = {
    "meaning": "cosinus des phrases",
    "subjects": "sujets communs",
    "concepts": "notions communes, les rares d’abord",
    "covered": "part des notions de l’obstacle que la réponse reprend",
    "meets": "la réponse apporte ce que l’obstacle demande",
    "meets_share": "part de ce qu’il demande",
    "brings": "la réponse dit des mots que l’obstacle n’a pas",
    "takes_away": "elle interdit, supprime, limite",
    "celebrates": "elle fête ou décore",
}
_KINDS = {ANSWERS: "réponses", "objects": "objections", "supports": "soutiens"}
_HALVES = {"dev": "`dev`", "test": "`test` (jamais apprise)"}
_WAYS = {"each": "chaque atelier à part", "whole": "tous ses ateliers ensemble"}


def learn_answers(pairs: Sequence[JudgedPair], texts: PairTexts, kept: float) -> KindWeights:
    """The weights of answers, learnt from the pairs that are not `LEFT_OUT`.

    An answer is told from the lowest probability at which, for obstacles that taught nothing, so many are right.

    Parameters
    ----------
    kept : probability from which an answer is proposed.
    """
    learnt = [pair for pair in pairs if pair.half != LEFT_OUT]
    learnt += random_pairs(learnt)
    found: list[tuple[float, bool]] = []
    for aside in in_turn([pair.obstacle for pair in learnt], N_FOLDS):
        taught = KindWeights(_fitted_answers([pair for pair in learnt if pair.obstacle not in aside], texts), 0.0, 0.0)
        found += [
            (answer_score(*texts(pair.obstacle, pair.answer), taught.weights), pair.answers)
            for pair in learnt
            if pair.obstacle in aside
        ]
    return KindWeights(_fitted_answers(learnt, texts), kept, max(kept, bound(found, TOLD_PRECISION)))


def _fitted_answers(pairs: Sequence[JudgedPair], texts: PairTexts) -> Linear:
    rows, labels = [], []
    for pair in pairs:
        obstacle, answer, likeness = texts(pair.obstacle, pair.answer)
        if not is_no_answer(obstacle, answer):
            rows.append(signs(obstacle, answer, likeness))
            labels.append(pair.answers)
    return fit_logistic(np.array(rows), np.array(labels, dtype=bool), STRENGTH, SIGNS, decimals=DECIMALS)


def random_pairs(pairs: Sequence[JudgedPair]) -> list[JudgedPair]:
    """For each obstacle, `N_RANDOM` answers of other obstacles for each judged pair that it has on average."""
    random = np.random.default_rng(SEED)
    known = {(pair.obstacle, pair.answer) for pair in pairs}
    answers = sorted({pair.answer for pair in pairs if pair.answers})
    obstacles = sorted({pair.obstacle for pair in pairs})
    found = []
    for obstacle in obstacles:
        others = [answer for answer in answers if (obstacle, answer) not in known]
        drawn = random.choice(len(others), min(len(others), N_RANDOM * (len(pairs) // len(obstacles))), replace=False)
        found += [JudgedPair(obstacle, others[place], False, "hasard") for place in sorted(drawn.tolist())]
    return found


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
    themes = {str(theme) for one in learnt for theme in one.rows["theme"]}
    links = [link for aside in in_turn(themes, N_FOLDS) for link in _links_aside(learnt, themes, aside)]
    weights = _fitted_sides(learnt, themes)
    found = {}
    for kind in SIDES:
        worded = [(side, is_right) for side, is_right in links if side.kind == kind and side.is_worded]
        named = [(side.score, is_right) for side, is_right in worded if side.is_named]
        kept = max(KEPT_MIN, bound([(side.score, is_right) for side, is_right in worded], KEPT_PRECISION))
        found[kind] = KindWeights(weights[kind].head, kept, max(kept, TOLD_MIN, bound(named, TOLD_PRECISION)))
    return found


def _links_aside(learnt: Sequence[JudgedWorkshop], themes: set[str], aside: set[str]) -> list[tuple[Side, bool]]:
    """The links of the themes of a fold, by weights that have not learnt from them, and whether each is right."""
    taught = _fitted_sides(learnt, themes - aside)
    found = []
    for one in learnt:
        is_aside = np.array([str(theme) in aside for theme in one.rows["theme"]]) & one.rows["is_measured"]
        if not one.is_whole:
            found += [(side, is_right) for side, is_right in judged_links(one, taught) if is_aside[side.one]]
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


def _fitted_sides(workshops: Sequence[JudgedWorkshop], themes: set[str]) -> dict[str, KindWeights]:
    """Weights learnt from what is said in some themes, without bounds."""
    taken = [np.array([str(theme) in themes for theme in one.rows["theme"]])[one.pairs.one] for one in workshops]
    read = np.vstack([one.pairs.signs[rows] for one, rows in zip(workshops, taken, strict=True)])
    found = {}
    for kind in SIDES:
        true = np.concatenate([one.are_true(kind)[rows] for one, rows in zip(workshops, taken, strict=True)])
        head = fit_logistic(read, true, SIDES_STRENGTH, SIGNS_OF[kind], is_scaled=True, decimals=SIDES_DECIMALS)
        found[kind] = KindWeights(head, 0.0, 0.0)
    return found


def link_metrics(
    pairs: Sequence[JudgedPair],
    texts: PairTexts,
    workshops: Sequence[JudgedWorkshop],
    weights: Mapping[str, KindWeights],
) -> dict[str, Any]:
    """What the weights are worth on each part of the benchmarks."""
    answers = weights[ANSWERS]
    of_sides = {
        half: {
            name: measure_sides(workshops, weights, half, whole) for name, whole in (("each", False), ("whole", True))
        }
        for half in ("dev", LEFT_OUT)
    }
    return {
        ANSWERS: {
            half: measure_links([pair for pair in pairs if pair.half == half], texts, answers.weights, answers.told)
            for half in sorted({pair.half for pair in pairs})
        },
        "sides": of_sides,
    }


def learn_links(read_axes: ReadAxes, encoder: Encoder, kept: float, folder: Path = LINKS.path) -> dict[str, Any]:
    """Learn from the benchmarks, write weights, metrics and card into `folder`, and give the metrics.

    Parameters
    ----------
    kept : probability from which an answer is proposed (`[cluster.liens] seuil`).
    """
    pairs = judged_pairs()
    texts, workshops = read_pairs(pairs, encoder), judged_sides(read_axes, encoder)
    sides = learn_sides([*workshops, *plain_workshops(read_axes, encoder)])
    weights = {ANSWERS: learn_answers(pairs, texts, kept), **sides}
    metrics = link_metrics(pairs, texts, workshops, weights)
    save_weights(folder, weights)
    LINKS_CARD.write(folder, metrics)
    return metrics


LINKS_CARD = Card(
    "links.md.j2",
    {"kinds": _KINDS, "signs": _ANSWER_SIGNS, "halves": _HALVES, "ways": _WAYS, "precision": TOLD_PRECISION},
    lambda folder, _: {"weights": load_weights(folder)},
)

ANSWERED, SIDED = BENCHMARKS / "links.jsonl", BENCHMARKS / "objections.jsonl"
PROPOSAL, LEFT_OUT = "proposal", "test"
ROUNDED = 4
"""Decimals of a likeness: the last digits of a processor decide nothing."""
ReadAxes = Callable[[Sequence[str], Sequence[str]], pd.DataFrame]
"""Texts and their headings → the probability of each axis (`p_nord`…) and the facet, rows in order."""


@dataclass(frozen=True)
class JudgedPair:
    """An obstacle, a possible answer, whether it is one, and the part of the benchmark (`reglage`, `dev`, `test`)."""

    obstacle: str
    answer: str
    answers: bool
    half: str


@dataclass(frozen=True)
class PairTexts:
    """The texts of pairs, read once: `row` of each text, their centred vectors, their readings in order."""

    row: Mapping[str, int]
    points: Matrix
    readings: Sequence[Reading]

    def __call__(self, obstacle: str, answer: str) -> tuple[Reading, Reading, float]:
        """The readings of both, and the cosine of their vectors."""
        one, other = self.row[obstacle], self.row[answer]
        likeness = round(float(self.points[one] @ self.points[other]), ROUNDED)
        return self.readings[one], self.readings[other], likeness


def judged_pairs() -> list[JudgedPair]:
    return [
        JudgedPair(row["obstacle"], row["answer"], bool(row["answers"]), row["half"]) for row in read_jsonl(ANSWERED)
    ]


def read_pairs(pairs: Sequence[JudgedPair], encoder: Encoder) -> PairTexts:
    """The texts of some pairs, centred together."""
    texts = sorted({text for pair in pairs for text in (pair.obstacle, pair.answer)})
    row = {text: place for place, text in enumerate(texts)}
    return PairTexts(row, centred(encoder.encode(texts)), [read_text(text) for text in texts])


def measure_links(
    pairs: Sequence[JudgedPair], texts: PairTexts, weights: Mapping[str, float], threshold: float
) -> dict[str, float]:
    """n_pairs, precision_at_1, average_precision, and precision and recall at the threshold."""
    from sklearn.metrics import average_precision_score

    scores = np.array([answer_score(*texts(pair.obstacle, pair.answer), weights) for pair in pairs])
    true = np.array([pair.answers for pair in pairs])
    obstacles = np.array([pair.obstacle for pair in pairs], dtype=object)
    first = [true[obstacles == name][scores[obstacles == name].argmax()] for name in sorted(set(obstacles))]
    return {
        "n_pairs": float(len(pairs)),
        "precision_at_1": round(float(np.mean(first)), 3),
        "average_precision": round(float(average_precision_score(true, scores)), 3),
        **precision_recall(scores >= threshold, true),
    }


@dataclass(frozen=True)
class JudgedWorkshop:
    """What was said in a workshop.

    Attributes
    ----------
    rows : one row per text, as `choose_sides` reads them, and half, role (`proposal`, `objects`, `supports`, `other`),
        about, the text of the proposal or "", and is_measured: what it is about is known.
    points : centred sentence vectors, shape (n, d).
    """

    rows: pd.DataFrame
    points: Matrix

    @property
    def is_whole(self) -> bool:
        """Whether it holds all the workshops of a half."""
        return bool(self.rows["theme"].nunique() > 1)

    @cached_property
    def pairs(self) -> SidePairs:
        """Each text beside the proposals that it may be about."""
        return side_pairs(self.rows, self.points, self.rows["role"].eq(PROPOSAL).to_numpy(dtype=bool))

    def are_true(self, kind: str) -> npt.NDArray[np.bool_]:
        """Which pairs are links of a kind, shape (n_pairs,)."""
        text, about = self.rows["text"].to_numpy(dtype=object), self.rows["about"].to_numpy(dtype=object)
        is_kind = self.rows["role"].eq(kind).to_numpy(dtype=bool)
        return np.asarray(is_kind[self.pairs.one] & (about[self.pairs.one] == text[self.pairs.other]), dtype=bool)


def judged_sides(read_axes: ReadAxes, encoder: Encoder) -> list[JudgedWorkshop]:
    """Each workshop of the benchmark, then all those of a half as one: a real one speaks of more than one thing."""
    table = pd.DataFrame(read_jsonl(SIDED))
    named = table.rename(columns={"heading": "context", "place": "position"}).fillna({"about": ""})
    rows = as_rows(named.assign(source=table["theme"], is_measured=True), read_axes)
    vectors = encoder.encode(rows["text"].tolist())
    parts = [*rows.groupby("theme", sort=False).groups.values(), *rows.groupby("half", sort=False).groups.values()]
    return [JudgedWorkshop(rows.loc[part].reset_index(drop=True), centred(vectors[part])) for part in parts]


def as_rows(table: pd.DataFrame, read_axes: ReadAxes) -> pd.DataFrame:
    """Texts (text, context, channel, source, position) as `choose_sides` reads them, each of its own contribution."""
    ids = [f"{row:06d}" for row in range(len(table))]
    read = read_axes(table["text"].tolist(), table["context"].tolist()).reset_index(drop=True)
    rows = table.reset_index(drop=True).assign(item_id=ids, contribution_id=ids, start=0, voice=None)
    names = [*(f"p_{code}" for code in AXIS_CODES), "facet"]
    return rows.assign(**{name: read[name].to_numpy() for name in names})


def measure_sides(
    workshops: Iterable[JudgedWorkshop], weights: Mapping[str, KindWeights], half: str, whole: bool
) -> dict[str, dict[str, float]]:
    """By kind: how many links of it there are, precision and recall of those kept and of those told.

    `whole` : all the workshops of the half as one, else each by itself.
    """
    found: list[tuple[Side, bool]] = []
    n_true = dict.fromkeys(SIDES, 0)
    for workshop in workshops:
        rows = workshop.rows
        if set(rows["half"]) != {half} or workshop.is_whole != whole:
            continue
        found += judged_links(workshop, weights)
        for kind in SIDES:
            n_true[kind] += int((rows["role"].eq(kind) & rows["about"].ne("")).sum())
    return {
        kind: _measures([link for link in found if link[0].kind == kind], n_true[kind], weights[kind]) for kind in SIDES
    }


def judged_links(workshop: JudgedWorkshop, weights: Mapping[str, KindWeights]) -> list[tuple[Side, bool]]:
    """The likeliest side of each text, and whether it is right."""
    rows = workshop.rows
    about, text, role = (rows[name].to_numpy(dtype=object) for name in ("about", "text", "role"))
    return [
        (side, bool(role[side.one] == side.kind and about[side.one] == text[side.other]))
        for side in best_sides(workshop.pairs, weights)
    ]


def _measures(found: Sequence[tuple[Side, bool]], n_true: int, weights: KindWeights) -> dict[str, float]:
    told: dict[str, float] = {"n": float(n_true)}
    chosen = {
        "kept": [is_right for side, is_right in found if side.is_worded and side.score >= weights.kept],
        "told": [is_right for side, is_right in found if side.is_told(weights.told)],
    }
    for name, right in chosen.items():
        told[f"n_{name}"] = float(len(right))
        told[f"precision_{name}"] = round(sum(right) / max(1, len(right)), 3)
        told[f"recall_{name}"] = round(sum(right) / max(1, n_true), 3)
    return told
