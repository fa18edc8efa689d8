"""What reading a corrected document leans on: the state of the review, both texts side by side, the plan being made."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pipeline.contracts.draft import Draft, WordsNode
from pipeline.language.text.typography import NO_BREAK
from pipeline.review.exchange.cells import ImportPlan
from pipeline.review.exchange.document.alignment import aligned
from pipeline.review.exchange.document.delivered import flat, lines_of
from pipeline.review.exchange.document.new_titles import new_title
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

    def was_renamed(self, key: str, shown: str) -> bool:
        """Whether somebody else gave a group or a theme another title than the one that the document shows."""
        undone = self.session.log.undone()
        for decision in self.session.log.decisions:
            target, before = decision.target, str(decision.before.value or "")
            is_of_it = decision.op == "rename" and (key in target.groups or key == target.theme_id)
            if not is_of_it or decision.author == self.author or decision.decision_id in undone:
                continue
            if flat(new_title(shown, before, shown)) == flat(before):
                return True
        return False

    def is_told(self, item: Item) -> bool:
        """Whether the words of an item still stand somewhere in the text, as they were told."""
        return any(
            isinstance(node, WordsNode) and node.ref.item_id == item.item_id and self.there.is_same(row, start, end)
            for row, line in enumerate(self.lines)
            for one in line.said
            for start, end, node in one.nodes
            if not line.is_annex
        )

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
