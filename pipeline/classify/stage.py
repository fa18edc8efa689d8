"""The classify stage: items with their context → tags."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.axes import AXIS_CODES, COMPASS_CODES, compass
from pipeline.classify.reading.beside import check_same, read_beside, readers_of
from pipeline.classify.reading.colours import walls_and_colours, weighed_by_colour
from pipeline.classify.reading.model import AxisModel, Prediction, build_model, read
from pipeline.classify.reading.store import open_model
from pipeline.config import Config
from pipeline.contracts.checks import conform, empty
from pipeline.errors import ModelError
from pipeline.execution import Executor, LocalExecutor, partition_bounds
from pipeline.folder.vectors import Keys, rows_of
from pipeline.language.models.encoders import Embeddings
from pipeline.language.text.folding import fold

_CHANCES = [f"p_{code}" for code in AXIS_CODES]
Ideas = npt.NDArray[np.float16]

MIN_PARTS_FOR_PROCESSES = 5
"""A process takes a second to start, while `rapide` reads two partitions."""


IN_ORDER = ("note", "transcript")
"""Channels whose contributions stand under a heading with others, in the order of a document; post-its and the answers
to a question, whose rows may come in any order, are each alone."""
MAX_TOGETHER = 50
"""Contributions read together at most: what one more of them may make read again."""


def parts_of_documents(contributions: pd.DataFrame) -> pd.Series:
    """The number of the part of a document that each contribution is read in: those under one heading of one file, in
    its order, `MAX_TOGETHER` at most. Loose texts and answers are parts by themselves.

    `contributions` : columns contribution_id, context; source, position and channel, where they come from documents.
    """
    numbers = pd.Series(np.arange(len(contributions)), index=contributions["contribution_id"].to_numpy(dtype=object))
    if "position" not in contributions:
        return numbers
    is_in_order = contributions["channel"].isin(IN_ORDER).to_numpy(dtype=bool)
    ordered = contributions[is_in_order].sort_values(["source", "position"], kind="stable")
    heading = ordered.groupby(["source", "context"], sort=False)
    names = pd.DataFrame({"heading": heading.ngroup(), "rank": heading.cumcount() // MAX_TOGETHER})
    parts = names.groupby(["heading", "rank"], sort=False).ngroup().to_numpy()
    numbers.loc[ordered["contribution_id"].to_numpy(dtype=object)] = len(contributions) + parts
    return numbers


def reading_keys(
    texts: Sequence[str], contexts: Sequence[str], together: npt.NDArray[np.int64], order: npt.NDArray[np.int64]
) -> Keys:
    """A 64-bit key of each row (blake2b): its context, the texts read with it in order, its rank among them.

    Parameters
    ----------
    together : shape (n,), the number of the part of a document of each row.
    order : the rows, those of one part one after the other.
    """
    keys = np.zeros(len(order), dtype=np.uint64)
    for part in np.split(order, np.flatnonzero(np.diff(together[order])) + 1) if len(order) else []:
        rows = part.tolist()
        whole = hashlib.blake2b(digest_size=8)
        for words in (contexts[rows[0]], *(texts[row] for row in rows)):
            content = words.encode()
            whole.update(len(content).to_bytes(8, "little"))
            whole.update(content)
        for rank, row in enumerate(rows):
            one = whole.copy()
            one.update(rank.to_bytes(8, "little"))
            keys[row] = int.from_bytes(one.digest(), "little")
    return keys


@dataclass(frozen=True)
class KnownReadings:
    """What was read with the same model and the same code.

    Attributes
    ----------
    keys : shape (n,), in any order (see `reading_keys`).
    tags : n rows, the columns of `tags` but item_id.
    ideas : shape (n, e), vectors of what each says; in memory or on disk.
    """

    keys: Keys
    tags: pd.DataFrame
    ideas: Any

    def rows(self, keys: Keys) -> npt.NDArray[np.int64]:
        """The row of each of these keys, −1 for those that are not there."""
        order = np.argsort(self.keys, kind="stable")
        found = rows_of(self.keys[order], keys)
        return np.append(order, -1)[found]  # what is not there, −1, takes the last place


class Classified(NamedTuple):
    """What the stage gives: the table `tags`, the vectors of what each item says, shape (n, e), and the keys by which
    a later run finds them again, shape (n,)."""

    tags: pd.DataFrame
    ideas: Ideas
    keys: Keys


@lru_cache(maxsize=4)
def load_axis_model(profile: str, folder: Path | None = None) -> AxisModel:
    """The model of a profile (`precis` or `rapide`), loaded once per process, after its sha256 was checked.

    Raises ModelError: missing, altered or of another version, with what to do.
    """
    return build_model(open_model(profile, folder))


@dataclass(frozen=True)
class AxisBatch:
    """One partition on its way to a worker: models are named, not sent; vectors have shape (len(texts), d).

    `beside` names the models of what else is read, see `readers_of`.
    """

    profile: str
    sha256: str
    beside: dict[str, str]
    texts: list[str]
    contexts: list[str]
    text_vectors: npt.NDArray[np.float16]
    context_vectors: npt.NDArray[np.float16]
    together: npt.NDArray[np.int64]
    with_ideas: bool


def classify_batch(batch: AxisBatch) -> Prediction:
    """Row-stage function: the columns of `tags` but item_id and the vectors of what is said, rows in order.

    Raises ModelError: the model of this machine is not the one that the run names.
    """
    model = load_axis_model(batch.profile)
    check_same(f"axes/{batch.profile}", model.sha256, batch.sha256)
    found = model.predict(
        batch.texts, batch.contexts, batch.text_vectors, batch.context_vectors, batch.together, batch.with_ideas
    )
    tags = read_beside(found.tags, batch.texts, batch.contexts, batch.text_vectors, batch.context_vectors, batch.beside)
    return found._replace(tags=tags)


def classify(
    items: pd.DataFrame,
    contributions: pd.DataFrame,
    embeddings: Embeddings,
    model: AxisModel,
    config: Config,
    executor: Executor = LocalExecutor(),  # noqa: B008  (immutable)
    tick: Callable[[int], None] = lambda _: None,
    with_ideas: bool = True,
    known: KnownReadings | None = None,
) -> Classified:
    """The table `tags`, one row per item in the order of `items`, and the vectors of what each says.

    A model that reads with every core by itself is not given local processes, which would each hold it; nor is a quick
    one that reads all there is before they have started.

    Items are classified in partitions of about `config.taille_partition` rows, sorted by part of a document then place,
    so that the ideas of one part are read together. Those of `known` are not read again, which moves no digit.

    Parameters
    ----------
    tick : called with the number of ideas just read.
    known : readings of the last run, by the same model and code.

    Raises ModelError: the vectors come from another encoder than the one that the model learned with.
    """
    _check_encoder(model, embeddings)
    if items.empty:
        return Classified(empty("tags"), np.zeros((0, 0), dtype=np.float16), np.zeros(0, dtype=np.uint64))
    beside = readers_of(embeddings.encoder_sha256)
    said = _under_headings(items, contributions)
    parts, left = ([], said.order) if known is None else _known_parts(said, known)
    tick(len(said.keys) - len(left))
    partitions = whole_parts(left, said.together, config.taille_partition)
    if isinstance(executor, LocalExecutor) and (model.uses_threads or len(partitions) < MIN_PARTS_FOR_PROCESSES):
        executor = LocalExecutor(1)
    batches = (
        AxisBatch(
            config.profil,
            model.sha256,
            beside,
            list(said.texts[rows]),
            list(said.contexts[rows]),
            embeddings.texts(rows),
            embeddings.contexts(rows),
            said.together[rows],
            with_ideas,
        )
        for rows in partitions
    )
    for rows, found in zip(partitions, executor.map(classify_batch, batches), strict=True):
        parts.append(KnownReadings(said.keys[rows], found.tags, found.ideas))
        tick(len(rows))
    whole = _in_order(parts, said.keys, items["item_id"].to_numpy(dtype=str))
    return _as_told(whole, said, items["contribution_id"], contributions, embeddings, model, beside)


def _as_told(
    found: Classified,
    said: _Said,
    owners: pd.Series,
    contributions: pd.DataFrame,
    embeddings: Embeddings,
    model: AxisModel,
    beside: dict[str, str],
) -> Classified:
    """The ideas whose axis the colour of their card settles, or the heading that a table chose in the room, read again
    as they say; no later run finds them known."""
    walls, colours = walls_and_colours(contributions)
    cards = pd.Index(contributions["contribution_id"]).get_indexer(owners)
    chances = found.tags[_CHANCES].to_numpy(dtype=np.float64)
    weighed = weighed_by_colour(chances, walls[cards], colours[cards])
    chosen = _chosen_axes(contributions)[cards]
    weighed[chosen >= 0] = np.eye(len(AXIS_CODES))[chosen[chosen >= 0]]
    rows = np.flatnonzero((weighed.argmax(axis=1) != chances.argmax(axis=1)) | (chosen >= 0))
    if len(rows) == 0:
        return found
    texts, contexts = list(said.texts[rows]), list(said.contexts[rows])
    text_vectors, context_vectors = embeddings.texts(rows), embeddings.contexts(rows)
    scored = model.scores(texts, contexts, text_vectors, context_vectors, with_ideas=False)
    told = read(texts, scored._replace(chances=weighed[rows]), model.calibration, model.facet_heads)
    told = read_beside(told, texts, contexts, text_vectors, context_vectors, beside)
    told = conform("tags", told.assign(item_id=found.tags["item_id"].to_numpy()[rows])).set_index(rows)
    tags: pd.DataFrame = pd.concat([found.tags.drop(index=rows.tolist()), told]).sort_index()
    keys = found.keys.copy()
    keys[np.isin(said.together, said.together[rows])] = 0  # what stands in one part is read together, or not at all
    return Classified(tags, found.ideas, keys)


def _chosen_axes(contributions: pd.DataFrame) -> npt.NDArray[np.int64]:
    """The number of the axis that a table of the room chose for each contribution, by its heading or its name; −1 for
    none, shape (n,)."""
    if "channel" not in contributions:
        return np.full(len(contributions), -1, dtype=np.int64)
    axes = [(AXIS_CODES.index(code), compass()[code]) for code in COMPASS_CODES]
    named = {fold(name): number for number, axis in axes for name in (axis.heading, axis.name)}
    under = contributions["context"].where(contributions["channel"].eq("saisie"), "")
    return np.array([named.get(fold(heading), -1) for heading in under], dtype=np.int64)


def _check_encoder(model: AxisModel, embeddings: Embeddings) -> None:
    """A `ModelError` when the model learned above another encoder than that of the vectors."""
    if model.encoder_sha256 and model.encoder_sha256 != embeddings.encoder_sha256:
        raise ModelError(
            f"Le modèle des axes a été appris avec l'encodeur {model.encoder_sha256[:12]}…, et les vecteurs "
            f"viennent de {embeddings.encoder_sha256[:12]}…. Installez les versions du dépôt "
            "(make install), ou réapprenez (make train)."
        )


@dataclass(frozen=True)
class _Said:
    """What is read, rows in the order of the items.

    Attributes
    ----------
    texts, contexts : shape (n,), of str.
    together : shape (n,), the number of the part of a document of each row.
    order : the rows sorted by part, then in the order of the document.
    keys : shape (n,), see `reading_keys`.
    """

    texts: npt.NDArray[np.object_]
    contexts: npt.NDArray[np.object_]
    together: npt.NDArray[np.int64]
    order: npt.NDArray[np.int64]
    keys: Keys


def _under_headings(items: pd.DataFrame, contributions: pd.DataFrame) -> _Said:
    texts = items["text"].to_numpy(dtype=object)
    headings = contributions.set_index("contribution_id")["context"]
    contexts = items["contribution_id"].map(headings).fillna("").to_numpy(dtype=object)
    together, order = in_documents(items, contributions)
    return _Said(texts, contexts, together, order, reading_keys(texts.tolist(), contexts.tolist(), together, order))


def in_documents(
    items: pd.DataFrame, contributions: pd.DataFrame
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """The number of the part of a document of each item, and the rows sorted by part, then in its order; shape (n,)."""
    parts = items["contribution_id"].map(parts_of_documents(contributions))
    _, together = np.unique(parts.to_numpy(dtype=np.int64), return_inverse=True)
    return together, np.lexsort((*_places(items, contributions), together))


def _places(items: pd.DataFrame, contributions: pd.DataFrame) -> list[npt.NDArray[Any]]:
    """Where each item stands in its document, the least telling first (see `np.lexsort`)."""
    places: list[npt.NDArray[Any]] = [items["item_id"].to_numpy(dtype=str)]
    if "position" in contributions:
        position = contributions.set_index("contribution_id")["position"]
        places += [items["start"].to_numpy(), items["contribution_id"].map(position).to_numpy()]
    return places


def _known_parts(said: _Said, known: KnownReadings) -> tuple[list[KnownReadings], npt.NDArray[np.int64]]:
    """The readings of the last run that serve again, and the rows that are left to read, in order."""
    rows = known.rows(said.keys)
    taken = np.unique(rows[rows >= 0])
    part = KnownReadings(known.keys[taken], known.tags.iloc[taken], np.asarray(known.ideas[taken]))
    return [part], said.order[rows[said.order] < 0]


def _in_order(parts: Sequence[KnownReadings], keys: Keys, ids: npt.NDArray[np.str_]) -> Classified:
    parts = [part for part in parts if len(part.keys)]
    width = max(part.ideas.shape[1] for part in parts)
    ideas = np.zeros((len(keys), width), dtype=np.float16)
    tables = [conform("tags", part.tags.assign(item_id="")) for part in parts]  # concat warns of types that differ
    everything = KnownReadings(
        np.concatenate([part.keys for part in parts]),
        pd.concat(tables, ignore_index=True).drop(columns="item_id"),
        None,
    )
    rows = everything.rows(keys)
    start = 0
    for part in parts:
        here = np.flatnonzero((rows >= start) & (rows < start + len(part.keys)))
        ideas[here, : part.ideas.shape[1]] = part.ideas[rows[here] - start]
        start += len(part.keys)
    tags = everything.tags.iloc[rows].reset_index(drop=True)
    tags.insert(0, "item_id", ids)
    return Classified(conform("tags", tags), ideas, keys)


def whole_parts(
    order: npt.NDArray[np.int64], together: npt.NDArray[np.int64], size: int
) -> list[npt.NDArray[np.int64]]:
    """Rows in `order`, in partitions of `size` rows or a little more: none ends inside a part of a document."""
    if len(order) == 0:
        return []
    sorted_groups = together[order]
    ends = [end for _, end in partition_bounds(len(order), size)]
    cuts = np.unique(np.searchsorted(sorted_groups, sorted_groups[np.array(ends) - 1], side="right"))
    return np.split(order, cuts[:-1])
