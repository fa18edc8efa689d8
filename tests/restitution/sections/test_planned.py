"""Each statement in a well-formed French sentence, the sections that they make, an essential within its words."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from workshop_told import group_of, seen, spaced, telling_of, told_workshop

from pipeline.axes import COMPASS_CODES
from pipeline.restitution.proofreading import faults
from pipeline.restitution.prose.telling import ways
from pipeline.restitution.sections.planned import axis_section, essential_section, write
from pipeline.workshop.model import Group

TEXTS = (
    "Chauffer le four à pain le samedi",
    "Allumer le four à pain avec les écoliers du bourg",
    "Prêter le four à pain aux boulangers de passage",
    "Le four à pain coûte trop de bois pour si peu",
    "Le four à pain, oui, si quelqu'un surveille les flammes",
)
EVERYWHERE, AT_ONE = ["1", "2", "3", "4", "4"], "2"
TITLES = {
    "infinitive": "Chauffer le four à pain",
    "noun": "Four à pain municipal",
    "lack": "Pas de four à pain",
    "clause": "Le four à pain reste froid",
    "question": "À qui est le four à pain ?",
    "wish": "Que le four à pain rouvre",
    "thanks": "Merci aux boulangers du four",
    "fragment": "Trop loin du bourg le four à pain",
}
SURVEY: dict[str, Any] = {"channel": "enquete", "table": "", "voice": list("abcde")}
SPEECH: dict[str, Any] = {"channel": "transcript", "provenance": "transcription", "table": "", "voice": list("abcaa")}
NOTES: dict[str, Any] = {"channel": "note", "provenance": "note", "table": ""}


def told(title: str, axis: str, group: dict[str, Any] | None = None, **changes: Any) -> dict[str, str]:
    """The sentences of the paragraph of a group, by kind, each without a fault of language."""
    material, made = group_of(title, *TEXTS, axis=axis, **changes)
    made = replace(made, **({"coverage": 1.0, "is_titled": True} | (group or {})))
    telling = telling_of(replace(material, groups={"g": made}))
    paragraph = telling.plan.section(axis).paragraphs[0]
    assert paragraph.unit == "g"
    sentences = [write(telling, statement) for statement in paragraph.statements]
    assert [fault for one in sentences for fault in faults(one, "fine")] == []
    return {one.role: seen(one) for one in sentences}


def opening(title: str, axis: str, **changes: Any) -> str:
    return told(title, axis, **changes)["spread"].partition(" : ")[0].rstrip(".")


@pytest.mark.parametrize("axis", COMPASS_CODES)
@pytest.mark.parametrize("form", TITLES)
def test_every_form_of_a_title_has_its_way_on_every_axis_for_one_and_for_several(axis: str, form: str) -> None:
    telling = told_workshop()
    like: Group = next(iter(telling.material.groups.values()))
    assert telling.titles.form(replace(like, title=TITLES[form], axis=axis)).partition("_")[0] in (form, "clause")
    several, one = opening(TITLES[form], axis, table=EVERYWHERE), opening(TITLES[form], axis, table=AT_ONE)
    assert several.startswith("Les quatre tables (cinq post-its) ")
    assert one.startswith("La table 2 (cinq post-its) ")
    verbs = several.split(" ", 5)[5].split(), one.split(" ", 5)[5].split()
    assert verbs[0] != verbs[1]
    for name in ("s", "p"):
        assert all(
            "{who}" in way and "{v}" in way and not way.endswith(".") for way in ways(f"spread.{axis}.{form}.{name}")
        )


@pytest.mark.parametrize(
    ("title", "axis", "changes", "sentence"),
    [
        (TITLES["infinitive"], "sud", {"table": AT_ONE}, "La table 2 (cinq post-its) en fait la proposition"),
        (TITLES["infinitive"], "est", {"table": AT_ONE}, "La table 2 (cinq post-its) y bute"),
        (TITLES["infinitive"], "ouest", {"table": EVERYWHERE}, "Les quatre tables (cinq post-its) y tiennent"),
        (TITLES["lack"], "est", {"table": ["1", "2", "2", "1", "2"]}, "Les tables 1 et 2 (cinq post-its) en parlent"),
        (TITLES["clause"], "sud", {"table": EVERYWHERE}, "Les quatre tables (cinq post-its) le demandent"),
        (TITLES["clause"], "nord", {"table": AT_ONE}, "La table 2 (cinq post-its) le souligne"),
        (TITLES["question"], "ouest", {"table": EVERYWHERE}, "Les quatre tables (cinq post-its) se posent la question"),
        (TITLES["wish"], "sud", {"table": AT_ONE}, "La table 2 (cinq post-its) le souhaite"),
        (TITLES["thanks"], "nord", {"table": AT_ONE}, "La table 2 (cinq post-its) le dit"),
        (TITLES["noun"], "nord", SURVEY, "Cinq personnes sur cinq le mettent en avant"),
        (TITLES["noun"], "sud", SPEECH, "Trois personnes en font la proposition"),
        (TITLES["noun"], "est", NOTES, "Cinq passages en parlent"),
        (TITLES["noun"], "sud", {"table": "", "source": "idees.csv"}, "Cinq contributions en font la proposition"),
        (TITLES["noun"], "sud", {"table": "2", "votes": [5, *4 * [0]]},
         "La table 2 (cinq post-its) en fait la proposition (cinq voix)"),
    ],
)  # fmt: skip
def test_who_says_it_is_the_subject(title: str, axis: str, changes: dict[str, Any], sentence: str) -> None:
    assert opening(title, axis, **changes) == sentence


def test_what_it_covers_is_held_by_our_sentence() -> None:
    acts = (
        "il s’agirait de chauffer le four à pain le samedi, d’allumer le four à pain avec les écoliers du bourg et de "
        "prêter le four à pain aux boulangers de passage."
    )
    found = told(TITLES["infinitive"], "sud", table=EVERYWHERE)
    assert found["spread"] == "Les quatre tables (cinq post-its) en font la proposition."
    assert found["covers"] == f"I{acts[1:]}"
    unread = {"is_titled": True, "is_accepted": False, "origin": "personne"}
    found = told(TITLES["infinitive"], "sud", group=unread, table="3")
    assert "spread" not in found  # nobody looked at it: its words are told with their table, and not counted
    assert found["covers"] == f"À la table 3, {acts}"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"table": ["1", "2", "3"]}, "À la table 1, quelqu’un raconte que le four reste froid l'hiver."),
        ({"table": "2"}, "Quelqu’un raconte que le four reste froid l'hiver."),
        (NOTES, "Les notes disent que le four reste froid l'hiver."),
    ],
    ids=["one of several tables", "the table just named", "notes"],
)
def test_what_one_of_several_says_is_told_with_who_says_it(changes: dict[str, Any], sentence: str) -> None:
    texts = ("Le four reste froid l'hiver", "Le four", "Four")
    material, made = group_of("Le four du bourg", *texts, axis="est", **changes)
    telling = telling_of(replace(material, groups={"g": replace(made, coverage=1.0, is_titled=True)}))
    told = {one.kind: seen(write(telling, one)) for one in telling.plan.section("est").paragraphs[0].statements}
    assert " : " not in told["spread"]
    assert told["covers"] == sentence


CLAIMS = ("Le four reste froid l'hiver", "On manque de bois pour le four", "Les boulangers, faute de four, partent")
THINGS = ("Un four à pain neuf", "Four banal du hameau", "Les fours du canton")


@pytest.mark.parametrize(
    ("axis", "texts", "words"),
    [
        ("est", CLAIMS, "que le four reste froid l'hiver"),
        ("est", CLAIMS, "qu’on manque de bois pour le four"),
        ("nord", THINGS, "le four banal du hameau"),
        ("nord", THINGS, "un four à pain neuf"),
    ],
)
def test_claims_follow_que_and_things_have_their_article(axis: str, texts: tuple[str, ...], words: str) -> None:
    material, made = group_of("Le four du bourg", *texts, axis=axis)
    telling = telling_of(replace(material, groups={"g": replace(made, coverage=1.0, is_titled=True)}))
    sentences = [write(telling, one) for one in telling.plan.section(axis).paragraphs[0].statements]
    assert words in " ".join(map(seen, sentences))
    assert [fault for one in sentences for fault in faults(one, "fine")] == []


def test_sides_are_told_each_with_those_who_take_it() -> None:
    sides = ["inconnu", "inconnu", "pour", "contre", "nuance"]
    found = told(TITLES["infinitive"], "sud", group={"is_titled": False}, stance=sides)
    assert found["spread"].startswith("Trois tables sur cinq en font la proposition : ")
    assert found["objection"] == "Mais la table 4 s’y oppose : « Le four à pain coûte trop de bois pour si peu »."
    assert found["condition"] == (
        "La table 5 y met une condition : « Le four à pain, oui, si quelqu'un surveille les flammes »."
    )
    banned = told(TITLES["infinitive"], "sud", stance=sides, quote_choice=["", "", "", "bannie", ""])
    assert banned["objection"] == "Mais la table 4 s’y oppose."
    sides = ["inconnu", "pour", "inconnu", "contre", "contre"]
    assert told("Le four à pain du bourg chauffe", "est", stance=sides)["objection"].startswith(
        "Les tables 4 et 5 disent pourtant le contraire : « "
    )


def test_notes_are_told_without_quotation_marks() -> None:
    assert "«" not in " ".join(told(TITLES["infinitive"], "sud", channel="note", provenance="note").values())


def test_a_person_s_question_and_an_author_s_text_are_hers() -> None:
    asked = {"question": "Comment chauffer le four à pain ?", "is_asked": True}
    found = told(TITLES["infinitive"], "sud", group=asked)
    assert found["question"] == "La question à reprendre ensemble : comment chauffer le four à pain ?"
    assert told(TITLES["infinitive"], "sud", group={"author_text": "Le four, c'est nous."}) == {
        "author": "Le four, c'est nous."
    }


ALONE = (
    "Chauffer le four à pain le samedi",
    "Prêter la salle des fêtes aux écoliers du bourg",
    "Ouvrir la bibliothèque aux gens de passage",
    "Je voudrais un marché couvert sur la place du bourg",
)


def rest(**changes: Any) -> list[str]:
    """The sentences of the essential about an axis where no group is told, then those of the axis."""
    material, _ = group_of("Le four", *ALONE, axis="sud", group="", **changes)
    telling = telling_of(replace(material, groups={}))
    blocks = essential_section(telling, telling.plan.section("essentiel"), 1_000).blocks
    notable = [seen(one) for block in blocks for one in block.sentences if one.role == "notable"]
    axis = [seen(write(telling, one)) for p in telling.plan.section("sud").paragraphs for one in p.statements]
    return notable + axis


@pytest.mark.parametrize(
    ("changes", "sentences"),
    [
        (
            {"table": ["2", "1", "1", "2"]},
            [
                "Pour avancer, on propose notamment de prêter la salle des fêtes aux écoliers du bourg (table 1).",
                "Il s’agirait d’ouvrir la bibliothèque aux gens de passage (table 1).",
                "À la table 2 (vieillir ici), on propose de chauffer le four à pain le samedi.",
            ],
        ),
        (
            {"table": "1", "votes": [0, 4, 0, 2], "votes_against": [0, 0, 6, 1]},
            [
                "Pour avancer, on propose notamment de prêter la salle des fêtes aux écoliers du bourg (table 1).",
                "Il s’agirait de chauffer le four à pain le samedi (table 1).",
            ],
        ),
        (
            {"table": "", "context": ["Que faire du four ?", "Les lieux", "Les lieux du bourg", "Les lieux du bourg"]},
            [
                "Il s’agirait de chauffer le four à pain le samedi (« Que faire du four ? »).",
                "Dans la rubrique « Les lieux », on propose de prêter la salle des fêtes aux écoliers du bourg.",
                "Dans la rubrique « Les lieux du bourg », on propose d’ouvrir la bibliothèque aux gens de passage.",
            ],
        ),
    ],
    ids=["tables in their order", "votes", "headings in theirs"],
)
def test_where_no_group_is_told_each_place_has_its_sentence(changes: dict[str, Any], sentences: list[str]) -> None:
    assert rest(**changes) == sentences


def test_a_group_has_its_title_for_heading_then_its_paragraph_and_what_is_left_comes_last() -> None:
    telling = told_workshop()
    section = axis_section(telling, telling.plan.section("est"))
    told = [(block.kind, block.groups, spaced(block.value.text)) for block in section.blocks]
    assert told[0][0] == "motto"
    assert told[1:5] == [
        ("heading", ("g-bus",), "Pas de car le soir pour les jeunes"),
        ("paragraph", ("g-bus",), ""),
        ("heading", ("g-loyers",), "Les loyers sont trop chers pour les saisonniers"),
        ("paragraph", ("g-loyers",), ""),
    ]
    assert all(block.kind != "list" for block in section.blocks)
    nothing = axis_section(telling, replace(telling.plan.section("est"), paragraphs=()))
    assert nothing.blocks == ()  # an axis of which nothing can be told has no heading either


@pytest.mark.parametrize(
    ("title", "axis", "told"),
    [
        ("Les budgets votés par les habitants", "sud", "demandent d’abord les budgets votés par les habitants."),
        ("La place de l’opposition", "ouest", "Plus au fond, cinq passages des notes mettent en avant la place de"),
        ("Le four banal du hameau", "nord", "mettent d’abord en avant le four banal du hameau."),
        ("Le four reste froid", "ouest", "y tiennent : le four reste froid."),
    ],
)
def test_the_essential_names_a_thing_without_a_colon(title: str, axis: str, told: str) -> None:
    material, made = group_of(title, *TEXTS, axis=axis, **NOTES)
    taken = replace(made, coverage=1.0, is_titled=True, is_accepted=True)
    telling = telling_of(replace(material, groups={"g": taken}))
    (block, *_) = essential_section(telling, telling.plan.section("essentiel"), 1_000).blocks
    assert told in " ".join(map(seen, block.sentences))


def test_the_essential_is_one_paragraph_that_keeps_within_its_words_and_drops_the_last_things_first() -> None:
    telling = told_workshop()
    plan = telling.plan.section("essentiel")
    whole, asked = essential_section(telling, plan, 1_000).blocks
    assert asked.kind == "slot"
    assert [one.role for one in whole.sentences] == ["", *["weighs"] * 4, "disputed"]
    assert seen(whole.sentences[1]).endswith("disent ce qui freine d’abord : pas de car le soir pour les jeunes.")
    assert "proposent d’abord de mettre en commun les minibus." in seen(whole.sentences[3])
    for most in range(50, whole.n_words):
        short = essential_section(telling, plan, most).blocks[0]
        assert short.sentences == whole.sentences[: len(short.sentences)]
        assert short.n_words <= most
