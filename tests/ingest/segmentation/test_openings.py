"""How a stretch of French opens."""

from __future__ import annotations

import pytest

from pipeline.ingest.segmentation.openings import ACTS, PROBLEM_START, begins_act, begins_infinitive, opener, tokens


@pytest.mark.parametrize("text", ["relancer le bal", "ne pas fermer", "d'abord repeindre", "s'inscrire", "être là"])
def test_infinitives(text: str) -> None:
    assert begins_infinitive(text)


@pytest.mark.parametrize("text", ["chantier fermé", "loyers chers", "la piscine", "plaisir de lire", "foyer rural"])
def test_no_infinitives(text: str) -> None:
    assert not begins_infinitive(text)


@pytest.mark.parametrize("text", ["il faudrait un préau", "pourquoi pas un bal", "et si on chantait", "planter"])
def test_what_to_do(text: str) -> None:
    assert begins_act(text)


@pytest.mark.parametrize("text", ["on manque de bancs", "pas de préau", "Trop de bruit", "personne ne vient"])
def test_problems(text: str) -> None:
    assert PROBLEM_START.match(text)


def test_an_opener_knows_elisions_and_asides() -> None:
    hangs = opener("hanging")
    assert all(hangs.match(text) for text in ("lorsqu'il pleut", "lorsqu’il pleut", "et quand il pleut", "D’après moi"))
    assert not hangs.match("siffler")


def test_tokens_have_both_apostrophes() -> None:
    assert {"qu'", "qu’", "que"} <= tokens("subordinates")


def test_a_need_has_its_noun() -> None:
    assert ACTS["propose"].match("besoin d’ombre")
    assert ACTS["propose"].match("on a besoin de lits")
