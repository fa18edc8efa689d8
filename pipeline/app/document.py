"""Draft as the page shows it: its text, cut where a person may write, what it speaks of."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import NamedTuple

from pipeline.contracts.draft import Block, Draft, Refused, Section, Sentence
from pipeline.language.text.typography import unaccented
from pipeline.review.exchange.own_words import Mentions, as_text, group_of, item_of, read_mentions, sentences_of
from pipeline.review.log.on_titles import groups_under, whole_title
from pipeline.review.log.state import ReviewState
from pipeline.workshop.records import Group, Item

Sections = tuple[Section, ...]
ALIKE = 0.6
"""Share of their signs from which a sentence that is gone and a new one of its section are one sentence changed."""


@dataclass(frozen=True)
class ShownDraft:
    """The draft of a run as the screens show it.

    Attributes
    ----------
    sections : the whole text.
    group_ids, item_ids : groups that the text speaks of, in order, and items that it quotes or tells.
    places : where the text cites each item.
    lacking : fields of its header that nobody gave. refused : what an assistant wrote of it that does not stand.
    """

    sections: Sections = ()
    group_ids: tuple[str, ...] = ()
    item_ids: frozenset[str] = frozenset()
    places: Mentions = field(default_factory=dict)
    lacking: tuple[str, ...] = ()
    refused: tuple[Refused, ...] = ()

    def groups(self, state: ReviewState) -> list[Group]:
        """Those of the groups that it speaks of that are still there."""
        keys = dict.fromkeys(group_today(state, key) for key in self.group_ids)
        return [state.groups[key] for key in keys if key]


def read_draft(draft: Draft | None, state: ReviewState) -> ShownDraft:
    """The draft, or an empty one when the run has none yet."""
    sections = draft.sections if draft else ()
    lacking = tuple(one.label for one in draft.header if one.state == "empty") if draft else ()
    refused = draft.refused if draft else ()
    return ShownDraft(sections, _groups(sections, state), _items(sections), read_mentions(sections), lacking, refused)


class Passage(NamedTuple):
    """Blocks in a row; `group_id` is the group whose heading opens them, and whose paragraph a person may write, ""
    for none."""

    group_id: str
    blocks: list[Block]

    @property
    def text(self) -> str:
        """Its paragraphs and its points as plain text, a line each."""
        told = (block for block in self.blocks if block.sentences)
        return "\n".join((" " if one.kind == "paragraph" else "\n").join(map(as_text, one.sentences)) for one in told)

    @property
    def sentences(self) -> list[Sentence]:
        """All that it says."""
        return [sentence for block in self.blocks for sentence in block.sentences]

    def told(self, state: ReviewState) -> list[Item]:
        """What it quotes or tells that is still there, in its order."""
        nodes = (node for sentence in self.sentences for node in sentence.nodes)
        return [state.items[key] for key in dict.fromkeys(map(item_of, nodes)) if key in state.items]

    def title(self, group: Group) -> str:
        """The heading as it was written, or the title that its group has been given since."""
        heading = self.blocks[0].value.text
        is_same = any(_words(heading) == _words(title) for title in (group.title, group.question) if title)
        return heading if is_same else group.title


def passages(section: Section, state: ReviewState) -> list[Passage]:
    """A section cut at the headings of the groups that are still there, and where what is of no group begins."""
    found: list[Passage] = []
    for block in section.blocks:
        if block.kind == "heading" or not found or (found[-1].group_id and not block.groups):
            is_group = block.kind == "heading" and len(block.groups) == 1
            found.append(Passage(group_today(state, block.groups[0]) if is_group else "", []))
        found[-1].blocks.append(block)
    return found


def group_today(state: ReviewState, key: str) -> str:
    """A group, or that of its title since it was put on another axis; "" when it is gone."""
    whole = whole_title(state, key) or whole_title(state, key.rpartition("-")[0])
    under = groups_under(state, whole.title_id) if whole else []
    return key if key in state.groups else next((one.group_id for one in under), "")


def in_places(found: Sequence[Passage], places: Mapping[str, int]) -> list[Passage]:
    """Passages of a section, those of groups in the order of their places; as they are written when none has one."""
    told = iter(sorted((one for one in found if one.group_id), key=lambda one: places.get(one.group_id, 0)))
    return [next(told) if one.group_id else one for one in found]


def _groups(sections: Sections, state: ReviewState) -> tuple[str, ...]:
    """Groups named by blocks, titles and figures, and those of the items quoted."""
    named: dict[str, None] = {}
    for section in sections:
        for block in section.blocks:
            named.update(dict.fromkeys(block.groups))
            for sentence in block.sentences:
                for node in sentence.nodes:
                    item = state.items.get(item_of(node) or "")
                    named.update(dict.fromkeys(filter(None, (group_of(node), item.group_id if item else None))))
    return tuple(named)


def _items(sections: Sections) -> frozenset[str]:
    nodes = (node for _, sentence in sentences_of(sections) for node in sentence.nodes)
    return frozenset(filter(None, (item_of(node) for node in nodes)))


@dataclass(frozen=True)
class SectionChange:
    """What is new, what is gone and what was replaced by what in one section of the text."""

    title: str
    added: tuple[str, ...]
    removed: tuple[str, ...]
    replaced: tuple[tuple[str, str], ...] = ()


def compare_sections(before: Sequence[Section], after: Sequence[Section]) -> tuple[SectionChange, ...]:
    """Sections whose sentences changed, in the order of the new text, those that are gone last; a sentence that stands
    elsewhere now has not changed."""
    old, new = _sentences(before), _sentences(after)
    had_all = {text for texts in old.values() for text in texts}
    has_all = {text for texts in new.values() for text in texts}
    changes = []
    for title in {**new, **old}:
        added = [text for text in new.get(title, ()) if text not in had_all]
        removed = [text for text in old.get(title, ()) if text not in has_all]
        replaced = []
        for text in tuple(added):
            for like in get_close_matches(text, removed, 1, ALIKE):
                replaced.append((like, text))
                removed.remove(like)
                added.remove(text)
        if added or removed or replaced:
            changes.append(SectionChange(title, tuple(added), tuple(removed), tuple(replaced)))
    return tuple(changes)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", unaccented(text).casefold())


def _sentences(sections: Sequence[Section]) -> dict[str, dict[str, None]]:
    by_section: dict[str, dict[str, None]] = {}
    for section, sentence in sentences_of(sections):
        by_section.setdefault(section.title, {})[as_text(sentence)] = None
    return by_section
