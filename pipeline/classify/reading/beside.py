"""What is read of an idea beside its axis: its nature and its object, and whether it is worth quoting.

Small learned parts that change with no axis model: they read the vectors of topics and headings, the cues of the act,
stems, and how a text is made. `models/natures/` and `models/worth/` hold their weights: no text, and no word, since
stems are only known by the bucket of a hash.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log1p
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.axes import COMPASS_CODES, HORS_AXE
from pipeline.classify.reading.features import CUE_WEIGHT, MAX_CHARACTERS, cue_matrix
from pipeline.classify.reading.objects import FEATURES, ObjectRanker
from pipeline.errors import ModelError
from pipeline.language.lexicon.verbs import is_finite, third_person
from pipeline.language.syntax.function_words import of
from pipeline.language.text.words import content_stems
from pipeline.learned import Linear, ModelFolder, save
from pipeline.natures import natures

NATURES = ModelFolder("natures", "des natures", "rosace train --profile natures --extra TEXTES.csv")
N_BUCKETS = 4096
STEM_WEIGHT = 0.25
"""As for cues: 1 would hide the coordinates of a unit vector."""
NATURE_DECIMALS = 5


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
        return np.round(self.head.shares(features), NATURE_DECIMALS)


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


WORTH = ModelFolder("worth", "de la valeur des idées", "rosace train --profile valeur --extra TEXTES.csv")
LABELS = (0, 1, 2)
"""What readers gave: 2, an author would gladly quote it as it is; 1, it may be; 0, it may not."""
WORTH_DECIMALS = 3
MADE_WEIGHT = 0.3
"""As for cues, of how a text is made."""
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*['’]?")
_POINTING = of("said_before", "demonstratives")
_JOINTS = of("openings_of_clauses", "joins", "relatives", "subordinators")
_SPEAKERS, _SAID_BEFORE, _DANGLING = of("speakers"), of("said_before"), of("dangling")
N_MADE = 17


@dataclass(frozen=True)
class WorthModel:
    """What `models/worth/` holds.

    Attributes
    ----------
    sha256 : of the manifest, which names that of the weights.
    encoder_sha256 : of the encoder of topics that it learnt above.
    head : two logistic regressions, of a label of 1 at least, and of 2.
    """

    sha256: str
    encoder_sha256: str
    head: Linear

    def read(
        self,
        texts: Sequence[str],
        headings: Sequence[str],
        axes: Sequence[str],
        text_vectors: npt.NDArray[np.float16],
        heading_vectors: npt.NDArray[np.float16],
    ) -> npt.NDArray[np.float64]:
        """The worth of each idea, in [0, 1]: the label expected of a reader over the best one, rounded; shape (n,).

        NaN on no axis. Vectors have shape (n, d).
        """
        worth = np.full(len(texts), np.nan)
        rows = np.flatnonzero(np.array(axes, dtype=object) != HORS_AXE)
        if len(rows):
            said, under, read = ([values[row] for row in rows.tolist()] for values in (texts, headings, axes))
            features = worth_features(said, under, read, text_vectors[rows], heading_vectors[rows])
            worth[rows] = expected_worth(features, self.head)
        return worth


def expected_worth(features: npt.NDArray[np.float32], head: Linear) -> npt.NDArray[np.float64]:
    """See `WorthModel.read`; features have shape (n, d)."""
    return np.asarray(np.round(head.chances(features.astype(np.float64)).mean(axis=1), WORTH_DECIMALS))


def worth_features(
    texts: Sequence[str],
    headings: Sequence[str],
    axes: Sequence[str],
    text_vectors: npt.NDArray[np.float16],
    heading_vectors: npt.NDArray[np.float16],
) -> npt.NDArray[np.float32]:
    """What is read of each idea, shape (n, 2 d + N_CUES + 4 + N_MADE)."""
    is_axis = np.array(axes, dtype=object)[:, None] == np.array(COMPASS_CODES, dtype=object)
    made = np.array([_made(text) for text in texts], dtype=np.float32).reshape(-1, N_MADE)
    cues = CUE_WEIGHT * cue_matrix(texts, headings)
    return np.hstack([text_vectors, heading_vectors, cues, is_axis, MADE_WEIGHT * made], dtype=np.float32)


def _made(text: str) -> list[float]:
    """How a text is made: its length, its two ends, its signs, of whom it speaks, whether it has a verb."""
    text = text[:MAX_CHARACTERS].strip()
    words = _WORD.findall(text.lower()) or [""]
    n_characters = max(len(text), 1)
    return [
        log1p(len(words)),
        len(text) / 100,
        float(text[:1].islower()),
        float(text.endswith("?")),
        float(text.endswith((".", "!", "…"))),
        float(":" in text),
        float("(" in text or ")" in text),
        10 * sum(map(str.isupper, text)) / n_characters,
        10 * sum(map(str.isdigit, text)) / n_characters,
        float(words[0] in _POINTING),
        float(words[0] in _JOINTS),
        float(not _SAID_BEFORE.isdisjoint(words)),
        float(not _SPEAKERS.isdisjoint(words)),
        float(words[-1] in _DANGLING),
        float(any(map(_is_verb, words))),
        float("nous" in words or "on" in words),
        float("vous" in words),
    ]


@lru_cache(maxsize=50_000)
def _is_verb(word: str) -> bool:
    return third_person(word) is not None or is_finite(word)


@lru_cache(maxsize=1)
def load_worth(folder: Path = WORTH.path) -> WorthModel:
    """The model of a folder, once the sha256 of its weights was checked.

    Raises
    ------
    ModelError : a file is missing or altered.
    """
    with WORTH.reading(folder) as learned:
        return WorthModel(learned.sha256, str(learned.facts["encoder_sha256"]), learned.heads["worth"])


def save_worth(folder: Path, head: Linear, encoder_sha256: str) -> None:
    """Write the weights, in half precision."""
    save(folder, {"worth": head.halved()}, {"encoder_sha256": encoder_sha256})


def beside_sha256() -> dict[str, str]:
    """Each of these models, and the sha256 of its manifest.

    Raises
    ------
    ModelError : one is missing.
    """
    return {one.name: one.sha256() for one in (NATURES, WORTH)}


def readers_of(encoder_sha256: str) -> dict[str, str]:
    """Those of these models that learnt above an encoder, as `beside_sha256` names them.

    Raises
    ------
    ModelError : one is missing or altered.
    """
    found: dict[str, NatureModel | WorthModel] = {NATURES.name: load_natures(), WORTH.name: load_worth()}
    return {name: model.sha256 for name, model in found.items() if model.encoder_sha256 == encoder_sha256}


def read_beside(
    tags: pd.DataFrame,
    texts: Sequence[str],
    headings: Sequence[str],
    text_vectors: npt.NDArray[np.float16],
    heading_vectors: npt.NDArray[np.float16],
    wanted: Mapping[str, str],
) -> pd.DataFrame:
    """The tags with the columns `nature`, `object` and `worth`, missing where the model of these is not `wanted`.

    Parameters
    ----------
    tags : n rows, whose axis is read. Vectors have shape (n, d).
    wanted : see `readers_of`.

    Raises
    ------
    ModelError : a model of this machine is not the one wanted.
    """
    axes = tags["axis"].tolist()
    tags = tags.assign(nature=None, object=None, worth=np.nan)
    if NATURES.name in wanted:
        natures = load_natures()
        check_same(NATURES.name, natures.sha256, wanted[NATURES.name])
        read = natures.read(texts, axes, text_vectors)
        tags = tags.assign(nature=read["nature"], object=read["object"])
    if WORTH.name in wanted:
        worth = load_worth()
        check_same(WORTH.name, worth.sha256, wanted[WORTH.name])
        tags = tags.assign(worth=worth.read(texts, headings, axes, text_vectors, heading_vectors))
    return tags


def check_same(name: str, here: str, wanted: str) -> None:
    """A `ModelError` when the model of this machine is not the one that the run names."""
    if here != wanted:
        raise ModelError(
            f"Le modèle « {name} » de cette machine ({here[:12]}…) n'est pas celui de l'exécution "
            f"({wanted[:12]}…). Installez partout la même version de Rosace."
        )
