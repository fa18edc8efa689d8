"""Words to show: of several stacks, chosen ones first, never the same twice."""

from __future__ import annotations

from workshop_told import group_of

from pipeline.restitution.material.kinship import Kinship
from pipeline.restitution.plan.units import unit_of
from pipeline.restitution.plan.words import Words

TEXTS = (
    "Le four à pain reste froid",
    "Le four à pain manque de bois sec",
    "Personne ne sait allumer le four à pain sans fumée noire",
    "Le four à pain ferme avant la sortie des classes",
)


def test_each_stack_has_its_words_in_turn() -> None:
    material, group = group_of("Le four à pain", *TEXTS, stack=["a", "a", "b", "c"])
    unit = unit_of(group, Kinship(material))
    found = Words(material).several(unit, [], 3)
    assert [node.ref.item_id for node in found] == ["i0", "i2", "i3"]


def test_words_that_a_person_chose_come_first() -> None:
    material, group = group_of("Le four à pain", *TEXTS, quote_choice=["", "", "", "choisie"])
    unit = unit_of(group, Kinship(material))
    found = Words(material).several(unit, [], 1)
    assert [node.ref.item_id for node in found] == ["i3"]


def test_words_that_stand_in_the_section_are_not_shown_again() -> None:
    material, group = group_of("Le four à pain", *TEXTS)
    unit = unit_of(group, Kinship(material))
    words = Words(material)
    first = words.one(unit, [])
    words.take(first)
    second = words.one(unit, [])
    assert [node.ref.item_id for node in (*first, *second)] == ["i0", "i1"]


def test_a_quotation_and_a_note_are_not_one_list() -> None:
    material, group = group_of("Le four à pain", *TEXTS, provenance=["ecrit", "note", "ecrit", "note"])
    unit = unit_of(group, Kinship(material))
    assert {node.kind for node in Words(material).several(unit, [], 3)} == {"quote"}


def test_what_got_past_an_obstacle_is_no_word_of_it() -> None:
    material, group = group_of("Le four à pain", *TEXTS[:2], facet=["traversee", "frein"])
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
