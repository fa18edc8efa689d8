"""Where things were said and by whom: named, counted, or left out when it says nothing."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from workshop_told import group_of, spaced, telling_of

from pipeline.contracts.draft import Node
from pipeline.restitution.prose.telling import Telling
from pipeline.restitution.quoting.lock import problem_of

TEXTS = ("Le four à pain est froid", "Le four à pain du bourg est froid", "Un four à pain froid tout l'hiver")


def said(nodes: Sequence[Node]) -> str:
    return spaced("".join(node.text for node in nodes))


NOTES = {"channel": "note", "provenance": "note"}
MIXED = {"channel": ["note", "note", "postit"], "provenance": ["note", "note", "contribution"]}
SPEECH = {"channel": "transcript", "provenance": "transcription", "table": ""}
SURVEY = {"channel": "enquete", "table": "", "voice": ["v1", "v2", "v3"]}


@pytest.mark.parametrize(
    ("changes", "subject", "is_plural", "brief"),
    [
        ({}, "trois tables sur quatre", True, "trois tables sur quatre"),
        ({"table": ["1", "2", "1"]}, "les tables 1 et 2 (trois idées)", True, "tables 1 et 2"),
        ({"table": "3"}, "la table 3 (trois idées)", False, "table 3, trois idées"),
        ({"table": "3", **NOTES}, "la table 3 (trois idées)", False, "table 3, trois idées"),
        ({"table": "", **NOTES}, "trois idées", True, "trois idées"),
        (SURVEY, "trois personnes sur trois", True, "trois personnes"),
        ({**SURVEY, "voice": "v1"}, "une personne sur une", False, "une personne"),
        ({**SPEECH, "voice": ["a", "b", "a"]}, "deux personnes", True, "deux personnes"),
        ({**SPEECH, "voice": "a"}, "une personne", False, "une personne"),
        ({"table": "", "source": "idees.csv"}, "trois idées", True, "trois idées"),
        ({"table": "", "source": "idees.csv", "contribution_id": "c"}, "trois idées", True, "trois idées"),
    ],
    ids=[
        "most tables",
        "two tables",
        "one table",
        "the notes of one table",
        "notes",
        "answers",
        "one person's answers",
        "speakers",
        "one speaker",
        "nobody knows where",
        "one contribution of three ideas",
    ],
)
def test_who_says_it_is_people_where_they_are_known(
    changes: dict[str, Any], subject: str, is_plural: bool, brief: str
) -> None:
    material, group = group_of("Le four à pain est froid", *TEXTS, **changes)
    telling = telling_of(replace(material, groups={"g": replace(group)}))
    who, plural = telling.places.who(telling.unit("g"))
    assert (said(who), plural, said(telling.places.brief(telling.unit("g")))) == (subject, is_plural, brief)


def test_the_survey_is_counted_beside_tables(telling: Telling) -> None:
    unit = telling.unit("g-bus")
    assert said(telling.places.who(unit)[0]) == "trois tables sur quatre et une personne sur quatre à l’enquête"
    assert said(telling.places.brief(unit)) == "trois tables sur quatre, enquête"


@pytest.mark.parametrize(
    ("votes", "against", "told"),
    [
        ([5, 0, 1], 0, "six voix"),
        (0, [0, 2, 0], "deux voix contre"),
        ([3, 0, 0], [1, 0, 0], "trois voix pour, une voix contre"),
        (0, 0, ""),
        ([1, 0, 0], 0, ""),
    ],
    ids=["for", "against", "both", "none", "one alone"],
)
def test_votes_are_told_by_side(votes: Any, against: Any, told: str) -> None:
    material, _ = group_of("Le four à pain est froid", *TEXTS, votes=votes, votes_against=against)
    telling = telling_of(material)
    assert said(telling.places.votes(telling.unit("g"))) == told


@pytest.mark.parametrize(
    ("voices", "names"),
    [
        (
            ("Voix 1, adjointe à la voirie", "Voix 2, CCI", "Voix 3"),
            ("l’adjointe à la voirie", "une personne (CCI)", "une personne"),
        ),
        (("Voix 1, élu", "Voix 2, élu", "Voix 3, maire"), ("un élu", "un autre élu", "le maire")),
        (
            ("Voix 1, adjoint", "Voix 2, adjoint", "Voix 3, public"),
            ("un adjoint", "un autre adjoint", "une personne du public"),
        ),
        (
            ("Voix 1, comité du port", "Voix 2, école", "Zoé"),
            ("une personne du comité du port", "une personne de l’école", "Zoé"),
        ),
        (
            ("Voix 1, parents d'élèves", "Voix 2, les élus du port", "Voix 3, chargée des quais"),
            ("une personne (parents d'élèves)", "les élus du port", "la chargée des quais"),
        ),
        (
            ("Voix 1, la salle", "Voix 2, assemblée", "Voix 3, audience"),
            ("une personne de la salle", "une personne de l’assemblée", "une personne de l’audience"),
        ),
        (("Voix 1", "Voix 2", "Voix 3"), ("une personne", "une autre", "une autre encore")),
    ],
)
def test_who_speaks_is_told_by_her_part_and_not_by_her_number(voices: tuple[str, ...], names: tuple[str, ...]) -> None:
    speech = {"channel": "transcript", "provenance": "transcription", "table": "", "voice": list(voices)}
    material, _ = group_of("Le four à pain est froid", *TEXTS, **speech)
    assert tuple(map(said, telling_of(material).places.speakers(voices).values())) == names


def test_one_table_of_one_is_not_named(telling: Telling) -> None:
    at_one = [one for one in telling.material.items.values() if one.table == "1" and one.channel == "postit"]
    kept = {item.item_id: item for item in at_one}
    alone = telling_of(replace(telling.material, tables={}, items=kept, groups={}, stands=()))
    assert said(telling.places.label(at_one[0])).endswith("table 1")
    assert alone.places.label(at_one[0]) == []


def test_a_table_is_named_with_its_workshop_where_there_are_several(telling: Telling) -> None:
    (row,) = telling.material.workshops
    other = {**row, "workshop": "b", "titre": "Atelier du soir"}
    both = telling_of(replace(telling.material, workshops=(row, other)))
    item = replace(next(item for item in telling.material.items.values() if item.table == "2"), workshop="b")
    assert said(both.places.in_brackets(item)) == "table 2, Atelier du soir"


QUESTION = "Que manque-t-il au bourg ?"


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"table": "2"}, "table 2"),
        ({"table": "2", **NOTES}, "table 2"),
        ({"table": "2", **MIXED}, "notes de la table 2"),
        ({"table": "groupe 2", **MIXED}, "notes du groupe 2"),
        ({"table": "", "source": ["bilan-du-lac.md", "b.md", "b.md"], **NOTES}, "Bilan du lac"),
        ({"table": "", "source": ["bilan-du-lac.md", "b.md", "b.md"], **MIXED}, "notes “Bilan du lac”"),
        (
            {
                "table": "",
                "source": ["quai_12mars.md", "b.md", "b.md"],
                "date": ["2026-03-12", "2026-04-02", ""],
                **NOTES,
            },
            "Quai 12 mars",
        ),
        (
            {
                "table": "",
                "source": ["retour-sur-le-lac.md", "b.md", "b.md"],
                "date": ["2026-03-12", "2026-04-02", ""],
                **MIXED,
            },
            "notes, le 12 mars 2026",
        ),
        (
            {"table": "", "source": ["retour-sur-le-lac.md", "b.md", "b.md"], "date": ["2026-03-12"] * 3, **MIXED},
            "notes “Retour sur le lac”",
        ),
        (
            {
                "table": "",
                "source": ["retour-sur-le-lac.md", "b.md", "c.md"],
                "date": ["2026-03-12", "2026-03-12", "2026-04-02"],
                **MIXED,
            },
            "notes “Retour sur le lac”, le 12 mars 2026",
        ),
        (
            {
                "table": "",
                "context": ["Bilan du 12 mars 2025", "Les idées", ""],
                "date": ["2026-03-12", "2026-04-02", ""],
            },
            "sous Bilan du 12 mars 2025, le 12 mars 2026",
        ),
        ({"table": "", **NOTES}, ""),
        ({"table": "", **MIXED}, "notes"),
        ({"voice": ["Zoé", "Ugo", "Ugo"], **SPEECH}, "Zoé"),
        ({"voice": ["Zoé", "Ugo", "Ugo"], "table": "", **NOTES}, "Zoé (notes)"),
        ({"voice": ["Voix 1", "Voix 2", ""], "table": "2", **NOTES}, "une personne de la table 2"),
        (
            {"voice": ["Voix 1", "Voix 2", ""], "table": "", "source": ["bilan-du-lac.md", "b.md", "b.md"], **NOTES},
            "une personne, “Bilan du lac”",
        ),
        ({"voice": ["Voix 1", "Voix 2", ""], "table": "", **NOTES}, "une personne"),
        ({"voice": ["", "Voix 1", "Voix 2"], "table": "2", **NOTES}, "notes de la table 2"),
        ({"voice": ["Voix 1, maire", "Voix 2", "Voix 2"], **SPEECH}, "le maire"),
        ({"voice": ["Voix 1", "Voix 2", "Voix 2"], **SPEECH}, ""),
        ({"voice": ["Voix 1, IFREE", "Voix 2", "Voix 2"], "table": "", **NOTES}, "une personne (IFREE, notes)"),
        ({**SURVEY, "context": [QUESTION, "Et ensuite ?", "Et ensuite ?"]}, f"à {QUESTION}"),
        ({**SURVEY, "context": QUESTION}, ""),
        ({"table": "", "context": ["Les freins", "Les idées", ""]}, "sous Les freins"),
        ({"table": "", "source": ["a.md", "b.txt", "b.txt"], "context": ["Le conseil du soir", "", ""]}, "A"),
        ({"table": "", "source": "a.md", "context": ["Les freins", "", ""]}, "sous Les freins"),
        (
            {"table": "", "context": ["Quai nord > Le positif", "Quai sud > Le positif", ""]},
            "sous Quai nord, Le positif",
        ),
        ({"table": "", "context": ["Freins > Nous voulons donc", "Les idées", ""]}, "sous Nous voulons donc"),
        ({"table": "", "context": ["Freins > Le four du bourg est froid depuis mai", "Les idées", ""]}, "sous Freins"),
        (
            {
                "table": ["2", "1", ""],
                "context": ["Le marché du bourg, un rendez-vous à réinventer ?", "Les idées", ""],
            },
            "table 2, à Le marché du bourg, un rendez-vous à réinventer ?",
        ),
        ({"table": "", "date": ["2026-03-12", "2026-04-02", ""]}, "le 12 mars 2026"),
        ({"table": ""}, ""),
    ],
)
def test_words_are_told_with_who_says_them_where_when_and_to_what_question(changes: dict[str, Any], told: str) -> None:
    material, _ = group_of("Le four à pain est froid", *TEXTS, **changes)
    telling = telling_of(material)
    sentence = telling.say("{at} : {q}.", ["i0"], at=telling.places.label(material.items["i0"]), q="oui")
    assert said(telling.places.label(material.items["i0"])) == told
    assert problem_of(sentence, telling.places.facts, material) == ""
