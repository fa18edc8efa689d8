"""Learning what two texts must share to say the same thing, from imaginary workshops where ideas are said many times.

A regularised linear discriminant analysis (Fisher; shrinkage after Friedman 1989): the scatter of the wordings of an
idea around their mean is whitened, then the directions along which ideas differ most inside their workshop are kept.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.cluster.grouping.likeness import Likeness
from pipeline.cluster.rows import Matrix, centred
from pipeline.language.models.encoders import Encoder
from pipeline.workbench.examples import load_ideas, retrieval
from pipeline.workbench.learning import in_turn
from pipeline.workbench.reports import Card

N_DIMENSIONS = 128
SHRINKAGE = 0.6
"""Weight of a round scatter beside the one measured. Both were chosen by the likes found in workshops left out in turn
(0.4 to 0.8, 64 to 192 dimensions: differences of 0.01)."""
N_FOLDS = 6
SCALING = 0.25
"""Directions are weighed by their share of the largest variance to that power (0.5 would be plain discriminants)."""

LIKENESS_CARD = Card("likeness.md.j2")

IdeaReader = Callable[[Sequence[str]], npt.NDArray[np.float32]]
"""Texts → vectors of what is said, without context, shape (n, e)."""


def fit_projection(vectors: Matrix, worlds: Sequence[str], keys: Sequence[str], n_dimensions: int) -> Matrix:
    """The projection, shape (d, n_dimensions), of vectors of shape (n, d).

    Parameters
    ----------
    worlds : the workshop of each row; rows are centred inside it.
    keys : the idea of each row; ideas said once tell no scatter and are left out.
    """
    rows = np.asarray(vectors, dtype=np.float64)
    rows = rows - _means(rows, pd.factorize(np.asarray(worlds, dtype=object))[0])
    codes = pd.factorize(np.asarray(keys, dtype=object))[0]
    is_said_again = np.bincount(codes)[codes] > 1
    centres = _means(rows, codes)
    inside = rows[is_said_again] - centres[is_said_again]
    scatter = inside.T @ inside / len(inside)
    n = len(scatter)
    scatter = (1 - SHRINKAGE) * scatter + SHRINKAGE * np.trace(scatter) / n * np.eye(n)
    values, directions = np.linalg.eigh(scatter)
    whiten = directions @ np.diag(values**-0.5) @ directions.T
    ideas = centres[is_said_again & ~pd.Series(codes).duplicated().to_numpy()] @ whiten
    variances, turned = np.linalg.eigh(ideas.T @ ideas / len(ideas))
    kept = slice(max(0, n - n_dimensions), n)
    weights = (np.maximum(variances[kept], 0) / variances[-1]) ** SCALING
    return np.asarray(whiten @ turned[:, kept] * weights, dtype=np.float32)


def learn_likeness(topics: Encoder, read: IdeaReader, folders: tuple[Path, Path]) -> tuple[Likeness, dict[str, Any]]:
    """The projections, and how many likes they find in workshops that they never saw.

    Parameters
    ----------
    topics : the encoder of topics. It never learnt from our texts: its projection is fitted on both folders.
    read : the idea branch, without context.
    folders : workshops that the branch learnt from, and workshops that it never saw; its own projection is fitted on
        the latter, or it would trust the branch as far as the branch knows its lessons by heart.
    """
    seen, unseen = (load_ideas(folder) for folder in folders)
    both = pd.concat([seen, unseen], ignore_index=True)
    of_topics = _centred_by_world(topics.encode(both["text"].tolist()), both)
    side = _centred_by_world(read(unseen["text"].tolist()), unseen)
    new = of_topics[len(seen) :]
    joined = np.hstack([new, side])
    found = Likeness(_fitted(of_topics, both), _fitted(joined, unseen), topics.sha256)
    compared = {
        "sujets": new,
        "sujets, projetés (rapide)": _left_out_in_turn(of_topics, both, unseen)[len(seen) :],
        "sujets et idées, projetés (precis)": _left_out_in_turn(joined, unseen, unseen),
    }
    return found, {
        "textes": {"sujets": len(both), "sujets_idees": len(unseen)},
        "retrouver": {name: _likes_found(vectors, unseen) for name, vectors in compared.items()},
    }


def _fitted(vectors: Matrix, ideas: pd.DataFrame) -> Matrix:
    return fit_projection(vectors, ideas["world"].tolist(), ideas["key"].tolist(), N_DIMENSIONS)


def _left_out_in_turn(vectors: Matrix, ideas: pd.DataFrame, measured: pd.DataFrame) -> Matrix:
    """Rows projected by what was fitted without their workshop, for the workshops of `measured`; zeros elsewhere."""
    found = np.zeros((len(vectors), N_DIMENSIONS), dtype=np.float32)
    for aside in in_turn(measured["world"], N_FOLDS):
        is_out = ideas["world"].isin(aside).to_numpy(dtype=bool)
        found[is_out] = vectors[is_out] @ _fitted(vectors[~is_out], ideas[~is_out])
    return found


def _likes_found(vectors: Matrix, ideas: pd.DataFrame) -> dict[str, float]:
    parts = [
        retrieval(vectors[rows.index], rows.reset_index(drop=True)) for _, rows in ideas.groupby("world", sort=True)
    ]
    means = {name: round(float(np.mean([part[name] for part in parts])), 4) for name in ("meme_idee", "meme_sujet")}
    return {"n": int(sum(part["n"] for part in parts)), "ateliers": len(parts), **means}


def _centred_by_world(vectors: npt.NDArray[np.floating], ideas: pd.DataFrame) -> Matrix:
    """As `Likeness` sees the rows of a corpus: each workshop is one."""
    found = np.zeros(vectors.shape, dtype=np.float32)
    for _, rows in ideas.groupby("world", sort=True):
        found[rows.index] = centred(np.asarray(vectors[rows.index], dtype=np.float32))
    return found


def _means(rows: npt.NDArray[np.float64], codes: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
    sums = np.zeros((codes.max() + 1, rows.shape[1]))
    np.add.at(sums, codes, rows)
    return np.asarray((sums / np.bincount(codes)[:, None])[codes])
