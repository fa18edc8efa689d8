"""What a draft is made of: sections of blocks of sentences of nodes. Writers read these, as dictionaries, and no more.

A node is a run of text with its kind:

`text`    our own words, typeset, without any figure;
`fact`    a figure or a spread, rendered from one named fact;
`place`   the name of a table, a workshop, a file: as declared or as met;
`title`   the title of a group or theme (`ref`), maybe with its first letter in lower case;
`report`  a note-taker's words told without « » (a span of one contribution, first letter free);
`quote`   an exact span of a contribution: writers put it between « »;
`given`   a value that people declared in the header.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pipeline.language.text.typography import Spaces, capitalized, typeset

BLOCK_WORDS_MAX = 120
KINDS = ("text", "fact", "place", "title", "report", "quote", "given")
_TYPESET = ("text", "fact")
_SLOT = re.compile(r"\{(\w+)\}")
_STRONG = re.compile(r"[?!…][”\"]?$")


@dataclass(frozen=True)
class Node:
    """A run of text of one kind; `ref` names what it can be checked against; `strong` is bold."""

    kind: str
    text: str
    ref: dict[str, Any] = field(default_factory=dict)
    strong: bool = False

    def as_dict(self) -> dict[str, Any]:
        """The node as written to draft.json."""
        out: dict[str, Any] = {"kind": self.kind, "text": self.text}
        if self.ref:
            out["ref"] = self.ref
        if self.strong:
            out["strong"] = True
        return out


@dataclass(frozen=True)
class Sentence:
    """Nodes in order, and the ids of the items (or the names of the inputs) that the sentence rests on."""

    nodes: tuple[Node, ...]
    sources: tuple[str, ...]

    @property
    def quoted_items(self) -> tuple[str, ...]:
        """Items whose words are in the sentence, in order."""
        found = [node.ref["item_id"] for node in self.nodes if node.kind in ("quote", "report")]
        return tuple(dict.fromkeys(found))

    @property
    def n_words(self) -> int:
        """Words of the sentence, quotations included."""
        return sum(len(node.text.split()) for node in self.nodes)


@dataclass(frozen=True)
class Block:
    """A paragraph, heading, list, figure, table or empty slot.

    Attributes
    ----------
    kind : `paragraph`, `heading` (level 1 is the first inside a section), `list`, `figure`, `table`, `slot`.
    sentences : the words (one per point in a list).
    value : what figure and table blocks show.
    """

    kind: str
    sentences: tuple[Sentence, ...] = ()
    level: int = 0
    groups: tuple[str, ...] = ()
    theme: str = ""
    value: dict[str, Any] = field(default_factory=dict)

    @property
    def n_words(self) -> int:
        """Words of the block."""
        return sum(sentence.n_words for sentence in self.sentences)


@dataclass(frozen=True)
class Section:
    """A part of the document that stands alone: `key` is stable, `title` is for people."""

    key: str
    title: str
    blocks: tuple[Block, ...]
    axis: str = ""


Piece = Node | Sequence[Node] | str


def compose(template: str, spaces: Spaces = "fine", **pieces: Piece) -> tuple[Node, ...]:
    """Nodes of a sentence from a template such as `"{place}, on a relevé {what}."`.

    Our words are typeset; the first letter is a capital unless the sentence opens on a participant's words; a full stop
    that follows a quotation's own strong punctuation is dropped.
    """
    nodes: list[Node] = []
    last = 0
    for match in _SLOT.finditer(template):
        nodes.append(Node("text", template[last : match.start()]))
        piece = pieces[match.group(1)]
        nodes.extend([Node("text", piece)] if isinstance(piece, str) else [piece] if isinstance(piece, Node) else piece)
        last = match.end()
    nodes.append(Node("text", template[last:]))
    return tuple(_finished(nodes, spaces))


def _finished(nodes: Iterable[Node], spaces: Spaces) -> list[Node]:
    merged: list[Node] = []
    for node in nodes:
        if not node.text:
            continue
        last = merged[-1] if merged else None
        if last is not None and node.kind == last.kind == "text" and node.strong == last.strong:
            merged[-1] = replace(last, text=last.text + node.text)
        else:
            merged.append(node)
    out: list[Node] = []
    for index, node in enumerate(merged):
        text = node.text
        before = out[-1] if out else None
        if node.kind == "text" and before is not None and _ends_itself(before, index == len(merged) - 1):
            text = re.sub(r"^\.", "", text)
        if node.kind in _TYPESET:
            text = typeset(text, spaces)
        if not out and node.kind not in ("quote", "given"):
            text = capitalized(text)
        if text:
            out.append(replace(node, text=text))
    return out


def _ends_itself(node: Node, is_last: bool) -> bool:
    """Whether a full stop after this node would be one too many."""
    if node.kind == "text":
        return False
    return node.text.endswith(".") or (_STRONG.search(node.text) is not None and (node.kind != "quote" or is_last))


def as_dict(section: Section) -> dict[str, Any]:
    """A section as written to draft.json."""
    return {
        "key": section.key,
        "title": section.title,
        "axis": section.axis,
        "blocks": [_block(block) for block in section.blocks],
    }


def _block(block: Block) -> dict[str, Any]:
    out: dict[str, Any] = {
        "kind": block.kind,
        "sentences": [
            {"nodes": [node.as_dict() for node in sentence.nodes], "sources": list(sentence.sources)}
            for sentence in block.sentences
        ],
    }
    if block.level:
        out["level"] = block.level
    if block.groups:
        out["groups"] = list(block.groups)
    if block.theme:
        out["theme"] = block.theme
    if block.value:
        out["value"] = block.value
    return out


def paragraph(sentences: Sequence[Sentence | None], groups: Sequence[str] = (), theme: str = "") -> list[Block]:
    """Paragraphs of at most `BLOCK_WORDS_MAX` words, whole sentences only."""
    blocks: list[Block] = []
    current: list[Sentence] = []
    for sentence in sentences:
        if sentence is None:
            continue
        if current and sum(s.n_words for s in current) + sentence.n_words > BLOCK_WORDS_MAX:
            blocks.append(Block("paragraph", tuple(current), groups=tuple(groups), theme=theme))
            current = []
        current.append(sentence)
    if current:
        blocks.append(Block("paragraph", tuple(current), groups=tuple(groups), theme=theme))
    return blocks
