"""Features of a pair → how likely it is that a person puts both ideas in one column: two logistic regressions in a row.

The first reads a pair by itself; the second also sees how likely both ideas are to go with others, since two ideas that
go with the same ones go together. Learnt from walls that people sorted (`pipeline.cluster.learning.pairs`), where
`models/pairs/card.md` says how well; the weights hold no text.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from pipeline.cluster.pairs.features import Pairs
from pipeline.cluster.rows import Matrix
from pipeline.errors import ModelError, os_reason
from pipeline.folder.files import file_sha256
from pipeline.resources import models

FOLDER = models() / "pairs"
WEIGHTS, METRICS = "weights.json", "metrics.json"
FORMAT = 2
_CUTS = ("cut", "cut_bare", "cut_same")
LEAST = 1e-5
"""No pair is surer than that, nor less sure."""
N_NEAREST, N_GOING_WITH = 5, 10
"""Ideas that go with both are looked for among so many likeliest of each, and likelihoods of going with a third one are
added up over so many."""
REINSTALL = (
    "Remettez le fichier du dépôt (git checkout -- models/pairs), ou réapprenez : "
    "rosace train --profile groupes --murs DOSSIER."
)


@dataclass(frozen=True)
class Logistic:
    """Chances = σ(features · weights + bias), features as they are; `names` in their order."""

    names: tuple[str, ...]
    weights: npt.NDArray[np.float64]
    bias: float

    def __call__(self, features: npt.NDArray[np.floating]) -> npt.NDArray[np.float64]:
        scores = np.asarray(features, dtype=np.float64) @ self.weights + self.bias
        return np.asarray(np.round(np.clip(1 / (1 + np.exp(-scores)), LEAST, 1 - LEAST), 6), dtype=np.float64)


@dataclass(frozen=True)
class PairModel:
    """Both regressions, and where the tree of their chances is cut.

    Attributes
    ----------
    cut, cut_bare : mean chance of their pairs from which two groups are one column of the wall; the second where fewer
        than half of the ideas stand under a heading: without headings chances are lower, and more ideas stay alone.
    cut_same : the same from which two ideas are one stack: they say the same thing.
    """

    alone: Logistic
    among_others: Logistic
    cut: float
    cut_bare: float
    cut_same: float

    def cut_under(self, headings: Sequence[str]) -> float:
        """Where the tree of ideas that stand under these headings ("" for none) is cut."""
        return self.cut if 2 * sum(map(bool, headings)) >= len(headings) else self.cut_bare

    def chances(self, pairs: Pairs) -> npt.NDArray[np.float64]:
        """How likely each candidate pair is to be in one column, shape (n_pairs,)."""
        first = self.alone(pairs.features)
        return self.among_others(np.hstack([pairs.features, context_features(pairs, first)]))


CONTEXT_NAMES = (
    "log_odds", "nearer_chance_rank", "farther_chance_rank", "going_with_others", "shared_likeliest", "company",
    "likeliest", "below_likeliest",
)  # fmt: skip


def context_features(pairs: Pairs, chances: npt.NDArray[np.float64]) -> Matrix:
    """What the chances of other pairs tell of a pair, shape (n_pairs, 8), columns `CONTEXT_NAMES`."""
    from scipy.sparse import csr_matrix

    n, one, other = pairs.n, pairs.one, pairs.other
    rows, columns = np.concatenate([one, other]), np.concatenate([other, one])
    every = np.concatenate([chances, chances])
    order = np.lexsort((columns, -every, rows))
    starts = np.searchsorted(rows[order], np.arange(n))
    ranks = np.empty(len(rows), dtype=np.int64)
    ranks[order] = np.arange(len(rows)) - starts[rows[order]]
    nearest = csr_matrix((np.where(ranks < N_NEAREST, 1.0, 0.0), (rows, columns)), shape=(n, n))
    near = csr_matrix((np.where(ranks < N_GOING_WITH, every, 0.0), (rows, columns)), shape=(n, n))
    company = np.bincount(rows, weights=every, minlength=n)
    likeliest = np.zeros(n)
    np.maximum.at(likeliest, rows, every)
    ranks_of = np.column_stack([ranks[: len(one)], ranks[len(one) :]])
    return np.column_stack(
        [
            np.log(chances / (1 - chances)),
            np.log1p(ranks_of.min(axis=1)),
            np.log1p(ranks_of.max(axis=1)),
            np.log(_sums(near, one, other) + 1e-3),
            _sums(nearest, one, other) / N_NEAREST,
            np.log(company[one] + company[other]),
            np.log(likeliest[one] + 1e-3) + np.log(likeliest[other] + 1e-3),
            chances - np.maximum(likeliest[one], likeliest[other]),
        ]
    ).astype(np.float32)


def _sums(matrix: Any, one: npt.NDArray[np.int64], other: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
    """Dot products of rows of a sparse matrix."""
    return np.round(np.asarray(matrix[one].multiply(matrix[other]).sum(axis=1), dtype=np.float64).ravel(), 6)


@lru_cache(maxsize=1)
def load_pairs(folder: Path = FOLDER) -> PairModel:
    """The model of a folder.

    Raises
    ------
    ModelError : the file is missing or altered.
    """
    try:
        content = json.loads((folder / WEIGHTS).read_bytes())
        if content["format"] != FORMAT:
            raise ValueError(f"format {content['format']}")
        alone, among = (
            Logistic(tuple(part["names"]), np.array(part["weights"], dtype=np.float64), float(part["bias"]))
            for part in (content["alone"], content["among_others"])
        )
        return PairModel(alone, among, *(float(content[name]) for name in _CUTS))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _unreadable(folder / WEIGHTS, error) from error


def pairs_sha256(folder: Path = FOLDER) -> str:
    """The sha256 of the weights.

    Raises
    ------
    ModelError : the file is missing.
    """
    try:
        return file_sha256(folder / WEIGHTS)
    except OSError as error:
        raise _unreadable(folder / WEIGHTS, error) from error


def load_metrics(folder: Path = FOLDER) -> dict[str, Any]:
    """What was measured when the model was learnt, see `pipeline.cluster.learning.pairs.measure`.

    Raises
    ------
    ModelError : the file is missing or altered.
    """
    try:
        return dict(json.loads((folder / METRICS).read_bytes()))
    except (OSError, ValueError, TypeError) as error:
        raise _unreadable(folder / METRICS, error) from error


def save_pairs(folder: Path, found: PairModel) -> None:
    """Write the weights."""
    folder.mkdir(parents=True, exist_ok=True)
    parts = {
        name: {"names": part.names, "weights": [float(value) for value in part.weights], "bias": part.bias}
        for name, part in (("alone", found.alone), ("among_others", found.among_others))
    }
    content = {"format": FORMAT, **{name: getattr(found, name) for name in _CUTS}, **parts}
    (folder / WEIGHTS).write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def _unreadable(path: Path, error: Exception) -> ModelError:
    reason = os_reason(error) if isinstance(error, OSError) else error
    return ModelError(f"Le modèle des paires n'a pas pu être lu dans {path} ({reason}). {REINSTALL}")
