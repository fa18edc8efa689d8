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

from pipeline.classify.stage import KnownReadings, classify, load_axis_model
from pipeline.config import Config
from pipeline.embed.stage import embed
from pipeline.ingest.assembly import Assembly
from pipeline.ingest.corpus_files import list_files
from pipeline.ingest.formats.records import Reading
from pipeline.ingest.formats.typed import FILE, Typed, key_of, reading_of
from pipeline.ingest.preparing import freeze, prepared
from pipeline.ingest.segmentation.reports import is_report
from pipeline.ingest.workshop import find_workshops, workshop_of
from pipeline.language.models.encoders import load_encoder
from pipeline.place.given import titles_of_corpus
from pipeline.place.model import load_place
from pipeline.place.stage import place
from pipeline.place.titles import Title, identified
from pipeline.review.log.decisions import ItemAnchor


@dataclass(frozen=True)
class Idea:
    """One idea of a word: where it went.

    Attributes
    ----------
    title_id : None where it is to place. chance : that its likeliest title is true of it.
    put_by : who put it there, "" for the machine.
    """

    item_id: str
    text: str
    axis: str
    status: str
    title_id: str | None
    chance: float
    put_by: str = ""


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

    @property
    def by_id(self) -> dict[str, Title]:
        """Titles by their ids."""
        return {title.title_id: title for title in self.titles}


@dataclass(frozen=True)
class _Prepared:
    """An executor of `pipeline.ingest.preparing.prepare` for a few of the texts of a file, of which it is known whether
    they report what was said."""

    is_reported: bool

    def map(self, _function: Callable[[Any], Any], parts: Iterable[Any]) -> Iterator[Any]:
        """See `pipeline.execution.Executor`."""
        for raws, is_speech, _, config in parts:
            yield [prepared(freeze(raw), is_speech, self.is_reported, config) for raw in raws]


class Reader:
    """Reads what was typed again and again; what it has read stands, until titles change.

    Nothing that a word gives depends on the others, but for whether they all report what was said: each is read alone,
    and so are its ideas placed.

    Parameters
    ----------
    folder : of the workshop, whose sheet and titles are read each time.
    """

    def __init__(self, folder: Path, config: Config) -> None:
        self._folder, self._config = folder, config
        self._read_as: tuple[tuple[Title, ...], bool] = ((), False)
        self._words: dict[tuple[str, str], tuple[Idea, ...] | str] = {}
        self._readings: list[KnownReadings] = []

    def warm(self) -> None:
        """Load what the first word would wait for."""
        load_encoder()
        load_axis_model(self._config.profil)
        load_place(self._config.profil)

    def read(self, typed: Typed) -> Found:
        """Where everything that was typed goes."""
        files = list_files(self._folder, lambda *_: None)
        reading = reading_of(typed)
        entries = list(reading.entries)
        read_as = identified(titles_of_corpus(files).titles), is_report([freeze(entry.text) for entry in entries])
        if read_as != self._read_as:
            self._read_as, self._words = read_as, {}
        new = [entry for entry in entries if (entry.key, entry.text) not in self._words]
        if new:
            reading.entries = new
            assembly = self._assembled(reading, read_as[1])
            rejects = assembly.rejects.frame()
            aside = zip(rejects["locator"].map(key_of), rejects["detail"], strict=True)
            known = self._ideas(assembly) | dict(aside)
            self._words |= {(entry.key, entry.text): known.get(entry.key, ()) for entry in new}
        self._words = {(entry.key, entry.text): self._words[entry.key, entry.text] for entry in entries}
        now = {key: ideas for (key, _), ideas in self._words.items()}
        return Found(
            {key: ideas for key, ideas in now.items() if ideas and not isinstance(ideas, str)},
            {key: why for key, why in now.items() if isinstance(why, str)},
            read_as[0],
        )

    def anchors(self, typed: Typed) -> dict[tuple[str, int], ItemAnchor]:
        """Where the next run finds each idea: by the key of its word, and its rank there."""
        reading = reading_of(typed)
        assembly = self._assembled(reading, is_report([freeze(entry.text) for entry in reading.entries]))
        contributions, items = assembly.contributions.frame(), assembly.items.frame()
        key = dict(zip(contributions["contribution_id"], contributions["locator"].map(key_of), strict=True))
        found: dict[str, list[ItemAnchor]] = {}
        for owner, start, end, text in items[["contribution_id", "start", "end", "text"]].itertuples(index=False):
            found.setdefault(key[owner], []).append(
                ItemAnchor(contribution_id=owner, start=int(start), end=int(end), text=text)
            )
        return {(word, rank): one for word, some in found.items() for rank, one in enumerate(some)}

    def _assembled(self, reading: Reading, is_reported: bool) -> Assembly:
        """Words as the ingest stage reads them."""
        files = list_files(self._folder, lambda *_: None)
        workshop = workshop_of(FILE, find_workshops(self._folder, [name for name, _ in files]))
        assembly = Assembly(self._config.ingest, executor=_Prepared(is_reported))
        assembly.declared = {workshop.key: [table.numero for table in workshop.tables]}
        assembly.add(FILE, [reading], workshop.key, None)
        return assembly

    def _ideas(self, assembly: Assembly) -> dict[str, tuple[Idea, ...] | str]:
        """The ideas of words, as the stages of a run read them, by the keys of the words."""
        contributions, items = assembly.contributions.frame(), assembly.items.frame()
        if items.empty:
            return {}
        config, titles = self._config, self._read_as[0]
        embeddings = embed(items, contributions, load_encoder(), config.taille_partition)
        known = _joined(self._readings)
        found = classify(items, contributions, embeddings, load_axis_model(config.profil), config, known=known)
        tags = found.tags
        self._readings.append(KnownReadings(found.keys, tags.drop(columns="item_id"), np.asarray(found.ideas)))
        model = load_place(config.profil) if titles else None
        placings = place(items, contributions, tags, embeddings, found.ideas, titles, model, config).placings
        title_ids = placings["title_id"].astype(object).where(placings["title_id"].notna(), None)
        columns = (items["item_id"], items["text"], placings["axis"], tags["status"], title_ids, placings["chance"])
        key = dict(zip(contributions["contribution_id"], contributions["locator"].map(key_of), strict=True))
        by_word: dict[str, list[Idea]] = {}
        for owner, *values in zip(items["contribution_id"], *columns, strict=True):
            by_word.setdefault(key[owner], []).append(Idea(*values))
        return {one: tuple(ideas) for one, ideas in by_word.items()}


def _joined(parts: list[KnownReadings]) -> KnownReadings | None:
    """The readings of several batches as one, in place."""
    if len(parts) > 1:
        keys, ideas = (np.concatenate(some) for some in zip(*((part.keys, part.ideas) for part in parts), strict=True))
        parts[:] = [KnownReadings(keys, pd.concat([part.tags for part in parts], ignore_index=True), ideas)]
    return parts[0] if parts else None
