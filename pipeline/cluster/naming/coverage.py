"""Whether a title is true of what an idea says.

A logistic regression on what the title and the text share: how rare the words are that both say, how many, other words
of the same concepts, the noun of the title, lengths, and the cosine of their vectors. It is learnt from the columns of
walls that people titled (`pipeline.workbench.titles`); `models/titles/card.md` says how well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from pipeline.cluster.rows import Matrix, unit_rows
from pipeline.language.syntax.function_words import of
from pipeline.language.syntax.noun_phrases import noun_groups, tokens_of
from pipeline.language.text.words import content_stems, content_words
from pipeline.language.vocabulary.concepts import concepts_in
from pipeline.language.vocabulary.rarity import stem_weight
from pipeline.learned import Linear, ModelFolder, save

TITLES = ModelFolder("titles", "des titres", "rosace train --profile groupes --murs DOSSIER")
NAMES = (
    "share", "shared_weight", "rarest", "n_shared", "has_head", "kin", "title_length", "text_length", "cosine",
)  # fmt: skip
"""What the model reads of a title and a text."""
KIN = 0.6
"""What a word weighs that a text tells by another of the same concept."""
LIGHTEST = 0.1
"""What the commonest word weighs."""
SAID, SENTENCE = 0.6, 0.8
"""Share of the weight of the words of a title that a text must say: of a noun phrase, unless it is surely true of the
text, and of a sentence."""
AT_LEAST = 2
"""Words that a sentence must have, to be true of another text than its own."""
LEAST_FIT = 0.04
"""Chance of a title below which a text is in the wrong group."""
SURELY = 0.6
"""Chance from which what several texts share is true of one that says it otherwise."""
DECIMALS = 6
N_KEPT = 20_000
"""Texts whose vectors are kept for another reading: 20 MB."""
_DENIALS = of("negations", "lacks")
Reads = Callable[[Sequence[str]], npt.NDArray[np.float16]]
"""Texts → vectors of their topics, shape (n, d)."""


class Said(NamedTuple):
    """What a text says: the stems of its words, their concepts, the stem of its first noun, its length, and whether it
    denies something."""

    stems: frozenset[str]
    concepts: frozenset[int]
    head: frozenset[str]
    length: float
    denies: bool


@lru_cache(maxsize=100_000)
def said(text: str) -> Said:
    """What a text or a title says."""
    tokens = tokens_of(text)
    groups = noun_groups(text, tokens)
    head = frozenset(content_stems(tokens[groups[0].head].low)) if groups else frozenset()
    stems, words = frozenset(content_stems(text)), content_words(text)
    denies = any(token.low in _DENIALS for token in tokens)
    return Said(stems, concepts_in(words), head, round(float(np.log1p(len(text.split()))), DECIMALS), denies)


@lru_cache(maxsize=50_000)
def weight_of(stem: str) -> float:
    """How much a stem tells: the rarer it is in what people say in workshops, the more."""
    return max(LIGHTEST, stem_weight(stem, 0, 0))


@lru_cache(maxsize=50_000)
def _concepts(stem: str) -> frozenset[int]:
    return concepts_in([stem])


def told_share(title: Said, text: Said, kin: float = 0.0) -> float:
    """Share of the weight of a title's words that a text says; `kin` is what another word of a concept counts."""
    total = told = 0.0
    for stem, weight, concepts in _weighed(title.stems):
        total += weight
        told += weight * (1.0 if stem in text.stems else kin if kin and concepts & text.concepts else 0.0)
    return told / total if total else 0.0


@lru_cache(maxsize=50_000)
def _weighed(stems: frozenset[str]) -> tuple[tuple[str, float, frozenset[int]], ...]:
    return tuple((stem, weight_of(stem), _concepts(stem)) for stem in sorted(stems))


def features(titles: Sequence[str], texts: Sequence[str], cosines: Matrix) -> npt.NDArray[np.float64]:
    """`NAMES` of each title and each text, shape (n_titles, n_texts, n_names), from their cosines."""
    found = np.zeros((len(titles), len(texts), len(NAMES)))
    read = [said(text) for text in texts]
    found[:, :, 7] = [text.length for text in read]
    for row, title in enumerate(map(said, titles)):
        found[row, :, 6] = title.length
        weighed = _weighed(title.stems)
        may_be_kin = [one for one in weighed if one[2]]
        total = sum(weight for _, weight, _ in weighed) or 1.0
        for column, text in enumerate(read):
            shared = [weight for stem, weight, _ in weighed if stem in text.stems]
            kin = sum(w for stem, w, known in may_be_kin if stem not in text.stems and known & text.concepts)
            has_head = not title.head.isdisjoint(text.stems)
            if shared or kin or has_head:  # most titles have nothing in common with most texts
                said_of_it = sum(shared), max(shared, default=0.0), len(shared), has_head
                found[row, column, :6] = (sum(shared) / total, *said_of_it, (sum(shared) + KIN * kin) / total)
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


class ReadOnce:
    """Texts → vectors of their topics, shape (n, d), each text read once, until `N_KEPT` are known."""

    def __init__(self, reads: Reads) -> None:
        self._reads = reads
        self._known: dict[str, npt.NDArray[np.float16]] = {}

    def __call__(self, texts: Sequence[str]) -> npt.NDArray[np.float16]:
        new = sorted(set(texts) - self._known.keys())
        found = dict(zip(new, self._reads(new), strict=True)) if new else {}
        vectors = np.array([found[text] if text in found else self._known[text] for text in texts])
        if len(self._known) + len(found) <= N_KEPT:
            self._known.update(found)
        return vectors


class Topics:
    """Vectors of texts, each read once; without a reader none is known.

    They stay in half precision, and those that were read elsewhere where they stand: a corpus has hundreds of MB.
    """

    def __init__(self, reads: Reads | None) -> None:
        self._reads = reads
        self._known: dict[str, npt.NDArray[np.float16]] = {}

    def know(self, texts: Sequence[str], vectors: npt.NDArray[np.float16] | None) -> None:
        """Take the vectors of texts, shape (n, d), that were read elsewhere."""
        if vectors is not None:
            self._known.update(zip(texts, vectors, strict=True))

    def read(self, texts: Iterable[str]) -> list[str]:
        """Read all the texts that are not known yet; they are given back."""
        new = sorted(set(texts) - self._known.keys())
        if new and self._reads is not None:
            self.know(new, self._reads(new))
        return new

    @contextmanager
    def reading(self, texts: Iterable[str]) -> Iterator[None]:
        """Read texts that are known here alone."""
        new = self.read(texts)
        yield
        for text in new:
            self._known.pop(text, None)  # without a reader, none was known

    def cosines(self, titles: Sequence[str], texts: Sequence[str], usual: float) -> Matrix:
        """Shape (n_titles, n_texts); `usual` where a vector is not known."""
        if not titles or not texts or not all(one in self._known for one in (*titles, *texts)):
            return np.full((len(titles), len(texts)), usual, dtype=np.float32)
        one, other = (
            unit_rows(np.array([self._known[text] for text in side], dtype=np.float32)) for side in (titles, texts)
        )
        return np.asarray(np.round(one @ other.T, 4), dtype=np.float32)


@dataclass(frozen=True)
class Coverage:
    """What the texts of a group say, asked about titles."""

    texts: Sequence[str]
    topics: Topics

    def chances(self, titles: Sequence[str]) -> npt.NDArray[np.float64]:
        """How likely each title is to be true of each text, shape (n_titles, n_texts)."""
        model = load_coverage()
        return model(features(titles, self.texts, self.topics.cosines(titles, self.texts, model.usual)))

    def of_phrase(self, phrase: str, chances: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
        """The texts of which a noun phrase is true: those that say most of it, or a like word, or surely mean it."""
        one, least = said(phrase), load_coverage().least
        is_said = np.array([told_share(one, said(text), KIN) for text in self.texts]).round(DECIMALS) >= SAID
        return np.asarray(((chances >= least) & is_said) | (chances >= SURELY), dtype=np.bool_)

    def fitting(self, title: str, covered: Sequence[bool]) -> tuple[bool, ...]:
        """The texts that may belong under a title, those that it is true of among them."""
        may = self.chances([title])[0] >= LEAST_FIT
        return tuple((may | np.array(covered, dtype=bool)).tolist())

    def of_sentence(self, sentence: str) -> npt.NDArray[np.bool_]:
        """The texts of which a sentence is true: those that say most of its words, and deny as it does; one word says
        too little, unless a text says nothing else."""
        one, read = said(sentence), [said(text) for text in self.texts]
        share = np.array([told_share(one, text) * (text.denies == one.denies) for text in read]).round(DECIMALS)
        is_it = np.array([text.stems == one.stems and text.denies == one.denies for text in read], dtype=bool)
        return np.asarray(is_it | ((share >= SENTENCE) & (len(one.stems) >= AT_LEAST)), dtype=np.bool_)


@lru_cache(maxsize=1)
def load_coverage(folder: Path = TITLES.path) -> CoverageModel:
    """The model of a folder.

    Raises
    ------
    ModelError : a file is missing or altered.
    """
    with TITLES.reading(folder) as learned:
        bounds = (float(learned.facts[name]) for name in ("usual", "least"))
        return CoverageModel(learned.head("covers", NAMES), *bounds)


def save_coverage(folder: Path, model: CoverageModel) -> None:
    """Write the regression and its bounds."""
    save(folder, {"covers": model.head}, {"usual": model.usual, "least": model.least})
