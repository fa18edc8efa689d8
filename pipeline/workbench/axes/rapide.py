"""Learning the `rapide` model: a perceptron that learns from people's readings, and from those of `precis` where there
are none; and how a learnt model reads the sources left out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.axes import AXIS_CODES, COMPASS_CODES, compass
from pipeline.classify.reading.calibration import Calibration
from pipeline.classify.reading.features import Headed, rapide_matrix
from pipeline.classify.reading.model import READERS, linear_readings
from pipeline.classify.reading.store import AXES_FILE, FACETS_FILE, HIDDEN, OUTPUT
from pipeline.classify.stage import load_axis_model
from pipeline.language.models.encoders import Encoder
from pipeline.learned import Linear, Perceptron, packed
from pipeline.workbench.axes.finetune import smoothed_targets
from pipeline.workbench.axes.pooling import Aim, Calibrated, LeftOut, calibrate, left_out_rows
from pipeline.workbench.examples import CONFIDENCE_WEIGHTS, WRITTEN, load_ideas, parts, soft_targets
from pipeline.workbench.learning import fit_logistic

Features = npt.NDArray[np.float32]
Scores = npt.NDArray[np.float64]

N_HIDDEN, N_EPOCHS, BATCH_SIZE = 256, 12, 128
LEARNING_RATE, WEIGHT_DECAY, SMOOTHING = 1e-3, 0.01, 0.05
INPUT_SCALE = 5.0
"""Coordinates of unit vectors are near 0.04."""
INPUT_DROPOUT, HIDDEN_DROPOUT, HIDDEN_HEADINGS = 0.15, 0.3, 0.15
INVERSE_PENALTY = 1.0
FACET_INVERSE_PENALTY = 3.0
MAX_ITERATIONS, FACET_ITERATIONS = 150, 200
N_WRITTEN = 13_000
"""Written ideas beside the contrast sets: all of them, since they cost a linear model nothing."""
OLD_FACETS = ("graines_naturelles", "graines_variees", "reel")
"""Origins whose facets were given before `demande` existed: most of it stands there under `action`."""

OLD_WEIGHT = 0.25
"""Their weight in the facet heads: 0.75 of the sud facets of held-out themes are right, against 0.72 without them and
0.67 with their full weight."""


@dataclass(frozen=True)
class Trained:
    """A fitted model, and what it was calibrated on.

    Attributes
    ----------
    contents : name → bytes of the files of the model.
    found : weights and thresholds, and how the rows of `out_of_source` are read.
    out_of_source : the examples read by a model that had not seen their source (or their theme, without real texts).
    readings : what each reader says of them, logarithms of probabilities, shape (n, 5).
    aim : what the calibration is to reach.
    n_learnt : examples that it learnt from, of each kind ("ecrits", "reels", "corrections").
    """

    contents: dict[str, bytes]
    found: Calibrated
    out_of_source: pd.DataFrame
    readings: dict[str, Scores]
    aim: Aim
    n_learnt: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(
        cls, contents: dict[str, bytes], readings: dict[str, Scores], learnt: pd.DataFrame, out: pd.DataFrame, aim: Aim
    ) -> Trained:
        """A model that learnt from some examples, its readings of the others put together at best."""
        kinds = learnt["source"].map({WRITTEN: "ecrits", "corrections": "corrections"}).fillna("reels")
        counts = {str(kind): int(n) for kind, n in kinds.value_counts().sort_index().items()}
        return cls(contents, calibrate(readings, left_out_rows(out), aim), out, readings, aim, counts)

    @property
    def calibration(self) -> Calibration:
        return self.found.calibration

    @property
    def rows(self) -> LeftOut:
        return left_out_rows(self.out_of_source)


class TrainedSecond(NamedTuple):
    """The files of the second encoder, and how all readings are pooled."""

    contents: dict[str, bytes]
    found: Calibrated


def rapide_features(examples: pd.DataFrame, encoder: Encoder) -> Features:
    """Features of labelled ideas; each distinct text and context is encoded once."""
    texts, contexts = list(examples["text"]), list(examples["context"])
    distinct = sorted({*texts, *contexts})
    vectors = encoder.encode(distinct).astype(np.float16)
    rows = {text: row for row, text in enumerate(distinct)}
    sides = (vectors[[rows[text] for text in said]] for said in (texts, contexts))
    return rapide_matrix(Headed(texts, contexts, *sides))


def train_rapide(
    examples: pd.DataFrame, encoder: Encoder, aim: Aim, tell: Callable[[str], None] = lambda _: None
) -> Trained:
    """Fit the axis head and the facet heads on a mixture of the examples, a fifth of the sources left out (`mixture`)
    to measure and calibrate."""
    learnt, out = parts(examples, N_WRITTEN)
    tell(f"{len(learnt)} idées apprises, {len(out)} mises de côté")
    features = rapide_features(learnt, encoder)
    targets, weights = smoothed_targets(learnt, SMOOTHING)
    ideas, chances = taught_ideas(encoder)
    tell(f"{len(ideas)} idées de plus, lues par precis")
    head = fit_perceptron(
        np.vstack([features, rapide_features(ideas, encoder)]),
        np.vstack([targets, chances.astype(np.float32)]),
        np.r_[weights, np.ones(len(ideas), dtype=np.float32)],
        encoder.n_dimensions,
    )
    found = linear_readings(head, rapide_features(out, encoder), encoder.n_dimensions)
    readings = {name: found[name] for name in READERS["rapide"]}
    layers = {HIDDEN: head.hidden, OUTPUT: head.output}
    contents = {AXES_FILE: packed(layers), FACETS_FILE: packed(facet_heads(learnt, features))}
    return Trained.of(contents, readings, learnt, out, aim)


def taught_ideas(encoder: Encoder) -> tuple[pd.DataFrame, Scores]:
    """Ideas that no person read, with the probabilities that `precis` gives them, shape (n, 5)."""
    ideas = load_ideas()
    kept = ideas.loc[~ideas["is_held_out"], ["text", "context"]].reset_index(drop=True)
    texts, contexts = kept["text"].tolist(), kept["context"].tolist()
    vectors = (encoder.encode(part).astype(np.float16) for part in (texts, contexts))
    return kept, load_axis_model("precis").scores(Headed(texts, contexts, *vectors), with_ideas=False).chances


def fit_perceptron(features: Features, targets: Features, weights: Features, n_dimensions: int) -> Perceptron:
    """A perceptron fitted by gradient descent (Adam; its rate falls to zero), inputs and hidden units dropped.

    The headings of some examples of each batch are hidden, so that it reads ideas without one too.

    Parameters
    ----------
    features : shape (n, d), see `rapide_matrix`.
    targets : shape (n, 5), rows summing to 1.
    weights : shape (n,).
    n_dimensions : of the vectors of texts and headings.
    """
    random = np.random.default_rng(0)
    sizes = (features.shape[1], N_HIDDEN, len(AXIS_CODES))
    layers: list[Features] = []
    for n_in, n_out in pairwise(sizes):
        drawn = random.uniform(-(n_in**-0.5), n_in**-0.5, (n_in, n_out))
        layers += [drawn.astype(np.float32), np.zeros(n_out, dtype=np.float32)]
    descent = _Descent(layers)
    scaled = np.asarray(weights / BATCH_SIZE, dtype=np.float32)
    n_batches = len(features) // BATCH_SIZE
    for epoch in range(N_EPOCHS):
        order = random.permutation(len(features))
        for batch in range(n_batches):
            rows = order[batch * BATCH_SIZE : (batch + 1) * BATCH_SIZE]
            shown = features[rows] * INPUT_SCALE
            shown[random.random(len(rows)) < HIDDEN_HEADINGS, n_dimensions : 2 * n_dimensions] = 0
            shown *= _kept(random, shown.shape, INPUT_DROPOUT)
            share = 1 - (epoch * n_batches + batch) / (N_EPOCHS * n_batches)
            kept = _kept(random, (len(rows), N_HIDDEN), HIDDEN_DROPOUT)
            descent.step(_gradients(layers, shown, kept, targets[rows], scaled[rows]), share)
    above, above_bias, output, output_bias = layers
    return Perceptron(
        Linear(np.ascontiguousarray(INPUT_SCALE * above.T), above_bias),
        Linear(np.ascontiguousarray(output.T), output_bias, outputs=AXIS_CODES),
    )


def _gradients(
    layers: list[Features], shown: Features, kept: Features, targets: Features, weights: Features
) -> list[Features]:
    """Gradients of the weighted cross-entropy by each layer, for a batch whose hidden units are `kept` or not."""
    above, above_bias, output, output_bias = layers
    sums = shown @ above + above_bias
    hidden = np.maximum(sums, 0) * kept
    scores = hidden @ output + output_bias
    chances = np.exp(scores - scores.max(axis=1, keepdims=True))
    chances /= chances.sum(axis=1, keepdims=True)
    miss = (chances - targets) * weights[:, None]
    back = (miss @ output.T) * kept * (sums > 0)
    return [shown.T @ back, back.sum(axis=0), hidden.T @ miss, miss.sum(axis=0)]


def _kept(random: np.random.Generator, shape: tuple[int, ...], dropped: float) -> Features:
    return np.asarray((random.random(shape, dtype=np.float32) >= dropped) / (1 - dropped), dtype=np.float32)


class _Descent:
    """Adam with decoupled weight decay on matrices (Loshchilov and Hutter, 2019)."""

    def __init__(self, layers: list[Features]) -> None:
        self._layers, self._n_steps = layers, 0
        self._means = [np.zeros_like(layer) for layer in layers]
        self._squares = [np.zeros_like(layer) for layer in layers]

    def step(self, gradients: list[Features], share: float) -> None:
        """Move the layers, at a share of the peak rate."""
        self._n_steps += 1
        rate = LEARNING_RATE * share
        unbias = 1 - 0.9**self._n_steps, 1 - 0.999**self._n_steps
        for layer, gradient, mean, square in zip(self._layers, gradients, self._means, self._squares, strict=True):
            mean += 0.1 * (gradient - mean)
            square += 0.001 * (gradient * gradient - square)
            if layer.ndim > 1:
                layer *= 1 - rate * WEIGHT_DECAY
            layer -= rate * (mean / unbias[0]) / (np.sqrt(square / unbias[1]) + 1e-8)


def fit_axis_head(examples: pd.DataFrame, features: Features) -> Linear:
    """Multinomial logistic regression whose outputs are `AXIS_CODES`."""
    targets = soft_targets(examples)
    rows, labels = np.nonzero(targets)
    weights = targets[rows, labels] / targets[rows, labels].mean()
    head = fit_logistic(features[rows], labels, INVERSE_PENALTY, weights=weights, max_iterations=MAX_ITERATIONS)
    return replace(head, outputs=AXIS_CODES)


def facet_heads(examples: pd.DataFrame, features: Features) -> dict[str, Linear]:
    """One logistic regression per axis, on its examples that have a facet; rare facets weigh more (square root).

    Readings of `action` that predate `demande` count for a quarter.
    """
    predates = (examples["facet"] == "action") & examples["origin"].isin(OLD_FACETS)
    confidence = examples["confidence"].map(CONFIDENCE_WEIGHTS).fillna(1.0).to_numpy(dtype=float)
    weights = np.where(predates, OLD_WEIGHT * confidence, confidence)
    axes, facets = examples["axis"].to_numpy(dtype=object), examples["facet"].to_numpy(dtype=object)
    heads: dict[str, Linear] = {}
    for code in COMPASS_CODES:
        rows = np.flatnonzero((axes == code) & np.isin(facets, compass()[code].facets))
        names, inverse, counts = np.unique(facets[rows].astype(str), return_inverse=True, return_counts=True)
        if len(names) < 2:
            continue
        balance = np.sqrt(counts.mean() / counts)[inverse]
        heads[code] = fit_logistic(
            features[rows],
            names[inverse],
            FACET_INVERSE_PENALTY,
            weights=weights[rows] * balance,
            max_iterations=FACET_ITERATIONS,
        )
    return heads
