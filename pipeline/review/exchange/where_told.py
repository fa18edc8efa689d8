"""Where the text speaks of an item or of a group: section, sentence, and how (quoted, told, counted)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.contracts.draft import FactNode, GivenNode, Node, Section, Sentence, TitleNode, WordsNode
from pipeline.language.text.typography import NO_BREAK

CITED, TOLD, COUNTED = "citee", "rapportee", "comptee"
_RANK = {CITED: 0, TOLD: 1, COUNTED: 2}


@dataclass(frozen=True)
class Place:
    """One sentence of the text, and what it does with the words: `citee`, `rapportee`, `comptee`."""

    section: str
    sentence: str
    how: str


@dataclass(frozen=True)
class Places:
    """Item id, and group id → places in the text, the most telling first."""

    items: Mapping[str, tuple[Place, ...]] = field(default_factory=dict)
    groups: Mapping[str, tuple[Place, ...]] = field(default_factory=dict)


def read_places(sections: Sequence[Section], unsaid: Collection[str] = ()) -> Places:
    """Places of every item and group that the sections of a draft name.

    Parameters
    ----------
    unsaid : items whose words are left out of the sentences.
    """
    items: dict[str, list[Place]] = {}
    groups: dict[str, list[Place]] = {}
    for section, sentence in sentences_of(sections):
        text = as_text(sentence, unsaid)
        named = {node.ref.item_id: node.kind for node in sentence.words}
        for item_id, kind in (dict.fromkeys(sentence.sources, "source") | named).items():
            how = CITED if kind == "quote" else TOLD if kind == "report" else COUNTED
            items.setdefault(item_id, []).append(Place(section.title, text, how))
        for group_id in filter(None, (group_of(node) for node in sentence.nodes)):
            groups.setdefault(group_id, []).append(Place(section.title, text, COUNTED))
    return Places(
        {key: tuple(sorted(found, key=lambda place: _RANK[place.how])) for key, found in items.items()},
        {key: tuple(dict.fromkeys(found)) for key, found in groups.items()},
    )


def sentences_of(sections: Sequence[Section]) -> Iterator[tuple[Section, Sentence]]:
    """Every sentence of the text with its section, in order."""
    for section in sections:
        yield from ((section, sentence) for sentence in section.sentences)


def item_of(node: Node) -> str | None:
    """The item whose words a node quotes or tells."""
    return node.ref.item_id if isinstance(node, WordsNode) else None


def group_of(node: Node) -> str | None:
    """The group that a node speaks of: a title names it, a figure is a fact of its (`<group>.tables`)."""
    if isinstance(node, FactNode):
        return node.ref.fact.partition(".")[0]
    return (node.ref.group_id or None) if isinstance(node, TitleNode | GivenNode) else None


def as_text(sentence: Sentence, unsaid: Collection[str] = ()) -> str:
    """A sentence as it is read, the words of some items left out."""
    return "".join(_shown(node, item_of(node) in unsaid) for node in sentence.nodes).strip()


def _shown(node: Node, is_unsaid: bool) -> str:
    text = "[…]" if is_unsaid else node.text
    return f"«{NO_BREAK}{text}{NO_BREAK}»" if node.kind == "quote" else text
