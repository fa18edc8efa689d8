"""What is compared of an idea and a title, each against a fixed background, and beside the other titles. Likenesses are
products of whole numbers (`whole`), exact in single precision in whatever order a processor adds them: no digit depends
on the batch, the machine or the number of workers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any, NamedTuple
from zlib import crc32

import numpy as np
import numpy.typing as npt

from pipeline.language.text.folding import fold
from pipeline.language.text.words import STOP_WORDS, WORD, stem
from pipeline.language.vocabulary.rarity import stem_weight

Matrix = npt.NDArray[np.float32]
Vectors = npt.NDArray[np.float16]

SCALE = 4_000
"""Coordinates of unit vectors are rounded to so many parts: a product of two of them stays below 2²⁴."""
N_NEAREST = 15
"""Of the background: how near a title or an idea is to its nearest texts tells how much its likenesses are worth."""
N_BUCKETS = 1 << 14
LETTERS = (3, 4)
"""Runs of letters that two words are compared by."""
MIN_RARITY = 0.3
"""Of a stem that everybody says."""
COMMON_SHARE, COMMON_LEAST = 0.1, 4
"""Share and number of the ideas of a corpus from which a stem that they say is common there."""
COMMON_WEIGHT = 0.4
"""What is left of its rarity: with none, a word that is the very subject of a title counted for nothing."""
MIN_SHAPE = 0.35
"""Below it, two words share no more letters than any two."""


class Sides(NamedTuple):
    """The vectors that texts are compared by.

    `topics` : shape (n, d). `said` : of what they say, shape (n, e); e = 0 in `rapide`.
    """

    topics: Vectors
    said: Vectors


class Common(NamedTuple):
    """Stems that tell less apart in a corpus: of its ideas, and of the headings above them."""

    said: frozenset[str]
    headed: frozenset[str]


NOTHING_COMMON = Common(frozenset(), frozenset())


@dataclass(frozen=True)
class IdeaTexts:
    """Ideas, with what a run has of them.

    Attributes
    ----------
    texts, headings : shape (n,); "" for no heading.
    topics, heading_topics : sentence vectors of both, shape (n, d); zeros where there is no heading.
    said : vectors of what ideas say, read under their headings, shape (n, e); e = 0 in `rapide`.
    together : the number of the part of a document of each, in its order, shape (n,); None: each by itself.
    common : stems that tell less apart in their corpus, see `common_of`.
    above : words that a person put under a title → the heading above them in that corpus, and how much it
        tells, see `headed`.
    """

    texts: Sequence[str]
    headings: Sequence[str]
    topics: Vectors
    heading_topics: Vectors
    said: Vectors
    together: npt.NDArray[np.int64] | None = None
    common: Common = NOTHING_COMMON
    above: Mapping[str, tuple[str, float]] = field(default_factory=dict)
    _against: list[tuple[Background, ReadIdeas]] = field(default_factory=list, init=False, compare=False, repr=False)

    def __len__(self) -> int:
        return len(self.texts)

    @classmethod
    def of_titles(cls, texts: Sequence[str], vectors: Sides) -> IdeaTexts:
        """Titles, taken for ideas."""
        return cls(texts, [""] * len(texts), vectors.topics, np.zeros_like(vectors.topics), vectors.said)

    def part(self, start: int, end: int) -> IdeaTexts:
        """The ideas of some rows."""
        rows = slice(start, end)
        vectors = self.topics[rows], self.heading_topics[rows], self.said[rows]
        return IdeaTexts(self.texts[rows], self.headings[rows], *vectors, common=self.common, above=self.above)

    def against(self, background: Background) -> ReadIdeas:
        """What titles are compared with, whichever they are: read once for a background."""
        if not self._against or self._against[0][0] is not background:
            topics = background.topics.told(self.topics)
            headings = whole(self.heading_topics, background.topics.centre)
            distinct, rows = np.unique(np.array(self.headings, dtype=object), return_inverse=True)
            both = whole(topics.rows + headings, np.zeros_like(background.topics.centre))
            said = None if background.said is None else background.said.told(self.said)
            lengths = np.log1p([len(text.split()) for text in self.texts])[:, None]
            words, headed = Words.of(self.texts), Words.of(distinct.tolist())
            read = ReadIdeas(topics, headings, both, said, words, headed, rows, lengths, self.common)
            self._against[:] = [(background, read)]
        return self._against[0][1]


@dataclass(frozen=True)
class View:
    """A fixed background that vectors of one kind are told against.

    `centre` : what texts share, shape (d,). `rows` : whole numbers, see `whole`, shape (n, d).
    """

    centre: Matrix
    rows: Matrix

    @classmethod
    def of(cls, vectors: npt.NDArray[Any]) -> View:
        """The background that some vectors make."""
        centre = _units(np.asarray(vectors, dtype=np.float32)).mean(axis=0, dtype=np.float64).astype(np.float32)
        return cls(centre, whole(vectors, centre))

    def told(self, vectors: npt.NDArray[Any]) -> Told:
        """Some vectors against the background."""
        rows = whole(vectors, self.centre)
        near = rows @ self.rows.T
        top = np.partition(near, near.shape[1] - N_NEAREST, axis=1)[:, -N_NEAREST:].astype(np.int64)
        exact = near.astype(np.int64)
        mean = exact.sum(axis=1) / exact.shape[1]
        square = (exact * exact).sum(axis=1) / exact.shape[1]
        unit, spread = float(SCALE * SCALE), np.sqrt(np.maximum(square - mean * mean, 1.0))
        return Told(rows, top.sum(axis=1) / N_NEAREST / unit, mean / unit, spread / unit)


class ReadIdeas(NamedTuple):
    """Ideas, each against a background: topics, those of headings, both together, what is said (None in `rapide`);
    words; words of distinct headings, and which is whose; lengths, shape (n, 1); common stems."""

    topics: Told
    headings: Matrix
    both: Matrix
    said: Told | None
    words: Words
    headed: Words
    heading_rows: npt.NDArray[np.int64]
    lengths: npt.NDArray[np.float64]
    common: Common


class Told(NamedTuple):
    """Vectors as whole numbers, shape (n, d), and their likeness to the background: to the nearest texts, on average,
    and how much it varies; shape (n,)."""

    rows: Matrix
    near: npt.NDArray[np.float64]
    mean: npt.NDArray[np.float64]
    spread: npt.NDArray[np.float64]


def _units(rows: Matrix) -> Matrix:
    norms = np.sqrt((rows * rows).sum(axis=1, keepdims=True))
    return np.asarray(np.divide(rows, norms, out=np.zeros_like(rows), where=norms > 1e-6), dtype=np.float32)


def whole(vectors: npt.NDArray[Any], centre: Matrix) -> Matrix:
    """Unit rows minus what texts share, scaled to length `SCALE` and rounded; zeros stay zeros."""
    rows = _units(np.asarray(vectors, dtype=np.float32))
    is_some = rows.any(axis=1, keepdims=True)
    return np.asarray(np.rint(SCALE * _units((rows - centre) * is_some)), dtype=np.float32)


def likeness(one: Matrix, other: Matrix) -> npt.NDArray[np.float64]:
    """Cosines of rows of whole numbers, shape (n, m)."""
    return np.asarray((one @ other.T).astype(np.float64) / (SCALE * SCALE))


# words ------------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=400_000)
def _stem_of(word: str) -> str:
    return "" if word in STOP_WORDS or len(word) < 2 or word.isdigit() else stem(word)


@lru_cache(maxsize=400_000)
def _rarity(known: str) -> int:
    return round(100 * max(MIN_RARITY, stem_weight(known, 0, 0)))


@lru_cache(maxsize=100_000)
def _letters(word: str) -> tuple[int, ...]:
    told = f"<{word}>"
    runs = {told[at : at + size] for size in LETTERS for at in range(len(told) - size + 1)}
    return tuple(sorted({crc32(run.encode()) % N_BUCKETS for run in runs}))


@dataclass(frozen=True)
class Words:
    """The stems of texts.

    `stems` : distinct ones, sorted. `counts` : whether each text says each stem, sparse, shape (n, n_stems).
    `nearest` : see `_nearest_shapes`, by stem.
    """

    stems: tuple[str, ...]
    counts: Any
    nearest: dict[str, npt.NDArray[np.float32]] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, texts: Sequence[str]) -> Words:
        from scipy.sparse import csr_matrix

        said = [{_stem_of(word) for word in WORD.findall(fold(text))} - {""} for text in texts]
        stems = sorted(set().union(*said))
        rank = {one: place for place, one in enumerate(stems)}
        columns = np.array([rank[one] for own in said for one in own], dtype=np.int64)
        ends = np.cumsum([0, *map(len, said)])
        counts = csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(texts), max(1, len(stems))))
        return cls(tuple(stems), counts)

    @cached_property
    def shapes(self) -> Any:
        """The runs of letters of each stem, see `_shapes`."""
        return _shapes(self.stems)

    @cached_property
    def rarity(self) -> npt.NDArray[np.float64]:
        """Of each stem, a whole number of hundredths, so that sums are exact."""
        return np.array([_rarity(one) for one in self.stems] or [0], dtype=np.float64)

    def weights(self, common: frozenset[str], weight: float = COMMON_WEIGHT) -> npt.NDArray[np.float64]:
        """`rarity`, less where a stem is common."""
        left = [weight if one in common else 1.0 for one in self.stems] or [1.0]
        return np.asarray(np.rint(self.rarity * left))


def common_of(texts: Sequence[str], headings: Sequence[str]) -> Common:
    """The stems that many of the ideas of a corpus say, and those of the headings above many."""
    found = []
    for words in (Words.of(texts), Words.of(headings)):
        said = np.asarray(words.counts.sum(axis=0)).ravel()
        is_common = said >= max(COMMON_LEAST, COMMON_SHARE * len(texts))
        found.append(frozenset(stem for stem, is_one in zip(words.stems, is_common, strict=False) if is_one))
    return Common(*found)


def _said_of(words: Words, wanted: Sequence[str]) -> Any:
    """Whether each text says each wanted stem, sparse, shape (n, max(1, n_wanted))."""
    from scipy.sparse import csr_matrix

    rank = {stem: place for place, stem in enumerate(wanted)}
    pairs = [(row, rank[stem]) for row, stem in enumerate(words.stems) if stem in rank]
    rows, columns = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    shape = words.counts.shape[1], max(1, len(wanted))
    return words.counts @ csr_matrix((np.ones(len(rows)), (rows, columns)), shape=shape)


def _shapes(stems: Sequence[str]) -> Any:
    """The runs of letters of stems, sparse unit rows, shape (n_stems, N_BUCKETS)."""
    from scipy.sparse import csr_matrix

    found = [_letters(stem) for stem in stems] or [()]
    sizes = np.array([len(one) for one in found])
    columns = np.array([bucket for one in found for bucket in one], dtype=np.int64)
    values = np.repeat(1 / np.sqrt(np.maximum(1, sizes)), sizes)
    return csr_matrix((values, columns, np.cumsum([0, *sizes])), shape=(len(found), N_BUCKETS))


def _nearest_shapes(words: Words, wanted: Sequence[str]) -> npt.NDArray[np.float32]:
    """How much the word of each text that looks most like each wanted stem looks like it, in whole hundredths,
    shape (n, n_wanted); each stem is looked for once."""
    if not words.stems or not wanted:
        return np.zeros((words.counts.shape[0], max(1, len(wanted))), dtype=np.float32)
    if new := [stem for stem in wanted if stem not in words.nearest]:
        words.nearest.update(zip(new, _looked_for(words, new).T, strict=True))
    return np.column_stack([words.nearest[stem] for stem in wanted])


def _looked_for(words: Words, wanted: Sequence[str]) -> npt.NDArray[np.float32]:
    found = np.zeros((words.counts.shape[0], len(wanted)), dtype=np.float32)
    alike = np.asarray((words.shapes @ _shapes(wanted).T).toarray())
    alike = np.rint(100 * np.round(np.where(alike >= MIN_SHAPE, alike, 0.0), 6)).astype(np.float32)
    starts = words.counts.indptr[:-1]
    given = np.flatnonzero(np.diff(words.counts.indptr))
    for first in range(0, len(wanted), _COLUMNS):
        block = slice(first, first + _COLUMNS)
        found[given, block] = np.maximum.reduceat(alike[words.counts.indices, block], starts[given], axis=0)
    return found


_COLUMNS = 256
"""Stems of titles that texts are compared with together."""


@dataclass(frozen=True)
class TitleTexts:
    """Titles, each against the background.

    `texts` : shape (m,). `topics, said` : their vectors; None for `said` in `rapide`. `words` : their stems.
    """

    texts: Sequence[str]
    topics: Told
    said: Told | None
    words: Words


@dataclass(frozen=True)
class Background:
    """What everything is told against: vectors of texts written for the project.

    `topics, said` : its views; None for `said` in `rapide`.
    """

    topics: View
    said: View | None = None

    def titles(self, texts: Sequence[str], vectors: Sides) -> TitleTexts:
        """Titles against the background."""
        said = None if self.said is None else self.said.told(vectors.said)
        return TitleTexts(texts, self.topics.told(vectors.topics), said, Words.of(texts))


AMONG = ("topics", "both_topics", "said", "words_of_title", "rarity_shared", "shapes_of_title", "words_of_both")
"""Features that are also told beside those of the other titles: what all titles share tells none of them apart."""


def features(ideas: IdeaTexts, titles: TitleTexts, background: Background) -> Iterator[tuple[str, Any]]:
    """Each feature by name, shape (n, m), (n, 1) or (1, m), in a fixed order; none depends on other ideas."""
    for name, values in _alone(ideas, titles, background):
        yield name, values
        if name in AMONG:
            yield f"{name}_over_mean", values - values.mean(axis=1, keepdims=True)
            yield f"{name}_over_best", values - _best_other(values)


def _best_other(values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """The highest value of each row in another column, zeros where there is none, shape (n, m)."""
    if values.shape[1] < 2:
        return np.zeros_like(values)
    rows, best = np.arange(len(values)), values.argmax(axis=1)
    others = values.copy()
    others[rows, best] = -np.inf
    found = np.repeat(values.max(axis=1, keepdims=True), values.shape[1], axis=1)
    found[rows, best] = others.max(axis=1)
    return found


def _alone(ideas: IdeaTexts, titles: TitleTexts, background: Background) -> Iterator[tuple[str, Any]]:
    read = ideas.against(background)
    topics_likeness = likeness(read.topics.rows, titles.topics.rows)
    yield from _of_view("topics", topics_likeness, read.topics, titles.topics)
    yield "heading_topics", likeness(read.headings, titles.topics.rows)
    yield "both_topics", likeness(read.both, titles.topics.rows)
    words = dict(_of_words(read, titles))
    if read.said is not None and titles.said is not None:
        said_likeness = likeness(read.said.rows, titles.said.rows)
        yield from _of_view("said", said_likeness, read.said, titles.said)
        yield "topics_said", topics_likeness * said_likeness
        meant = said_likeness * words["words_of_title"]  # a word counts as far as this title says the same
        yield "said_words_over_best", meant - _best_other(meant)
    yield from words.items()
    yield "topics_words", np.maximum(topics_likeness, 0.0) * words["words_of_title"]
    yield "idea_length", read.lengths
    yield "title_length", np.log1p([len(text.split()) for text in titles.texts])[None]


def _of_view(name: str, alike: npt.NDArray[np.float64], ideas: Told, titles: Told) -> Iterator[tuple[str, Any]]:
    yield name, alike
    yield f"{name}_near_title", titles.near[None]
    yield f"{name}_near_idea", ideas.near[:, None]
    yield f"{name}_for_title", (alike - titles.mean[None]) / titles.spread[None]
    yield f"{name}_for_idea", (alike - ideas.mean[:, None]) / ideas.spread[:, None]


def _of_words(ideas: ReadIdeas, titles: TitleTexts) -> Iterator[tuple[str, Any]]:
    said, wanted = ideas.words, titles.words
    rarity = wanted.weights(ideas.common.said)
    of_titles = wanted.counts.multiply(rarity[None]).tocsr()
    whole_title = np.maximum(1.0, np.asarray(of_titles.sum(axis=1)).ravel())[None]
    whole_idea = np.maximum(1.0, np.asarray(said.counts @ said.weights(ideas.common.said)).ravel())[:, None]
    here = _said_of(said, wanted.stems)
    shared = _dense(here, of_titles)
    yield "words_of_title", shared / whole_title
    yield "words_of_idea", shared / whole_idea
    yield "rarity_shared", np.log1p(shared / 100)
    shapes = _nearest_shapes(said, wanted.stems).astype(np.float64)
    yield "shapes_of_title", np.asarray((of_titles @ shapes.T).T) / 100 / whole_title
    there, rows = _said_of(ideas.headed, wanted.stems), ideas.heading_rows
    headed = _dense(there, of_titles)[rows]
    yield "words_of_heading", headed / whole_title
    narrow = wanted.counts.multiply(wanted.weights(ideas.common.headed, 0.0)[None]).tocsr()
    yield "words_of_narrow_heading", _dense(there, narrow)[rows] / whole_title
    yield "words_of_both", _dense(here.maximum(there[rows]), of_titles) / whole_title


def _dense(said: Any, of_titles: Any) -> npt.NDArray[np.float64]:
    """What texts and titles share: a product of sparse rows of whole numbers."""
    return np.asarray((of_titles @ said.T).toarray().T)


EXAMPLES = (
    *("topics", "topics_mean", "said", "said_mean", "words", "refused_topics", "refused_said", "has_refused"),
    *("heading", "other_heading", "heading_over_best"),
)
"""What is told of an idea beside the ideas that a person put under a title, and those that she took away."""


@dataclass(frozen=True)
class Beside:
    """Ideas against the background; among them, those that a person put under a title, or took away from it.

    `topics, said` : see `whole`, shape (k, d); None for `said` in `rapide`. `words` : their stems. `headings` : of
    those that are compared; () where none is asked.
    """

    topics: Matrix
    said: Matrix | None
    words: Words
    headings: Sequence[str] = ()

    @classmethod
    def of(cls, texts: Sequence[str], vectors: Sides, background: Background, headings: Sequence[str] = ()) -> Beside:
        said = None if background.said is None else whole(vectors.said, background.said.centre)
        return cls(whole(vectors.topics, background.topics.centre), said, Words.of(texts), headings)


NOTHING = Beside(np.zeros((0, 0), dtype=np.float32), None, Words.of([]))
"""No idea at all."""


class Examples(NamedTuple):
    """What a person told of a title: ideas that she put under it, those that she took away, and the headings above the
    first, with how much each tells."""

    under: Beside
    away: Beside
    above: Mapping[str, float]


NARROW = 6
"""Ideas under a heading below twice which what one of them is under tells of the others."""


def headed(texts: Sequence[str], headings: Sequence[str], told: Collection[str]) -> dict[str, tuple[str, float]]:
    """The heading of each text of a corpus that is told, and how much it tells of what is under it: 1, then half as
    much each time that they are twice as many; a question that everybody was asked tells nothing."""
    counts = Counter(headings)
    tells = {one: 0.5 ** max(0, (n // NARROW).bit_length() - 1) for one, n in counts.items()}
    pairs = sorted(pair for pair in zip(texts, headings, strict=True) if pair[1] and pair[0] in told)
    return {text: (heading, tells[heading]) for text, heading in pairs}


def beside_examples(ideas: Beside, told: Examples) -> npt.NDArray[np.float64]:
    """`EXAMPLES` of each idea, shape (n, len(`EXAMPLES`)); zeros for what is not known, the last among it: see
    `beside_others`."""
    examples, refused, above = told
    found = np.zeros((len(ideas.topics), len(EXAMPLES)))
    if len(examples.topics):
        found[:, 0], found[:, 1] = _most(ideas.topics, examples.topics)
        if ideas.said is not None and examples.said is not None:
            found[:, 2], found[:, 3] = _most(ideas.said, examples.said)
        found[:, 4] = _most_shared(ideas.words, examples.words)
    if len(refused.topics):
        found[:, 5], found[:, 7] = _most(ideas.topics, refused.topics)[0], 1.0
        if ideas.said is not None and refused.said is not None:
            found[:, 6] = _most(ideas.said, refused.said)[0]
    found[:, 8] = [above.get(one, 0.0) for one in ideas.headings]
    found[:, 9] = np.where(found[:, 8] > 0, 0.0, max(above.values(), default=0.0))
    return found


def beside_others(beside: Mapping[int, npt.NDArray[np.float64]]) -> dict[int, npt.NDArray[np.float64]]:
    """`EXAMPLES` under several titles, by number of the title, each beside the others: a heading under which ideas went
    to several of them tells none apart."""
    if not beside:
        return {}
    headings = np.column_stack([one[:, 8] for one in beside.values()])
    apart = (headings - _best_other(headings)).T
    rows = zip(beside.items(), apart, strict=True)
    return {number: np.column_stack([one[:, :10], above]) for (number, one), above in rows}


def _most(rows: Matrix, others: Matrix) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    alike = likeness(rows, others)
    return alike.max(axis=1), alike.mean(axis=1)


def _most_shared(words: Words, others: Words) -> npt.NDArray[np.float64]:
    """The share of the rare words of each text, or of another one where it has fewer, that both say, at most over the
    others; shape (n,)."""
    rarity = others.rarity
    of_others = others.counts.multiply(rarity[None]).tocsr()
    shared = _dense(_said_of(words, others.stems), of_others)
    lengths = np.asarray(words.counts @ words.rarity).ravel()[:, None]
    fewer = np.minimum(lengths, np.asarray(of_others.sum(axis=1)).ravel()[None])
    return np.asarray((shared / np.maximum(fewer, 100.0)).max(axis=1))
