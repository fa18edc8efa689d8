"""Each statement in a sentence: by the form of the title, with how widely, words listed, sides with their places."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from workshop_told import group_of, telling_of

from pipeline.restitution.sections.statements import sentences_of, write
from pipeline.restitution.writers.reading import plain

TEXTS = (
    "Chauffer le four à pain le samedi",
    "Allumer le four à pain avec les écoliers du bourg",
    "Prêter le four à pain aux boulangers de passage",
    "Le four à pain coûte trop de bois pour si peu",
    "Le four à pain, oui, si quelqu'un surveille les flammes",
)


def told(title: str, axis: str, **changes: Any) -> dict[str, str]:
    """The sentence of each kind of statement that the axis makes."""
    material, group = group_of(title, *TEXTS, axis=axis, **changes)
    telling = telling_of(replace(material, groups={"g": replace(group, coverage=1.0)}))
    found = {}
    for part in telling.plan.section(axis).parts:
        for statement in (s for paragraph in part.paragraphs for s in paragraph.statements):
            sentence = write(telling, statement)
            assert sentence.role == statement.kind
            found[statement.kind] = plain(sentence).replace("\u00a0", " ").replace("\u202f", " ")
    return found


@pytest.mark.parametrize(
    ("title", "axis", "sentence"),
    [
        ("Chauffer le four à pain", "sud", "Aux quatre tables, on propose de chauffer le four à pain."),
        ("Manque de four à pain", "est", "Le manque de four à pain revient aux quatre tables."),
        ("Pas de four à pain", "est", "Aux quatre tables, on constate qu’il n’y a pas de four à pain."),
        ("Un four à pain au bourg", "nord", "Aux quatre tables, on met en avant un four à pain au bourg."),
        ("À qui est le four à pain ?", "ouest", "À qui est le four à pain ? La question se pose aux quatre tables."),
    ],
    ids=["infinitive", "noun", "lack", "named", "question"],
)
def test_a_title_is_said_with_how_widely(title: str, axis: str, sentence: str) -> None:
    assert told(title, axis, table=["1", "2", "3", "4", "4"])["general"] == sentence


def test_the_name_of_a_thing_claims_nothing_words_are_listed_on_it() -> None:
    material, _ = group_of("Le four à pain", *TEXTS, axis="sud", table=["1", "2", "3", "4", "4"])
    telling = telling_of(material)
    lead = next(s for s in telling.plan.statements if s.kind == "place" and s.units == ("g",))
    said = plain(write(telling, lead)).replace("\u00a0", " ").replace("\u202f", " ")
    assert said == "À propos du four à pain, on propose notamment :"
    assert "general" not in {statement.kind for statement in telling.plan.statements}


def test_votes_close_the_sentence() -> None:
    found = told("Chauffer le four à pain", "sud", votes=[5, 0, 0, 0, 0], table="2")
    assert found["general"] == "À la table 2 (cinq post-its), on propose de chauffer le four à pain (cinq voix)."


def test_several_stacks_stand_in_one_sentence() -> None:
    found = told("Chauffer le four à pain", "sud")
    assert found["covers"].startswith("On lit par exemple « ")
    assert found["covers"].count("« ") == 2
    assert " et « " in found["covers"]


def test_notes_are_told_without_quotation_marks() -> None:
    found = told("Chauffer le four à pain", "sud", channel="note", provenance="note")
    assert found["covers"].startswith("Les notes précisent : ")
    assert "«" not in found["covers"]


def test_for_and_against_stand_side_by_side_each_with_its_place() -> None:
    found = told("Chauffer le four à pain", "sud", stance=["inconnu", "inconnu", "pour", "contre", "nuance"])
    assert found["divided"] == (
        "Les avis se partagent : pour, « Prêter le four à pain aux boulangers de passage » (table 3) ; "
        "contre, « Le four à pain coûte trop de bois pour si peu » (table 4)."
    )
    assert found["condition"].startswith("Mais une condition est posée à la table 5 : « Le four à pain, oui, si")


def test_a_title_that_is_no_phrase_is_quoted() -> None:
    texts = (
        "trop loin du bourg le four à pain",
        "Le four à pain est trop loin du bourg",
        "Le four : trop loin du bourg",
    )
    material, group = group_of("Trop loin du bourg le four à pain", *texts)
    telling = telling_of(replace(material, groups={"g": replace(group, coverage=1.0)}))
    sentences = sentences_of(telling, telling.plan.section("est").parts[-1].paragraphs[0].statements)
    assert any(node.kind == "quote" and node.text == texts[0] for node in sentences[0].nodes)


def test_what_makes_a_title_seen_follows_it_in_its_sentence() -> None:
    material, group = group_of(
        "Manque de four à pain",
        "Il manque un four à pain",
        "Le four à pain manque aux écoliers du bourg chaque samedi de fête",
        "Manque de four à pain au bourg",
    )
    telling = telling_of(replace(material, groups={"g": replace(group, coverage=1.0)}))
    statements = [s for p in telling.plan.section("est").parts for q in p.paragraphs for s in q.statements if q.unit]
    (sentence,) = sentences_of(telling, statements)
    assert " : « " in plain(sentence).replace("\u00a0", " ")


def test_a_motion_says_the_point_that_it_is_of_and_its_votes() -> None:
    texts = ("Éteindre le four à pain : 12 présents", "Repeindre le four à pain")
    material, _ = group_of(
        "Le four", *texts, axis="sud", group="", channel="note", provenance="note", table="",
        context=["Avenir du four", "Entretien du four"], votes=[2, 0], votes_against=[9, 0],
    )  # fmt: skip
    telling = telling_of(replace(material, groups={}))
    statement = next(s for s in telling.plan.statements if s.kind == "rejected")
    said = plain(write(telling, statement)).replace("\u00a0", " ").replace("\u202f", " ")
    assert said == (
        "Sur le point « Avenir du four », le vote rejette ceci : éteindre le four à pain "
        "(deux voix pour, neuf voix contre)."
    )


def test_a_list_opens_on_where_and_how_many_and_each_idea_stands_with_its_votes() -> None:
    texts = ("Chauffer le four à pain le samedi", "Prêter le four à pain aux écoliers", "Fermer le four à pain en été")
    material, _ = group_of(
        "Le four", *texts, axis="sud", group="", table="", votes=[0, 4, 0],
        context=["Que faire du four ?", "Que faire du four ?", "Entretien du four"],
    )  # fmt: skip
    telling = telling_of(replace(material, groups={}))
    lead, *points = (s for s in telling.plan.statements if s.kind in ("place", "point"))
    said = [plain(write(telling, one)).replace("\u00a0", " ").replace("\u202f", " ") for one in (lead, *points)]
    assert said == [
        "À la question « Que faire du four ? », on propose notamment :",
        "« Prêter le four à pain aux écoliers » (quatre voix).",
        "« Chauffer le four à pain le samedi ».",
    ]


def test_lists_without_a_place_to_tell_are_led_by_words_all_the_same() -> None:
    texts = ("Chauffer le four à pain le samedi", "Prêter le four à pain aux écoliers", "Fermer le four à pain en été",
             "Repeindre la salle des fêtes", "Ouvrir la bibliothèque le soir")  # fmt: skip
    headings = ["Que faire du four ?"] * 3 + ["SALLES !"] * 2
    material, _ = group_of("Le four", *texts, axis="sud", group="", table="", context=headings)
    telling = telling_of(replace(material, groups={}))
    leads = [write(telling, s) for s in telling.plan.statements if s.kind == "place"]
    assert [plain(lead).replace("\u00a0", " ") for lead in leads][1:] == ["Et encore :"]
