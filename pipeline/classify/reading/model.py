"""The two axis models behind one protocol: `rapide` (a perceptron over USE vectors and cues) and `precis`, which pools
the linear reading, a fine-tuned one, and that of a second encoder where it is installed: they err on different
texts."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.axes import AXIS_CODES, COMPASS_CODES, compass
from pipeline.classify.reading.calibration import (
    Calibration,
    Scores,
    Together,
    pooled,
    read_chances,
    shares,
    with_neighbours,
)
from pipeline.classify.reading.encoders import GemmaEncoder, PreciseEncoder, PreciseReading
from pipeline.classify.reading.features import Headed, rapide_matrix, without_headings
from pipeline.classify.reading.store import (
    AXES_FILE,
    ENCODER_FILE,
    FACETS_FILE,
    HIDDEN,
    OUTPUT,
    TOKENIZER_FILE,
    StoredModel,
)
from pipeline.language.text.languages import foreign_language
from pipeline.language.vocabulary.courtesies import says_nothing
from pipeline.learned import Linear, Perceptron
from pipeline.metering import release_memory

Vectors = npt.NDArray[np.float16]
Features = npt.NDArray[np.float32]
Codes = npt.NDArray[np.object_]

LINEAR, BARE_LINEAR = "lineaire", "lineaire_sans_titre"
FIRST, BARE_FIRST, SECOND = "encodeur", "encodeur_sans_titre", "second_encodeur"
"""Names of the readings that are pooled: under its heading, and as if nothing stood above it."""
READERS = {"rapide": (LINEAR, BARE_LINEAR), "precis": (FIRST, BARE_FIRST, LINEAR)}
"""What each profile reads by; a second encoder comes beside."""


class Scored(NamedTuple):
    """An idea by itself: probabilities, and those that its words have without their heading, shape (n, 5); what the
    facet heads read, shape (n, d); vectors of what is said, shape (n, e), e = 0 for a model that gives none."""

    chances: Scores
    bare: Scores
    features: Features
    ideas: Vectors


class Prediction(NamedTuple):
    """The columns of `tags` but item_id, and the vectors of what is said, shape (n, e); rows in order."""

    tags: pd.DataFrame
    ideas: Vectors


@dataclass(frozen=True)
class AxisModel(ABC):
    """A checked model of `models/axes/<profile>/`: a head over the vectors of topics, facet heads, a calibration.

    `sha256` : of the manifest of the model, hence of every file that decides. `encoder_sha256` : of the encoder of the
    vectors that the axis head was fitted on. `uses_threads` : whether it reads with every core by itself.
    """

    sha256: str
    encoder_sha256: str
    calibration: Calibration
    axis_head: Linear | Perceptron
    facet_heads: Mapping[str, Linear]
    uses_threads: ClassVar[bool] = False

    @abstractmethod
    def scores(self, given: Headed, with_ideas: bool = True, chances: Scores | None = None) -> Scored:
        """Each idea read by itself; the vectors of ideas are left out when not wanted, nothing more is read for
        `chances` that are known."""

    def open(self) -> None:  # noqa: B027  (not all of them have something to open, or to free)
        """Read now what ideas are read by."""

    def forget(self) -> None:  # noqa: B027
        """Free what only the axes of ideas are read by."""

    def predict(self, given: Headed, together: Together | None = None, with_ideas: bool = True) -> Prediction:
        """Rows in order, columns of the schema `tags` but `item_id`.

        `together` numbers the part of a document of each text, in its order; without it, each text stands alone.
        Without ideas, their vectors are not computed.
        """
        scored = self.scores(given, with_ideas)
        return Prediction(self.told(given.texts, scored, together), scored.ideas)

    def told(self, texts: Sequence[str], scored: Scored, together: Together | None = None) -> pd.DataFrame:
        """The columns of `tags` but item_id, of what was read."""
        unreadable = [unreadable_reason(text) for text in texts]
        chances = scored.chances
        if together is not None and len(chances):
            chances = with_neighbours(chances, together, self.calibration.neighbours)
        tags = with_doubts(read_chances(chances, self.calibration, unreadable), texts, unreadable, scored)
        tags["facet"] = read_facets(scored.features, tags["axis"].to_numpy(dtype=object), self.facet_heads)
        return tags


@dataclass(frozen=True)
class RapideModel(AxisModel):
    """A perceptron over the vectors of text and context, and cues of the act."""

    def scores(self, given: Headed, with_ideas: bool = True, chances: Scores | None = None) -> Scored:  # noqa: ARG002  (this model has none)
        """See `AxisModel.scores`; the facet heads read the same features."""
        features = rapide_matrix(given)
        readings = linear_readings(self.axis_head, features, given.vectors.shape[1])
        chances = pooled(readings, self.calibration.readers) if chances is None else chances
        nothing = np.zeros((len(given.texts), 0), dtype=np.float16)
        return Scored(chances, shares(readings[BARE_LINEAR]), features, nothing)


@dataclass(frozen=True)
class PrecisModel(AxisModel):
    """The fine-tuned encoder, which reads the texts themselves, pooled with a linear reading of what `rapide` reads.

    `second` reads what these two are not sure of; `calibration` is then that of all, `first_readers` the weights
    without it, and `sure_alone` the probability from which it is not asked.
    """

    encoder: PreciseEncoder
    second: GemmaEncoder | None = None
    first_readers: dict[str, float] | None = None
    sure_alone: float = 0.0
    uses_threads: ClassVar[bool] = True

    def scores(self, given: Headed, with_ideas: bool = True, chances: Scores | None = None) -> Scored:
        """See `AxisModel.scores`; the facet heads read the vectors of the fine-tuned encoder."""
        readings, found = encoder_readings(self.encoder, given.texts, given.headings, with_ideas)
        chances = self._chances(given, readings) if chances is None else chances
        return Scored(chances, shares(readings[BARE_FIRST]), found.vectors, found.ideas.astype(np.float16))

    def _chances(self, given: Headed, readings: dict[str, Scores]) -> Scores:
        readings[LINEAR] = log_shares(linear_scores(self.axis_head, rapide_matrix(given)))
        chances = pooled(readings, self.first_readers or self.calibration.readers)
        if self.second is None:
            return chances
        unsure = unsure_rows(chances, self.sure_alone)
        asked = self.second.scores(*([values[row] for row in unsure] for values in (given.texts, given.headings)))
        return with_second(chances, readings, log_shares(asked), unsure, self.calibration.readers)

    def open(self) -> None:
        """See `AxisModel.open`."""
        self.encoder.open()
        if self.second is not None:
            self.second.open()

    def forget(self) -> None:
        """See `AxisModel.forget`; titles are read by the first encoder too."""
        if self.second is not None:
            self.second.forget()
            release_memory()


def build_model(stored: StoredModel) -> RapideModel | PrecisModel:
    """The model of a checked folder."""
    heads, layers = stored.open_heads(FACETS_FILE), stored.open_heads(AXES_FILE)
    head = layers[OUTPUT]
    if stored.profile == "rapide":
        perceptron = Perceptron(layers[HIDDEN], head)
        return RapideModel(stored.sha256, stored.encoder_sha256, stored.calibration, perceptron, heads)
    read_titles = None if stored.branch is None else stored.branch.read_bytes
    encoder = PreciseEncoder((stored.folder / ENCODER_FILE).read_bytes, stored.folder / TOKENIZER_FILE, read_titles)
    own = PrecisModel(stored.sha256, stored.encoder_sha256, stored.calibration, head, heads, encoder)
    if (other := stored.second) is None:
        return own
    second = GemmaEncoder((other.folder / ENCODER_FILE).read_bytes, (other.folder / TOKENIZER_FILE).read_bytes())
    readers, calibration = stored.calibration.readers, other.calibration
    return replace(own, calibration=calibration, second=second, first_readers=readers, sure_alone=other.sure_alone)


def linear_readings(head: Linear | Perceptron, features: Features, n_dimensions: int) -> dict[str, Scores]:
    """What a linear head reads under the heading and without it, as logarithms of probabilities."""
    return {
        LINEAR: log_shares(linear_scores(head, features)),
        BARE_LINEAR: log_shares(linear_scores(head, without_headings(features, n_dimensions))),
    }


def encoder_readings(
    encoder: PreciseEncoder, texts: Sequence[str], contexts: Sequence[str], with_ideas: bool
) -> tuple[dict[str, Scores], PreciseReading]:
    """What the encoder reads under the heading and without it, as logarithms of probabilities, and all that it gives
    under the heading."""
    found = encoder.encode(texts, contexts, with_ideas)
    under, bare = log_shares(found.scores), log_shares(found.scores)
    rows = [row for row, context in enumerate(contexts) if context]
    bare[rows] = log_shares(encoder.encode([texts[row] for row in rows], [""] * len(rows), with_ideas=False).scores)
    return {FIRST: under, BARE_FIRST: bare}, found


def unsure_rows(chances: Scores, sure_alone: float) -> npt.NDArray[np.int64]:
    """The rows that the second encoder is asked about."""
    return np.flatnonzero(chances.max(axis=1, initial=0.0) < sure_alone)


def with_second(
    chances: Scores,
    readings: dict[str, Scores],
    second: Scores,
    unsure: npt.NDArray[np.int64],
    readers: Mapping[str, float],
) -> Scores:
    """The probabilities of all rows, those that were `unsure` by their second reading too, shape (len(unsure), 5)."""
    told = chances.copy()
    told[unsure] = pooled({**{name: values[unsure] for name, values in readings.items()}, SECOND: second}, readers)
    return told


def log_shares(scores: Scores) -> Scores:
    """Logarithms of the probabilities that scores stand for, shape (n, 5)."""
    if not len(scores):
        return scores
    below = scores - scores.max(axis=1, keepdims=True)
    return np.asarray(below - np.log(np.exp(below).sum(axis=1, keepdims=True)))


def linear_scores(head: Linear | Perceptron, features: Features) -> Scores:
    """Scores of the axes, in the order of `AXIS_CODES`, shape (n, 5)."""
    # in double precision, so that no digit that is kept depends on the rows that are scored together
    return np.asarray(head.scores(features.astype(np.float64)), dtype=np.float64)


MAX_WORDS = 250
MAX_SHORT = 5
"""Words of a text that says little by itself."""


def unreadable_reason(text: str) -> str:
    """Empty when the text can be read; "vide" without a letter or an answer; "autre_langue"; "trop_long"."""
    if not any(map(str.isalpha, text)) or says_nothing(text):
        return "vide"
    if len(text) > 20 * MAX_WORDS or text.count(" ") > MAX_WORDS:
        return "trop_long"
    return "" if foreign_language(text) is None else "autre_langue"


def with_doubts(tags: pd.DataFrame, texts: Sequence[str], unreadable: Sequence[str], scored: Scored) -> pd.DataFrame:
    """The tags and why each idea is `a_relire` (`doubt`, a code of `contracts.labels.DOUBT_NAMES`), None for sure ones.

    Its second axis is then the one that it hesitates with: what the words say without their heading, what the idea
    says without its neighbours, or the next most probable.

    `tags` : columns p_*, axis, second_axis, status. `unreadable` : see `unreadable_reason`.
    """
    codes = np.array(AXIS_CODES, dtype=object)
    axis, second = tags["axis"].to_numpy(dtype=object), tags["second_axis"].to_numpy(dtype=object)
    chances = tags[[f"p_{code}" for code in AXIS_CODES]].to_numpy()
    by_words, by_itself = codes[scored.bare.argmax(axis=1)], codes[scored.chances.argmax(axis=1)]
    next_one = codes[np.argsort(-chances, axis=1, kind="stable")[:, 1]]
    is_short = np.array([len(text.split()) <= MAX_SHORT for text in texts], dtype=bool)
    reasons = np.array(unreadable, dtype=object)
    cases = [reasons != "", by_words != axis, by_itself != axis, is_short, pd.notna(second)]
    doubts = np.select(cases, [reasons, "titre", "voisines", "court", "proches"], default="epars")
    others = np.select(cases[:3], [next_one, by_words, by_itself], default=next_one)
    is_doubtful = (tags["status"] == "a_relire").to_numpy(dtype=bool)
    return tags.assign(
        second_axis=np.where(is_doubtful, others, second),
        doubt=pd.Series(doubts, dtype=object).where(is_doubtful, None),
    )


def read_facets(features: Features, axes: Codes, heads: Mapping[str, Linear]) -> Codes:
    """The most probable facet inside the axis of each row; None for `hors_axe`.

    `features` : shape (n, d), those that the heads were fitted on. `axes` : axis code of each row. `heads` : a linear
    model per axis code, whose outputs are facets; an axis without one gets its first facet.
    """
    facets = np.full(len(axes), None, dtype=object)
    for code in COMPASS_CODES:
        if len(rows := np.flatnonzero(axes == code)):
            facets[rows] = heads[code].best(features[rows]) if code in heads else compass()[code].facets[0]
    return facets
