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
from pipeline.classify.reading.beside import with_worth, worth_above
from pipeline.classify.reading.calibration import DECIMALS
from pipeline.classify.reading.colours import walls_and_colours, weighed_by_colour
from pipeline.classify.reading.features import Headed
from pipeline.classify.reading.model import AxisModel, Prediction, build_model
from pipeline.classify.reading.store import open_model
from pipeline.config import Config
from pipeline.contracts.checks import conform, empty
from pipeline.errors import ModelError
from pipeline.execution import Executor, LocalExecutor, partition_bounds
from pipeline.folder.vectors import Keys, rows_in_any_order
from pipeline.language.models.encoders import Embeddings
from pipeline.language.text.folding import fold
from pipeline.learned import check_same
from pipeline.stances.evidence import axes_of_headings

_CHANCES = [f"p_{code}" for code in AXIS_CODES]
Ideas = npt.NDArray[np.float16]
Rows = npt.NDArray[np.int64]

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


def reading_keys(texts: Sequence[str], contexts: Sequence[str], together: Rows, order: Rows) -> Keys:
    """A 64-bit key of each row (blake2b): its context, the texts read with it in order, its rank among them.

    `together` : shape (n,), the number of the part of a document of each row. `order` : the rows, those of one part one
    after the other.
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

    `keys` : shape (n,), in any order (see `reading_keys`). `tags` : n rows, the columns of `tags` but item_id.
    `ideas` : shape (n, e), vectors of what each says; in memory or on disk.
    """

    keys: Keys
    tags: pd.DataFrame
    ideas: Any


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
    """One partition on its way to a worker: models are named, not sent.

    `worth` names the model of what an idea is worth, see `worth_above`.
    """

    profile: str
    sha256: str
    worth: str
    given: Headed
    together: Rows
    with_ideas: bool


def classify_batch(batch: AxisBatch) -> Prediction:
    """Row-stage function: the columns of `tags` but item_id and the vectors of what is said, rows in order.

    Raises ModelError: the model of this machine is not the one that the run names.
    """
    model = load_axis_model(batch.profile)
    check_same(f"axes/{batch.profile}", model.sha256, batch.sha256)
    found = model.predict(batch.given, batch.together, batch.with_ideas)
    return found._replace(tags=with_worth(found.tags, batch.given, batch.worth))


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

    Items are classified in partitions of about `config.taille_partition` rows, sorted by part of a document then place,
    so that the ideas of one part are read together. Those of `known` are not read again, which moves no digit.

    `tick` : called with the number of ideas just read. `known` : readings of the last run, by the same model and code.

    Raises ModelError: the vectors come from another encoder than the one that the model learned with.
    """
    if model.encoder_sha256 and model.encoder_sha256 != embeddings.encoder_sha256:
        raise ModelError(
            f"Le modèle des axes a été appris avec l'encodeur {model.encoder_sha256[:12]}…, et les vecteurs "
            f"viennent de {embeddings.encoder_sha256[:12]}…. Installez les versions du dépôt "
            "(make install), ou réapprenez (make train)."
        )
    if items.empty:
        return Classified(empty("tags"), np.zeros((0, 0), dtype=np.float16), np.zeros(0, dtype=np.uint64))
    worth = worth_above(embeddings.encoder_sha256)
    contexts = items["contribution_id"].map(contributions.set_index("contribution_id")["context"]).fillna("")
    texts, above = (one.to_numpy(dtype=object) for one in (items["text"], contexts))
    read_in = in_documents(items, contributions)
    said = _Said(texts, above, *read_in, reading_keys(texts.tolist(), above.tolist(), *read_in))
    parts: list[_Part] = []
    left = said.order
    if known is not None:
        rows = rows_in_any_order(known.keys, said.keys)
        here, left = np.flatnonzero(rows >= 0), left[rows[left] < 0]
        parts = [_Part(here, known.tags.iloc[rows[here]], np.asarray(known.ideas[rows[here]]))]
    tick(len(said.keys) - len(left))
    partitions = whole_parts(left, said.together, config.taille_partition)
    # a model that reads with every core by itself is given no local processes, which would each hold it
    if isinstance(executor, LocalExecutor) and (model.uses_threads or len(partitions) < MIN_PARTS_FOR_PROCESSES):
        executor = LocalExecutor(1)
    batches = (
        AxisBatch(config.profil, model.sha256, worth, said.rows(rows, embeddings), said.together[rows], with_ideas)
        for rows in partitions
    )
    for rows, found in zip(partitions, executor.map(classify_batch, batches), strict=True):
        parts.append(_Part(rows, found.tags, found.ideas))
        tick(len(rows))
    tags, ideas = _in_order([part for part in parts if len(part.rows)])
    tags = conform("tags", tags.assign(item_id=items["item_id"].to_numpy(dtype=str)))
    whole = Classified(tags, ideas, said.keys)
    return _as_told(whole, said, items["contribution_id"], contributions, embeddings, model, worth)


def _as_told(
    found: Classified,
    said: _Said,
    owners: pd.Series,
    contributions: pd.DataFrame,
    embeddings: Embeddings,
    model: AxisModel,
    worth: str,
) -> Classified:
    """The ideas whose axis the colour of their card settles, or the heading above, read again as they say; no later run
    finds them known."""
    walls, colours = walls_and_colours(contributions)
    cards = pd.Index(contributions["contribution_id"]).get_indexer(owners)
    chances = found.tags[_CHANCES].to_numpy(dtype=np.float64)
    weighed = weighed_by_colour(chances, walls[cards], colours[cards])
    may_be = axes_above(contributions)[cards]
    told = np.flatnonzero(~may_be.all(axis=1))
    left = (weighed[told] + 10.0**-DECIMALS) * may_be[told]
    weighed[told] = np.round(left / left.sum(axis=1, keepdims=True), DECIMALS)
    rows = np.flatnonzero((weighed.argmax(axis=1) != chances.argmax(axis=1)) | (may_be.sum(axis=1) == 1))
    if len(rows) == 0:
        return found
    given = said.rows(rows, embeddings)
    scored = model.scores(given, with_ideas=False, chances=weighed[rows])
    again = with_worth(model.told(given.texts, scored), given, worth)
    again = conform("tags", again.assign(item_id=found.tags["item_id"].to_numpy()[rows])).set_index(rows)
    tags: pd.DataFrame = pd.concat([found.tags.drop(index=rows.tolist()), again]).sort_index()
    keys = found.keys.copy()
    keys[np.isin(said.together, said.together[rows])] = 0  # what stands in one part is read together, or not at all
    return Classified(tags, found.ideas, keys)


def axes_above(contributions: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """The axes of which each contribution may be, shape (n, 5): that which a table of the room chose, by its heading or
    its name; those that the heading above tells; all without."""
    axes = [(code, compass()[code]) for code in COMPASS_CODES]
    named = {fold(name): (code,) for code, axis in axes for name in (axis.heading, axis.name)}
    contexts = contributions["context"].fillna("").tolist()
    is_chosen = contributions["channel"].eq("saisie") if "channel" in contributions else [False] * len(contexts)
    told = [
        (named.get(fold(one), ()) if chosen else ()) or axes_of_headings(one) or AXIS_CODES
        for one, chosen in zip(contexts, is_chosen, strict=True)
    ]
    return np.array([[code in one for code in AXIS_CODES] for one in told], dtype=bool).reshape(-1, len(AXIS_CODES))


@dataclass(frozen=True)
class _Said:
    """What is read, rows in the order of the items: `together`, the number of the part of a document of each, and
    `order`, the rows sorted by part, then in the order of the document."""

    texts: npt.NDArray[np.object_]
    contexts: npt.NDArray[np.object_]
    together: Rows
    order: Rows
    keys: Keys

    def rows(self, rows: Rows, embeddings: Embeddings) -> Headed:
        """Some of it, with its vectors."""
        texts, contexts = list(self.texts[rows]), list(self.contexts[rows])
        return Headed(texts, contexts, embeddings.texts(rows), embeddings.contexts(rows))


def in_documents(items: pd.DataFrame, contributions: pd.DataFrame) -> tuple[Rows, Rows]:
    """The number of the part of a document of each item, and the rows sorted by part, then in its order; shape (n,)."""
    parts = items["contribution_id"].map(parts_of_documents(contributions))
    _, together = np.unique(parts.to_numpy(dtype=np.int64), return_inverse=True)
    order: list[npt.NDArray[Any]] = [items["item_id"].to_numpy(dtype=str)]  # the least telling first
    if "position" in contributions:
        position = contributions.set_index("contribution_id")["position"]
        order += [items["start"].to_numpy(), items["contribution_id"].map(position).to_numpy()]
    return together, np.lexsort((*order, together))


class _Part(NamedTuple):
    rows: Rows
    tags: pd.DataFrame
    ideas: Ideas


def _in_order(parts: Sequence[_Part]) -> tuple[pd.DataFrame, Ideas]:
    order = np.argsort(np.concatenate([part.rows for part in parts]))
    ideas = np.zeros((len(order), max(part.ideas.shape[1] for part in parts)), dtype=np.float16)
    for part in parts:
        ideas[part.rows, : part.ideas.shape[1]] = part.ideas
    tables = [conform("tags", part.tags.assign(item_id="")) for part in parts]  # concat warns of types that differ
    return pd.concat(tables, ignore_index=True).iloc[order].reset_index(drop=True), ideas


def whole_parts(order: Rows, together: Rows, size: int) -> list[Rows]:
    """Rows in `order`, in partitions of `size` rows or a little more: none ends inside a part of a document."""
    if len(order) == 0:
        return []
    groups, ends = together[order], np.array([end for _, end in partition_bounds(len(order), size)])
    return np.split(order, np.unique(np.searchsorted(groups, groups[ends - 1], side="right"))[:-1])
