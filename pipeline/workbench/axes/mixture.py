"""What the fine-tuned encoders learn from, and what they never see: whole sources are left out to measure them."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.resources import corpus
from pipeline.workbench.axes.examples import WRITTEN

N_FOLDS = 5
MAX_SHARE = 0.02
"""No real source weighs more than this among the real texts: what helps is their number."""
CONTRASTS = ("memes_mots", "positions")
"""Files of `corpus/annotated` that are learnt whole: same words under other headings, positions side by side."""
WALLS = corpus() / "references_murs.csv"


def left_out(examples: pd.DataFrame, walls: Path = WALLS) -> npt.NDArray[np.bool_]:
    """Rows of the sources that are never learnt from, shape (n,): those of sorted walls, then others up to a fifth.

    Without real texts, a fifth of the themes stands for them.
    """
    sources = source_folds(examples, sorted_walls(walls))
    if not sources:
        return np.asarray(examples["theme"].map(len) % N_FOLDS == 0, dtype=bool)
    return np.asarray(examples["source"].map(sources).fillna(-1) == 0, dtype=bool)


def sorted_walls(path: Path = WALLS) -> set[str]:
    """Repositories of the sorted walls that are set aside for the axes too."""
    walls = pd.read_csv(path, dtype=str, usecols=["repo", "aside"])
    return set(walls.loc[walls["aside"] == "1", "repo"])


def source_folds(examples: pd.DataFrame, first: set[str]) -> dict[str, int]:
    """Fold of each real source, of about the same number of texts; sources of `first` are in fold 0."""
    counts = examples.loc[examples["source"] != WRITTEN, "source"].value_counts()
    sizes = [0] * N_FOLDS
    folds: dict[str, int] = {}
    for source in sorted(first & set(counts.index)):
        folds[source] = 0
        sizes[0] += int(counts[source])
    for name, size in sorted(counts.items(), key=lambda pair: (-pair[1], str(pair[0]))):
        if name not in folds:
            fold = sizes.index(min(sizes))
            folds[str(name)] = fold
            sizes[fold] += int(size)
    return folds


def mixture(examples: pd.DataFrame, n_written: int) -> pd.DataFrame:
    """The real texts, `MAX_SHARE` a source at most, the contrast sets, and `n_written` other written ideas.

    Which texts of a source are kept is decided by their sha256. Without real texts, every written idea.
    """
    is_real = (examples["source"] != WRITTEN).to_numpy(dtype=bool)
    if not is_real.any():
        return examples
    rank = examples["text"].map(lambda text: sha256(str(text).encode()).hexdigest())
    in_order = examples.assign(_rank=rank).sort_values("_rank", kind="stable")
    real = in_order[in_order["source"] != WRITTEN]
    real = real[real.groupby("source").cumcount() < most_of_a_source(real["source"].value_counts().tolist())]
    written = in_order[in_order["source"] == WRITTEN]
    is_contrast = written["origin"].isin(CONTRASTS)
    kept = pd.concat([real, written[is_contrast], written[~is_contrast].head(n_written)])
    return kept.sort_index().drop(columns="_rank").reset_index(drop=True)


def most_of_a_source(counts: Sequence[int]) -> int:
    """How many texts of a source are kept, so that it weighs `MAX_SHARE` of what is kept at most; all of them, when
    there are too few sources for that."""
    if len(counts) * MAX_SHARE <= 1:
        return max(counts)
    most = float(sum(counts))
    for _ in range(100):
        most = MAX_SHARE * sum(min(count, most) for count in counts)
    return max(1, int(most))
