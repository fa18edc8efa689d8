"""Words told without « »: their inner quotation marks become “ ”, their colons dashes after a colon of ours."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from pipeline.contracts.draft import Node, TextNode, WordsNode
from pipeline.restitution.material.model import Item, Material
from pipeline.restitution.material.sentence_bounds import Span
from pipeline.restitution.nodes import Piece
from pipeline.restitution.quoting.joints import plain_quotes
from pipeline.restitution.quoting.quotes import quote_node

_COLON = re.compile(r"[ \u00a0\u202f]:[ \u00a0\u202f]")


def report_node(item: Item, span: Span) -> WordsNode:
    """A span of an item's words, told."""
    node = quote_node(item, span, "report")
    return WordsNode("report", plain_quotes(node.text), node.ref)


def with_dashes(material: Material, piece: Piece) -> Piece:
    """Reports whose own colons became dashes, each part still a span of what was said."""
    if isinstance(piece, str):
        return piece
    nodes: list[Node] = []
    for node in [piece] if isinstance(piece, Node) else piece:
        nodes += _parts(material, node) if isinstance(node, WordsNode) and node.kind == "report" else [node]
    return nodes


def _parts(material: Material, node: WordsNode) -> list[Node]:
    item = material.items[node.ref.item_id]
    low, high = node.ref.span
    cuts = [low + match.start() for match in _COLON.finditer(item.source_text[low:high])]
    if not cuts:
        return [node]
    first = report_node(item, (low, cuts[0]))
    nodes: list[Node] = [replace(first, text=node.text[: len(first.text)])]
    for start, end in pairwise([*cuts, high]):
        skipped = len(item.source_text[start:end]) - len(item.source_text[start:end].lstrip(" :\u00a0\u202f"))
        nodes += [TextNode(" – "), report_node(item, (start + skipped, end))]
    return nodes
