"""Where things were said, and the figures that say how widely: nodes made from facts, without any state."""

from __future__ import annotations

from functools import cached_property

from pipeline.contracts.draft import FactNode, FactRef, Node, PlaceNode, PlaceRef, TextNode
from pipeline.contracts.facts import Facts
from pipeline.language.text.typography import with_a, with_de
from pipeline.restitution.material.model import Item, Material
from pipeline.restitution.material.quantifiers import said, table_name
from pipeline.restitution.prose.phrases import rank_of

SURVEY_COUNT_MIN = 3
PlaceKey = tuple[str, str]


def place_key(item: Item) -> PlaceKey:
    """What tells two places apart: the survey is one, a table another."""
    return item.workshop, "enquete" if item.channel == "enquete" else item.table


class Places:
    """The places of a workshop, as they stand in sentences.

    Parameters
    ----------
    facts : every figure that may be told, by name; a group's are `<group>.tables`, `<group>.enquete`…
    """

    def __init__(self, material: Material, facts: Facts) -> None:
        self.facts = facts
        self._material = material

    def fact(self, name: str, form: str, joint: str = "") -> FactNode:
        """A fact in one of its forms; `joint` is `a` or `de`, contracted with it."""
        words = said(self.facts[name], form)
        text = with_a(words) if joint == "a" else with_de(words) if joint == "de" else words
        return FactNode(text, FactRef(name, form, joint))

    def where(self, name: str, joint: str = "a") -> list[Node]:
        """How widely something was said: `à trois tables sur six et dans l’enquête`; [] when that says nothing."""
        parts: list[list[Node]] = []
        tables, workshops = self.facts.get(f"{name}.tables"), self.facts[f"{name}.ateliers"]
        if workshops.part[1] > 1 and workshops.n > 1:
            form = self.fact(f"{name}.ateliers", "workshops", "de" if joint == "de" else "")
            parts.append([form] if joint == "de" else [TextNode("dans "), form])
        elif tables is not None and tables.part[1] > 1:
            parts.append([self.fact(f"{name}.tables", ("tables", "tables_bis")[rank_of(name, 2)], joint)])
        if f"{name}.enquete" in self.facts:
            parts.append(self._survey(name, joint, alone=not parts))
        return [*parts[0], TextNode(" et "), *parts[1]] if len(parts) == 2 else parts[0] if parts else []

    def _survey(self, name: str, joint: str, alone: bool) -> list[Node]:
        """The survey, and how many answers when that is worth a number."""
        n = self.facts[f"{name}.enquete"].n
        if alone and not self.has_more_than_a_survey:
            if n < SURVEY_COUNT_MIN:
                return []
            return [TextNode("dans " if joint == "a" else "de "), self.fact(f"{name}.enquete", "answers")]
        nodes: list[Node] = [TextNode("dans l’enquête" if joint == "a" else "de l’enquête")]
        if n >= SURVEY_COUNT_MIN:
            nodes += [TextNode(" ("), self.fact(f"{name}.enquete", "answers"), TextNode(")")]
        return nodes

    @cached_property
    def has_more_than_a_survey(self) -> bool:
        """Whether people also spoke otherwise than in a survey, whose name then says something."""
        return any(item.channel != "enquete" for item in self._material.items.values())

    def spot(self, item: Item, joint: str = "a") -> list[Node]:
        """Where one item was said: its table, the survey, or [] when that says nothing."""
        if item.channel == "enquete":
            words = "dans l’enquête" if joint == "a" else "de l’enquête"
            return [TextNode(words)] if self.has_more_than_a_survey else []
        return self.table_of(item, joint)

    def table_of(self, item: Item, joint: str = "a") -> list[Node]:
        """The table of an item, contracted; [] when the workshop had one table or none is known."""
        if not item.table or self.facts["tables"].n < 2:
            return []
        words = table_name(item.table)
        joined = with_a(words) if joint == "a" else with_de(words) if joint == "de" else words.removeprefix("la ")
        nodes: list[Node] = [PlaceNode(joined, PlaceRef(item.table))]
        if len(self._material.workshops) > 1:
            name = PlaceNode(self._workshop_name(item.workshop), PlaceRef(workshop=item.workshop))
            before, after = (" (", ")") if joint else (", ", "")  # no brackets inside brackets
            nodes += [TextNode(before), name, *([TextNode(after)] if after else [])]
        return nodes

    def in_brackets(self, item: Item) -> list[Node]:
        """Where an item was said, as it stands between brackets; [] when that says nothing."""
        if item.channel == "enquete":
            return [TextNode("enquête")] if self.has_more_than_a_survey else []
        return self.table_of(item, "")

    def _workshop_name(self, workshop: str) -> str:
        return next((str(row["titre"]) for row in self._material.workshops if row["workshop"] == workshop), workshop)
