"""The two axis models behind one protocol: `rapide` (linear, over USE vectors and cues) and `precis` (fine-tuned).

`precis` pools its readings, since they err on different texts: the linear one, the fine-tuned one, and the one of a
second encoder where that is installed.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.classify.reading.calibration import Calibration, Together, read_scores
from pipeline.classify.reading.facets import read_facets
from pipeline.classify.reading.features import rapide_matrix
from pipeline.classify.reading.gemma import GemmaEncoder
from pipeline.classify.reading.precise import PreciseEncoder
from pipeline.classify.reading.screening import unreadable_reason
from pipeline.classify.reading.store import AXES_FILE, ENCODER_FILE, FACETS_FILE, TOKENIZER_FILE, StoredModel

Vectors = npt.NDArray[np.float16]

LINEAR_WEIGHT = 0.35
"""Weight of the linear reading beside the fine-tuned one. On sources that neither had seen, it adds 0.012 to 0.018 of
macro-F1 for three models out of four, and nothing for the fourth."""


class Scored(NamedTuple):
    """Scores before calibration, shape (n, 5); what the facet heads read, shape (n, d); vectors of what is said, shape
    (n, e), e = 0 for a model that gives none."""

    scores: npt.NDArray[np.float64]
    features: npt.NDArray[np.float32]
    ideas: Vectors


class Prediction(NamedTuple):
    """The columns of `tags` but item_id, and the vectors of what is said, shape (n, e); rows in order."""

    tags: pd.DataFrame
    ideas: Vectors


@dataclass(frozen=True)
class _LinearModel(ABC):
    """What both models have: a linear axis head over the vectors of topics, facet heads, a calibration.

    `encoder_sha256` names the encoder of the vectors that the axis head was fitted on.
    """

    sha256: str
    encoder_sha256: str
    calibration: Calibration
    axis_head: Any
    facet_heads: dict[str, Any]
    uses_threads: ClassVar[bool] = False

    @abstractmethod
    def scores(
        self,
        texts: Sequence[str],
        contexts: Sequence[str],
        text_vectors: Vectors,
        context_vectors: Vectors,
        with_ideas: bool = True,
    ) -> Scored:
        """The reading before calibration; vectors have shape (len(texts), d). Ideas are left out when not wanted."""

    def predict(
        self,
        texts: Sequence[str],
        contexts: Sequence[str],
        text_vectors: Vectors,
        context_vectors: Vectors,
        together: Together | None = None,
        with_ideas: bool = True,
    ) -> Prediction:
        """See `pipeline.classify.stage.AxisModel`."""
        scored = self.scores(texts, contexts, text_vectors, context_vectors, with_ideas)
        return Prediction(read(texts, scored, self.calibration, self.facet_heads, together), scored.ideas)


@dataclass(frozen=True)
class RapideModel(_LinearModel):
    """Logistic regression over the vectors of text and context, and cues of the act."""

    def scores(
        self,
        texts: Sequence[str],
        contexts: Sequence[str],
        text_vectors: Vectors,
        context_vectors: Vectors,
        with_ideas: bool = True,  # noqa: ARG002  (this model has none)
    ) -> Scored:
        """See `_LinearModel.scores`; the facet heads read the same features."""
        features = rapide_matrix(texts, contexts, text_vectors, context_vectors)
        return Scored(linear_scores(self.axis_head, features), features, np.zeros((len(texts), 0), dtype=np.float16))


@dataclass(frozen=True)
class PrecisModel(_LinearModel):
    """The fine-tuned encoder, which reads the texts themselves, pooled with the linear reading of `rapide`."""

    encoder: PreciseEncoder
    second: GemmaEncoder | None = None
    second_weight: float = 0.0
    uses_threads: ClassVar[bool] = True

    def scores(
        self,
        texts: Sequence[str],
        contexts: Sequence[str],
        text_vectors: Vectors,
        context_vectors: Vectors,
        with_ideas: bool = True,
    ) -> Scored:
        """See `_LinearModel.scores`; the facet heads read the vectors of the fine-tuned encoder."""
        found = self.encoder.encode(texts, contexts, with_ideas)
        linear = linear_scores(self.axis_head, rapide_matrix(texts, contexts, text_vectors, context_vectors))
        scores = pooled_scores(found.scores, linear)
        if self.second is not None and len(scores):
            scores = scores + self.second_weight * log_shares(self.second.scores(texts, contexts))
        return Scored(scores, found.vectors, found.ideas.astype(np.float16))


def build_model(stored: StoredModel) -> RapideModel | PrecisModel:
    """The model of a checked folder."""
    heads, head = stored.open_heads(FACETS_FILE), stored.open_heads(AXES_FILE)
    if stored.profile == "rapide":
        return RapideModel(stored.sha256, stored.encoder_sha256, stored.calibration, head, heads)
    encoder = PreciseEncoder((stored.folder / ENCODER_FILE).read_bytes, stored.folder / TOKENIZER_FILE)
    first = (stored.sha256, stored.encoder_sha256, stored.calibration, head, heads, encoder)
    if stored.second is None:
        return PrecisModel(*first)
    where = stored.second.folder
    second = GemmaEncoder((where / ENCODER_FILE).read_bytes, (where / TOKENIZER_FILE).read_bytes())
    return PrecisModel(*first, second, stored.second.weight)


def pooled_scores(precise: npt.NDArray[np.float64], linear: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Log-linear pool of two readings, both of shape (n, 5)."""
    if len(precise) == 0:
        return precise
    return log_shares(precise) + LINEAR_WEIGHT * log_shares(linear)


def log_shares(scores: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Logarithms of the probabilities that scores stand for, shape (n, 5)."""
    from scipy.special import log_softmax

    return np.asarray(log_softmax(scores, axis=1))


def linear_scores(head: Any, features: npt.NDArray[np.float32]) -> npt.NDArray[np.float64]:
    """Scores of a logistic regression whose classes are the indices of `AXIS_CODES`, shape (n, 5)."""
    if len(features) == 0:
        return np.zeros((0, len(head.classes_)))
    # in double precision, so that no digit that is kept depends on the rows that are scored together
    return np.asarray(head.decision_function(features.astype(np.float64)), dtype=np.float64)


def read(
    texts: Sequence[str],
    scored: Scored,
    calibration: Calibration,
    facet_heads: dict[str, Any],
    together: Together | None = None,
) -> pd.DataFrame:
    """The columns of `tags` but item_id, rows in order."""
    tags = read_scores(scored.scores, calibration, [unreadable_reason(text) for text in texts], together)
    tags["facet"] = read_facets(scored.features, tags["axis"].to_numpy(dtype=object), facet_heads)
    return tags
