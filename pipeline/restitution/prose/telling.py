"""What sentences are written with: where things were said, how they are named, and the hand that composes them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from itertools import chain, combinations
from typing import Any

from pipeline.contracts.draft import Node, Sentence, TextNode, WordsNode, WordsRef
from pipeline.contracts.plan import Plan, Statement, Unit
from pipeline.language.syntax.phrases import CLAUSE, INFINITIVE, NOUN, article
from pipeline.language.text.typography import Spaces, with_de, with_que
from pipeline.restitution.nodes import Piece, compose, listed
from pipeline.restitution.plan.pieces import form_of, noun_phrase
from pipeline.restitution.prose.places import Places
from pipeline.restitution.prose.titles import Titles
from pipeline.restitution.quoting.quotes import may_quote, report_node, shown, with_dashes
from pipeline.workshop.model import Group, Item, Material, Where

_NOWHERE = re.compile(r"\{at\}, | \{at\}")


@dataclass(frozen=True)
class Telling:
    """The parts that sentences are made with; nothing changes while they are written."""

    material: Material
    plan: Plan
    places: Places
    titles: Titles
    spaces: Spaces = "fine"
    here: Where | None = None

    def after(self, statement: Statement) -> Telling:
        """The same, where the last sentence was of one place, which is not told again."""
        places = {self.material.place_of(self.material.items[ref.item_id]) for ref in statement.words}
        return replace(self, here=places.pop() if len(places) == 1 else None)

    def spot(self, item: Item) -> list[Node]:
        """Where one idea was said, unless the last sentence was of that place."""
        return [] if self.here is not None and self.material.place_of(item) == self.here else self.places.spot(item)

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
        """The words that a statement shows, in order, each between « » or told."""
        return [self.words_at(ref, manner) for ref, manner in zip(statement.words, statement.manners, strict=True)]

    def words_at(self, ref: WordsRef, manner: str = "") -> WordsNode:
        """Words where they stand, as it was planned, else between « » when they may be quoted."""
        item = self.material.items[ref.item_id]
        if manner == "quote" or (not manner and may_quote(item)):
            return WordsNode("quote", shown(item.source_text, ref.parts, ref.span), ref)
        node = report_node(item, ref.span)
        return WordsNode("report", self.titles.lexicon.lowered(node.text), node.ref)

    def named(self, units: Sequence[str], piece: str = "") -> list[list[Node]]:
        """Groups by their titles, each with how widely it was said.

        Parameters
        ----------
        piece : that of `Titles.pieces`; "" for the title with its article.
        """
        groups = [group for key in units if (group := self.group(key)) is not None]
        told = [self.titles.pieces(one)[piece] if piece else self.titles.with_article(one) for one in groups]
        brief = [self.in_brackets(self.places.brief(self.unit(one.group_id))) for one in groups]
        return [[*title, *where] for title, where in zip(told, brief, strict=True)]

    def covered(self, statement: Statement) -> tuple[str, list[Node]]:
        """The form of the pieces that a statement shows, and those in one enumeration of our sentence: claims each
        after « que », acts after « de », things with their article; `colon` where they are of no one form."""
        nodes = self.words(statement)
        forms = {form_of(node.text) for node in nodes}
        form = (forms.pop() if len(forms) == 1 else "") or "colon"
        told = [[*self._before(node, form), node] for node in nodes]
        if form == "colon" or any("," in node.text for node in nodes):
            return form, listed(told, " ; " if form == "colon" else " ; et ")
        return form, listed(told, " et ", ", ")

    def _before(self, node: WordsNode, form: str) -> list[Node]:
        """Our word before a piece: « que », « de », or the article that it lacks."""
        text = node.text
        if form == NOUN:
            text = f"{article(noun_phrase(text))}{text}"
        elif form in (CLAUSE, INFINITIVE):
            text = with_que(text) if form == CLAUSE else with_de(text)
        before = text.removesuffix(node.text)
        return [TextNode(before)] if before and before != text else []

    def votes_of(self, item: Item) -> list[Node]:
        """The votes for and against an idea; [] for none."""
        return self.places.votes_on(item.item_id, item.votes, item.votes_against)

    def in_brackets(self, nodes: Sequence[Node]) -> list[Node]:
        """Nodes between brackets; [] for none."""
        return [TextNode(" ("), *nodes, TextNode(")")] if nodes else []


Ways = tuple[str, ...]
_SLOT = re.compile(r"\{(\w*)\}")


@cache
def phrases() -> Mapping[str, Any]:
    """The tables of the file, checked."""
    text = files("pipeline.restitution").joinpath("templates", "phrases.toml").read_text(encoding="utf-8")
    return checked(tomllib.loads(text))


def checked(tables: Mapping[str, Any]) -> Mapping[str, Any]:
    """The same tables, when every list has ways of saying, all different, with known slots."""
    for where, found in _lists(tables, ""):
        if not found or len(set(found)) < len(found):
            raise ValueError(f"phrases.toml, {where}: a way of saying is missing or stands twice")
        unknown = {slot for way in found for slot in _SLOT.findall(way)} - set(tables["slots"])
        if unknown:
            raise ValueError(f"phrases.toml, {where}: nothing fills {sorted(unknown)}")
    return tables


def _lists(table: Mapping[str, Any], where: str) -> Iterator[tuple[str, list[str]]]:
    for name, value in table.items():
        if isinstance(value, Mapping):
            yield from _lists(value, f"{where}{name}.")
        elif isinstance(value, list):
            yield f"{where}{name}", value


def ways(name: str) -> Ways:
    """The ways of saying one thing, by its path in the file: `est.shared`.

    A path that a more special table lacks is read without some of its parts, as few as may be: `told.est.clause` from
    `told.clause`.

    Raises
    ------
    KeyError : nothing is said so.
    """
    first, *between, last = name.split(".")
    kept = chain.from_iterable(combinations(between, n) for n in range(len(between), -1, -1))
    found = next(filter(None, (_at([first, *some, last]) for some in kept)), None)
    if found is None:
        raise KeyError(name)
    return found


def _at(keys: list[str]) -> Ways:
    found: Any = phrases()
    for key in keys:
        found = found.get(key, {}) if isinstance(found, Mapping) else {}
    return tuple(found) if isinstance(found, list) else ()
