"""Pieces that stay together, heads that become leads."""

from __future__ import annotations

import pytest

from pipeline.ingest.segmentation.segment import ideas_of, segment

TOGETHER = [
    ("somebody, again", "L'ouvreuse, encore elle, choisit les films"),
    ("again she, after a stop", "L'ouvreuse de la salle. Encore elle."),
    ("the head of an objection", "Ouvrir la piscine à l'aube ? Et le maître-nageur ?"),
    ("those who would need it", "Le vestiaire est à Morvans. Ceux qui en auraient besoin n'ont pas de voiture"),
    ("an abbreviation", "Donner une mission réf. numérique aux secrétaires"),
    ("short words of a trade", "Des conf. courtes et des pauses longues"),
    ("plural of an abbreviation", "Les devs. plus anciens encadrent les stagiaires"),
    ("an arrow to a figure", "Achats (papier/encre) -> Près de 3 tonnes par an"),
    ("what one thinks of it", "C'est cher mais à vérifier : louer une sono pour ça"),
    ("an enumeration under its head", "Il manque trois choses au stade : des toilettes, de l'ombre, un point d'eau"),
    ("a quotation and its complaint", "Au guichet on m'a dit « revenez demain », et demain c'est fermé"),
    ("brackets", "Formation des éducateurs (autisme, dys., TDAH) : 2 j. par an"),
    ("more than an age", "Un bal pour les familles et les + de 70 ans"),
]


@pytest.mark.parametrize("text", [case[1] for case in TOGETHER], ids=[case[0] for case in TOGETHER])
def test_together(text: str) -> None:
    assert segment(text) == [(0, len(text))]


LED = [
    (
        "a list under its head",
        "Il manque :\n- un banc\n- de l'ombre",
        [("un banc", "Il manque :"), ("de l'ombre", "Il manque :")],
    ),
    (
        "arrows under a label",
        "Ateliers: > Les fiches à refaire > Les heures à noter",
        [("Les fiches à refaire", "Ateliers:"), ("Les heures à noter", "Ateliers:")],
    ),
    (
        "a subheading that asks",
        "Quelles idées ont été retenues ?\nUn marché de nuit\nUn bal",
        [
            ("Un marché de nuit", "Quelles idées ont été retenues ?"),
            ("Un bal", "Quelles idées ont été retenues ?"),
        ],
    ),
    (
        "what to do about it",
        "Le gymnase est fermé le soir. Il faudrait le rouvrir pour les clubs.",
        [
            ("Le gymnase est fermé le soir.", None),
            ("Il faudrait le rouvrir pour les clubs.", "Le gymnase est fermé le soir."),
        ],
    ),
    ("an arrow and nothing before", "-> Revoir le plan", [("Revoir le plan", None)]),
    ("a threshold is no arrow", "> 50 mg/l de nitrates", [("> 50 mg/l de nitrates", None)]),
]


@pytest.mark.parametrize(("text", "ideas"), [case[1:] for case in LED], ids=[case[0] for case in LED])
def test_leads(text: str, ideas: list[tuple[str, str | None]]) -> None:
    assert [(text[i.start : i.end], text[slice(*i.lead)] if i.lead else None) for i in ideas_of(text)] == ideas


def test_a_turn_cut_off_says_nothing() -> None:
    assert segment("si on s'", is_speech=True) == []
    assert segment("si on s'", is_speech=False) != []
