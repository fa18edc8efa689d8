"""A title, and what may be one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.cluster.naming.shared_phrases import Place


@dataclass(frozen=True)
class Title:
    """`text` on one line without final stop; `question` for obstacles (« Comment … ? »), else None.

    Attributes
    ----------
    covered : of each text of the group, whether the title is true of it; None when participants gave the title.
    is_heading : whether it is the heading under which all were said.
    fits : of each text, whether it may belong under the title, which is less: what does not is in the wrong group.
    """

    text: str
    question: str | None
    covered: tuple[bool, ...] | None = None
    fits: tuple[bool, ...] = ()
    is_heading: bool = False

    @property
    def coverage(self) -> float | None:
        """Share of the texts of which the title is true."""
        return None if self.covered is None else round(sum(self.covered) / max(1, len(self.covered)), 4)


@dataclass(frozen=True)
class Candidate:
    """A title that a group may have.

    Attributes
    ----------
    key : its stems. score : how good it is, the share of the texts that it is true of included.
    places : where its phrase was read, one of which must be parsed as it was read; none when it was parsed already.
    """

    title: Title
    key: frozenset[str]
    score: float
    places: tuple[Place, ...] = ()
