"""What no group tells: votes, then ideas said once, gathered by place and by what they do."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from workshop_told import group_of

from pipeline.restitution.material.model import Material
from pipeline.restitution.plan.gathering import gathered, rest_paragraph
from pipeline.restitution.plan.paragraphs import Section
from pipeline.restitution.plan.reading import Reading

TEXTS = (
    "Chauffer le four à pain le samedi",
    "Prêter la salle des fêtes aux écoliers du bourg",
    "Ouvrir la bibliothèque aux gens de passage",
    "Les cars du matin passent avant la sortie des classes",
    "La mairie garde la clé du gymnase tout l'hiver",
)


def alone(**changes: Any) -> tuple[Section, Material]:
    """A section of ideas that no group holds."""
    material, _ = group_of("Le four", *TEXTS, axis="sud", group="", **changes)
    material = replace(material, groups={})
    return Section.of(Reading.of(material), "standard", {}), material


def test_what_was_voted_for_and_against_comes_before_the_rest() -> None:
    section, material = alone(votes=[4, 0, 0, 1, 2], votes_against=[0, 0, 0, 3, 2], table="1")
    said = list(material.items.values())
    paragraph = rest_paragraph(section, "sud", section.reading.by_votes("sud"), said, 0)
    assert paragraph is not None
    found = {statement.kind: [ref.item_id for ref in statement.words] for statement in paragraph.statements}
    assert found == {"voted": ["i0"], "rejected": ["i3"], "split": ["i4"], "gathered": ["i1", "i2"]}
    assert sorted(section.made) == ["i0", "i3", "i4"]


def test_what_is_to_do_and_what_is_said_are_two_sentences_and_so_are_two_tables() -> None:
    section, material = alone(table=["1", "1", "2", "2", "2"])
    found = [[ref.item_id for ref in s.words] for s in gathered(section, "sud", list(material.items.values()), 9)]
    assert found == [["i0", "i1"], ["i3", "i4"]]


def test_the_only_ideas_of_their_places_are_gathered_together() -> None:
    section, material = alone(table=["1", "2", "3", "4", "5"])
    found = [[ref.item_id for ref in s.words] for s in gathered(section, "sud", list(material.items.values()), 9)]
    assert found == [["i0", "i1", "i2"], ["i3", "i4"]]


def test_what_the_model_is_not_sure_of_is_not_gathered() -> None:
    section, material = alone(table="1", confidence=0.5)
    assert gathered(section, "sud", list(material.items.values()), 9) == []
