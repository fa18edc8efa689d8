"""The restitution stage: facts → draft.json → every format, from the draft and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from pipeline.config import Config


@dataclass(frozen=True)
class RestitutionTables:
    """All that a restitution may speak of, each frame as its schema says."""

    workshops: pd.DataFrame
    workshop_tables: pd.DataFrame
    contributions: pd.DataFrame
    rejects: pd.DataFrame
    items: pd.DataFrame
    ledger: pd.DataFrame
    privacy_report: pd.DataFrame
    reviewed_tags: pd.DataFrame
    reviewed_groups: pd.DataFrame
    reviewed_memberships: pd.DataFrame
    reviewed_links: pd.DataFrame
    reviewed_themes: pd.DataFrame
    reviewed_items: pd.DataFrame
    decision_states: pd.DataFrame
    changes: pd.DataFrame


@dataclass(frozen=True)
class RestitutionResult:
    """What to write.

    Attributes
    ----------
    facts : fact name → {value, numerator, denominator, source}.
    draft : sections → sentences → text, fact, quote and source nodes.
    files : name inside the run → content: `restitution.*`, `index.html`, figures, `elements.xlsx`, annexes.
    warnings : sentences in French for the person who ran it.
    """

    facts: dict[str, Any]
    draft: dict[str, Any]
    files: dict[str, bytes]
    warnings: tuple[str, ...]


def write_restitution(tables: RestitutionTables, config: Config) -> RestitutionResult:
    """Compute the facts, draft the sections, lock the quotes, and render every format in memory."""
    raise NotImplementedError
