"""The tables that a restitution is written from."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class RestitutionTables:
    """All that a restitution may speak of, each frame as its schema says."""

    workshops: pd.DataFrame
    workshop_tables: pd.DataFrame
    contributions: pd.DataFrame
    rejects: pd.DataFrame
    items: pd.DataFrame
    positions: pd.DataFrame
    near_pairs: pd.DataFrame
    ledger: pd.DataFrame
    name_suggestions: pd.DataFrame
    reviewed_tags: pd.DataFrame
    reviewed_groups: pd.DataFrame
    reviewed_memberships: pd.DataFrame
    reviewed_links: pd.DataFrame
    reviewed_themes: pd.DataFrame
    reviewed_items: pd.DataFrame
    reviewed_parts: pd.DataFrame
    decision_states: pd.DataFrame
    control: pd.DataFrame
    changes: pd.DataFrame
