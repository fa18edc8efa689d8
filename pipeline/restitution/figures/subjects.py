"""The subjects that gather several contributions, and what their numbers count: the same ones in every figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.axes import COMPASS_CODES
from pipeline.language.text.typography import NO_BREAK, typeset
from pipeline.restitution.material.kinship import Kinship
from pipeline.restitution.material.model import Group, Item, Material
from pipeline.restitution.quoting.joints import plain_quotes
from pipeline.restitution.quoting.quotes import title_in_words

GATHERED_MIN = 2
"""Contributions from which a subject gathers some: one alone says nothing of what is shared."""


@dataclass(frozen=True)
class Subject:
    """A group with the ideas of which its title is true, and how many contributions they come from."""

    group: Group
    members: tuple[Item, ...]
    n: int

    @property
    def title(self) -> str:
        """As figures show it."""
        return shown_title(self.group)


def shown_title(group: Group) -> str:
    """What a figure calls a group: one idea's words stand between « » while the machine's title is true of too few."""
    words = title_in_words(group) if group.has_doubtful_title else None
    return group.title if words is None else f"«{NO_BREAK}{plain_quotes(typeset(words.text))}{NO_BREAK}»"


def subjects_of(material: Material, kinship: Kinship) -> list[Subject]:
    """Those of the four axes, the most shared first."""
    groups = [group for axis in COMPASS_CODES for group in material.groups_of(axis)]
    found = [Subject(group, members := tuple(kinship(group)), n_contributions(members)) for group in groups]
    return sorted(
        (subject for subject in found if subject.n >= GATHERED_MIN),
        key=lambda subject: (-subject.n, -round(subject.group.recurrence, 3), subject.group.group_id),
    )


def n_contributions(members: Sequence[Item]) -> int:
    """How many contributions say what a group's title says."""
    return len({item.contribution_id for item in members})
