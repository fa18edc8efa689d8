"""The draft as the page shows it: which groups and items it speaks of, and its sentences as runs of text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pipeline.language.typography import NO_BREAK
from pipeline.review.state import ReviewState


@dataclass(frozen=True)
class Draft:
    """`draft.json` of a run.

    Attributes
    ----------
    group_ids : groups that it speaks of, in order.
    item_ids : items whose words it quotes or rests on → rank.
    """

    sections: tuple[dict[str, Any], ...]
    group_ids: tuple[str, ...]
    item_ids: dict[str, int]


def read_draft(draft: dict[str, Any] | None, state: ReviewState) -> Draft:
    """The draft, or an empty one when the run has none yet."""
    sections = tuple(draft.get("sections", ())) if draft else ()
    groups: dict[str, None] = {}
    items: dict[str, int] = {}
    for block in _blocks(sections):
        groups.update(dict.fromkeys(block.get("groups", ())))
        for sentence in block.get("sentences", ()):
            quoted = [node.get("ref", {}).get("item_id") for node in sentence["nodes"]]
            named = [group_of(node) for node in sentence["nodes"]]
            for item_id in filter(None, quoted):
                items.setdefault(item_id, len(items))
            groups.update(dict.fromkeys(filter(None, named)))
    return Draft(sections, tuple(group for group in groups if group in state.groups), items)


def group_of(node: dict[str, Any]) -> str | None:
    """The group that a node speaks of: a title names it, a figure is a fact of its (`<group>.tables`)."""
    ref = node.get("ref", {})
    named = ref.get("group_id") or str(ref.get("fact", "")).partition(".")[0]
    return str(named) if named else None


def _blocks(sections: tuple[dict[str, Any], ...]) -> Iterator[dict[str, Any]]:
    for section in sections:
        yield from section.get("blocks", ())


@dataclass(frozen=True)
class SectionChange:
    """What is new and what is gone in one section of the text."""

    title: str
    added: tuple[str, ...]
    removed: tuple[str, ...]


def compare_sections(
    before: tuple[dict[str, Any], ...], after: tuple[dict[str, Any], ...]
) -> tuple[SectionChange, ...]:
    """Sections whose sentences changed, in the order of the new text, those that are gone last."""
    old, new = _sentences(before), _sentences(after)
    changes = []
    for title in {**new, **old}:
        had, has = old.get(title, {}), new.get(title, {})
        added, removed = tuple(text for text in has if text not in had), tuple(text for text in had if text not in has)
        if added or removed:
            changes.append(SectionChange(title, added, removed))
    return tuple(changes)


def _sentences(sections: tuple[dict[str, Any], ...]) -> dict[str, dict[str, None]]:
    """Section title → its sentences as text, in order."""
    found: dict[str, dict[str, None]] = {}
    for section in sections:
        texts = found.setdefault(section["title"], {})
        for block in section.get("blocks", ()):
            for sentence in block.get("sentences", ()):
                texts["".join(_shown(node) for node in sentence["nodes"])] = None
    return found


def _shown(node: dict[str, Any]) -> str:
    return f"«{NO_BREAK}{node['text']}{NO_BREAK}»" if node["kind"] == "quote" else str(node["text"])
