"""Whether a title is true of what an idea says.

A logistic regression on what the title and the text share: how rare the words are that both say, how many, other words
of the same concepts, lengths, and the cosine of their vectors. It is learnt from the columns of walls that people
titled (`pipeline.workbench.titles`); `models/titles/card.md` says how well.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from pipeline.cluster.rows import Matrix
from pipeline.language.text.words import content_stems, content_words
from pipeline.language.vocabulary.concepts import concepts_in
from pipeline.language.vocabulary.rarity import stem_weight
from pipeline.learned import Linear, ModelFolder, save

TITLES = ModelFolder("titles", "des titres", "rosace train --profile groupes --murs DOSSIER")
NAMES = ("share", "shared_weight", "rarest", "n_shared", "kin", "title_length", "text_length", "cosine")
"""What the model reads of a title and a text."""
KIN = 0.6
"""What a word weighs that a text tells by another of the same concept."""
LIGHTEST = 0.1
"""What the commonest word weighs."""
DECIMALS = 6


class Said(NamedTuple):
    """What a text says: the stems of its words, their concepts, and its length."""

    stems: frozenset[str]
    concepts: frozenset[int]
    length: float


@lru_cache(maxsize=100_000)
def said(text: str) -> Said:
    """What a text or a title says."""
    length = round(float(np.log1p(len(text.split()))), DECIMALS)
    return Said(frozenset(content_stems(text)), concepts_in(content_words(text)), length)


@lru_cache(maxsize=50_000)
def _weighed(stems: frozenset[str]) -> tuple[tuple[str, float, frozenset[int]], ...]:
    """The stems, how much each tells (the rarer in what people say in workshops, the more), and their concepts."""
    return tuple((stem, max(LIGHTEST, stem_weight(stem, 0, 0)), concepts_in([stem])) for stem in sorted(stems))


def features(titles: Sequence[str], texts: Sequence[str], cosines: Matrix) -> npt.NDArray[np.float64]:
    """`NAMES` of each title and each text, shape (n_titles, n_texts, n_names), from their cosines."""
    found = np.zeros((len(titles), len(texts), len(NAMES)))
    read = [said(text) for text in texts]
    found[:, :, 6] = [text.length for text in read]
    for row, title in enumerate(map(said, titles)):
        found[row, :, 5] = title.length
        weighed = _weighed(title.stems)
        may_be_kin = [one for one in weighed if one[2]]
        total = sum(weight for _, weight, _ in weighed) or 1.0
        for column, text in enumerate(read):
            shared = [weight for stem, weight, _ in weighed if stem in text.stems]
            kin = sum(w for stem, w, known in may_be_kin if stem not in text.stems and known & text.concepts)
            if shared or kin:  # most titles have nothing in common with most texts
                told = sum(shared) / total, sum(shared), max(shared, default=0.0), len(shared)
                found[row, column, :5] = (*told, (sum(shared) + KIN * kin) / total)
    found[:, :, -1] = cosines
    return found


@dataclass(frozen=True)
class CoverageModel:
    """How likely a title is to be true of a text.

    Attributes
    ----------
    head : a logistic regression over `NAMES`.
    usual : the cosine that stands for one that is not known.
    least : chance from which a title is true of an idea of its group.
    """

    head: Linear
    usual: float
    least: float

    def __call__(self, features: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Chances of features of shape (…, n_names), rounded, shape (…)."""
        return np.asarray(np.round(self.head.chances(features)[..., 0], DECIMALS))


@lru_cache(maxsize=1)
def load_coverage(folder: Path = TITLES.path) -> CoverageModel:
    """The model of a folder. Raises ModelError: a file is missing or altered."""
    with TITLES.reading(folder) as learned:
        bounds = (float(learned.facts[name]) for name in ("usual", "least"))
        return CoverageModel(learned.head("covers", NAMES), *bounds)


def save_coverage(folder: Path, model: CoverageModel) -> None:
    """Write the regression and its bounds."""
    save(folder, {"covers": model.head}, {"usual": model.usual, "least": model.least})
