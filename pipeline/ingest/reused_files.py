"""What an earlier run read of files that have not changed: taken again instead of read again."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from pathlib import Path

import pandas as pd

from pipeline.folder.files import file_sha256
from pipeline.ingest.workshop import FileOverride, Workshop

TABLES = ("contributions", "items", "rejects", "positions", "ledger", "privacy_report", "name_suggestions")
"""What is kept of an earlier run."""
_ANSWER = re.compile(r"Réponse (\d+)")


class SpeakersMetError(Exception):
    """A file is read anew, and files that name speakers were taken again: their names would not be looked for in it."""


@dataclass(frozen=True)
class FileRecord:
    """What must be known of a file that was read, to take its rows again.

    Attributes
    ----------
    key : the sha256 of what decides of its rows: its content, its workshop, what `atelier.toml` says of it.
    has_speakers : whether it names who speaks; names are numbered, and looked for, over the whole corpus.
    first_answer, n_answers : its survey rows are the voices `Réponse first_answer + 1` and following.
    subjects : table or group that it names → what was spoken of there.
    """

    key: str
    has_speakers: bool
    first_answer: int
    n_answers: int
    subjects: Mapping[str, str] = field(default_factory=dict)


def file_key(path: Path, workshop: Workshop, override: FileOverride | None, table: str | None) -> str:
    """The key of a file, see `FileRecord`."""
    declared = [*(one.numero for one in workshop.tables), f"{workshop.header.intervenants_nommes}"]
    told = [file_sha256(path), workshop.key, override.model_dump(mode="json") if override else None, table, declared]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


@dataclass(frozen=True)
class TakenAgain:
    """The rows of one file, as the tables of an earlier run hold them."""

    record: FileRecord
    rows: dict[str, pd.DataFrame]

    def renumbered(self, name: str, n_answers_before: int) -> pd.DataFrame:
        """One of its tables that tell voices, where so many survey rows come before it now."""
        table = self.rows[name]
        shift = n_answers_before - self.record.first_answer
        if not shift or not self.record.n_answers:
            return table
        voices = [
            voice if pd.isna(voice) else _ANSWER.sub(lambda found: f"Réponse {int(found[1]) + shift}", voice)
            for voice in table["voice"]
        ]
        return table.assign(voice=pd.array(voices, dtype="string[pyarrow]"))


@dataclass(frozen=True)
class Earlier:
    """An earlier run of the same code and configuration.

    Attributes
    ----------
    tables : those of `TABLES`, as they were saved.
    records : file → what is known of it.
    knows_names : whether its name suggestions leaned on these files alone.
    """

    tables: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    records: Mapping[str, FileRecord] = field(default_factory=dict)
    knows_names: bool = True

    @property
    def has_speakers(self) -> bool:
        """Whether one of its files names speakers."""
        return any(record.has_speakers for record in self.records.values())

    def without_speakers(self) -> Earlier:
        """Only the files that name nobody; names are then to be looked for again."""
        kept = {source: record for source, record in self.records.items() if not record.has_speakers}
        return dataclasses.replace(self, records=kept, knows_names=False)

    def take(self, source: str, key: str) -> TakenAgain | None:
        """The rows of a file when it has not changed; None when it must be read."""
        record = self.records.get(source)
        if record is None or record.key != key or source not in self._bounds["contributions"]:
            return None
        bounds = {name: self._bounds[name].get(source, (0, 0)) for name in TABLES}
        return TakenAgain(record, {name: self.tables[name].iloc[slice(*rows)] for name, rows in bounds.items()})

    @cached_property
    def _bounds(self) -> dict[str, dict[str, tuple[int, int]]]:
        """Table → file → the first and last of its rows, which follow each other."""
        contributions = self.tables["contributions"]
        sources = pd.Series(contributions["source"].array, index=contributions["contribution_id"])
        return {
            name: _runs(table["source"] if "source" in table else table["contribution_id"].map(sources))
            for name, table in self.tables.items()
        }


def _runs(column: pd.Series) -> dict[str, tuple[int, int]]:
    codes, names = pd.factorize(column)
    if not len(codes):
        return {}
    edges = [0, *((codes[1:] != codes[:-1]).nonzero()[0] + 1).tolist(), len(codes)]
    runs = [(str(names[codes[start]]), (start, end)) for start, end in pairwise(edges)]
    found = dict(runs)
    if len(found) != len(runs):
        raise ValueError("the rows of a file do not follow each other")
    return found
