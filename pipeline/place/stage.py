"""The place stage: ideas and titles → the chance that each title is true of each idea, and the title of each idea."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, field, replace
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.axes import AXIS_CODES, COMPASS_CODES, HORS_AXE
from pipeline.classify.stage import in_documents, whole_parts
from pipeline.config import Config
from pipeline.contracts.checks import validate
from pipeline.contracts.titles import MACHINE, PARTICIPANTS, PERSON
from pipeline.execution import Executor, LocalExecutor
from pipeline.folder.vectors import Keys, rows_in_any_order, told_apart
from pipeline.language.models.encoders import Embeddings, titled
from pipeline.language.text.folding import fold
from pipeline.learned import check_same
from pipeline.place.features import Common, IdeaTexts, common_of, headed
from pipeline.place.model import PlaceModel, load_place
from pipeline.place.titles import Kept, Title, title_table

Ideas = npt.NDArray[np.float16]
N_ALSO = 4
"""Other titles that are told to be true of an idea, at most."""
MIN_PARTS_FOR_PROCESSES = 24
"""A process takes longer to start than this many partitions to be placed."""
LIKELIER = 0.5
"""Chance from which the title of a person takes an idea out of the column where participants put it."""
N_COUNTED = 4_096
"""Ideas that tell which words are common in a corpus, drawn by their ids."""


_FOUND = np.dtype(
    [
        ("key", "<u8"), ("first", "<i4"), ("second", "<i4"), ("chance", "<f8"), ("second_chance", "<f8"),
        ("axis", "i1"), ("also", "<i4", (N_ALSO,)), ("is_placed", "?"),
    ]
)  # fmt: skip
"""What was found of an idea under the titles that were given, by a key of all that it was made of; 0 for one that no
later run finds again."""


class Placed(NamedTuple):
    """Frames of the schemas `titles` and `placings`; what a later run takes of them, rows as in `placings`: see
    `_FOUND`."""

    titles: pd.DataFrame
    placings: pd.DataFrame
    found: npt.NDArray[np.void]


class Found(NamedTuple):
    """Of each idea, shape (n,): the numbers of its two likeliest titles (−1 where there is none), their chances, the
    axis that it would have under the first, and the numbers of other titles that are true of it."""

    first: npt.NDArray[np.int64]
    second: npt.NDArray[np.int64]
    chance: npt.NDArray[np.float64]
    second_chance: npt.NDArray[np.float64]
    axis: list[str]
    also: list[list[int]]
    is_placed: npt.NDArray[np.bool_]

    def among(self, numbers: Sequence[int]) -> Found:
        """The same, where the titles have these numbers among others."""
        own = np.array([*numbers, -1])  # −1 is none
        also = [[int(own[one]) for one in line] for line in self.also]
        return self._replace(first=own[self.first], second=own[self.second], also=also)

    @classmethod
    def of(cls, packed: npt.NDArray[np.void]) -> Found:
        """What `packed` gave."""
        also = [[one for one in line if one >= 0] for line in packed["also"].tolist()]
        axis = np.array(COMPASS_CODES, dtype=object)[packed["axis"]].tolist()
        first, second = (packed[name].astype(np.int64) for name in ("first", "second"))
        return cls(first, second, packed["chance"], packed["second_chance"], axis, also, packed["is_placed"])

    def packed(self, keys: Keys) -> npt.NDArray[np.void]:
        """It as a later run finds it again by these keys."""
        told = np.zeros(len(keys), dtype=_FOUND)
        told["key"], told["also"] = keys, -1
        for name in ("first", "second", "chance", "second_chance", "is_placed"):
            told[name] = getattr(self, name)
        told["axis"] = [COMPASS_CODES.index(one) for one in self.axis]
        for row, line in enumerate(self.also):
            if line:
                told["also"][row, : len(line)] = line
        return told


@dataclass(frozen=True)
class PlaceBatch:
    """One partition on its way to a worker: the model is named, not sent.

    `axes` : the chances of each axis, in the order of `AXIS_CODES`, shape (n, 5).
    """

    profile: str
    sha256: str
    titles: tuple[Title, ...]
    ideas: IdeaTexts
    axes: npt.NDArray[np.float64]


def place_batch(batch: PlaceBatch) -> Found:
    """Row-stage function: where each idea goes, rows in order.

    Raises ModelError: the model of this machine is not the one that the run names.
    """
    model = load_place(batch.profile)
    check_same(f"place/{batch.profile}", model.sha256, batch.sha256)
    return find(batch.ideas, batch.titles, batch.axes, model)


def find(ideas: IdeaTexts, titles: Sequence[Title], axes: npt.NDArray[np.float64], model: PlaceModel) -> Found:
    """Where each idea goes under some titles; nothing depends on the ideas of other documents.

    A title of an axis takes ideas on its axis, whatever was read of them when both chances together are high enough.
    """
    chances = _chances(ideas, titles, axes, model)
    for row, column, is_under in said_by_people(ideas.texts, titles):
        chances[row, column] = 1.0 if is_under else 0.0
    # titles that decide come before proposals; the likeliest of those that reach the cut, else the likeliest
    ranked = chances + np.array([title.decides for title in titles])
    order = np.argsort(-ranked, axis=1, kind="stable")[:, : N_ALSO + 1]
    rows = np.arange(len(ideas))
    reaches: npt.NDArray[np.bool_] = np.asarray(chances >= model.cut, dtype=np.bool_)
    is_placed: npt.NDArray[np.bool_] = np.asarray(reaches.any(axis=1), dtype=np.bool_)
    first = np.where(reaches | ~is_placed[:, None], ranked, -1.0).argmax(axis=1)
    others = [[one for one in line if one != best] for line, best in zip(order.tolist(), first.tolist(), strict=True)]
    second = np.array([line[0] if line else -1 for line in others], dtype=np.int64)
    second_chance = np.where(second >= 0, chances[rows, np.maximum(second, 0)], 0.0)
    also = [
        [one for one in line if reaches[row, one]] if placed else []
        for row, (line, placed) in enumerate(zip(others, is_placed.tolist(), strict=True))
    ]
    own = np.array([title.axis or "" for title in titles], dtype=object)
    axis = np.where(own[first] == "", likeliest_axis(axes), own[first]).tolist()
    return Found(first, second, chances[rows, first], second_chance, axis, also, is_placed)


def _chances(
    ideas: IdeaTexts, titles: Sequence[Title], axes: npt.NDArray[np.float64], model: PlaceModel
) -> npt.NDArray[np.float64]:
    """The chance of each title for each idea; that of a person's title is the same whatever a machine proposes beside,
    for it is compared with those of people alone."""

    def of(some: Sequence[Title]) -> npt.NDArray[np.float64]:
        chances = np.asarray(model.joint(model.chances(ideas, some), axes, some, ideas.together), dtype=np.float64)
        return np.asarray(np.round(chances, 4), dtype=np.float64)

    theirs = [number for number, title in enumerate(titles) if title.decides]
    found = of(titles)
    if 0 < len(theirs) < len(titles):
        found[:, theirs] = of([titles[number] for number in theirs])
    return found


def said_by_people(texts: Sequence[str], titles: Sequence[Title]) -> Iterator[tuple[int, int, bool]]:
    """Rows whose words a person put under a title, or took away from it, and that title's number."""
    known: dict[str, list[tuple[int, bool]]] = {}
    for number, title in enumerate(titles):
        for words, is_under in ((title.examples, True), (title.refused, False)):
            for one in words:
                known.setdefault(_words(one), []).append((number, is_under))
    if not known:
        return
    for row, text in enumerate(texts):
        for number, is_under in known.get(_words(text), ()):
            yield row, number, is_under


@lru_cache(maxsize=100_000)
def _words(text: str) -> str:
    return " ".join(fold(text).split()).strip(" .!?;:")


def likeliest_axis(axes: npt.NDArray[np.float64]) -> npt.NDArray[np.object_]:
    """The likeliest axis of the rose of each idea, shape (n,)."""
    best = np.round(axes[:, : len(COMPASS_CODES)], 6).argmax(axis=1)
    return np.asarray(np.array(COMPASS_CODES, dtype=object)[best], dtype=np.object_)


@dataclass(frozen=True)
class Before:
    """What the last run found.

    `found` : see `_FOUND`. `readings` : of today, the key of each item by what was read of it, 0 for none
    (`pipeline.classify.stage.reading_keys`). `rule` : what decides in that reading and here, beside: code, models.
    """

    found: npt.NDArray[Any] | None = None
    readings: Keys | None = None
    rule: str = ""

    def keys(
        self,
        corpus: Corpus,
        titles: Sequence[Title],
        model: PlaceModel,
        items: pd.DataFrame,
        contributions: pd.DataFrame,
    ) -> Keys:
        """The key of each item: that of its reading, of titles, of the words that are common in the corpus. What stands
        in the column of a wall is read under another heading here, and has none."""
        if self.readings is None:
            return np.zeros(len(items), dtype=np.uint64)
        common, above = map(sorted, corpus.common), sorted(corpus.above.items())
        settings = self.rule, model.sha256, [astuple(one) for one in titles], *common, above
        loose = contributions.loc[contributions["given_group"].isna(), "contribution_id"]
        is_loose = pd.Index(loose).get_indexer(items["contribution_id"]) >= 0
        return np.where(is_loose, told_apart(self.readings, settings), np.uint64(0))

    def known(
        self, keys: Keys, has_new: npt.NDArray[np.bool_], together: npt.NDArray[np.int64]
    ) -> tuple[npt.NDArray[np.void], npt.NDArray[np.bool_]]:
        """What was found of the items of these keys, and whether it was: of each of their part of a document.

        `has_new` : of which nothing serves. `together` : the number of the part of each.
        """
        told, is_known = np.zeros(len(keys), dtype=_FOUND), np.zeros(len(keys), dtype=bool)
        if self.found is not None and self.found.dtype == _FOUND:
            rows = rows_in_any_order(self.found["key"], keys)
            is_known = ~_whole(rows < 0, together) & ~has_new
            told[is_known] = self.found[rows[is_known]]
        return told, is_known


def _whole(is_one: npt.NDArray[np.bool_], together: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    return np.asarray((np.bincount(together, weights=is_one) > 0)[together])


def place(
    items: pd.DataFrame,
    contributions: pd.DataFrame,
    tags: pd.DataFrame,
    embeddings: Embeddings,
    ideas: Ideas,
    titles: Sequence[Title],
    model: PlaceModel | None,
    config: Config,
    executor: Executor = LocalExecutor(),  # noqa: B008  (immutable)
    tick: Callable[[int], None] = lambda _: None,
    kept: Kept | None = None,
    put: Mapping[str, str] = MappingProxyType({}),
    before: Before = Before(),
) -> Placed:
    """The tables `titles` and `placings`, one row per item in the order of `items`.

    What was found before of the very same words, read in the same part of a document, under the same titles, is not
    looked for again, which moves no digit.

    Parameters
    ----------
    ideas : what the branches of `precis` give of each item, in the order of `items`, shape (n, 2e).
    titles : with their ids. model : None without titles.
    tick : called with the number of ideas just placed.
    kept : of the last run, see `Kept`.
    put : item → the title of the column where participants put it: it stays there, unless a title of a person is
        likelier than not.
    """
    kept = kept or Kept(pd.DataFrame({"title_id": [], "strength": []}, index=pd.Index([], dtype=object)))
    found: list[tuple[npt.NDArray[np.int64], Found]] = []
    packed = np.zeros(0, dtype=_FOUND)
    axes = tags[[f"p_{code}" for code in AXIS_CODES]].to_numpy(dtype=np.float64)
    if titles and model is not None and len(items):
        corpus = Corpus.of(items, contributions, embeddings, ideas).told(titles)
        together, order = in_documents(items, contributions)
        given = [number for number, title in enumerate(titles) if title.title_id not in kept.proposals]
        is_new = kept.under.index.get_indexer(pd.Index(items["item_id"])) < 0
        has_new = _whole(is_new & (len(given) < len(titles)), together)
        keys = before.keys(corpus, [titles[number] for number in given], model, items, contributions)
        packed, is_known = before.known(keys, has_new, together)
        found.append((np.flatnonzero(is_known), Found.of(packed[is_known]).among(given)))
        tick(int(is_known.sum()))
        asked = ((given, order[~(has_new | is_known)[order]]), (list(range(len(titles))), order[has_new[order]]))
        for numbers, rows_of in asked:
            some = tuple(titles[number] for number in numbers)
            parts = whole_parts(rows_of, together, config.taille_partition) if some else []
            batches = (
                PlaceBatch(config.profil, model.sha256, some, corpus.part(rows, together[rows]), axes[rows])
                for rows in parts
            )
            is_short = isinstance(executor, LocalExecutor) and len(parts) < MIN_PARTS_FOR_PROCESSES
            where = LocalExecutor(1) if is_short else executor
            for rows, one in zip(parts, where.map(place_batch, batches), strict=True):
                found.append((rows, one.among(numbers)))
                packed[rows] = one.packed(keys[rows] if numbers is given else np.zeros(len(rows), dtype=np.uint64))
                tick(len(rows))
    placings = validate("placings", _table(items, tags, titles, found, kept.under, put))
    return Placed(title_table(titles), placings, packed)


@dataclass(frozen=True)
class Corpus:
    """The items of a run as the model reads them: their texts and headings, the stems that are common among them,
    whatever the order of their rows, and the headings of the words that a person put under titles."""

    texts: Sequence[str]
    headings: Sequence[str]
    embeddings: Embeddings
    ideas: Ideas
    common: Common
    above: Mapping[str, tuple[str, float]] = field(default_factory=dict)

    @classmethod
    def of(cls, items: pd.DataFrame, contributions: pd.DataFrame, embeddings: Embeddings, ideas: Ideas) -> Corpus:
        """Those of the tables of a run; `ideas` as `place` takes them."""
        headings = items["contribution_id"].map(_above(contributions))
        drawn = np.argsort(items["item_id"].to_numpy(dtype=str), kind="stable")[:N_COUNTED]
        common = common_of(items["text"].iloc[drawn].tolist(), headings.iloc[drawn].tolist())
        return cls(items["text"].tolist(), headings.tolist(), embeddings, ideas, common)

    def told(self, titles: Sequence[Title]) -> Corpus:
        """The same items, with the headings of those that are examples of titles."""
        examples = {text for title in titles for text in title.examples}
        return replace(self, above=headed(self.texts, self.headings, examples)) if examples else self

    def part(self, rows: npt.NDArray[np.int64], together: npt.NDArray[np.int64] | None = None) -> IdeaTexts:
        """Some items; `together` as in `IdeaTexts`."""
        return IdeaTexts(
            [self.texts[row] for row in rows],
            [self.headings[row] for row in rows],
            self.embeddings.texts(rows),
            self.embeddings.contexts(rows),
            np.asarray(titled(self.ideas[rows]), dtype=np.float16),
            together,
            self.common,
            self.above,
        )


def _above(contributions: pd.DataFrame) -> dict[str, str]:
    """Contribution → the headings above it, without the column of a wall that it is in: what comes late is in none."""
    groups = contributions["given_group"].tolist() if "given_group" in contributions else [None] * len(contributions)
    ids, contexts = contributions["contribution_id"].tolist(), contributions["context"].fillna("").tolist()
    rows = zip(ids, contexts, groups, strict=True)
    return {
        one: context if pd.isna(group) else ("" if context == group else context.removesuffix(f" > {group}"))
        for one, context, group in rows
    }


def _table(
    items: pd.DataFrame,
    tags: pd.DataFrame,
    titles: Sequence[Title],
    parts: Sequence[tuple[npt.NDArray[np.int64], Found]],
    kept: pd.DataFrame,
    put: Mapping[str, str],
) -> pd.DataFrame:
    ids = np.array([title.title_id for title in titles] + [None], dtype=object)  # −1 is none
    read = tags["axis"].to_numpy(dtype=object)
    found = _of_all(read, parts)
    number = {title.title_id: place for place, title in enumerate(titles)}
    before = kept.reindex(items["item_id"])
    stays = np.asarray(before["title_id"].map(number).fillna(-1), dtype=np.int64)
    columns = np.array([number.get(put.get(item, ""), -1) for item in items["item_id"].tolist()], dtype=np.int64)
    # who put a card in a column says that it is an idea: it has an axis of the rose
    rose = likeliest_axis(tags[[f"p_{code}" for code in AXIS_CODES]].to_numpy(dtype=np.float64))
    read = np.where((columns >= 0) & (read == HORS_AXE), rose, read)
    stays = np.where(columns >= 0, columns, stays)
    is_theirs = np.array([title.decides for title in titles] + [False], dtype=bool)
    # a person's title takes what a machine proposed, and a proposal changes no axis
    is_placed = found.is_placed & (is_theirs[found.first] | _are_on(titles, found.first, read))
    needed = np.select([columns < 0, is_theirs[columns]], [0.0, 1.0], LIKELIER)
    is_taken = found.is_placed & is_theirs[found.first] & (found.first != columns) & (found.chance >= needed)
    is_kept = (stays >= 0) & ~is_taken & _are_on(titles, stays, read)
    is_put = is_kept & (columns >= 0)
    first = np.where(is_kept, stays, found.first)
    is_other = is_put & (first != found.first)  # what is read beside it is then second
    title = np.where(is_kept | is_placed, first, -1)
    takes = (title >= 0) & is_theirs[title] & ~is_put
    is_said = (title >= 0) & (title == found.first) & _are_examples(items, titles, found.first)
    strengths = before["strength"].to_numpy(dtype=np.float64)
    return pd.DataFrame(
        {
            "item_id": items["item_id"].to_numpy(dtype=object),
            "title_id": ids[title],
            "likeliest": ids[first],
            "chance": np.select([is_put, is_kept], [1.0, strengths], found.chance),
            "also": [[str(ids[one]) for one in line if one != at] for line, at in zip(found.also, first, strict=True)],
            "second_title": ids[np.where(is_other, found.first, found.second)],
            "second_chance": np.where(is_other, found.chance, found.second_chance),
            "axis": np.where(takes, np.array(found.axis, dtype=object), read),
            "placed_by": np.select([is_put, is_said], [PARTICIPANTS, PERSON], MACHINE),
        }
    )


def _are_examples(items: pd.DataFrame, titles: Sequence[Title], first: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    found = np.zeros(len(items), dtype=bool)
    for row, number, is_under in said_by_people(items["text"].tolist(), titles):
        found[row] |= is_under and number == first[row]
    return found


def _of_all(read: npt.NDArray[np.object_], parts: Sequence[tuple[npt.NDArray[np.int64], Found]]) -> Found:
    n = len(read)
    none, nowhere = np.full(n, -1, dtype=np.int64), np.zeros(n)
    also: list[list[int]] = [[] for _ in range(n)]
    whole = Found(none, none.copy(), nowhere, nowhere.copy(), read.tolist(), also, none >= 0)
    for rows, found in parts:
        columns: Iterator[tuple[Any, Any]] = zip(whole, found, strict=True)
        for column, values in columns:
            if isinstance(column, np.ndarray):
                column[rows] = values
            else:
                for row, value in zip(rows.tolist(), values, strict=True):
                    column[row] = value
    return whole


def _are_on(
    titles: Sequence[Title], numbers: npt.NDArray[np.int64], axes: npt.NDArray[np.object_]
) -> npt.NDArray[np.bool_]:
    """Which ideas may stand under a title, −1 for none, on the axes where they were read."""
    own = np.array([*(title.axis or "" for title in titles), ""], dtype=object)[numbers]
    return np.asarray((numbers >= 0) & (axes != HORS_AXE) & ((own == "") | (own == axes)), dtype=np.bool_)
