"""The cluster stage: recurring ideas inside each axis, what they are about, and what answers what."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from pipeline.config import Config
from pipeline.language.encoders import Embeddings


@dataclass(frozen=True)
class ClusterResult:
    """Frames of the schemas `groups`, `memberships`, `themes`, `links`, and sentences for the person who ran it."""

    groups: pd.DataFrame
    memberships: pd.DataFrame
    themes: pd.DataFrame
    links: pd.DataFrame
    warnings: tuple[str, ...]


def cluster(
    items: pd.DataFrame,
    contributions: pd.DataFrame,
    tags: pd.DataFrame,
    embeddings: Embeddings,
    workshop_tables: pd.DataFrame,
    config: Config,
) -> ClusterResult:
    """Group every nord, est, sud and ouest item inside its axis; every one has a row in `memberships`."""
    raise NotImplementedError
