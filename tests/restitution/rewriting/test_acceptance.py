"""What may stand for a sentence of ours, and what may not."""

from __future__ import annotations

import pytest
from draft_to_rewrite import (
    CONSTAT,
    DEUX_TABLES,
    ELIDED,
    ETAT,
    TITLE,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.contracts.draft import (
    Sentence,
)
from pipeline.restitution.rewriting.acceptance import masked, refusal

REFUSED = [
    (CONSTAT, "", "réponse vide"),
    (CONSTAT, "Un même constat est revenu {{1}}.", "repère perdu, répété ou ajouté"),
    (CONSTAT, "Un même constat est revenu {{1}} : {{2}}, {{2}}.", "repère perdu, répété ou ajouté"),
    (CONSTAT, "Un même constat est revenu {{1}} : {{2}} {{3}}.", "repère perdu, répété ou ajouté"),
    (CONSTAT, "Un même constat est revenu {{01}} : {{2}}.", "repère perdu, répété ou ajouté"),
    (CONSTAT, "Un même constat est revenu {{1}} : « {{2}} ».", "mise en forme ou caractère étranger"),
    (CONSTAT, "**Un même constat** est revenu {{1}} : {{2}}.", "mise en forme ou caractère étranger"),
    (CONSTAT, "Un même constat\nest revenu {{1}} : {{2}}.", "mise en forme ou caractère étranger"),
    (CONSTAT, "Un même constat \u202eest revenu {{1}} : {{2}}.", "mise en forme ou caractère étranger"),
    (CONSTAT, "Un même constat est \ud800revenu {{1}} : {{2}}.", "mise en forme ou caractère étranger"),
    (CONSTAT, "Constat {{1}} : {{2}}.", "longueur"),
    (CONSTAT, "Il est à noter que c’est bien le même constat qui est revenu {{1}} : {{2}}.", "longueur"),
    (CONSTAT, "{{1}}, same finding came back often: {{2}}.", "pas en français"),
    (CONSTAT, "{{1}}, le constat est revenu 3 fois : {{2}}.", "nombre ajouté"),
    (CONSTAT, "{{1}}, un constat est revenu trois fois : {{2}}.", "nombre ajouté"),
    (CONSTAT, "{{1}}, un même constat de Marie revient : {{2}}.", "nom ajouté ou perdu"),
    (CONSTAT, "Marie en fait le constat, {{1}} : {{2}}.", "nom ajouté ou perdu"),
    (CONSTAT, "{{1}}, tous ont fait ce même constat : {{2}}.", "négation ou nuance changée"),
    (CONSTAT, "{{1}}, ce constat n’est pas revenu : {{2}}.", "négation ou nuance changée"),
    (CONSTAT, "{{1}}, une même demande est revenue : {{2}}.", "autre contenu"),
    (CONSTAT, "{{1}}, un constat faux est revenu : {{2}}.", "autre contenu"),
    (CONSTAT, "Un même constat est revenu {{1}} : {{2}}", "ponctuation finale"),
    (CONSTAT, "Un même constat est revenu {{1}}. C’est {{2}}.", "ponctuation finale"),
    (DEUX_TABLES, "On lit {{1}} {{4}} et, {{3}}, {{2}}.", "paroles déplacées"),
    (ETAT, "Dans l’enquête, il est demandé {{1}}.", "nom ajouté ou perdu"),
    (ETAT, "Il est demandé à l’État {{1}}.", "autre contenu"),
    (ETAT, "À l’État, il est proposé dans l’enquête {{1}}.", "autre contenu"),
    (TITLE, "Comme ressource est cité {{1}}.", "paroles déplacées"),
]


@pytest.mark.parametrize(("ours", "answer", "reason"), REFUSED, ids=[f"{r[2]} {n}" for n, r in enumerate(REFUSED)])
def test_an_answer_that_changes_what_is_said_is_refused(ours: Sentence, answer: str, reason: str) -> None:
    assert refusal(ours, answer) == reason


@pytest.mark.parametrize(
    ("ours", "answer"),
    [
        (CONSTAT, "Un même constat est revenu {{1}} : {{2}}."),
        (CONSTAT, "Le même constat, {{1}}, est ressorti : {{2}}."),
        (ETAT, "Dans l’enquête, il est demandé à l’État {{1}}."),
        (DEUX_TABLES, "On a lu {{1}} {{2}} et, {{3}}, {{4}}."),
        (TITLE, "{{1}} a été cité comme ressource."),
    ],
)
def test_an_answer_that_says_the_same_is_accepted(ours: Sentence, answer: str) -> None:
    assert refusal(ours, answer) == ""


def test_our_own_sentence_is_always_acceptable() -> None:
    for ours in (CONSTAT, DEUX_TABLES, ETAT, ELIDED, TITLE):
        assert refusal(ours, masked(ours)) == ""


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300))
def test_no_answer_makes_the_checks_fail_to_answer(answer: str) -> None:
    assert isinstance(refusal(CONSTAT, answer), str)
