"""What a report says and what it quotes, each an exact span of its own."""

from __future__ import annotations

import pytest

from pipeline.ingest.segmentation.segment import ideas_of

REPORTED = [
    (
        "a quotation announced",
        "Une mère a témoigné : « On m'a refusé une place. »",
        [("On m'a refusé une place.", "Une mère a témoigné", True)],
    ),
    (
        "who said it comes after",
        "« À l'hôtel on porterait plainte », a résumé un patient.",
        [("À l'hôtel on porterait plainte", None, True)],
    ),
    (
        "an expression stays in its sentence",
        "Un éleveur évoque des « portes fermées ».",
        [("Un éleveur évoque des « portes fermées ».", None, False)],
    ),
    (
        "the end of a sentence",
        "Les éleveurs isolés disent que « c'est pour les autres ».",
        [("Les éleveurs isolés disent que « c'est pour les autres ».", None, False)],
    ),
    (
        "two quotations",
        "« On ne sait rien. » « Les horaires changent. »",
        [("On ne sait rien.", None, True), ("Les horaires changent.", None, True)],
    ),
    (
        "what goes on after",
        "Le public a lancé « il faut payer les heures » et la séance a été levée.",
        [("il faut payer les heures", "Le public a lancé", True), ("la séance a été levée.", None, False)],
    ),
    (
        "two things reported",
        "Il a été signalé que le car est plein et que le suivant n'arrive qu'à midi.",
        [
            ("le car est plein", "Il a été signalé que", False),
            ("le suivant n'arrive qu'à midi.", "Il a été signalé que le car est plein", False),
        ],
    ),
    (
        "one thing that holds another",
        "Il a été dit que les parents pensent que le car est plein et que personne ne répond.",
        [
            (
                "les parents pensent que le car est plein et que personne ne répond.",
                "Il a été dit que",
                False,
            )
        ],
    ),
    (
        "the words that report are a lead",
        "Il a été rappelé que la salle est froide.",
        [("la salle est froide.", "Il a été rappelé que", False)],
    ),
]


@pytest.mark.parametrize(("text", "ideas"), [case[1:] for case in REPORTED], ids=[case[0] for case in REPORTED])
def test_reported(text: str, ideas: list[tuple[str, str | None, bool]]) -> None:
    found = ideas_of(text, is_report=True)
    assert [(text[i.start : i.end], text[slice(*i.lead)] if i.lead else None, i.is_quoted) for i in found] == ideas


def test_nothing_is_a_quotation_outside_a_report() -> None:
    text = "Il a dit « on ferme demain » au gardien"
    assert [(idea.start, idea.end, idea.is_quoted) for idea in ideas_of(text)] == [(0, len(text), False)]
