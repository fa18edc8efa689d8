"""What an obstacle or a proposal tells: its nature, and its object, by small learned parts that change with no axis
model: they read the vectors of topics, the cues of the act, and stems.

`models/natures/` holds their weights: no text, and no word, since stems are only known by the bucket of a hash.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.classify.reading.beside.objects import FEATURES, ObjectRanker
from pipeline.classify.reading.features import CUE_WEIGHT, cue_matrix
from pipeline.language.text.words import content_stems
from pipeline.learned import Linear, ModelFolder, save
from pipeline.natures import natures

NATURES = ModelFolder("natures", "des natures", "rosace train --profile natures --extra TEXTES.csv")
N_BUCKETS = 4096
STEM_WEIGHT = 0.25
"""As for cues: 1 would hide the coordinates of a unit vector."""
DECIMALS = 5


@dataclass(frozen=True)
class NatureHead:
    """Multinomial logistic regression of one axis.

    Attributes
    ----------
    head : its outputs are the codes of the axis in `natures()`.
    least : chance below which no nature is told.
    """

    head: Linear
    least: float

    def chances(self, features: Any) -> npt.NDArray[np.float64]:
        """Shape (n, n_codes), for features of shape (n, d), sparse."""
        return np.round(self.head.shares(features), DECIMALS)


@dataclass(frozen=True)
class NatureModel:
    """What `models/natures/` holds.

    Attributes
    ----------
    sha256 : of the manifest, which names that of each file.
    encoder_sha256 : of the encoder of topics that it learnt above.
    heads, rankers : by axis.
    """

    sha256: str
    encoder_sha256: str
    heads: Mapping[str, NatureHead]
    rankers: Mapping[str, ObjectRanker]

    def read(self, texts: Sequence[str], axes: Sequence[str], topics: npt.NDArray[np.float16]) -> pd.DataFrame:
        """Columns `nature` and `object`, rows in order; None where nothing is sure, and on other axes.

        Parameters
        ----------
        topics : vectors of the texts, shape (n, d).
        """
        told = np.full((len(texts), 2), None, dtype=object)
        codes = np.array(axes, dtype=object)
        for axis, head in self.heads.items():
            rows = np.flatnonzero(codes == axis)
            if len(rows) == 0:
                continue
            here = [texts[row] for row in rows.tolist()]
            chances = head.chances(nature_features(here, topics[rows]))
            names = np.array(list(natures()[axis]), dtype=object)
            told[rows, 0] = np.where(chances.max(axis=1) >= head.least, names[chances.argmax(axis=1)], None)
            told[rows, 1] = [self.rankers[axis].choose(text) for text in here]
        return pd.DataFrame(told, columns=["nature", "object"])


def nature_features(texts: Sequence[str], topics: npt.NDArray[np.float16]) -> Any:
    """What a head reads of each text, sparse, shape (n, d + N_CUES + N_BUCKETS)."""
    from scipy.sparse import csr_matrix, hstack

    columns = [sorted({crc32(stem.encode()) % N_BUCKETS for stem in content_stems(text)}) for text in texts]
    ends = np.cumsum([0, *map(len, columns)])
    places = np.array([bucket for found in columns for bucket in found], dtype=np.int64)
    weights = np.full(len(places), STEM_WEIGHT, dtype=np.float32)
    stems = csr_matrix((weights, places, ends), shape=(len(texts), N_BUCKETS))
    cues = CUE_WEIGHT * cue_matrix(texts, [""] * len(texts))
    return hstack([csr_matrix(topics.astype(np.float32)), csr_matrix(cues), stems], format="csr")


@lru_cache(maxsize=1)
def load_natures(folder: Path = NATURES.path) -> NatureModel:
    """The model of a folder, once the sha256 of its weights was checked.

    Raises
    ------
    ModelError : a file is missing or altered.
    """
    with NATURES.reading(folder) as learned:
        heads, rankers = {}, {}
        for axis, least in learned.facts["axes"].items():
            head = learned.heads[axis]
            if head.outputs != tuple(natures()[axis]):
                raise ValueError(f"natures {list(head.outputs)}")
            heads[axis] = NatureHead(head, float(least["nature"]))
            rankers[axis] = ObjectRanker(learned.head(f"{axis}_object", FEATURES), float(least["object"]))
        return NatureModel(learned.sha256, str(learned.facts["encoder_sha256"]), heads, rankers)


def save_natures(
    folder: Path, heads: Mapping[str, NatureHead], rankers: Mapping[str, ObjectRanker], encoder_sha256: str
) -> None:
    """Write the weights, those of natures in half precision."""
    halves = {axis: one.head.halved() for axis, one in heads.items()}
    objects = {f"{axis}_object": one.head for axis, one in rankers.items()}
    least = {axis: {"nature": one.least, "object": rankers[axis].least} for axis, one in heads.items()}
    save(folder, halves | objects, {"encoder_sha256": encoder_sha256, "axes": least})
