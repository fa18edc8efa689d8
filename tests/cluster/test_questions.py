"""Questions drawn from obstacles: grammatical, about the whole group, or none at all."""

from __future__ import annotations

import pytest

from pipeline.cluster.phrases import CLAUSE, FRAGMENT, INFINITIVE, LACK, NOUN, Phrase
from pipeline.cluster.questions import as_problem
from pipeline.cluster.titles import GroupTexts, title_groups

ASKED = [
    (LACK, "zéro bus le soir", "Comment faire sans bus le soir ?"),
    (NOUN, "l'insuffisance des transports", "Comment remédier à l'insuffisance des transports ?"),
    (NOUN, "dix mois sans infirmière", "Comment faire sans infirmière ?"),
    (NOUN, "horaires inadaptés des cars", "Comment faire face aux horaires inadaptés des cars ?"),
    (NOUN, "fermeture de la poste", "Comment faire face à la fermeture de la poste ?"),
    (NOUN, "les loyers trop chers", "Comment faire face aux loyers trop chers ?"),
    (
        NOUN,
        "camions municipaux qui ne roulent que le lundi",
        "Comment faire alors que des camions municipaux ne roulent que le lundi ?",
    ),
    (CLAUSE, "aucun agent ne répond", "Comment faire alors qu'aucun agent ne répond ?"),
    (INFINITIVE, "trouver un médecin", "Comment faire pour trouver un médecin ?"),
]
NOT_ASKED = [
    (CLAUSE, "la banque refusait de prêter"),
    (CLAUSE, "les gens ont renoncé"),
    (CLAUSE, "je ne sais pas qui appeler"),
    (CLAUSE, "personne ne nous écoute"),
    (CLAUSE, "ils n'ont plus accès à rien"),
    (CLAUSE, "les guichets sont ouverts quand on y passe"),
    (INFINITIVE, "courir après les signatures"),
    (NOUN, "le camion du marché"),
    (FRAGMENT, "toujours rien au-dessus du bourg"),
]


@pytest.mark.parametrize(("kind", "text", "expected"), ASKED, ids=[text for _, text, _ in ASKED])
def test_an_obstacle_asks_a_grammatical_question(kind: str, text: str, expected: str) -> None:
    question = as_problem(Phrase(text, kind))
    assert question is not None
    assert question.replace("’", "'") == expected


@pytest.mark.parametrize(("kind", "text"), NOT_ASKED, ids=[text for _, text in NOT_ASKED])
def test_nothing_is_asked_when_it_would_be_clumsy(kind: str, text: str) -> None:
    assert as_problem(Phrase(text, kind)) is None


def test_nothing_is_asked_about_what_one_item_alone_says() -> None:
    texts = ["Pas de réseau sur le plateau", "Trop de paperasse pour une aide", "Rien n'ouvre le samedi"]
    assert title_groups([GroupTexts("est", texts, [False] * 3, False)])[0].question is None
