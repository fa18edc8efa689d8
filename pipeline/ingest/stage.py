"""The ingest stage: every file of a corpus folder, read right or refused in words."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from pipeline.config import Config


@dataclass(frozen=True)
class IngestResult:
    """What a corpus holds; every frame follows its schema in `pipeline.schemas`.

    Attributes
    ----------
    workshops, workshop_tables : from `atelier.toml`, completed by the tables met in the files.
    contributions, items : sorted by source, position; by contribution, start.
    rejects, ledger : what was left out and why; the count of each file.
    privacy_report, name_suggestions : marks put (never values); names to confirm.
    warnings : sentences in French for the person who ran it.
    """

    workshops: pd.DataFrame
    workshop_tables: pd.DataFrame
    contributions: pd.DataFrame
    rejects: pd.DataFrame
    items: pd.DataFrame
    ledger: pd.DataFrame
    privacy_report: pd.DataFrame
    name_suggestions: pd.DataFrame
    warnings: tuple[str, ...]


def ingest(corpus: Path, config: Config) -> IngestResult:
    """Read every file under `corpus`.

    Raises
    ------
    UsageError : `corpus` is missing, is not a folder, or its `atelier.toml` cannot be read.
    RefusedFileError : the folder holds nothing to read. A refused file among others is a line of the ledger.
    """
    raise NotImplementedError
