"""What a section has told so far: ideas, and the words that were heard."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from pipeline.contracts.draft import WordsNode
from pipeline.restitution.material.model import Item, Material

TAIL_WORDS = 5
"""An idea of fewer words hangs on to the sentence that it stands in."""


class Memory:
    """Ideas already told, those kept for a later sentence, and the words told so far, in order.

    Parameters
    ----------
    told : ids of the ideas that are told elsewhere, which this section leaves aside.
    """

    def __init__(self, material: Material, told: Iterable[str] = ()) -> None:
        self.told: set[str] = set(told)
        self.kept: set[str] = set()
        self.heard: list[str] = []
        self._items: Mapping[str, Item] = material.items
        self._siblings: Mapping[str, list[Item]] = material.siblings

    def take(self, node: WordsNode) -> None:
        """Mark the ideas that a quotation or a report holds as told, and keep its words."""
        self.heard.append(node.text)
        self.told.update((node.ref.item_id, *self._shown_with(node)))

    @property
    def said(self) -> set[str]:
        """Ideas that are told or kept."""
        return self.told | self.kept

    @property
    def tied_to_told(self) -> set[str]:
        """Ideas that are the same, on another channel, as one that was told."""
        return {self._items[k].tied_to for k in self.told if k in self._items} | {
            k for k, to in self._ties if to in self.told
        }

    def with_all(self, others: Iterable[Memory]) -> Memory:
        """This memory, with what others told and heard."""
        for other in others:
            self.told |= other.told
            self.kept |= other.kept
            self.heard += other.heard
        return self

    @cached_property
    def _ties(self) -> tuple[tuple[str, str], ...]:
        return tuple((item.item_id, item.tied_to) for item in self._items.values() if item.tied_to)

    def _shown_with(self, node: WordsNode) -> list[str]:
        """The other ideas of the same contribution that a quotation holds, and what hangs on to it in its sentence."""
        low, high = node.ref.parts[0][0], node.ref.parts[-1][1]
        return [
            item.item_id
            for item in self._siblings.get(node.ref.contribution_id, ())
            if (low <= item.start and item.end <= high + 1)
            or (item.reach[0] <= low and high <= item.reach[1] and len(item.text.split()) < TAIL_WORDS)
        ]
