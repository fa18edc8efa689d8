"""What was typed so far, read as a run reads it: cut into ideas, axes read, placed under the titles of the workshop.

The stages are those of a run, over all that was typed; what was read a moment ago is found again by its key, and only
what is new is encoded. The next run reads the same file and finds the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from pipeline.classify.reading.reading_keys import KnownReadings
from pipeline.classify.stage import classify, load_axis_model
from pipeline.config import Config
from pipeline.contracts.checks import conform
from pipeline.embed.stage import embed
from pipeline.ingest.assembly import Assembly
from pipeline.ingest.corpus_files import list_files
from pipeline.ingest.formats.typed import FILE, Typed, key_of, reading_of
from pipeline.ingest.preparing import Prepared, freeze, prepared
from pipeline.ingest.segmentation.reports import is_report
from pipeline.ingest.workshop import find_workshops, workshop_of
from pipeline.language.models.encoders import load_encoder
from pipeline.place.given import titles_of_corpus
from pipeline.place.model import load_place
from pipeline.place.stage import place
from pipeline.place.titles import Title, identified


@dataclass(frozen=True)
class Idea:
    """One idea of a word: where it went.

    Attributes
    ----------
    title_id : None where it is to place. chance : that its likeliest title is true of it.
    """

    item_id: str
    text: str
    axis: str
    status: str
    title_id: str | None
    chance: float


@dataclass(frozen=True)
class Found:
    """What was read.

    Attributes
    ----------
    ideas : key of a word → its ideas, in order; texts with privacy marks put in.
    aside : key of a word → why it holds no idea.
    titles : those of the workshop, in order.
    """

    ideas: Mapping[str, tuple[Idea, ...]] = field(default_factory=dict)
    aside: Mapping[str, str] = field(default_factory=dict)
    titles: tuple[Title, ...] = ()


class _Prepared:
    """What texts become, kept: an executor of `pipeline.ingest.preparing.prepare` for all that was typed."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, bool], Prepared] = {}

    def map(self, _function: Callable[[Any], Any], parts: Iterable[Any]) -> Iterator[Any]:
        """See `pipeline.execution.Executor`."""
        for raws, is_speech, _, config in parts:
            texts = [freeze(raw) for raw in raws]
            is_reported = is_report(texts)
            for text in texts:
                if (text, is_reported) not in self._known:
                    self._known[text, is_reported] = prepared(text, is_speech, is_reported, config)
            yield [self._known[text, is_reported] for text in texts]


class Reader:
    """Reads what was typed again and again; what it has read stands, until titles change.

    Nothing that a word gives depends on the others: each is read alone, and so are its ideas placed.

    Parameters
    ----------
    folder : of the workshop, whose sheet and titles are read each time.
    """

    def __init__(self, folder: Path, config: Config) -> None:
        self._folder, self._config = folder, config
        self._prepared = _Prepared()
        self._titles: tuple[Title, ...] = ()
        self._ideas: dict[tuple[str, ...], tuple[Idea, ...]] = {}
        self._readings: list[KnownReadings] = []

    def warm(self) -> None:
        """Load what the first word would wait for."""
        load_encoder()
        load_axis_model(self._config.profil)
        load_place(self._config.profil)

    def read(self, typed: Typed) -> Found:
        """Where everything that was typed goes."""
        files = list_files(self._folder, lambda *_: None)
        titles = identified(titles_of_corpus(files).titles)
        if titles != self._titles:
            self._titles, self._ideas = titles, {}
        workshop = workshop_of(FILE, find_workshops(self._folder, [name for name, _ in files]))
        assembly = Assembly(self._config.ingest, executor=self._prepared)
        assembly.declared = {workshop.key: [table.numero for table in workshop.tables]}
        assembly.add(FILE, [reading_of(typed)], workshop.key, None)
        contributions, items, rejects = (
            rows.frame() for rows in (assembly.contributions, assembly.items, assembly.rejects)
        )
        spans: dict[str, list[str]] = {one: [] for one in contributions["contribution_id"]}
        for owner, item in zip(items["contribution_id"], items["item_id"], strict=True):
            spans[owner].append(item)
        new = [one for one, ids in spans.items() if ids and tuple(ids) not in self._ideas]
        if new:
            self._read(
                contributions[contributions["contribution_id"].isin(new)], items[items["contribution_id"].isin(new)]
            )
        keys = zip(contributions["locator"].map(key_of), contributions["contribution_id"], strict=True)
        return Found(
            {key: self._ideas[ids] for key, one in keys if (ids := tuple(spans[one]))},
            {key_of(place): why for place, why in zip(rejects["locator"], rejects["detail"], strict=True)},
            titles,
        )

    def _read(self, contributions: pd.DataFrame, items: pd.DataFrame) -> None:
        """Take in some words, as the stages of a run read them."""
        contributions = conform("contributions", contributions.reset_index(drop=True))
        items = conform("items", items.reset_index(drop=True))
        config = self._config
        embeddings = embed(items, contributions, load_encoder(), config.taille_partition)
        known = _joined(self._readings)
        found = classify(items, contributions, embeddings, load_axis_model(config.profil), config, known=known)
        tags = found.tags
        self._readings.append(KnownReadings(found.keys, tags.drop(columns="item_id"), np.asarray(found.ideas)))
        model = load_place(config.profil) if self._titles else None
        placings = place(items, contributions, tags, embeddings, found.ideas, self._titles, model, config).placings
        title_ids = placings["title_id"].astype(object).where(placings["title_id"].notna(), None)
        columns = (items["item_id"], items["text"], placings["axis"], tags["status"], title_ids, placings["chance"])
        ideas = (Idea(*values) for values in zip(*columns, strict=True))
        by_word: dict[str, list[Idea]] = {}
        for owner, idea in zip(items["contribution_id"], ideas, strict=True):
            by_word.setdefault(owner, []).append(idea)
        self._ideas |= {tuple(idea.item_id for idea in some): tuple(some) for some in by_word.values()}


def _joined(parts: list[KnownReadings]) -> KnownReadings | None:
    """The readings of several batches as one, in place."""
    if len(parts) > 1:
        keys, ideas = (np.concatenate(some) for some in zip(*((part.keys, part.ideas) for part in parts), strict=True))
        parts[:] = [KnownReadings(keys, pd.concat([part.tags for part in parts], ignore_index=True), ideas)]
    return parts[0] if parts else None
