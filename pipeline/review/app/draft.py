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


def compare_drafts(before: dict[str, Any] | None, after: dict[str, Any]) -> tuple[str, ...]:
    """Sentences in French: for each section, which sentences are new and which are gone."""
    old, new = (_sentences(draft or {}) for draft in (before, after))
    lines: list[str] = []
    for title, sentences in new.items():
        had = old.get(title, {})
        lines += [f"{title}{NO_BREAK}: nouvelle phrase, {text}" for text in sentences if text not in had]
        lines += [f"{title}{NO_BREAK}: phrase retirée, {text}" for text in had if text not in sentences]
    lines += [f"La partie {title} n’est plus dans le texte." for title in old if title not in new]
    return tuple(lines)


def _sentences(draft: dict[str, Any]) -> dict[str, dict[str, None]]:
    """Section title → its sentences as text, in order."""
    found: dict[str, dict[str, None]] = {}
    for section in draft.get("sections", ()):
        texts = found.setdefault(section["title"], {})
        for block in section.get("blocks", ()):
            for sentence in block.get("sentences", ()):
                texts["".join(_shown(node) for node in sentence["nodes"])] = None
    return found


def _shown(node: dict[str, Any]) -> str:
    return f"«{NO_BREAK}{node['text']}{NO_BREAK}»" if node["kind"] == "quote" else str(node["text"])
