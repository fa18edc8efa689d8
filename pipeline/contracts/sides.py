"""Who supports a proposal and who objects to it: what links and stances say together, for each group."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

PRO, CON = "pour", "contre"


@dataclass(frozen=True)
class Sides:
    """Ids of items, sorted: of those who make or support the proposals of a group, and of those who object to them."""

    supports: tuple[str, ...]
    objects: tuple[str, ...]


def sides_of(links: pd.DataFrame, memberships: pd.DataFrame) -> dict[str, Sides]:
    """Group of proposals, or proposal in no group by its item id → who supports it and who objects.

    Inside a group the stance of a member decides; from elsewhere, links that are told do. Nobody is on both sides.

    Parameters
    ----------
    links : of the schema `links` or `reviewed_links`.
    memberships : of the schema `memberships` or `reviewed_memberships`.
    """
    grouped = memberships.dropna(subset=["group_id"])
    known = {str(item): str(group) for item, group in zip(grouped["item_id"], grouped["group_id"], strict=True)}
    found: dict[str, dict[str, set[str]]] = {}
    for item, stance in zip(memberships["item_id"], memberships["stance"], strict=True):
        if item in known and stance in (PRO, CON):
            found.setdefault(known[item], {PRO: set(), CON: set()})[stance].add(str(item))
    told = links[links["is_told"].astype(bool) & links["kind"].ne("answers")]
    for one, two, kind in zip(told["from_item"], told["to_item"], told["kind"], strict=True):
        target = known.get(two, str(two))
        if known.get(one) != target:
            sides = found.setdefault(target, {PRO: set(), CON: set()})
            sides[CON if kind == "objects" else PRO].add(str(one))
    return {
        target: Sides(tuple(sorted(sides[PRO] - sides[CON])), tuple(sorted(sides[CON])))
        for target, sides in sorted(found.items())
        if sides[PRO] or sides[CON]
    }
