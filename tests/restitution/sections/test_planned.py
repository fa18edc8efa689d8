"""Each statement in a well-formed French sentence, the sections that they make, an essential within its words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from labelled import each
from workshop_told import group_of, seen, spaced, telling_of, told_workshop

from pipeline.restitution.proofreading import faults
from pipeline.restitution.quoting.lock import problem_of
from pipeline.restitution.sections.planned import axis_section, write

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
VOICES = [f"Voix {n}" for n in (1, 2, 3, 1, 1)]
SPEECH: dict[str, Any] = {
    "channel": "transcript",
    "provenance": "transcription",
    "table": "",
    "voice": VOICES,
}
NOTES: dict[str, Any] = {"channel": "note", "provenance": "note", "table": ""}


def told(
    title: str, axis: str, group: dict[str, Any] | None = None, texts: Sequence[str] = TEXTS, **changes: Any
) -> dict[str, str]:
    """The sentences of the paragraph of a group, by kind, each without a fault of language."""
    material, made = group_of(title, *texts, axis=axis, **changes)
    made = replace(made, **({"is_titled": True} | (group or {})))
    telling = telling_of(replace(material, groups={"g": made}))
    paragraph = telling.plan.section(axis).paragraphs[0]
    assert paragraph.unit == "g"
    sentences = [one for statement in paragraph.statements for one in write(telling, statement)]
    assert [fault for one in sentences for fault in faults(one, "fine")] == []
    return {one.role: seen(one) for one in sentences}


def opening(title: str, axis: str, **changes: Any) -> str:
    return told(title, axis, **changes)["spread"].partition(" : ")[0].rstrip(".")


test_who_says_it_is_the_subject = each(
    lambda title, axis, changes: opening(title, axis, **changes),
    (TITLES["infinitive"], "sud", {"table": AT_ONE}, "La table 2 (cinq idées) en parle"),
    (TITLES["infinitive"], "est", {"table": AT_ONE}, "La table 2 (cinq idées) en parle"),
    (TITLES["infinitive"], "ouest", {"table": EVERYWHERE}, "Les quatre tables (cinq idées) en parlent"),
    (TITLES["lack"], "est", {"table": ["1", "2", "2", "1", "2"]}, "Les tables 1 et 2 (cinq idées) en parlent"),
    (TITLES["clause"], "sud", {"table": EVERYWHERE}, "Les quatre tables (cinq idées) en parlent"),
    (TITLES["clause"], "nord", {"table": AT_ONE}, "La table 2 (cinq idées) en parle"),
    (TITLES["question"], "ouest", {"table": EVERYWHERE}, "Les quatre tables (cinq idées) en parlent"),
    (TITLES["wish"], "sud", {"table": AT_ONE}, "La table 2 (cinq idées) en parle"),
    (TITLES["thanks"], "nord", {"table": AT_ONE}, "La table 2 (cinq idées) en parle"),
    (TITLES["noun"], "nord", SURVEY, "Cinq personnes sur cinq en parlent"),
    (TITLES["noun"], "sud", SPEECH, "Trois personnes en parlent"),
    (TITLES["noun"], "est", NOTES, "Cinq idées en parlent"),
    (TITLES["noun"], "sud", {"table": "", "source": "idees.csv"}, "Cinq idées en parlent"),
    (TITLES["noun"], "sud", {"table": "2", "votes": [5, *4 * [0]]}, "La table 2 (cinq idées) en parle (cinq voix)"),
)


def test_a_question_is_put_where_all_that_stands_under_it_asks() -> None:
    asked = [f"{text.rstrip('. ?')} ?" for text in TEXTS]
    found = told(TITLES["question"], "ouest", texts=asked, table=EVERYWHERE)
    assert found["spread"].startswith("Les quatre tables (cinq idées) posent la question")


def test_sides_are_told_each_with_those_who_take_it() -> None:
    sides = ["inconnu", "inconnu", "pour", "contre", "nuance"]
    found = told(TITLES["infinitive"], "sud", group={"is_titled": False}, stance=sides)
    assert found["spread"] == "Trois tables sur cinq en parlent."
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


@pytest.mark.parametrize(
    ("changes", "sentences"),
    [
        (
            {"table": EVERYWHERE},
            [
                "À la table 1, on propose de {0}.",
                "À la table 2, on propose d’{1}.",
                "À la table 3, on propose de {2}.",
            ],
        ),
        ({"table": "2"}, ["À la table 2, on propose d’{1}, de {2} et de {0}."]),
        (NOTES, ["On propose d’{1}, de {2} et de {0}."]),
        (SURVEY, ["On propose d’{1}, de {2} et de {0}."]),
        (
            SPEECH,
            [
                "« Allumer le four à pain avec les écoliers du bourg ».",
                "« Prêter le four à pain aux boulangers de passage ».",
                "« Chauffer le four à pain le samedi ».",
            ],
        ),
    ],
    ids=["tables", "one table", "notes", "survey", "speech"],
)
def test_words_are_told_with_where_they_were_said_and_persons_apart(
    changes: dict[str, Any], sentences: list[str]
) -> None:
    material, made = group_of(TITLES["noun"], *(f"{text}." for text in TEXTS[:3]), axis="sud", **changes)
    telling = telling_of(replace(material, groups={"g": replace(made, is_titled=True)}))
    told = telling.plan.section("sud").paragraphs[0].statements
    found = [one for statement in told if statement.words for one in write(telling, statement)]
    low = [text[0].lower() + text[1:] for text in TEXTS[:3]]
    assert [fault for one in found for fault in faults(one, "fine")] == []
    assert [seen(one) for one in found] == [
        one[:1].upper() + one[1:] for one in (line.format(*low) for line in sentences)
    ]


def test_words_under_no_title_have_the_headings_of_their_file() -> None:
    texts = ("Curer le puits du hameau", "Rouvrir la poste le samedi matin", "Prêter la salle des fêtes aux écoles")
    headings = ["Le hameau", "Le bourg", "Le bourg"]
    changes: dict[str, Any] = {**NOTES, "context": headings, "group": "", "attributes": ""}
    material, _ = group_of("Titre", *texts, axis="sud", worth=0.9, confidence=0.9, **changes)
    telling = telling_of(replace(material, groups={}))
    found = axis_section(telling, telling.plan.section("sud"))
    told = [one.value.text if one.kind == "heading" else " ".join(map(seen, one.sentences)) for one in found.blocks[1:]]
    assert [one for one in told if one in headings] == sorted({one for one in told if one in headings}, key=told.index)
    assert set(headings) <= set(told)
    assert "puits" in told[told.index("Le hameau") + 1]


LONG_ACT = (
    "inventer avec les familles du village, les élus du bourg et les voisins du moulin une seconde vie pour le lavoir "
    "du village"
)
NOTED = {
    f"{LONG_ACT} : une laverie": f"On propose d’{LONG_ACT} : une laverie",
    "Le lavoir du village perd ses tuiles": "Le lavoir du village perd ses tuiles",
    "Au sujet des vieux bassins : le lavoir du village fuit": "Le lavoir du village fuit",
}
"""Notes under a title, and how they are told."""


@pytest.mark.parametrize(("text", "said"), NOTED.items())
def test_acts_of_notes_stand_after_a_verb_of_ours_and_the_rest_as_it_is(text: str, said: str) -> None:
    is_act = "propose" in said
    material, made = group_of("Le lavoir", text, axis="sud" if is_act else "est", **NOTES)
    telling = telling_of(replace(material, groups={"g": replace(made, is_titled=True)}))
    told = [one for one in telling.plan.statements if one.kind == "told"]
    found = [spaced(seen(one)).rstrip(".") for statement in told for one in write(telling, statement)]
    assert found == [said]


@pytest.mark.parametrize(
    ("n", "changes", "told"),
    [
        (4, NOTES, []),  # they follow
        (5, NOTES, ["Cinq idées en parlent."]),
        (4, {}, ["Les quatre tables en parlent."]),
        (4, {**NOTES, "votes": 2}, ["Quatre idées en parlent (huit voix)."]),
    ],
)
def test_a_few_ideas_of_nowhere_are_not_counted_before_they_are_told(
    n: int, changes: dict[str, Any], told: list[str]
) -> None:
    texts = [f"Le lavoir fuit {when}" for when in ("le matin", "le soir", "en mars", "la nuit", "à midi")[:n]]
    material, made = group_of("Le lavoir fuit", *texts, **changes)
    telling = telling_of(replace(material, groups={"g": replace(made, is_accepted=True)}))
    spread = [one for one in telling.plan.statements if one.kind == "spread"]
    assert [seen(one) for statement in spread for one in write(telling, statement)] == told


ACTS = "On propose de garder l’eau claire au lavoir et de laver le linge des gîtes."


@pytest.mark.parametrize(
    "heading", ["On cherche trois choses à la fois", "Le bassin du bas", "Café du Pont - 11h15", "Que faire de l’eau ?"]
)
def test_the_heading_of_a_file_opens_no_words_under_a_title(heading: str) -> None:
    texts = ("Garder l’eau claire au lavoir", "Laver le linge des gîtes", "Le moulin tourne au ralenti")
    changes = {**NOTES, "context": [heading, heading, "Ailleurs"], "attributes": ""}
    material, made = group_of("Le lavoir", *texts, axis="sud", **changes)
    telling = telling_of(replace(material, groups={"g": replace(made, is_titled=True)}))
    told = [one for one in telling.plan.statements if one.kind == "told"]
    assert ACTS in [seen(one) for statement in told for one in write(telling, statement)]


def test_the_heading_above_one_that_several_have_tells_where_words_were_said() -> None:
    texts = (
        "La halle a de beaux murs sous le lierre",
        "Le parc a de vieux arbres le long du bief",
        "Les murs tiennent",
    )
    contexts = ["La halle > Le positif", "Le parc > Le positif", "Ailleurs"]
    changes = {**NOTES, "context": contexts, "attributes": ""}
    material, made = group_of("De beaux murs, de vieux arbres", *texts, axis="nord", **changes)
    telling = telling_of(replace(material, groups={"g": replace(made, is_titled=True)}))
    found = [seen(one) for one in telling.plan.statements if one.kind == "told" for one in write(telling, one)]
    assert found[0] == "Les murs tiennent."  # of nowhere: it comes before, so as not to read as said there
    assert set(found[1:]) == {
        "La halle : la halle a de beaux murs sous le lierre.",
        "Le parc : le parc a de vieux arbres le long du bief.",
    }


def test_notes_are_told_without_quotation_marks() -> None:
    assert "«" not in " ".join(told(TITLES["infinitive"], "sud", channel="note", provenance="note").values())


def test_a_person_s_question_and_an_author_s_text_are_hers() -> None:
    asked = {"question": "Comment chauffer le four à pain ?", "is_asked": True}
    found = told(TITLES["infinitive"], "sud", group=asked)
    assert found["question"] == "La question à reprendre ensemble : comment chauffer le four à pain ?"
    assert told(TITLES["infinitive"], "sud", group={"author_text": "Le four, c'est nous."}) == {
        "author": "Le four, c'est nous."
    }


@pytest.mark.parametrize(
    ("changes", "text", "kept"),
    [
        (
            {},
            "On nous l’a dit : « Le lavoir fuit depuis deux ans ». Et puis « tout va bien » ?",
            [("quote", "Le lavoir fuit depuis deux ans")],
        ),
        ({}, "Le lavoir fuit depuis deux ans, dit-on.", []),
        (
            NOTES,
            "Deux constats : le lavoir fuit depuis deux ans ; à revoir. La pompe du bourg n'est plus réparée.",
            [("report", "le lavoir fuit depuis deux ans"), ("report", "La pompe du bourg n’est plus réparée")],
        ),
        ({"masks": [((3, 9),), ()]}, "« Le lavoir fuit depuis deux ans »", []),
    ],
    ids=["quoted", "not between marks", "notes", "masked"],
)
def test_words_that_stand_in_an_author_s_text_keep_where_they_come_from(
    changes: dict[str, Any], text: str, kept: list[tuple[str, str]]
) -> None:
    said = ("Le lavoir fuit depuis deux ans", "La pompe du bourg n’est plus réparée")
    material, made = group_of("Le lavoir", *said, **changes)
    telling = telling_of(replace(material, groups={"g": replace(made, author_text=text)}))
    (statement,) = (one for one in telling.plan.statements if one.kind == "author")
    (sentence,) = write(telling, statement)
    assert [(node.kind, node.text) for node in sentence.words] == kept
    assert spaced(seen(sentence)).replace("’", "'") == spaced(text).replace("’", "'")


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


PARTS = [
    ("Voix 1, adjointe à la voirie", "Voix 2, CCI", "Voix 3"),
    ("Voix 1, élu", "Voix 2, élu", "Voix 3, maire"),
    ("Voix 1, adjoint", "Voix 2, adjoint", "Voix 3, public"),
    ("Voix 1, comité du port", "Voix 2, école", "Zoé"),
    ("Voix 1, parents d'élèves", "Voix 2, les élus du port", "Voix 3, chargée des quais"),
    ("Voix 1, la salle", "Voix 2, assemblée", "Voix 3, audience"),
]
CALLED = [
    ("l’adjointe à la voirie", "une personne (CCI)", "une personne"),
    ("un élu", "un autre élu", "le maire"),
    ("un adjoint", "un autre adjoint", "une personne du public"),
    ("une personne du comité du port", "une personne de l’école", "Zoé"),
    ("une personne (parents d'élèves)", "les élus du port", "la chargée des quais"),
    ("une personne de la salle", "une personne de l’assemblée", "une personne de l’audience"),
]


@pytest.mark.parametrize(("voices", "names"), list(zip(PARTS, CALLED, strict=True)))
def test_who_speaks_is_told_by_her_part_and_not_by_her_number(voices: tuple[str, ...], names: tuple[str, ...]) -> None:
    pointed = [f"{text}." for text in TEXTS[:3]]
    material, made = group_of(TITLES["noun"], *pointed, axis="sud", **{**SPEECH, "voice": list(voices)})
    telling = telling_of(replace(material, groups={"g": replace(made, is_titled=True)}))
    (sentences,) = [write(telling, one) for one in telling.plan.section("sud").paragraphs[0].statements if one.words]
    assert all(problem_of(one, telling.places.facts, telling.material) == "" for one in sentences)
    told = " ".join(map(seen, sentences)).lower()
    assert all(f"{name.lower()} : «" in told for name in names), told
