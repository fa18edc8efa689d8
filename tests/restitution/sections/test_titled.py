"""The sections of the axes: counts of what is sure, words with who says them, a person's text, what answers."""

from dataclasses import replace
from typing import Any

import pytest
from workshop_told import draft_of, group_of, hand_made, rated, seen, spaced, telling_of, told_workshop

from pipeline.contracts.draft import Sentence
from pipeline.contracts.titles import PERSON
from pipeline.restitution.quoting.lock import problem_of
from pipeline.restitution.sections.titled import told_section
from pipeline.workshop.model import Material, Stand
from pipeline.workshop.questions import Question

TEXTS = ("Chauffer le four à pain le samedi", "Prêter le four à pain aux écoles", "Rallumer le four à pain du bourg")
NOTES: dict[str, Any] = {"channel": "note", "provenance": "note"}


def told(axis: str = "sud", *texts: str, group: dict[str, Any] | None = None, **changes: Any) -> dict[str, list[str]]:
    """What an axis says of a group that people looked at, by what it does."""
    material, made = group_of("Le four à pain", *(texts or TEXTS), axis=axis, **changes)
    given = {"is_accepted": True} | (group or {})
    return roles(replace(material, groups={"g": replace(made, **given)}), axis)


def roles(material: Material, axis: str) -> dict[str, list[str]]:
    telling = telling_of(material)
    found: dict[str, list[str]] = {}
    for sentence in told_section(telling, axis).sentences:
        assert problem_of(sentence, telling.places.facts, telling.material) == ""
        found.setdefault(sentence.role, []).append(spaced(seen(sentence)))
    return found


def test_a_title_has_its_count_then_words_a_line_each_with_where_they_were_said() -> None:
    found = told()
    assert found["spread"] == ["Trois tables sur quatre en parlent."]
    assert "Table 1 : « Chauffer le four à pain le samedi »." in found["told"]
    telling = told_workshop()
    section = told_section(telling, "est")
    kinds = [(block.kind, block.groups, spaced(block.value.text)) for block in section.blocks[1:4]]
    assert kinds == [
        ("heading", ("g-bus",), "Pas de car le soir pour les jeunes"),
        ("paragraph", ("g-bus",), ""),
        ("list", ("g-bus",), ""),
    ]


def test_an_axis_of_which_nothing_can_be_told_has_no_heading_either() -> None:
    telling = told_workshop()
    plan = replace(telling.plan, axes={**telling.plan.axes, "est": ()})
    assert told_section(replace(telling, plan=plan), "est").blocks == ()


def test_notes_are_told_without_quotation_marks_as_they_were_written() -> None:
    lines = told(**NOTES)["told"]
    assert not any("«" in line for line in lines)
    assert "Table 1 : chauffer le four à pain le samedi." in lines


def test_questions_are_asked_and_one_who_says_it_again_is_not_counted() -> None:
    asked = ("À qui est le four à pain ?", "Où chauffer le four à pain ?", "Comment chauffer le four à pain ?")
    assert told("ouest", *asked)["spread"] == ["Trois tables sur quatre posent la question."]
    spoken: dict[str, Any] = {"channel": "transcript", "provenance": "transcription", "voice": "Zoé", "table": ""}
    assert "spread" not in told(**spoken)


def test_each_side_has_its_own_count_and_they_are_never_added() -> None:
    texts = (*TEXTS, "Surtout pas de four à pain, la fumée gêne", "Le four à pain, oui, si le bois est sec")
    sides = {"stance": ["pour"] * 3 + ["contre", "nuance"], "is_sided": True, "table": [*"12341"]}
    found = told("sud", *texts, **sides)
    assert found["spread"] == ["Trois tables sur quatre en parlent."]
    assert found["objection"] == ["Mais la table 4 s’y oppose."]
    assert found["condition"] == ["La table 1 y met une condition."]
    assert told("est", *texts, **sides)["objection"] == ["La table 4 dit pourtant le contraire."]
    assert "objection" not in told("sud", *texts, **{**sides, "is_sided": False})  # a machine read it


def test_who_objects_by_a_link_of_a_person_is_counted() -> None:
    material, made = group_of("Le four à pain", *TEXTS, "La fumée du four gêne la rue", axis="sud")
    beside = replace(material.items["i3"], axis="est", group="")
    own = replace(made, members=made.members[:3], is_accepted=True)
    linked = {"items": material.items | {"i3": beside}, "stands": (Stand("objects", "i3", "i0"),)}
    assert roles(replace(material, groups={"g": own}, **linked), "sud")["objection"] == ["Mais la table 4 s’y oppose."]


def test_an_obstacle_says_what_answers_it_of_what_people_looked_at() -> None:
    section = told_section(told_workshop(), "est")
    (answer, *_) = (spaced(seen(one)) for one in section.sentences if one.role == "answer")
    assert answer == (
        "Ce qui est proposé en réponse : mettre en commun les minibus (tables 1 et 3, enquête) ; demander à la Région "
        "un car du soir (table 2, enquête)."
    )


def test_a_person_s_question_and_an_author_s_text_are_hers() -> None:
    asked = {"question": "Comment chauffer le four à pain ?", "is_asked": True}
    assert told(group=asked)["question"] == ["La question à reprendre ensemble : comment chauffer le four à pain ?"]
    assert told(group={"author_text": "Le four, c'est nous."}) == {"author": ["Le four, c'est nous."]}


@pytest.mark.parametrize(
    ("changes", "text", "kept"),
    [
        (
            {},
            "On nous l’a dit : « le lavoir fuit depuis deux ans ». Et puis « tout va bien » ?",
            [("quote", "le lavoir fuit depuis deux ans")],
        ),
        (
            {},
            "Dit-on : « la pompe du bourg n'est plus réparée » et « La pompe » ?",
            [("quote", "la pompe du bourg n'est plus réparée"), ("quote", "La pompe")],
        ),
        ({}, "Le lavoir fuit depuis deux ans, dit-on.", []),
        (
            NOTES,
            "Deux constats : le lavoir fuit depuis deux ans ; à revoir. La pompe du bourg n'est plus réparée.",
            [("report", "le lavoir fuit depuis deux ans"), ("report", "La pompe du bourg n'est plus réparée")],
        ),
        ({"masks": [((3, 9),), ()]}, "« Le lavoir fuit depuis deux ans »", []),
    ],
    ids=["quoted", "spelt as she does", "not between marks", "notes", "masked"],
)
def test_words_that_stand_in_an_author_s_text_keep_where_they_come_from_and_her_spelling(
    changes: dict[str, Any], text: str, kept: list[tuple[str, str]]
) -> None:
    said = ("Le lavoir fuit depuis deux ans", "La pompe du bourg n’est plus réparée")
    material, made = group_of("Le lavoir", *said, **changes)
    telling = telling_of(replace(material, groups={"g": replace(made, author_text=text)}))
    sentence: Sentence
    (sentence,) = told_section(telling, "est").sentences
    assert [(node.kind, node.text) for node in sentence.words] == kept
    assert spaced(seen(sentence)) == text


def test_a_question_is_told_with_who_answered_it() -> None:
    spoken = {"channel": "transcript", "provenance": "transcription", "voice": ["Zoé", "Ugo"], "table": ""}
    texts = ("Comment chauffer le four à pain ?", "Avec le bois de la commune, comme avant")
    material, _ = group_of("Le four", *texts, axis="ouest", group="", worth=0.9, **spoken)
    items = {key: replace(one, axis="ouest" if key == "i0" else "est") for key, one in material.items.items()}
    assert roles(replace(material, items=items, groups={}), "ouest")["told"] == [
        "Zoé : « Comment chauffer le four à pain ? » – en réponse, Ugo : « Avec le bois de la commune, comme avant »."
    ]


def test_at_least_how_many_speak_of_it_stands_above_what_is_shown_where_nobody_looked() -> None:
    texts = ("Le lavoir du bourg fuit depuis juin", "Le vieux lavoir fuit dans le canal", "Un lavoir neuf fuit l'hiver",
             "Le lavoir fuit, et la source aussi", "Un lavoir qui fuit toutes les nuits")  # fmt: skip
    material, made = group_of("Le lavoir fuit", *texts, strength=0.9, worth=0.8, table="")
    others = {key: replace(one, group="", axis="hors_axe") for key, one in hand_made().items.items()}
    own = replace(made, is_titled=True, origin="personne", is_put=False)
    made_of = replace(material, groups={"g": own}, items=material.items | others)
    assert roles(made_of, "est")["spread"] == ["Au moins quatre contributions en parlent."]
    (how,) = (section for section in draft_of(made_of).sections if section.key == "recueil")
    assert "d’autres paroles s’ajoutent peut-être à celles que l’on compte" in seen(how.sentences[-1])


def filled(*is_put: bool, **changes: Any) -> Material:
    """A title whose words none of its ideas says: those that a person put there, and those of a machine."""
    texts = ("Plus de pain après dix heures", "Le boulanger part sans repreneur", "Les gens achètent au bourg voisin",
             "On ne se croise plus le matin", "Le fournil sert de garage")  # fmt: skip
    put = {"is_put": [*is_put], "is_sided": [*is_put], "strength": 0.55, "worth": 0.8} | changes
    material, made = group_of("La vie du centre", *texts[: len(is_put)], **put)
    own = replace(made, is_titled=True, origin=PERSON, is_put=all(is_put))
    return replace(material, groups={"g": own}, items=material.items)


def test_a_title_that_a_person_filled_by_hand_is_told_and_counted_without_being_accepted() -> None:
    found = roles(filled(True, True, True), "est")
    assert found["spread"] == ["Trois tables sur quatre en parlent."]
    assert len(found["told"]) == 3 and "weighs" not in found


def test_what_a_person_put_among_a_machine_s_is_shown_and_counted_at_least() -> None:
    found = roles(filled(True, True, True, False, False), "est")
    assert found["spread"] == ["Au moins trois contributions en parlent."]
    assert len(found["told"]) == 3 and "weighs" not in found
    assert roles(filled(*[False] * 5), "est")["weighs"][0].startswith("Titre donné, dont les paroles sont")
    unread = roles(filled(True, False, worth=[0.0, 0.8], strength=[0.5, 0.9]), "est")
    assert not any(line.startswith("À relire") for line in unread["weighs"])


def test_what_a_person_put_on_another_axis_counts_with_what_she_accepted() -> None:
    material = filled(False, False, True, True, False)
    own = material.groups["g"]
    beside = [replace(one, group="s", axis="sud") for one in own.members[2:]]
    groups = {
        "g": replace(own, members=own.members[:2], is_accepted=True),
        "s": replace(own, group_id="s", axis="sud", members=tuple(beside)),
    }
    items = material.items | {one.item_id: one for one in beside}
    found = roles(replace(material, groups=groups, items=items), "sud")
    assert found["spread"] == ["Quatre tables sur cinq en parlent."]


def test_both_sides_of_a_column_are_told_side_by_side_with_their_marks_and_who_gives_them() -> None:
    assert roles(rated("Accueil au téléphone", "5112", "neee"), "titres")["camps"] == [
        "Les avis s’opposent, selon « Note » : notes hautes (« 5 ») – « Accueil très aimable au téléphone » ; notes "
        "basses (« 1 » ou « 2 »), au moins trois personnes – « Au téléphone, un accueil froid alors que la salle est "
        "belle »."
    ]
    assert roles(rated("Accueil au téléphone", "5112", "neee"), "titres")["spread"] == [
        "Au moins quatre personnes en parlent."
    ]
    assert "camps" not in roles(rated("Accueil au téléphone", "5544", "nnnn"), "titres")


def test_the_essential_names_a_title_that_divides() -> None:
    (essential, *_) = draft_of(rated("Accueil au téléphone", "5112", "neee")).sections
    lines = [spaced(seen(one)) for one in essential.sentences]
    assert "Les avis se partagent sur ceci : accueil au téléphone." in lines


TURNS = (
    "Le bac du dimanche coûte trop cher, arrêtons le bac",
    "On nous rappelle l'heure de la réunion",
    "Je ne suis pas d'accord, le bac du dimanche sert aux familles",
)


def in_turn(*voices: str, title: str = "Le bac du dimanche", **changes: Any) -> Material:
    """What minutes report, under a title that a machine put it."""
    said: dict[str, Any] = {"channel": "note", "provenance": "note", "table": "", "context": "Le bac", "strength": 0.95}
    material, group = group_of(title, *TURNS, axis="est", voice=[*voices], worth=0.8, **(said | changes))
    return replace(material, groups={"g": replace(group, origin=PERSON, is_put=False)})


def test_what_two_speakers_say_in_turn_of_what_a_title_names_stands_side_by_side() -> None:
    (line, *_) = roles(in_turn("Ana", "", "Rémi"), "est")["told"]
    assert line == (
        "Ana (notes) : le bac du dimanche coûte trop cher, arrêtons le bac – puis, Rémi : je ne suis pas d'accord, le "
        "bac du dimanche sert aux familles."
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"voices": ("Ana", "", "Ana")},
        {"voices": ("Ana", "", "")},
        {"title": "La file du guichet"},
        {"context": ["Le bac", "Le bac", "Le marché"], "source": ["a.md", "a.md", "b.md"]},
    ],
)
def test_one_speaker_another_subject_or_another_file_make_no_exchange(changes: dict[str, Any]) -> None:
    material = in_turn(*changes.pop("voices", ("Ana", "", "Rémi")), **changes)
    assert not any(" – puis, " in line for line in roles(material, "est").get("told", []))


def test_a_vote_that_divides_is_told_with_what_two_speakers_said_under_its_heading() -> None:
    vote = Question("avis-bac", "a", "Le bac", {"pour": 7, "contre": 2}, {}, True, False, False)
    minutes = in_turn("Ana", "", "Rémi", title="La file du guichet", strength=0.1)
    assert votes_of(replace(minutes, questions=(vote,))) == [
        "« Le bac » : 7 pour, 2 contre ; dans la discussion, Ana : le bac du dimanche coûte trop cher, arrêtons le "
        "bac ; puis, Rémi : je ne suis pas d'accord, le bac du dimanche sert aux familles."
    ]
    assert votes_of(replace(minutes, questions=(replace(vote, sides={"pour": 9}),))) == ["« Le bac » : 9 pour."]


def votes_of(material: Material) -> list[str]:
    (told,) = (section for section in draft_of(material).sections if section.key == "votes")
    return [spaced(seen(one)) for one in told.sentences]


@pytest.mark.parametrize(
    ("said", "is_told"),
    [
        ("Certains ont proposé un bac par heure, d'autres un bac par jour", True),
        ("Le quai suscite des avis mitigés : pratique, il reste glissant", True),
        ("Il suscite des avis mitigés : pratique, il reste glissant", False),
        ("Un tiers serait payé par les riverains. Ce que ceux-ci refusent", True),
        ("Certains arbres sont plus grands que d'autres", False),
        ("Il n'y a pas de désaccord sur le quai", False),
    ],
)
def test_what_minutes_say_of_a_disagreement_is_told_as_they_say_it(said: str, is_told: bool) -> None:
    material, _ = group_of("Le quai", said, group="", channel="note", provenance="note", table="", worth=0.0)
    sections = {one.key: one for one in draft_of(replace(material, groups={})).sections}
    assert ("avis" in sections) is is_told
    if is_told:
        (line,) = sections["avis"].sentences
        assert (sections["avis"].title, line.words[0].ref.span) == ("Ce qui fait débat", (0, len(said)))


@pytest.mark.parametrize(
    ("contexts", "lines"),
    [
        (
            ["Les freins", "Les freins", "Les pistes"],
            ["Table 3, sous « Les freins » :", "« {0} ».", "« {1} »."],
        ),
        (
            ["Les freins", "Le bourg", "Les pistes"],
            ["Table 3 :", "Sous « Les freins » : « {0} ».", "Sous « Le bourg » : « {1} »."],
        ),
    ],
)
def test_what_all_lines_of_a_title_would_say_of_where_is_said_once_above_them(
    contexts: list[str], lines: list[str]
) -> None:
    texts = ("Le four à pain du bourg ne chauffe plus le samedi", "Le bois du four à pain coûte trop cher", "Un banc")
    material, group = group_of("Le four à pain", *texts, table="3", context=contexts)
    material = replace(material, groups={"g": replace(group, is_accepted=True, members=group.members[:2])})
    section = told_section(telling_of(material), "est")
    told = [seen(one) for one in section.sentences if one.role != "spread"]
    assert told[:3] == [line.format(*texts) for line in lines]
    assert next(one for one in section.sentences if seen(one) == told[0]).role == "weighs"  # leaves with its lines


def test_a_vote_that_divides_people_on_what_a_title_names_is_told_under_it() -> None:
    def vote(about: str, **sides: int) -> Question:
        return Question(about, "atelier", about, sides, {}, True, False, False, outcome="acceptée")

    texts = ("Le four à pain du bourg ne chauffe plus le samedi", "Le bois du four à pain coûte trop cher", "Un banc")
    material, group = group_of("Rouvrir le four à pain du bourg", *texts, axis="sud")
    asked = (
        vote("Décision sur le four du bourg", pour=12, contre=9), vote("Le prix du four du bourg", pour=12),
        vote("La salle du bourg", pour=3, contre=4),
    )  # fmt: skip
    found = roles(replace(material, groups={"g": replace(group, is_accepted=True)}, questions=asked), "sud")
    assert found["camps"] == [
        "Au vote, les avis se partagent sur « Décision sur le four du bourg » (12 pour, 9 contre)."
    ]
