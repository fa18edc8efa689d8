"""Objections and supports of a whole corpus, or when some ideas are new; what they say of stances and of groups."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.axes import EST, SUD
from pipeline.cluster.linking.choose_sides import N_IDEAS_READ, N_PROPOSALS_READ, choose_sides
from pipeline.cluster.linking.find_links import standing, values_of
from pipeline.cluster.linking.weights import SIDES
from pipeline.cluster.rows import Matrix, unit_rows
from pipeline.contracts.checks import empty, is_among

STANCE_OF = {"objects": "contre", "supports": "pour"}
"""The stance, on the object of a group, of one who objects to a member of it or supports it."""


def find_sides(sources: pd.DataFrame, vectors: np.ndarray, shared: Matrix) -> pd.DataFrame:
    """The links of the kinds `objects` and `supports` of a corpus.

    Parameters
    ----------
    sources : one row per item, sorted by item_id, in the order of `vectors`: see `choose_sides.choose_sides`.
    shared : what the vectors of the corpus share, shape (d,).
    """
    is_proposal = sources["axis"].eq(SUD).to_numpy(dtype=bool)
    return _among(sources, vectors, shared, np.ones(len(sources), dtype=bool), is_proposal)


def add_sides(
    links: pd.DataFrame,
    sources: pd.DataFrame,
    vectors: np.ndarray,
    shared: Matrix,
    is_new: npt.NDArray[np.bool_],
    exemplars: set[str],
) -> pd.DataFrame:
    """The sides so far, as far as their ends are still there, and those of new items and about new proposals.

    Parameters
    ----------
    links : of the kinds `objects` and `supports`.
    is_new : shape (n,).
    exemplars : ids of the items that stand for their groups.
    """
    axes = values_of(sources, "axis", links)
    stays = [
        one in axes and axes.get(two) == SUD for one, two in zip(links["from_item"], links["to_item"], strict=True)
    ]
    links = links[np.array(stays, dtype=bool)]
    is_proposal = sources["axis"].eq(SUD).to_numpy(dtype=bool)
    stands = np.isin(np.arange(len(sources)), standing(sources[is_proposal & ~is_new], exemplars).index)
    is_sided = is_among(sources["item_id"], links["from_item"])
    waits = np.isin(np.arange(len(sources)), standing(sources[~is_new & ~is_sided], set()).index)
    found = [
        _among(sources, vectors, shared, is_new, is_proposal & (is_new | stands)),
        _among(sources, vectors, shared, waits, is_proposal & is_new),
    ]
    parts = [part for part in (links, *found) if len(part)]
    return pd.concat(parts, ignore_index=True) if parts else empty("links")


def _among(
    sources: pd.DataFrame,
    vectors: np.ndarray,
    shared: Matrix,
    may_side: npt.NDArray[np.bool_],
    is_proposal: npt.NDArray[np.bool_],
) -> pd.DataFrame:
    ideas, proposals = np.flatnonzero(may_side)[:N_IDEAS_READ], np.flatnonzero(is_proposal)[:N_PROPOSALS_READ]
    if not len(ideas) or not len(proposals):
        return empty("links")
    kept = np.union1d(ideas, proposals)
    points = unit_rows(unit_rows(vectors[kept].astype(np.float32)) - shared)
    rows = sources.iloc[kept].reset_index(drop=True)
    return choose_sides(rows, points, np.isin(kept, ideas), np.isin(kept, proposals))


def all_links(answers: pd.DataFrame, sides: pd.DataFrame) -> pd.DataFrame:
    """The table `links`: an idea that objects to a proposal asks for no answer."""
    against = set(sides.loc[sides["kind"].eq("objects") & sides["is_told"].astype(bool), "from_item"])
    parts = [part for part in (answers[~answers["to_item"].isin(against)], sides) if len(part)]
    return pd.concat(parts, ignore_index=True) if parts else empty("links")


def with_sides(sources: pd.DataFrame, links: pd.DataFrame) -> pd.Series:
    """The stances (group_id, stance), where one who objects to a proposal of her own group, or supports it, says so."""
    told = links[links["is_told"].astype(bool) & links["kind"].isin(SIDES)]
    group = values_of(sources, "group_id", told)
    said = {
        one: STANCE_OF[kind]
        for one, two, kind in zip(told["from_item"], told["to_item"], told["kind"], strict=True)
        if one in group and group[one] == group.get(two)
    }
    if not said:
        return sources["stance"]
    found = sources["item_id"].map(said)
    return (
        sources["stance"].where(found.isna() | sources["stance"].ne("inconnu"), found).astype(sources["stance"].dtype)
    )


def objections_elsewhere(links: pd.DataFrame, sources: pd.DataFrame) -> Mapping[str, int]:
    """Group of proposals → how many obstacles object to one of them."""
    told = links[links["is_told"].astype(bool) & links["kind"].eq("objects")]
    if told.empty:
        return {}
    known = sources.set_index("item_id")
    groups = known["group_id"].reindex(told["to_item"])[
        known["axis"].reindex(told["from_item"]).eq(EST).to_numpy(dtype=bool)
    ]
    return Counter(groups.dropna())
