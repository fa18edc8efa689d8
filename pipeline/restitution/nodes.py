"""Nodes of a sentence from a template and its pieces; paragraphs from sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipeline.contracts.draft import Block, NamedNode, Node, Sentence, TextNode
from pipeline.language.text.typography import Spaces, capitalized, typeset

_TYPESET = ("text", "fact", "title")
_NAMED = ("contexte", "issue", "origine", "titre")
"""What the files, or people, call something: its letters are theirs, its spaces and apostrophes ours."""
_SLOT = re.compile(r"\{(\w+)\}")
_POINT = re.compile(r"[-–•*]\s+")
_STRONG = re.compile(r"[?!…][”\"]?$")


def written_lines(text: str) -> list[tuple[str, bool]]:
    """The paragraphs of what a person wrote, and whether each is a point of a list, by the dash before it, that is
    left out."""
    lines = ((line.strip(), _POINT.match(line.strip())) for line in text.splitlines() if line.strip())
    return [(line[found.end() :] if found else line, found is not None) for line, found in lines]


Piece = Node | Sequence[Node] | str


def compose(template: str, spaces: Spaces = "fine", **pieces: Piece) -> tuple[Node, ...]:
    """Nodes of a sentence from a template such as `"{place}, on a relevé {what}."`.

    Our words are typeset; the first letter is a capital unless the sentence opens on a participant's words; a full stop
    that follows a quotation's own strong punctuation is dropped.
    """
    nodes: list[Node] = []
    last = 0
    for match in _SLOT.finditer(template):
        nodes.append(TextNode(template[last : match.start()]))
        piece = pieces[match.group(1)]
        if isinstance(piece, str):
            piece = TextNode(piece)
        nodes += [piece] if isinstance(piece, Node) else piece
        last = match.end()
    nodes.append(TextNode(template[last:]))
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
        if node.kind in _TYPESET or _is_given(node, _NAMED):
            text = typeset(text, spaces)
        if not out and _may_be_capitalized(node):
            text = capitalized(text)
        if text:
            out.append(replace(node, text=text))
    return out


def _is_given(node: Node, fields: Sequence[str]) -> bool:
    return isinstance(node, NamedNode) and node.kind == "given" and node.ref.field in fields


def _may_be_capitalized(node: Node) -> bool:
    """Whether a sentence that opens on a node takes a capital: not on a participant's words, nor on what was declared,
    nor on a mask of a note, whose letters stay."""
    if node.kind == "given":
        return _is_given(node, ("origine",))
    return node.kind != "quote" and not (node.kind == "report" and node.text[:1] == "[")


def _ends_itself(node: Node, is_last: bool) -> bool:
    """Whether a full stop after this node would be one too many."""
    if node.kind == "text":
        return False
    return node.text.endswith(".") or (_STRONG.search(node.text) is not None and (node.kind != "quote" or is_last))


def paragraph(sentences: Sequence[Sentence | None]) -> list[Block]:
    """One paragraph of the sentences that there are."""
    found = tuple(filter(None, sentences))
    return [Block("paragraph", found)] if found else []


def listed(pieces: Sequence[Sequence[Node]], last: str = " ; ", joint: str = " ; ") -> list[Node]:
    """Pieces one after the other; no semicolon follows a question mark or its like."""
    nodes: list[Node] = []
    for rank, piece in enumerate(pieces):
        between = "" if not rank else last if rank == len(pieces) - 1 else joint
        is_ended = (
            between == " ; " and nodes[-1].kind in ("report", "title") and _STRONG.search(nodes[-1].text) is not None
        )
        nodes += [TextNode(" " if is_ended else between), *piece]
    return nodes
