"""What sentences are written with: where things were said, how they are named, and the hand that composes them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.contracts.draft import NamedNode, NamedRef, Node, Sentence, TextNode, WordsNode, WordsRef
from pipeline.contracts.plan import Plan, Unit
from pipeline.language.lexicon.spelling import is_spelt
from pipeline.language.syntax import workshop_lexicon
from pipeline.language.text.typography import Spaces
from pipeline.restitution.nodes import Piece, compose
from pipeline.restitution.prose.places import Places
from pipeline.restitution.quoting.quotes import may_quote, plain_quotes, report_node, shown
from pipeline.workshop.model import Group, Item, Material

SIDES = {
    "objection": ("mais {who} s’y oppose", "mais {who} s’y opposent"),
    "condition": ("{who} y met une condition", "{who} y mettent une condition"),
    "contrary": ("{who} dit pourtant le contraire", "{who} disent pourtant le contraire"),
}
"""What one, or several, do who are against a proposal, set a condition, or deny what is no proposal."""


@dataclass(frozen=True)
class Telling:
    """The parts that sentences are made with; nothing changes while they are written. `length` is the one asked for."""

    material: Material
    plan: Plan
    places: Places
    lexicon: workshop_lexicon.Lexicon
    spaces: Spaces = "fine"
    length: str = "standard"

    def say(self, template: str, sources: Sequence[str], /, **pieces: Piece) -> Sentence:
        """A sentence from its template."""
        nodes = compose(template, self.spaces, **pieces)
        shown_items = (node.ref.item_id for node in nodes if isinstance(node, WordsNode))
        return Sentence(nodes, tuple(dict.fromkeys((*sources, *shown_items))))

    def group(self, unit_id: str) -> Group | None:
        """The group of a unit; None for an idea alone, or what a theme gathers."""
        return self.material.groups.get(unit_id)

    def unit(self, unit_id: str) -> Unit:
        """A unit of the plan."""
        return self.plan.units[unit_id]

    def words_at(self, ref: WordsRef) -> WordsNode:
        """Words where they stand, between « » when they may be quoted."""
        item = self.material.items[ref.item_id]
        if may_quote(item):
            return WordsNode("quote", shown(item.source_text, ref.parts, ref.span), ref)
        node = report_node(item, ref.span)
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
