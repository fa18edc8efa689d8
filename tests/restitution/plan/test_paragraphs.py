"""The paragraph of a group: general first, then what it covers, then what is held against it and what would answer."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from atelier import workshop
from workshop_told import group_of

from pipeline.restitution.material.kinship import Kinship
from pipeline.restitution.material.load import read_material
from pipeline.restitution.material.model import Material
from pipeline.restitution.plan.paragraphs import Section, Words, group_paragraph
from pipeline.restitution.plan.reading import Reading, unit_of

TEXTS = (
    "Chauffer le four à pain le samedi",
    "Allumer le four à pain avec les écoliers du bourg",
    "Prêter le four à pain aux boulangers de passage",
    "Le four à pain coûte trop de bois pour si peu",
    "Le four à pain, oui, si quelqu'un surveille les flammes",
)


def section_of(material: Material, length: str = "standard") -> Section:
    return Section.of(Reading.of(material), length, {})


def kinds(material: Material, group_id: str = "g") -> list[str]:
    section = section_of(material)
    paragraph = group_paragraph(section, section.reading.units[group_id])
    return [] if paragraph is None else [statement.kind for statement in paragraph.statements]


@pytest.mark.parametrize(
    ("title", "changes", "told"),
    [
        ("Chauffer le four à pain", {}, ["general", "covers"]),
        ("Four", {"is_accepted": True}, []),
        ("Chauffer le four à pain", {"author_text": "Le four, c'est nous."}, ["author"]),
    ],
    ids=["a title", "a title that says nothing", "an author's own text"],
)
def test_a_group_opens_on_what_it_says(title: str, changes: dict[str, Any], told: list[str]) -> None:
    material, group = group_of(title, *TEXTS, axis="sud")
    material = replace(material, groups={"g": replace(group, **changes)})
    assert kinds(material) == told


def test_a_proposal_is_told_with_what_is_held_against_it() -> None:
    sides = ["inconnu", "inconnu", "pour", "contre", "nuance"]
    material, _ = group_of("Chauffer le four à pain", *TEXTS, axis="sud", stance=sides)
    assert kinds(material)[-2:] == ["divided", "condition"]
    unheard, _ = group_of("Chauffer le four à pain", *TEXTS[:3], axis="sud", stance=["inconnu", "inconnu", "pour"])
    assert not {"support", "divided"} & set(kinds(unheard))


def test_a_side_says_who_takes_it_and_how_many() -> None:
    sides = ["inconnu", "inconnu", "inconnu", "contre", "contre"]
    material, _ = group_of("Chauffer le four à pain", *TEXTS, axis="sud", stance=sides)
    section = section_of(material)
    paragraph = group_paragraph(section, section.reading.units["g"])
    assert paragraph is not None
    objection = next(statement for statement in paragraph.statements if statement.kind == "objection")
    assert objection.units == ("g", "g.objection")
    assert section.made["g.objection"].spread.tables == 2


def test_an_objection_that_opens_on_the_proposal_is_told_whole() -> None:
    texts = ("Chauffer le four à pain", "Chauffer le four à pain ? Et qui coupera le bois, encore les voisins ?")
    material, _ = group_of("Chauffer le four à pain", *texts, axis="sud", stance=["inconnu", "contre"])
    section = section_of(material)
    paragraph = group_paragraph(section, section.reading.units["g"])
    assert paragraph is not None
    assert [ref.span for ref in paragraph.statements[-1].words] == [(0, len(texts[1]))]


def test_an_obstacle_is_told_with_what_would_answer_it_and_how_it_was_passed() -> None:
    material = read_material(workshop())
    assert kinds(material, "g-bus")[-1] == "answer"
    passed, _ = group_of(
        "Le four à pain est froid",
        "Le four à pain est froid",
        "Un four à pain froid tout l'hiver",
        "Le four à pain est froid le samedi",
        "Le four à pain chauffe de nouveau grâce à la cagnotte des voisins",
        facet=["frein", "frein", "frein", "traversee"],
    )
    assert kinds(passed)[-1] == "passed"


def test_only_a_question_that_somebody_asked_is_told() -> None:
    texts = ("Le four à pain est froid", "Un four à pain froid tout l'hiver", "Le four à pain est froid le samedi")
    material, group = group_of("Le four à pain est froid", *texts)
    asked = replace(group, question="Comment chauffer le four à pain ?")
    assert "question" not in kinds(replace(material, groups={"g": asked}))
    assert "question" in kinds(replace(material, groups={"g": replace(asked, is_asked=True)}))


def test_nothing_is_told_of_a_group_without_words() -> None:
    material, group = group_of("Four", "Le four", "Four")
    material = replace(material, groups={"g": replace(group, is_accepted=True)})
    assert kinds(material) == []


SHOWN = (
    "Le four à pain reste froid",
    "Le four à pain manque de bois sec",
    "Personne ne sait allumer le four à pain sans fumée noire",
    "Le four à pain ferme avant la sortie des classes",
)


def test_each_stack_has_its_words_in_turn() -> None:
    material, group = group_of("Le four à pain", *SHOWN, stack=["a", "a", "b", "c"])
    unit = unit_of(group, Kinship(material))
    found = Words(material).several(unit, [], 3)
    assert [node.ref.item_id for node in found] == ["i0", "i2", "i3"]


def test_words_that_a_person_chose_come_first() -> None:
    material, group = group_of("Le four à pain", *SHOWN, quote_choice=["", "", "", "choisie"])
    unit = unit_of(group, Kinship(material))
    found = Words(material).several(unit, [], 1)
    assert [node.ref.item_id for node in found] == ["i3"]


def test_words_that_stand_in_the_section_are_not_shown_again() -> None:
    material, group = group_of("Le four à pain", *SHOWN)
    unit = unit_of(group, Kinship(material))
    words = Words(material)
    first = words.one(unit, [])
    words.take(first)
    second = words.one(unit, [])
    assert [node.ref.item_id for node in (*first, *second)] == ["i0", "i1"]


def test_a_quotation_and_a_note_are_not_one_list() -> None:
    material, group = group_of("Le four à pain", *SHOWN, provenance=["ecrit", "note", "ecrit", "note"])
    unit = unit_of(group, Kinship(material))
    assert {node.kind for node in Words(material).several(unit, [], 3)} == {"quote"}


def test_what_got_past_an_obstacle_is_no_word_of_it() -> None:
    material, group = group_of("Le four à pain", *SHOWN[:2], facet=["traversee", "frein"])
    unit = unit_of(group, Kinship(material))
    assert [node.ref.item_id for node in Words(material).several(unit, [], 3)] == ["i1"]


def test_a_name_that_the_sentence_has_just_said_is_not_said_again() -> None:
    material, group = group_of("Le four à pain", "Le four à pain : allumé le samedi par les écoliers du bourg")
    unit = unit_of(group, Kinship(material))
    found = Words(material).several(unit, [group.title], 1, 32)
    assert [node.text for node in found] == ["allumé le samedi par les écoliers du bourg"]


def test_speech_without_a_point_is_not_shown_whole() -> None:
    texts = ("le four à pain euh il est froid tout l'hiver quoi", "Le four à pain est froid. Il fume.")
    material, _ = group_of("Le four", *texts, provenance=["transcription", "ecrit"])
    shown = [Words(material).whole(item) for item in material.items.values()]
    assert shown[0] is None
    assert shown[1] is not None
