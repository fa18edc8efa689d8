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
from pipeline.language.models.encoders import Embeddings, load_encoder
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
    texts : key of a word → its text as a run keeps it.
    aside : key of a word → why it holds no idea.
    titles : those of the workshop, in order.
    """

    ideas: Mapping[str, tuple[Idea, ...]] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
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
    """Reads all that was typed again and again, what it knows aside.

    Parameters
    ----------
    folder : of the workshop, whose sheet and titles are read each time.
    """

    def __init__(self, folder: Path, config: Config) -> None:
        self._folder, self._config = folder, config
        self._prepared = _Prepared()
        self._embeddings: Embeddings | None = None
        self._known: KnownReadings | None = None

    def warm(self) -> None:
        """Load what the first word would wait for."""
        load_encoder()
        load_axis_model(self._config.profil)
        load_place(self._config.profil)

    def titles(self) -> tuple[Title, ...]:
        """The titles of the workshop."""
        return identified(titles_of_corpus(list_files(self._folder, lambda *_: None)).titles)

    def read(self, typed: Typed) -> Found:
        """Where everything that was typed goes."""
        titles = self.titles()
        config = self._config
        workshop = workshop_of(FILE, find_workshops(self._folder, self._sheets()))
        assembly = Assembly(config.ingest, executor=self._prepared)
        assembly.declared = {workshop.key: [table.numero for table in workshop.tables]}
        assembly.add(FILE, [reading_of(typed)], workshop.key, None)
        contributions = conform("contributions", assembly.contributions.frame())
        items = conform("items", assembly.items.frame())
        keys = contributions["locator"].map(key_of)
        texts = dict(zip(keys, contributions["text"], strict=True))
        rejects = assembly.rejects.frame()
        aside = {key_of(place): why for place, why in zip(rejects["locator"], rejects["detail"], strict=True)}
        if items.empty:
            return Found({}, texts, aside, titles)
        embeddings = embed(items, contributions, load_encoder(), config.taille_partition, known=self._embeddings)
        model = load_axis_model(config.profil)
        found = classify(items, contributions, embeddings, model, config, known=self._known)
        tags = found.tags
        self._embeddings = embeddings
        self._known = KnownReadings(found.keys, tags.drop(columns="item_id"), np.asarray(found.ideas))
        placings = place(
            items,
            contributions,
            tags,
            embeddings,
            found.ideas,
            titles,
            load_place(config.profil) if titles else None,
            config,
        ).placings
        key = dict(zip(contributions["contribution_id"], keys, strict=True))
        ideas: dict[str, list[Idea]] = {}
        columns = zip(
            items["contribution_id"], items["item_id"], items["text"], placings["axis"], tags["status"],
            placings["title_id"].astype(object).where(placings["title_id"].notna(), None), placings["chance"],
            strict=True,
        )  # fmt: skip
        for contribution, *values in columns:
            ideas.setdefault(key[contribution], []).append(Idea(*values))
        return Found({one: tuple(rows) for one, rows in ideas.items()}, texts, aside, titles)

    def _sheets(self) -> list[str]:
        return [name for name, _ in list_files(self._folder, lambda *_: None)]
