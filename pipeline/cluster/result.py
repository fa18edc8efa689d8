"""What the cluster stage gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy.typing as npt
import pandas as pd

from pipeline.cluster.grouping.kept_groups import Grounds
from pipeline.contracts.checks import validate

MEMBERSHIPS = ("item_id", "group_id", "stack_id", "strength", "stance", "tied_to")


@dataclass(frozen=True)
class ClusterResult:
    """Frames of the schemas `groups`, `memberships`, `themes`, `links`, `near_pairs`, what lets later items join these
    groups (see `pipeline.cluster.grouping.kept_groups`), and sentences for the person who ran it."""

    groups: pd.DataFrame
    memberships: pd.DataFrame
    themes: pd.DataFrame
    links: pd.DataFrame
    near_pairs: pd.DataFrame
    grounds: dict[str, npt.NDArray[Any]]
    warnings: tuple[str, ...]


def checked(
    groups: pd.DataFrame,
    memberships: pd.DataFrame,
    themes: pd.DataFrame,
    links: pd.DataFrame,
    near_pairs: pd.DataFrame,
    grounds: Grounds,
    warnings: tuple[str, ...],
) -> ClusterResult:
    """The result, its tables checked against their contracts."""
    return ClusterResult(
        validate("groups", groups),
        validate("memberships", memberships),
        validate("themes", themes),
        validate("links", links),
        validate("near_pairs", near_pairs),
        grounds.as_arrays(),
        warnings,
    )
