"""Titles in a sentence: low, with an article, after « que » and « de », each by its form."""

from __future__ import annotations

from dataclasses import replace

import pytest
from workshop_told import told_workshop

from pipeline.restitution.prose.telling import Telling
from pipeline.workshop.model import Group


@pytest.fixture(scope="module")
def telling() -> Telling:
    """What tells the hand-made workshop."""
    return told_workshop()


@pytest.fixture
def group(telling: Telling) -> Group:
    return telling.material.groups["g-toit"]


@pytest.mark.parametrize(
    ("title", "form", "piece", "said"),
    [
        ("Recenser les logements vides", "infinitive", "of", "de recenser les logements vides"),
        ("Pas de car après 18 h", "lack", "b", "il n’y a pas de car après 18 h"),
        ("Trop de réunions le soir", "lack", "b", "il y a trop de réunions le soir"),
        ("Isolement des personnes âgées", "noun_s", "x", "l’isolement des personnes âgées"),
        ("Les personnes âgées isolées", "noun_p", "x", "les personnes âgées isolées"),
        ("L’association finance du contenu", "fragment", "b", "l’association finance du contenu"),
        ("Les loyers sont trop chers", "clause", "b", "les loyers sont trop chers"),
        ("On change d’école tous les ans", "fragment", "b", "on change d’école tous les ans"),
        ("Proposer un car du soir", "fragment", "b", "proposer un car du soir"),
        ("Merci aux bénévoles du vestiaire", "thanks", "b", "merci aux bénévoles du vestiaire"),
        ("À qui demander ?", "question", "b", "à qui demander ?"),
    ],
    ids=[
        "infinitive",
        "lack",
        "too much",
        "noun",
        "its own article",
        "a verb that is a noun too",
        "clause",
        "on",
        "asks already",
        "thanks",
        "question",
    ],
)
def test_a_title_enters_a_sentence_by_its_form(
    telling: Telling, group: Group, title: str, form: str, piece: str, said: str
) -> None:
    titled = replace(group, title=title)
    assert telling.titles.form(titled) == form
    assert "".join(node.text for node in telling.titles.pieces(titled)[piece]) == said
