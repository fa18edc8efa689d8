"""Whether an idea is worth quoting: a small learned part that changes with no axis model, and reads the vectors of
topics and headings, the cues of the act, and how a text is made (`models/worth/`)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log1p
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.axes import COMPASS_CODES, HORS_AXE
from pipeline.classify.reading.features import CUE_WEIGHT, MAX_CHARACTERS, Headed, cue_matrix
from pipeline.language.lexicon.verbs import is_finite, third_person
from pipeline.language.syntax.function_words import of
from pipeline.learned import Linear, ModelFolder, check_same, save

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

    `sha256` : of the manifest, which names that of the weights. `encoder_sha256` : of the encoder of topics that it
    learnt above. `head` : two logistic regressions, of a label of 1 at least, and of 2.
    """

    sha256: str
    encoder_sha256: str
    head: Linear

    def read(self, given: Headed, axes: Sequence[str]) -> npt.NDArray[np.float64]:
        """The worth of each idea, in [0, 1]: the label expected of a reader over the best one, rounded; shape (n,).

        NaN on no axis.
        """
        worth = np.full(len(axes), np.nan)
        rows = np.flatnonzero(np.array(axes, dtype=object) != HORS_AXE)
        if len(rows):
            said, under, read = ([values[row] for row in rows.tolist()] for values in (*given[:2], axes))
            kept = Headed(said, under, given.vectors[rows], given.heading_vectors[rows])
            worth[rows] = expected_worth(worth_features(kept, read), self.head)
        return worth


def expected_worth(features: npt.NDArray[np.float32], head: Linear) -> npt.NDArray[np.float64]:
    """See `WorthModel.read`; features have shape (n, d)."""
    return np.asarray(np.round(head.chances(features.astype(np.float64)).mean(axis=1), WORTH_DECIMALS))


def worth_features(given: Headed, axes: Sequence[str]) -> npt.NDArray[np.float32]:
    """What is read of each idea, shape (n, 2 d + N_CUES + 4 + N_MADE)."""
    is_axis = np.array(axes, dtype=object)[:, None] == np.array(COMPASS_CODES, dtype=object)
    made = np.array([_made(text) for text in given.texts], dtype=np.float32).reshape(-1, N_MADE)
    cues = CUE_WEIGHT * cue_matrix(given.texts, given.headings)
    sides = given.vectors, given.heading_vectors
    return np.hstack([*sides, cues, is_axis, MADE_WEIGHT * made], dtype=np.float32)


def _made(text: str) -> list[float]:
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
    """The model of a folder, its sha256 checked. Raises ModelError: a file is missing or altered."""
    with WORTH.reading(folder) as learned:
        return WorthModel(learned.sha256, str(learned.facts["encoder_sha256"]), learned.heads["worth"])


def save_worth(folder: Path, head: Linear, encoder_sha256: str) -> None:
    """Write the weights, in half precision."""
    save(folder, {"worth": head.halved()}, {"encoder_sha256": encoder_sha256})


def worth_above(encoder_sha256: str) -> str:
    """The sha256 of the model of worth, "" where it learnt above another encoder. Raises ModelError: it cannot be
    read."""
    worth = load_worth()
    return worth.sha256 if worth.encoder_sha256 == encoder_sha256 else ""


def with_worth(tags: pd.DataFrame, given: Headed, wanted: str) -> pd.DataFrame:
    """The tags, n rows whose axis is read, with the column `worth`, missing where its model is not `wanted` (see
    `worth_above`).

    Raises ModelError: the model of this machine is not the one wanted.
    """
    if not wanted:
        return tags.assign(worth=np.nan)
    worth = load_worth()
    check_same(WORTH.name, worth.sha256, wanted)
    return tags.assign(worth=worth.read(given, tags["axis"].tolist()))
