"""Pairs of ideas: their features, the chance that a person puts both in one column or on one stack, and the groups and
stacks that average linkage makes of chances.

The chances are logistic regressions learnt from walls that people sorted, one for each situation of a pair: headings
and order weigh otherwise, and so do words, where both are known. `models/pairs/card.md` says how well."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, reduce
from itertools import chain
from operator import add
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.axes import COMPASS_CODES
from pipeline.cluster.rows import Matrix, centred, dot_products, unit_rows, unit_sparse
from pipeline.execution import partition_bounds
from pipeline.language.text.folding import fold
from pipeline.language.text.words import content_stems
from pipeline.learned import Linear, ModelFolder, save

LETTERS = (3, 5)
"""Lengths of the runs of letters that are compared: `bibliothèque` and `bibliothécaire` share many."""
_BLOCK = 1_024
_RANKED_TOGETHER, _PAIRS = 128, 8_192
"""Rows whose likenesses are put in order together, and pairs of sparse rows that are multiplied together: memory that
was just used serves again, where larger pieces are asked of the system each time."""
_GROUP = 16
"""Rows whose nearest one alone is looked at first."""
_DIGITS = 1e5
"""Likenesses are told to five digits: the others depend on the machine."""
_ITSELF = 1.25
"""Farther than anything: where an idea stands among its own neighbours."""
N_RANKED = 60
"""Neighbours beyond this rank are all far."""
Labels = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Beside:
    """What stands beside the texts of one axis.

    Attributes
    ----------
    headings : shape (n,), the heading or question above each, "" for none.
    topics, of_headings : shape (n, d), sentence vectors of the texts and of their headings, zeros for none.
    places : shape (n,), see `pipeline.cluster.given.reading_order`; −1 where order says nothing.
    under : shape (n, d), sentence vectors of each heading followed by its text; those of the texts without headings.
    axis : on which the texts are.
    placed : shape (n,), the number of the title that each text is under, −1 for none; None: no titles.
    """

    headings: Sequence[str]
    topics: npt.NDArray[np.float16]
    of_headings: npt.NDArray[np.float16]
    places: Labels
    under: npt.NDArray[np.float16]
    axis: str = ""
    placed: Labels | None = None

    def take(self, rows: Labels) -> Beside:
        """What stands beside some rows."""
        placed = None if self.placed is None else self.placed[rows]
        own = {name: getattr(self, name)[rows] for name in ("topics", "of_headings", "places", "under")}
        return replace(self, headings=[self.headings[row] for row in rows], placed=placed, **own)


def nothing_beside(topics: npt.NDArray[np.float16]) -> Beside:
    """Texts of which only the vectors are known, shape (n, d)."""
    unknown = np.full(len(topics), -1, dtype=np.int64)
    return Beside([""] * len(topics), topics, np.zeros_like(topics), unknown, topics)


@dataclass(frozen=True)
class Ideas:
    """The ideas of one axis, in a fixed order.

    `texts` : shape (n,). `meanings` : what makes texts say the same thing, shape (n, k), see
    `pipeline.cluster.grouping.likeness`. `points` : meanings, concepts and words weighed against each other, unit rows,
    shape (n, m), see `pipeline.cluster.grouping.space.points_of`.
    """

    texts: Sequence[str]
    meanings: npt.NDArray[np.float16]
    points: Matrix
    beside: Beside

    def __len__(self) -> int:
        return len(self.texts)


@dataclass(frozen=True)
class View:
    """Unit rows, dense or sparse, and of each row the likeness of its nearest others, in decreasing order.

    `rows` : shape (n, d). `nearest` : shape (n, min(`N_RANKED`, n − 1)), float32. `neighbours` : shape (n,
    n_neighbours), the rows of the first of them.
    """

    rows: Any
    nearest: Matrix
    neighbours: Labels

    def likeness(self, one: Labels, other: Labels) -> Matrix:
        """Of pairs of rows, shape (n_pairs,)."""
        if isinstance(self.rows, np.ndarray):
            return dot_products(self.rows, one, self.rows, other)
        found = np.empty(len(one), dtype=np.float32)
        for start, end in partition_bounds(len(one), _PAIRS):
            both = self.rows[one[start:end]].multiply(self.rows[other[start:end]])
            found[start:end] = np.asarray(both.sum(axis=1), dtype=np.float32).ravel()
        return found

    def ranks(self, row: Labels, likeness: Matrix) -> Labels:
        """How many others are nearer to each row than a likeness, at most `N_RANKED`; found by halves."""
        least, n_ranked = likeness + 1e-6, self.nearest.shape[1]
        found = np.zeros(len(row), dtype=np.int64)
        for step in (1 << power for power in reversed(range(n_ranked.bit_length()))):
            further = np.minimum(found + step, n_ranked)
            found = np.where(self.nearest[row, further - 1] > least, further, found)
        return found


def views_of(ideas: Ideas, stems: Sequence[Sequence[str]], n_neighbours: int) -> dict[str, View]:
    """Every view of the ideas of an axis, by name; where no heading was read with its text, one for both."""
    sides = {"topics": ideas.beside.topics, "meanings": ideas.meanings, "under_heading": ideas.beside.under}
    views: dict[str, View] = {}
    for name, side in sides.items():
        is_known = name == "under_heading" and np.array_equal(side, sides["topics"])
        views[name] = views["topics"] if is_known else _view(centred(np.asarray(side, dtype=np.float32)), n_neighbours)
    counted = {"words": weighed(stems), "letters": weighed((fold(text).split() for text in ideas.texts), _runs)}
    others = {"points": ideas.points, **counted}
    return views | {name: _view(rows, n_neighbours) for name, rows in others.items()}


def _runs(word: str) -> list[str]:
    """The runs of `LETTERS` signs of a word, its ends told by a space; itself where it is shorter."""
    word = f" {word} "
    lengths = range(LETTERS[0], min(LETTERS[1], max(LETTERS[0], len(word))) + 1)
    return [word[at : at + n] for n in lengths for at in range(max(1, len(word) - n + 1))]


def weighed(texts: Iterable[Sequence[str]], terms_of: Callable[[str], Sequence[str]] = lambda word: (word,)) -> Any:
    """Sparse unit rows of weighed counts of terms (tf-idf), shape (n, n_terms); one column of zeros without any term.

    Counts and weights are those of scikit-learn's `TfidfVectorizer(sublinear_tf=True)`, to the last digit.

    `texts` : the words of each. `terms_of` : the terms of a word, asked once of each.
    """
    from scipy.sparse import csr_matrix

    known: dict[str, int] = {}
    of_word: dict[str, list[int]] = {}
    said: list[list[int]] = []
    for words in texts:
        for word in words:
            if word not in of_word:
                of_word[word] = [known.setdefault(term, len(known)) for term in terms_of(word)]
        said.append(list(chain.from_iterable(map(of_word.__getitem__, words))))
    n, n_terms = len(said), len(known)
    if not known:
        return csr_matrix((n, 1), dtype=np.float32)
    rows = np.repeat(np.arange(n, dtype=np.int64), [len(terms) for terms in said])
    keys, counts = np.unique(rows * n_terms + np.fromiter(chain.from_iterable(said), np.int64), return_counts=True)
    rows, terms = np.divmod(keys, n_terms)
    held = np.bincount(terms).astype(np.float32) + np.float32(1.0)
    rarity = np.log(np.full_like(held, n + 1) / held) + np.float32(1.0)
    values = (np.log(counts.astype(np.float32)) + np.float32(1.0)) * rarity[terms]
    columns = np.empty(n_terms, dtype=np.int32)  # in the order of the terms; in a row, in the order of their first use
    columns[[known[term] for term in sorted(known)]] = np.arange(n_terms)
    starts = np.searchsorted(rows, np.arange(n + 1))
    return unit_sparse(csr_matrix((values, columns[terms], starts), shape=(n, n_terms), dtype=np.float32))


def _view(rows: Any, n_neighbours: int) -> View:
    n = rows.shape[0]
    n_ranked, n_kept = min(N_RANKED, n - 1), min(n_neighbours, n - 1)
    nearest = np.zeros((n, n_ranked), dtype=np.float32)
    neighbours = np.zeros((n, n_kept), dtype=np.int64)
    if not n_ranked:
        return View(rows, nearest, neighbours)
    whole = np.int32 if (_ITSELF * _DIGITS + 1) * n < np.iinfo(np.int32).max else np.int64
    for start in range(0, n, _BLOCK):
        product = rows[start : start + _BLOCK] @ rows.T
        likeness = np.asarray(product if isinstance(product, np.ndarray) else product.toarray(), dtype=np.float32)
        here = np.arange(len(likeness))
        likeness[here, start + here] = -_ITSELF
        for first_row, last_row in partition_bounds(len(likeness), _RANKED_TOGETHER):
            # one integer for both: in order of likeness, then of rows, so that equal likenesses have one order
            keys = np.rint(-_DIGITS * likeness[first_row:last_row]).astype(whole) * whole(n) + np.arange(n, dtype=whole)
            first = _smallest(keys, n_ranked)
            block = slice(start + first_row, start + last_row)
            nearest[block] = -(first // n) / _DIGITS
            neighbours[block] = first[:, :n_kept] % n
    return View(rows, nearest, neighbours)


def _smallest(keys: npt.NDArray[Any], n: int) -> npt.NDArray[Any]:
    """The `n` smallest of each row of distinct whole numbers, in order: of a long row, what is above the n-th of the
    smallest of its groups is left out first, which takes a quarter of the time."""
    size = max(1, min(_GROUP, keys.shape[1] // n))
    in_groups = keys[:, : keys.shape[1] // size * size].reshape(len(keys), size, -1).min(axis=1)
    is_left = keys <= np.partition(in_groups, n - 1, axis=1)[:, n - 1 : n]
    counts = is_left.sum(axis=1)
    left = np.full((len(keys), counts.max()), np.iinfo(keys.dtype).max, dtype=keys.dtype)
    left[np.arange(left.shape[1]) < counts[:, None]] = keys[is_left]
    return np.asarray(np.sort(left, axis=1)[:, :n])


N_NEIGHBOURS = 10
"""Of each idea in each view: more of them find no more of the true pairs (measured on walls)."""
N_UNDER_HEADING = 10
"""Pairs under one heading are all compared up to so many ideas; beyond, each is with so many that follow it."""
N_FOLLOWING, N_APART = 3, 60
"""Ideas that follow each other by so many places are compared; beyond the second, they are far apart."""
CORRECTED = ("topics", "meanings", "under_heading", "points")
"""Views whose likeness is also told beside the mean of the ten nearest ones of both: some ideas are near everything."""
N_HUB, _CORRECTED = 10, "_corrected"
HOW_MANY = "how_many"
"""The logarithm of the number of ideas."""


@dataclass(frozen=True)
class Pairs:
    """Candidates: rows `one` < `other`, shape (n_pairs,), sorted; `features`, shape (n_pairs, n_features)."""

    n: int
    one: Labels
    other: Labels
    features: Matrix
    names: tuple[str, ...]


SITUATIONS = ("bare", "ordered", "headed", "headed_ordered")
"""What is known of both ideas of a pair: the order in which they were said, the headings above them."""


def situations(pairs: Pairs) -> Labels:
    """The situation of each pair, a place in `SITUATIONS`, shape (n_pairs,)."""
    headed, ordered = (pairs.features[:, pairs.names.index(name)] == 0 for name in ("heading_missing", "no_order"))
    return np.asarray(2 * headed + ordered, dtype=np.int64)


def pairs_of(ideas: Ideas) -> Pairs:
    """The candidate pairs of the ideas of an axis and their features, whatever the order of the ideas."""
    stems = [content_stems(text) for text in ideas.texts]
    views = views_of(ideas, stems, N_NEIGHBOURS)
    one, other = _candidates(ideas, views)
    columns: dict[str, Matrix] = {}
    told = {id(view): _of_view(view, one, other) for view in views.values()}
    for name, view in views.items():
        kept = (one for one in told[id(view)].items() if one[0] != _CORRECTED or name in CORRECTED)
        columns |= {f"{name}{what}": column for what, column in kept}
    known = [frozenset(of_one) for of_one in stems]
    columns |= _of_words(ideas, known, one, other) | _of_headings(ideas.beside, known, one, other)
    columns |= _of_order(ideas.beside.places, one, other, columns["same_heading"])
    columns |= {f"on_{axis}": np.full(len(one), float(ideas.beside.axis == axis)) for axis in COMPASS_CODES[:-1]}
    columns[HOW_MANY] = np.full(len(one), np.log(len(ideas)))  # among a few, the nearest one may be far
    columns["shared_neighbours"] = _shared_neighbours(len(ideas), views, one, other)
    names = tuple(columns)
    return Pairs(len(ideas), one, other, np.column_stack([columns[name] for name in names]).astype(np.float32), names)


def _candidates(ideas: Ideas, views: dict[str, View]) -> tuple[Labels, Labels]:
    n = len(ideas)
    near = [
        np.column_stack([np.repeat(np.arange(n), view.neighbours.shape[1]), view.neighbours.ravel()])
        for view in views.values()
    ]
    rows_of: dict[str, list[int]] = {}
    for row, heading in enumerate(ideas.beside.headings):
        if heading:
            rows_of.setdefault(heading, []).append(row)
    under = [
        (row, other)
        for rows in rows_of.values()
        for place, row in enumerate(rows)
        for other in rows[place + 1 : place + 1 + max(N_UNDER_HEADING, 4 * N_UNDER_HEADING - len(rows))]
    ]
    every = np.vstack([*near, np.array(under, dtype=np.int64).reshape(-1, 2), _following(ideas.beside.places)])
    codes = np.unique(every.min(axis=1) * n + every.max(axis=1))
    return codes // n, codes % n


def _of_view(view: View, one: Labels, other: Labels) -> dict[str, Matrix]:
    likeness = np.round(view.likeness(one, other), 5)
    ranks = np.column_stack([view.ranks(one, likeness), view.ranks(other, likeness)])
    hub = view.nearest[:, :N_HUB].mean(axis=1) if view.nearest.shape[1] else np.zeros(len(view.nearest))
    return {
        "": likeness,
        "_nearer_rank": np.log1p(ranks.min(axis=1)),
        "_farther_rank": np.log1p(ranks.max(axis=1)),
        _CORRECTED: 2 * likeness - hub[one] - hub[other],
    }


def _of_words(ideas: Ideas, stems: Sequence[frozenset[str]], one: Labels, other: Labels) -> dict[str, Matrix]:
    """Lengths, questions, and how rare the words are that both use."""
    counts = Counter(stem for known in stems for stem in known)
    rarity = {stem: float(np.log((len(stems) + 1) / count)) for stem, count in counts.items()}
    shared = [
        sorted(rarity[stem] for stem in stems[a] & stems[b]) for a, b in zip(one.tolist(), other.tolist(), strict=True)
    ]
    lengths = np.log1p([len(text.split()) for text in ideas.texts])
    asks = np.array([text.rstrip().endswith("?") for text in ideas.texts], dtype=bool)
    return {
        "shorter": np.minimum(lengths[one], lengths[other]),
        "longer": np.maximum(lengths[one], lengths[other]),
        "both_ask": asks[one] & asks[other],
        "one_asks": asks[one] != asks[other],
        "rarest_shared": np.array([known[-1] if known else 0.0 for known in shared]),
        "rarity_shared": np.array([reduce(add, known, 0.0) for known in shared]),
    }


def _of_headings(beside: Beside, stems: Sequence[frozenset[str]], one: Labels, other: Labels) -> dict[str, Matrix]:
    codes = pd.factorize(np.asarray(beside.headings, dtype=object))[0]
    is_told = np.array([bool(heading) for heading in beside.headings], dtype=bool) & (len(set(beside.headings)) > 1)
    same = (codes[one] == codes[other]) & is_told[one]
    sizes = np.bincount(codes, minlength=1)[codes]
    is_read = any(beside.headings)
    said = _said_by_headings(beside, stems, one, other) if is_read else [np.zeros(len(one))] * 4
    overlap, echoes, likeness, across = said
    return {
        "same_heading": same,
        "narrow_heading": same * np.log((len(codes) + 1) / sizes[one]),
        "headings_overlap": overlap,
        "heading_words": echoes,
        "heading_likeness": np.where(same, 0.0, likeness),
        "text_of_other_heading": np.where(same, 0.0, across),
        "heading_missing": ~is_told[one] | ~is_told[other],
    }


def _said_by_headings(
    beside: Beside, stems: Sequence[frozenset[str]], one: Labels, other: Labels
) -> tuple[Matrix, Matrix, Matrix, Matrix]:
    """Of each pair: words of one heading in the other, in the other's text, and the same of their meanings."""
    stems_of = {heading: frozenset(content_stems(heading)) for heading in dict.fromkeys(beside.headings)}
    told = [stems_of[heading] for heading in beside.headings]
    pairs = list(zip(one.tolist(), other.tolist(), strict=True))
    overlap = [len(told[a] & told[b]) / max(1, len(told[a] | told[b])) for a, b in pairs]
    echoes = [len(stems[a] & told[b]) + len(stems[b] & told[a]) for a, b in pairs]
    vectors = unit_rows(np.asarray(beside.of_headings, dtype=np.float32))
    likeness = np.round(dot_products(vectors, one, vectors, other), 5)
    topics = unit_rows(np.asarray(beside.topics, dtype=np.float32))
    across = [np.round(dot_products(vectors, a, topics, b), 5) for a, b in ((one, other), (other, one))]
    return np.array(overlap), np.array(echoes, dtype=np.float64), likeness, np.maximum(*across)


def _following(places: Labels) -> Labels:
    order = np.argsort(places, kind="stable")
    found = [np.column_stack([order[:-step], order[step:]]) for step in range(1, N_FOLLOWING + 1)]
    pairs = np.vstack(found)
    near = (places[pairs[:, 1]] - places[pairs[:, 0]] <= N_FOLLOWING) & (places[pairs].min(axis=1) >= 0)
    return np.asarray(pairs[near], dtype=np.int64)


def _of_order(places: Labels, one: Labels, other: Labels, same_heading: Matrix) -> dict[str, Matrix]:
    is_told = (places[one] >= 0) & (places[other] >= 0)
    apart = np.minimum(np.abs(places[one] - places[other]), N_APART)
    near = np.where(is_told, 1.0 / (1.0 + apart), 0.0)
    nth = np.argsort(np.argsort(places, kind="stable"), kind="stable")
    between = np.minimum(np.abs(nth[one] - nth[other]), N_APART)
    return {
        "on_axis_apart": np.where(is_told, np.log1p(between), 0.0),
        "next_on_axis": is_told & (between == 1),
        "apart": np.where(is_told, np.log1p(apart), 0.0),
        "side_by_side": near,
        "next": is_told & (apart == 1),
        "few_between": is_told & (apart <= N_FOLLOWING),
        "next_under_heading": is_told & (apart == 1) & (same_heading > 0),
        "side_by_side_under_heading": near * (same_heading > 0),
        "no_order": ~is_told,
    }


def _shared_neighbours(n: int, views: dict[str, View], one: Labels, other: Labels) -> Matrix:
    from scipy.sparse import csr_matrix

    rows = np.concatenate([np.repeat(np.arange(n), view.neighbours.shape[1]) for view in views.values()])
    columns = np.concatenate([view.neighbours.ravel() for view in views.values()])
    ones = csr_matrix((np.ones(len(rows), dtype=np.float32), (rows, columns)), shape=(n, n))
    both = np.asarray(ones[one].multiply(ones[other]).sum(axis=1)).ravel()
    return np.asarray(both / max(1, len(views) * N_NEIGHBOURS), dtype=np.float32)


PAIRS = ModelFolder("pairs", "des paires", "rosace train --profile groupes --murs DOSSIER")
LEAST = 1e-5
"""No pair is surer than that, nor less sure."""
Regressions = tuple[Linear, ...]
"""A logistic regression for each of `SITUATIONS`, in that order."""


class Told(NamedTuple):
    """How likely each candidate pair is to be in one column, and to say the same thing, which is less likely: shapes
    (n_pairs,)."""

    together: npt.NDArray[np.float64]
    same: npt.NDArray[np.float64]


@dataclass(frozen=True)
class PairModel:
    """The regressions, and where the trees of their chances are cut.

    `cut` : mean chance of their pairs from which two groups are one column of the wall. `cut_same` : the same from
    which two are one stack.
    """

    together: Regressions
    same: Regressions
    cut: float
    cut_same: float

    def read(self, pairs: Pairs) -> Told:
        """The chances of each candidate pair."""
        known = situations(pairs)
        same = chances(self.same, pairs.features, known)
        return Told(np.maximum(chances(self.together, pairs.features, known), same), same)


def chances(regressions: Regressions, features: npt.NDArray[np.floating], known: Labels) -> npt.NDArray[np.float64]:
    """The chance of each pair by the regression of its situation, rounded, shape (n_pairs,).

    `known` : the situation of each pair, a place in `SITUATIONS`.
    """
    found = np.empty(len(features), dtype=np.float64)
    for number, regression in enumerate(regressions):
        here = known == number
        read = regression.chances(np.asarray(features[here], dtype=np.float64))[:, 0]
        found[here] = np.round(np.clip(read, LEAST, 1 - LEAST), 6)
    return found


@lru_cache(maxsize=1)
def load_pairs(folder: Path = PAIRS.path) -> PairModel:
    """The model of a folder. Raises ModelError: a file is missing or altered."""
    with PAIRS.reading(folder) as learned:
        together, same = (
            tuple(learned.heads[f"{part}_{situation}"] for situation in SITUATIONS) for part in ("together", "same")
        )
        return PairModel(together, same, float(learned.facts["cut"]), float(learned.facts["cut_same"]))


def save_pairs(folder: Path, model: PairModel) -> None:
    """Write the regressions and the cuts."""
    heads = {
        f"{part}_{situation}": head
        for part in ("together", "same")
        for situation, head in zip(SITUATIONS, getattr(model, part), strict=True)
    }
    save(folder, heads, {"cut": model.cut, "cut_same": model.cut_same})


N_NEAR = 10
"""Of each idea: on walls, twelve of them change no score of what answers bring, nor do eight."""
LEAST_NEAR = 0.05
"""Chances below that change nothing either."""
SURE = 0.9999
"""No model is surer than that."""
SAME = 1.0
"""The chance of what repeats another idea, which no model gives."""


@dataclass(frozen=True)
class NearPairs:
    """Rows `one` < `other` of the ideas of an axis, shape (n_pairs,), sorted, and how likely each pair goes together.

    `chances` : shape (n_pairs,), in [`LEAST_NEAR`, 1]; `SAME` for an idea that repeats another one.
    """

    one: Labels
    other: Labels
    chances: npt.NDArray[np.float64]

    def without(self, left_out: npt.NDArray[np.bool_]) -> NearPairs:
        """The pairs of two ideas that are kept; shape (n,) of those that are not."""
        kept = ~(left_out[self.one] | left_out[self.other])
        return replace(self, one=self.one[kept], other=self.other[kept], chances=self.chances[kept])

    def among(self, first: Labels, leads: Labels) -> NearPairs:
        """The same pairs in the rows of more ideas, each of which repeats one that was read, or none.

        `first` : shape (n_read,), the row in which each idea that was read stands. `leads` : shape (n,), the number of
        the idea that each row repeats (its own number for itself), −1 for none.
        """
        repeats = np.flatnonzero((leads >= 0) & (np.append(first, -1)[leads] != np.arange(len(leads))))
        ends = np.column_stack(
            [np.concatenate([first[self.one], first[leads[repeats]]]), np.concatenate([first[self.other], repeats])]
        )
        chances = np.concatenate([self.chances, np.full(len(repeats), SAME)])
        low, high = ends.min(axis=1), ends.max(axis=1)
        order = np.lexsort((high, low))
        return replace(self, one=low[order], other=high[order], chances=chances[order])


def no_pairs() -> NearPairs:
    """No pair at all."""
    none = np.zeros(0, dtype=np.int64)
    return NearPairs(none, none, np.zeros(0))


def near_pairs(pairs: Pairs, chances: npt.NDArray[np.float64]) -> NearPairs:
    """The pairs that are among the `N_NEAR` likeliest of one of their ideas."""
    rows = np.concatenate([pairs.one, pairs.other])
    places = np.tile(np.arange(len(pairs.one)), 2)
    order = np.lexsort((places, -chances[places], rows))
    starts = np.searchsorted(rows[order], np.arange(pairs.n))
    ranks = np.arange(len(rows)) - starts[rows[order]]
    kept = np.unique(places[order][ranks < N_NEAR])
    kept = kept[chances[kept] >= LEAST_NEAR]
    return NearPairs(pairs.one[kept], pairs.other[kept], np.minimum(np.round(chances[kept], 4), SURE))


Tree = npt.NDArray[np.float64]


def average_tree(pairs: Pairs, chances: npt.NDArray[np.float64]) -> Tree:
    """The tree of the ideas, as scipy's linkage gives it, from chances of shape (n_pairs,); memory is quadratic in
    their number: 16 bytes a pair."""
    from scipy.cluster.hierarchy import linkage

    n = pairs.n
    distances = np.ones(n * (n - 1) // 2)
    one, other = pairs.one, pairs.other
    distances[n * one - one * (one + 1) // 2 + other - one - 1] = 1.0 - chances  # where scipy keeps those of two rows
    tree = linkage(distances, "average")
    tree[:, 2] = np.round(tree[:, 2], 6)
    return np.asarray(tree, dtype=np.float64)


def cut_tree(tree: Tree, cut: float) -> Labels:
    """Groups whose pairs have a mean chance of `cut` at least, shape (n,), from 0; those of a higher cut are nested."""
    from scipy.cluster.hierarchy import fcluster

    return np.asarray(fcluster(tree, round(1.0 - cut, 6), "distance"), dtype=np.int64) - 1


def cut_groups(pairs: Pairs, chances: npt.NDArray[np.float64], cut: float) -> Labels:
    """What `cut_tree` makes of `average_tree`, a tree for each set of ideas that pairs of a chance of `cut` hold
    together: no average reaches it between two of them. Shape (n,), from 0.
    """
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import connected_components

    n = pairs.n
    strong = chances >= cut - 2e-6
    ends = pairs.one[strong], pairs.other[strong]
    graph = csr_matrix((np.ones(len(ends[0]), dtype=bool), ends), shape=(n, n))
    parts = connected_components(graph, directed=False)[1]
    order = np.argsort(parts, kind="stable")
    starts = np.searchsorted(parts[order], np.arange(parts.max(initial=-1) + 2))
    place = np.empty(n, dtype=np.int64)
    place[order] = np.arange(n) - starts[parts[order]]
    inner = np.flatnonzero(parts[pairs.one] == parts[pairs.other])
    inner = inner[np.argsort(parts[pairs.one[inner]], kind="stable")]
    bounds = np.searchsorted(parts[pairs.one[inner]], np.arange(len(starts)))
    labels, n_found = np.empty(n, dtype=np.int64), 0
    for part, (start, end) in enumerate(zip(starts[:-1].tolist(), starts[1:].tolist(), strict=True)):
        rows, mine = order[start:end], inner[bounds[part] : bounds[part + 1]]
        labels[rows] = n_found
        if len(rows) == 2:  # its tree is known
            labels[rows[1]] += np.round(1.0 - chances[mine[0]], 6) > round(1.0 - cut, 6)
        elif len(rows) > 2:
            own = replace(pairs, n=len(rows), one=place[pairs.one[mine]], other=place[pairs.other[mine]])
            labels[rows] += cut_tree(average_tree(own, chances[mine]), cut)
        n_found = int(labels[rows].max()) + 1
    return labels


def inside(groups: Labels, parts: Labels) -> Labels:
    """Parts cut along groups, so that none is in two of them: shape (n,), from 0."""
    both = np.column_stack([groups, parts])
    return np.asarray(np.unique(both, axis=0, return_inverse=True)[1], dtype=np.int64).ravel()


@dataclass(frozen=True)
class Levels:
    """`groups` and, inside them, `stacks`: of each idea, singletons included, shapes (n,), from 0; `near` pairs."""

    groups: Labels
    stacks: Labels
    near: NearPairs


def grouped(ideas: Ideas, model: PairModel) -> Levels:
    """The two levels of the ideas of an axis; quadratic in their number: 16 bytes a pair. The ideas under one title
    are its group."""
    if len(ideas) < 2:
        alone = np.zeros(len(ideas), dtype=np.int64)
        return Levels(alone, alone, no_pairs())
    pairs = pairs_of(ideas)
    told = model.read(pairs)
    groups = _around(pairs, told.together, model.cut, ideas.beside.placed)
    stacks = cut_groups(pairs, told.same, model.cut_same)
    return Levels(groups, inside(groups, stacks), near_pairs(pairs, told.together))


def _around(pairs: Pairs, chances: npt.NDArray[np.float64], cut: float, placed: Labels | None) -> Labels:
    """The groups of the ideas that no title takes, and those of titles, numbered after them: shape (n,), from 0."""
    if placed is None or (placed < 0).all():
        return cut_groups(pairs, chances, cut)
    free = np.flatnonzero(placed < 0)
    number = np.full(pairs.n, -1, dtype=np.int64)
    number[free] = np.arange(len(free))
    left = np.flatnonzero((number[pairs.one] >= 0) & (number[pairs.other] >= 0))
    among = replace(pairs, n=len(free), one=number[pairs.one[left]], other=number[pairs.other[left]])
    groups = np.where(placed >= 0, len(free) + placed, -1)
    groups[free] = cut_groups(among, chances[left], cut) if len(free) > 1 else 0
    return groups
