"""Units: what can be told and counted together, how widely it was said, and how much it weighs."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from pipeline.contracts.plan import Spread, Unit
from pipeline.restitution.material.facts import n_ideas, n_places
from pipeline.restitution.material.kinship import MEMBERS_MAX, Kinship
from pipeline.restitution.material.model import Group, Item
from pipeline.restitution.quoting.standing import has_good_title, names_a_subject

PLACES_WEIGHT = 2.0
VOTES_WEIGHT = 1.0
LINK_WEIGHT = 1.0


def spread_of(members: Iterable[Item]) -> Spread:
    """How widely these ideas were said."""
    found = list(members)
    return Spread(
        contributions=len({item.contribution_id for item in found}),
        tables=len({(item.workshop, item.table) for item in found if item.table}),
        answers=len({(item.workshop, item.voice) for item in found if item.channel == "enquete" and item.voice}),
        voices=len({(item.workshop, item.voice) for item in found if item.channel == "transcript" and item.voice}),
        workshops=len({item.workshop for item in found}),
        channels=tuple(sorted({item.channel for item in found})),
        votes=sum(item.votes for item in found),
        votes_against=sum(item.votes_against for item in found),
    )


def unit_of(group: Group, kinship: Kinship, n_links: int = 0) -> Unit:
    """A group as a unit: of its members, those of whom its title is true."""
    members = kinship(group)
    return Unit(
        unit_id=group.group_id,
        axis=group.axis,
        theme=group.theme_id,
        members=tuple(item.item_id for item in members),
        stacks=stacks_of(members),
        spread=spread_of(members),
        weight=weight_of(group.members[:MEMBERS_MAX], n_links),
        is_titled=has_good_title(group),
        is_subject=names_a_subject(group),
    )


def unit_alone(item: Item, theme: str = "") -> Unit:
    """An idea told for itself."""
    return Unit(
        unit_id=item.item_id,
        axis=item.axis,
        theme=theme,
        members=(item.item_id,),
        stacks=((item.item_id,),),
        spread=spread_of([item]),
        weight=weight_of([item]),
    )


def unit_together(unit_id: str, axis: str, theme: str, items: Sequence[Item]) -> Unit:
    """All that was said of a theme, as one."""
    members = tuple(item.item_id for item in items)
    return Unit(unit_id, axis, theme, members, (), spread_of(items), weight_of(items), reason="told")


def weight_of(members: Sequence[Item], n_links: int = 0) -> float:
    """How much a unit weighs: ideas by how near they are to its centre, places, votes, what hangs on it.

    It reads no title, so that a title that a person changes moves nothing else.
    """
    if not members:
        return 0.0
    near = sum(item.strength**2 for item in members if not item.tied_to) if n_ideas(members) > 1 else 1.0
    spread = spread_of(members)
    votes = math.sqrt(spread.votes + spread.votes_against)
    weight = near + PLACES_WEIGHT * (n_places(members) - 1) + VOTES_WEIGHT * votes + LINK_WEIGHT * n_links
    return round(weight, 3)


def stacks_of(members: Sequence[Item]) -> tuple[tuple[str, ...], ...]:
    """Ideas by what they say, the widest first."""
    stacks: dict[str, list[str]] = {}
    for item in members:
        stacks.setdefault(item.stack or item.item_id, []).append(item.item_id)
    return tuple(map(tuple, sorted(stacks.values(), key=lambda stack: -len(stack))))
