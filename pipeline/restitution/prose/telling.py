"""What sentences are written with: where things were said, how they are named, and the hand that composes them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from pipeline.contracts.draft import Node, Sentence, TextNode, WordsNode, WordsRef
from pipeline.contracts.plan import Plan, Statement, Unit
from pipeline.language.text.typography import Spaces
from pipeline.restitution.nodes import Piece, compose
from pipeline.restitution.prose.places import Places
from pipeline.restitution.prose.titles import Titles
from pipeline.restitution.quoting.quotes import may_quote, report_node, shown, with_dashes
from pipeline.workshop.model import Group, Item, Material

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
        """The words that a statement shows, in order, each between « » or told."""
        return [self.words_at(ref, manner) for ref, manner in zip(statement.words, statement.manners, strict=True)]

    def words_at(self, ref: WordsRef, manner: str = "") -> WordsNode:
        """Words where they stand, as it was planned, else between « » when they may be quoted."""
        item = self.material.items[ref.item_id]
        if manner == "quote" or (not manner and may_quote(item)):
            return WordsNode("quote", shown(item.source_text, ref.parts, ref.span), ref)
        node = report_node(item, ref.span)
        return WordsNode("report", self.titles.lexicon.lowered(node.text), node.ref)

    def named(self, units: Sequence[str]) -> list[list[Node]]:
        """Groups by their titles, each with how widely it was said."""
        groups = [group for key in units if (group := self.group(key)) is not None]
        return [
            [*self.titles.with_article(group), *self.in_brackets(self.places.brief(self.unit(group.group_id)))]
            for group in groups
        ]

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

    A path that a more special table lacks is read from the same table without its last part but one: `covers.est.quote`
    from `covers.quote`.
    """
    keys = name.split(".")
    found = _at(keys)
    return found if found or len(keys) < 3 else _at([*keys[:-2], keys[-1]]) or _missing(name)


def _at(keys: list[str]) -> Ways:
    found: Any = phrases()
    for key in keys:
        found = found.get(key, {}) if isinstance(found, Mapping) else {}
    return tuple(found) if isinstance(found, list) else ()


def _missing(name: str) -> Ways:
    raise KeyError(name)
