"""What sentences are written with: where things were said, how they are named, and the hand that composes them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

from pipeline.contracts.draft import NamedNode, NamedRef, Node, Sentence, TextNode, WordsNode, WordsRef
from pipeline.contracts.plan import Plan, Statement, Unit
from pipeline.language.lexicon.orthography import mended, mends
from pipeline.language.lexicon.spelling import is_spelt
from pipeline.language.syntax import workshop_lexicon
from pipeline.language.text.typography import Spaces, typeset
from pipeline.restitution.nodes import Piece, as_nodes, compose
from pipeline.restitution.prose.places import Places
from pipeline.restitution.quoting.quotes import in_our_signs, may_quote, plain_quotes, report_node, shown
from pipeline.workshop.model import Group, Item, Material


@dataclass(frozen=True)
class Telling:
    """The parts that sentences are made with; nothing changes while they are written.

    Attributes
    ----------
    is_as_typed : whether words that are told keep the spelling that they were typed with.
    """

    material: Material
    plan: Plan
    places: Places
    lexicon: workshop_lexicon.Lexicon
    spaces: Spaces = "fine"
    is_as_typed: bool = False

    def say(self, template: str, sources: Sequence[str], /, **pieces: Piece) -> Sentence:
        """A sentence from its template."""
        told = {
            name: self._spelt(in_our_signs(self.material, piece, f" : {{{name}}}" in template, self.low))
            for name, piece in pieces.items()
        }
        nodes = compose(template, self.spaces, **told)
        shown_items = (node.ref.item_id for node in nodes if isinstance(node, WordsNode))
        return Sentence(nodes, tuple(dict.fromkeys((*sources, *shown_items))))

    def _spelt(self, piece: Piece) -> list[Node]:
        """A piece with the words that it tells as an author would spell them."""
        nodes = as_nodes(piece)
        return [self._mended(one) if isinstance(one, WordsNode) and one.kind == "report" else one for one in nodes]

    def _mended(self, node: WordsNode) -> WordsNode:
        if self.is_as_typed:
            return node
        typed = report_node(self.material.items[node.ref.item_id], node.ref.span).text
        told = typeset(mended(typed), self.spaces)
        return replace(node, text=told if node.text[:1] == typed[:1] else self.low(told), mends=mends(typed))

    def group(self, unit_id: str) -> Group | None:
        """The group of a unit; None for an idea alone, or what a theme gathers."""
        return self.material.groups.get(unit_id)

    def unit(self, unit_id: str) -> Unit:
        """A unit of the plan."""
        return self.plan.units[unit_id]

    def words(self, statement: Statement) -> list[WordsNode]:
        """The words that a statement shows, in order, each between « » or told."""
        return [self.words_at(ref, manner) for ref, manner in zip(statement.words, statement.manners, strict=True)]

    def words_at(self, ref: WordsRef, manner: str = "") -> WordsNode:
        """Words where they stand, as it was planned, else between « » when they may be quoted."""
        item = self.material.items[ref.item_id]
        if manner == "quote" or (not manner and may_quote(item)):
            return WordsNode("quote", shown(item.source_text, ref.parts, ref.span), ref)
        node = self._mended(report_node(item, ref.span))
        return replace(node, text=self.low(node.text))

    def named(self, units: Sequence[str]) -> list[list[Node]]:
        """Groups by their titles, each with how widely it was said; questions last, as they end a sentence."""
        groups = [group for key in units if (group := self.group(key)) is not None]
        groups.sort(key=lambda group: group.title.endswith("?"))
        brief = [self.in_brackets(self.places.brief(self.unit(one.group_id))) for one in groups]
        return [[self.title(one), *where] for one, where in zip(groups, brief, strict=True)]

    def low(self, text: str) -> str:
        """A text as it goes on in a sentence: without its capital, but where that may be a name's."""
        return self.lexicon.lowered(text) if is_spelt(text.split(" ", 1)[0].lower()) else text

    def title(self, group: Group) -> Node:
        """A title as it was given, inside a sentence of ours: its colon is a dash there."""
        words = plain_quotes(self.low(group.title)).replace("\u00a0", " ").replace(" : ", " – ")
        return NamedNode("title", words, NamedRef(group_id=group.group_id))

    def votes_of(self, item: Item) -> list[Node]:
        """The votes for and against an idea; [] for none."""
        return self.places.votes_on(item.item_id, item.votes, item.votes_against)

    def in_brackets(self, nodes: Sequence[Node]) -> list[Node]:
        """Nodes between brackets; [] for none."""
        return [TextNode(" ("), *nodes, TextNode(")")] if nodes else []


@cache
def phrases() -> Mapping[str, Any]:
    """The tables of the file, checked."""
    text = files("pipeline.restitution").joinpath("templates", "phrases.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def ways(name: str) -> str:
    """The way of saying one thing, by its path in the file: `told.note.p`.

    Raises
    ------
    KeyError : nothing is said so.
    """
    found: Any = phrases()
    for key in name.split("."):
        found = found[key]
    return str(found)
