"""What sentences are written with: where things were said, how they are named, and the hand that composes them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.contracts.draft import Node, Sentence, TextNode, WordsNode, WordsRef
from pipeline.contracts.plan import Plan, Statement, Unit
from pipeline.language.text.typography import Spaces
from pipeline.restitution.material.model import Group, Item, Material
from pipeline.restitution.nodes import Piece, compose
from pipeline.restitution.prose.places import Places
from pipeline.restitution.prose.titles import Titles
from pipeline.restitution.quoting.quotes import may_quote, shown
from pipeline.restitution.quoting.reported_words import report_node, with_dashes

_NOWHERE = re.compile(r"\{at\}, | \{at\}")


@dataclass(frozen=True)
class Telling:
    """The parts that sentences are made with; nothing changes while they are written."""

    material: Material
    plan: Plan
    places: Places
    titles: Titles
    spaces: Spaces = "fine"

    def say(
        self, templates: str | Sequence[str], sources: Sequence[str], rank: int = 0, /, **pieces: Piece
    ) -> Sentence:
        """A sentence in the way whose turn it is; an empty place goes with its comma."""
        listed = (templates,) if isinstance(templates, str) else templates
        template = listed[rank % len(listed)]
        if "at" in pieces and not pieces["at"]:
            template = _NOWHERE.sub("", template)
        told = {
            name: with_dashes(self.material, piece) if f" : {{{name}}}" in template else piece
            for name, piece in pieces.items()
        }
        nodes = compose(template, self.spaces, **told)
        shown_items = (node.ref.item_id for node in nodes if isinstance(node, WordsNode))
        return Sentence(nodes, tuple(dict.fromkeys((*sources, *shown_items))))

    def group(self, unit_id: str) -> Group | None:
        """The group of a unit; None for an idea alone, or what a theme gathers."""
        return self.material.groups.get(unit_id)

    def unit(self, unit_id: str) -> Unit:
        """A unit of the plan."""
        return self.plan.units[unit_id]

    def words(self, statement: Statement) -> list[WordsNode]:
        """The words that a statement shows, in order."""
        return [self.words_at(ref) for ref in statement.words]

    def words_at(self, ref: WordsRef) -> WordsNode:
        """Words where they stand: between « » when they may be quoted, told when they are a note's."""
        item = self.material.items[ref.item_id]
        if may_quote(item):
            return WordsNode("quote", shown(item.source_text, ref.parts, ref.span), ref)
        node = report_node(item, ref.span)
        return WordsNode("report", self.titles.lexicon.lowered(node.text), node.ref)

    def named(self, statement: Statement) -> list[list[Node]]:
        """The units of a statement by name, each with how widely it was said: a title, else words of its own."""
        shown_words = {self.material.items[ref.item_id].group or ref.item_id: ref for ref in statement.words}
        pieces: list[list[Node]] = []
        for key in statement.units:
            group, ref = self.group(key), shown_words.get(key)
            name: list[Node] = [self.words_at(ref)] if ref is not None else self.titles.named(group) if group else []
            pieces.append([*name, *self.in_brackets(self.places.brief(self.unit(key)))])
        return pieces

    def votes_of(self, item: Item) -> list[Node]:
        """The votes for and against an idea that has a unit of its own; [] for none."""
        unit = self.plan.units.get(item.item_id)
        return self.places.votes(unit) if unit is not None else []

    def in_brackets(self, nodes: Sequence[Node]) -> list[Node]:
        """Nodes between brackets; [] for none."""
        return [TextNode(" ("), *nodes, TextNode(")")] if nodes else []
