"""What reading a corrected document leans on: the state of the review, both texts side by side, the plan being made."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from pipeline.contracts.draft import Draft
from pipeline.language.text.typography import NO_BREAK
from pipeline.review.exchange.cells import ImportPlan
from pipeline.review.exchange.document.alignment import aligned
from pipeline.review.exchange.document.delivered import flat, lines_of
from pipeline.review.exchange.document.office_text import Paragraph
from pipeline.review.log.state import Item
from pipeline.review.session import Session, Wish

_SHOWN = 90
Place = tuple[int, int]
"""A line, and a sentence of it."""


class Correcting:
    """Both texts, and the acts and the losses that were told so far.

    Attributes
    ----------
    gone : the sentences that were deleted.
    """

    def __init__(self, session: Session, author: str, draft: Draft, came: Sequence[Paragraph]) -> None:
        self.session, self.state, self.author, self.draft = session, session.state, author, draft
        self.plan = ImportPlan()
        self.lines = lines_of(draft)
        self.there = aligned(self.lines, came)
        self.gone = {
            (row, rank): said
            for row, line in enumerate(self.lines)
            for rank, said in enumerate(line.said)
            if not line.is_annex and self.there.is_gone(row, said)
        }

    def add(self, wish: Wish, told: str, **after: Any) -> None:
        """Plan an act, with the sentence that shows it; once."""
        if told not in self.plan.lines:
            self.plan.decisions.append(self.session.propose(self.author, wish, **after))
            self.plan.lines.append(told)

    def lose(self, section: str, told: str) -> None:
        """Tell what does not come back."""
        self.plan.conflicts.append(f"{section}{NO_BREAK}: {told}." if section else f"{told[:1].upper()}{told[1:]}.")

    @cached_property
    def _written(self) -> dict[str, str]:
        """Group or theme → its title when the document was written."""
        titles: dict[str, str] = {}
        for name, key in (("reviewed_groups", "group_id"), ("reviewed_themes", "theme_id")):
            if self.session.run.has_table(name):
                table = self.session.run.load_table(name)
                titles |= dict(zip(table[key].astype(str), table["title"].astype(str), strict=True))
        return titles

    def was_renamed(self, key: str, kind: str) -> bool:
        """Whether a group or a theme got another title since the document was written."""
        now = self.state.groups[key].title if kind == "group" else self.state.themes[key].title
        return flat(self._written.get(key, now)) != flat(now)

    def ban(self, item: Item, why: str) -> None:
        """Words that are not to be quoted any more."""
        if item.quote_choice != "bannie":
            told = f"{said(item)}{NO_BREAK}: à écarter des citations ({why})"
            self.add(Wish("quote", items=(item.item_id,)), told, state="bannie")


def quoted(text: str) -> str:
    """A text between « », cut where it is long."""
    bare = " ".join(text.split())
    return f"«{NO_BREAK}{bare if len(bare) <= _SHOWN else bare[: _SHOWN - 1].rstrip() + '…'}{NO_BREAK}»"


def said(item: Item) -> str:
    """The words of an item, for a line of the plan."""
    return quoted(item.shown_text or item.text)
