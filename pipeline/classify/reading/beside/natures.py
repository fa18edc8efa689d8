"""What an obstacle or a proposal tells: its nature, and its object, by small learned parts that change with no axis
model: they read the vectors of topics, the cues of the act, and stems.

`models/natures/` holds their weights: no text, and no word, since stems are only known by the bucket of a hash.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.classify.reading.beside.objects import ObjectRanker
from pipeline.classify.reading.features import CUE_WEIGHT, cue_matrix
from pipeline.folder.files import file_sha256
from pipeline.folder.weight_files import checked_array, reading_of
from pipeline.language.text.words import content_stems
from pipeline.natures import natures
from pipeline.resources import models

FOLDER = models() / "natures"
MANIFEST = "model.json"
FORMAT = 1
N_BUCKETS = 4096
STEM_WEIGHT = 0.25
"""As for cues: 1 would hide the coordinates of a unit vector."""
DECIMALS = 5
REINSTALL = (
    "Remettez les fichiers du dépôt (git checkout -- models/natures), ou réapprenez : "
    "rosace train --profile natures --extra TEXTES.csv."
)
_reading = partial(reading_of, failure="Ce qui lit la nature des idées n'a pas pu être lu", remedy=REINSTALL)


@dataclass(frozen=True)
class NatureHead:
    """Multinomial logistic regression of one axis.

    Attributes
    ----------
    weights : shape (n_codes, d + 1), the last column is the bias; rows as the codes of the axis in `natures()`.
    least : chance below which no nature is told.
    """

    weights: npt.NDArray[np.float32]
    least: float

    def chances(self, features: Any) -> npt.NDArray[np.float64]:
        """Shape (n, n_codes), for features of shape (n, d), sparse."""
        scores = np.asarray(features @ self.weights[:, :-1].T, dtype=np.float64) + self.weights[:, -1]
        scores = np.exp(scores - scores.max(axis=1, keepdims=True))
        return np.asarray(np.round(scores / scores.sum(axis=1, keepdims=True), DECIMALS))


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
def load_natures(folder: Path = FOLDER) -> NatureModel:
    """The model of a folder, once the sha256 of its files were checked.

    Raises
    ------
    ModelError : a file is missing or altered.
    """
    with _reading(folder):
        manifest = json.loads((folder / MANIFEST).read_bytes())
        if manifest["format"] != FORMAT:
            raise ValueError(f"format {manifest['format']}")
        heads, rankers = {}, {}
        for axis, told in manifest["axes"].items():
            if told["codes"] != list(natures()[axis]):
                raise ValueError(f"natures {told['codes']}")
            heads[axis] = NatureHead(checked_array(folder / _file(axis), told["sha256"]), float(told["least"]))
            rankers[axis] = ObjectRanker.from_dict(told["object"])
        return NatureModel(natures_sha256(folder), str(manifest["encoder_sha256"]), heads, rankers)


def natures_sha256(folder: Path = FOLDER) -> str:
    """The sha256 of the manifest.

    Raises
    ------
    ModelError : the file is missing.
    """
    with _reading(folder):
        return file_sha256(folder / MANIFEST)


def save_natures(
    folder: Path, heads: Mapping[str, NatureHead], rankers: Mapping[str, ObjectRanker], encoder_sha256: str
) -> None:
    """Write the weights, in half precision, and the manifest that names their sha256."""
    folder.mkdir(parents=True, exist_ok=True)
    axes = {}
    for axis, head in heads.items():
        np.save(folder / _file(axis), head.weights.astype(np.float16), allow_pickle=False)
        axes[axis] = {
            "codes": list(natures()[axis]),
            "least": head.least,
            "sha256": file_sha256(folder / _file(axis)),
            "object": rankers[axis].as_dict(),
        }
    manifest = {"format": FORMAT, "encoder_sha256": encoder_sha256, "axes": axes}
    (folder / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _file(axis: str) -> str:
    return f"{axis}.npy"
