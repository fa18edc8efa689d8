"""The review stage: machine tables + decision log → reviewed tables, states of the decisions, changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from pipeline.config import Config


@dataclass(frozen=True)
class MachineTables:
    """What the stages before review wrote, each frame as its schema says."""

    contributions: pd.DataFrame
    items: pd.DataFrame
    tags: pd.DataFrame
    groups: pd.DataFrame
    memberships: pd.DataFrame
    themes: pd.DataFrame
    links: pd.DataFrame


@dataclass(frozen=True)
class PreviousTables:
    """The state before this run, for the list of changes."""

    items: pd.DataFrame
    reviewed_tags: pd.DataFrame
    reviewed_groups: pd.DataFrame
    reviewed_memberships: pd.DataFrame


@dataclass(frozen=True)
class ReviewResult:
    """Frames of the schemas of the same names, and sentences for the person who ran it."""

    reviewed_tags: pd.DataFrame
    reviewed_groups: pd.DataFrame
    reviewed_memberships: pd.DataFrame
    reviewed_links: pd.DataFrame
    reviewed_themes: pd.DataFrame
    reviewed_items: pd.DataFrame
    decision_states: pd.DataFrame
    changes: pd.DataFrame
    warnings: tuple[str, ...]


def review(
    machine: MachineTables, decision_lines: Sequence[str], previous: PreviousTables | None, config: Config
) -> ReviewResult:
    """Replay the decision log on the machine tables.

    Stale and conflicting decisions change nothing and are told in `decision_states`.
    """
    raise NotImplementedError
