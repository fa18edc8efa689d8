"""How columns and workshops enter a sentence: their names, dates, and the words that people said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.contracts.draft import (
    FactNode,
    FactRef,
    Node,
    PlaceNode,
    PlaceRef,
    Sentence,
    TextNode,
    TitleNode,
    TitleRef,
    WordsNode,
)
from pipeline.language.text.typography import Spaces, typeset
from pipeline.programme.matching.columns import Column
from pipeline.programme.reading import Reading, part_of
from pipeline.programme.threads import Thread
from pipeline.programme.workshops import Workshop
from pipeline.restitution.material.model import Group, Item
from pipeline.restitution.nodes import listed
from pipeline.restitution.prose.telling import Telling
from pipeline.restitution.quoting.joints import plain_quotes
from pipeline.restitution.quoting.quotes import quote, repeats
from pipeline.restitution.quoting.standing import standing_words

FEW, SAID_MANY = 2, 2
"""Contributions above which so many are quoted, one otherwise."""


@dataclass
class Words:
    """The hand that writes a programme; `told` are the words that are on the page already."""

    reading: Reading
    tellings: dict[str, Telling]
    spaces: Spaces
    told: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, reading: Reading, spaces: Spaces) -> Words:
        """The hand of a programme, with nothing written yet."""
        return cls(reading, reading.tellings(spaces), spaces)

    @property
    def all(self) -> Telling:
        """Who writes of all workshops."""
        return self.tellings[""]

    def workshop(self, workshop: Workshop, strong: bool = False) -> list[Node]:
        """`Vaux (12 mars 2025)`, without what nobody said."""
        return [*self.bare(workshop, strong), *self.all.in_brackets(self.date(workshop))]

    def bare(self, workshop: Workshop, strong: bool = False) -> list[Node]:
        """`Vaux`."""
        return [PlaceNode(workshop.name, PlaceRef(workshop=workshop.key), strong)]

    def date(self, workshop: Workshop) -> list[Node]:
        """The date of a workshop as a fact; [] without one."""
        fact = f"date.{workshop.key}"
        if not workshop.date or fact not in self.reading.facts:
            return []
        return [FactNode(str(self.reading.facts[fact].value), FactRef(fact, "date"))]

    def quoted(self, unit_id: str) -> list[WordsNode]:
        """Words of a unit that stand alone: one, or two where many spoke, none that is on the page already."""
        unit = self.reading.units[unit_id]
        items = [self.reading.material.items[key] for key in unit.members]
        most = SAID_MANY if unit.spread.contributions > FEW else 1
        found: list[WordsNode] = []
        for item in _in_order(items):
            node = standing_words(item)
            known = [one.text for one in found]
            if node is not None and item.contribution_id not in self.told and not repeats(node.text, known):
                found.append(node)
                self.told.add(item.contribution_id)
            if len(found) == most:
                return found
        if not found:
            short = (quote(item) for item in items if item.contribution_id not in self.told)
            found = [node for node in short if node is not None][:1]
            self.told.update(node.ref.contribution_id for node in found)
        return [self.all.words_at(node.ref) for node in found]

    def said_there(self, thread: Thread, column: Column) -> Sentence:
        """`Vaux (12 mars 2025), à deux tables sur trois : « … » ; « … ».`"""
        workshop = self.reading.by_key[column.workshop]
        unit = self.reading.units[part_of(thread, column.column_id)]
        words = [[node] for node in self.quoted(unit.unit_id)]
        at = self.tellings[column.workshop].places.spread(unit)
        told: Sequence[Node] = listed(words) if words else self.name(column)
        template = "{w}, {at} : {x}." if told else "{w}, {at}."
        return self.all.say(template, unit.members, 0, w=self.workshop(workshop, strong=True), at=at, x=told)

    def name(self, column: Column) -> list[Node]:
        """A column named inside a sentence: its title, or the words of its idea."""
        if column.group is not None:
            return self._title(column.group)
        words = self.words_of(column.items[0])
        return [words] if words is not None else []

    def words_of(self, item: Item) -> WordsNode | None:
        """The words of an idea, as they may be told."""
        found = standing_words(item) or quote(item)
        return None if found is None else self.all.words_at(found.ref)

    def named_with_spread(self, column: Column) -> list[Node]:
        """The same, and how widely it was said, between brackets."""
        places = self.tellings[column.workshop].places
        name = self.name(column)
        return [*name, *self.all.in_brackets(places.brief(self.reading.units[column.column_id]))] if name else []

    def thread(self, thread_id: str) -> list[Node]:
        """A thread named inside a sentence."""
        return self._title(self.reading.material.groups[thread_id])

    def _title(self, group: Group) -> list[Node]:
        """A title as it stands in a list: no word is added to it."""
        words = self.all.titles.lexicon.lowered(group.title)
        return [TitleNode(typeset(plain_quotes(words), self.spaces), TitleRef(group.group_id))]

    def say(self, template: str, sources: Sequence[str], **pieces: Node | Sequence[Node] | str) -> Sentence:
        """A sentence of ours."""
        return self.all.say(template, sources, 0, **pieces)


def _in_order(items: Sequence[Item]) -> list[Item]:
    """Those that people chose first, none that they set aside."""
    kept = [item for item in items if item.quote_choice != "bannie"]
    return sorted(kept, key=lambda item: item.quote_choice != "choisie")


def together(parts: Sequence[Sequence[Node]]) -> list[Node]:
    """Parts of a list in one sentence, apart by semicolons."""
    return listed([part for part in parts if part]) if parts else [TextNode("")]
