"""Sud: who is asked, what heads a lead in bold, and what may be counted."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from workshop_told import survey_group, told_workshop

from pipeline.restitution.material.model import Group, Item
from pipeline.restitution.prose.sequence import chain
from pipeline.restitution.prose.telling import Telling
from pipeline.restitution.sections.sud import addressee, heads, kind_of, told_action
from pipeline.restitution.writers.reading import plain


@pytest.fixture(scope="module")
def telling() -> Telling:
    """What tells the hand-made workshop."""
    return told_workshop()


def titled(telling: Telling, title: str, facet: str) -> Group:
    """A group of one idea that says its title."""
    like = telling.material.groups["g-toit"]
    member: Item = replace(like.members[0], text=title, source_text=title, end=len(title), facet=facet)
    return replace(like, group_id=title, title=title, members=(member,))


@pytest.mark.parametrize(
    ("title", "facet", "kind"),
    [
        ("Demander à l’État un poste de médecin", "demande", "demand"),
        ("Que la Région remette un car à 19 h", "demande", "demand"),
        ("En attendant l’État, si chaque commune versait un euro", "engagement", "action"),
        ("Sans la mairie, ouvrir la salle le samedi", "demande", "action"),
        ("Ouvrir la salle un soir par semaine", "demande", "action"),
        ("Prêter une grange pour une rencontre", "engagement", "commitment"),
        ("Recenser les logements vides", "action", "action"),
    ],
)
def test_only_what_is_asked_of_someone_is_a_demand(telling: Telling, title: str, facet: str, kind: str) -> None:
    assert kind_of(telling, titled(telling, title, facet)) == kind


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("L’État doit payer une rampe", "l’État"),
        ("Obtenir de la MSA une permanence", "la MSA"),
        ("En attendant l’État, on se débrouille", ""),
        ("Faire cela sans la Région, avec la com com", "la communauté de communes"),
    ],
)
def test_whom_a_demand_is_made_to(words: str, name: str) -> None:
    assert addressee((), words) == name


@pytest.mark.parametrize(
    ("title", "bold"),
    [
        ("Recenser les logements vides", True),
        ("Faut-il livrer les cantines ensemble ?", True),
        ("On a les clés, il suffit d’une convention", False),
        ("Prêter nos salles après la fermeture", False),
    ],
)
def test_what_may_head_a_lead_in_bold(telling: Telling, title: str, bold: bool) -> None:
    assert heads(telling, titled(telling, title, "action")) is bold


def told_of(channel: str, title: str, *texts: str) -> str:
    """What is told of that group under its lead in bold."""
    telling, group = survey_group(channel, title, *texts)
    said = " ".join(plain(sentence) for sentence in chain(telling, told_action(telling, group, 2)))
    return said.replace("\u202f", " ").replace("\u00a0", " ")


def test_strangers_of_a_group_are_not_counted_as_asking_what_its_title_asks() -> None:
    said = told_of(
        "enquete",
        "Prêter la salle des mariages",
        "Prêter la salle des mariages",
        "Répétition commune des harmonies",
        "Faire payer les voisins au prorata",
    )
    assert "réponses" not in said


def test_answers_that_ask_the_same_are_counted() -> None:
    said = told_of(
        "enquete",
        "Prêter la salle des mariages",
        "Prêter la salle des mariages",
        "Nous prêter la salle des mariages",
        "La salle des mariages prêtée le soir",
    )
    assert "trois réponses sur trois" in said


def test_a_proposal_that_another_one_replaces_is_told_as_its_rival() -> None:
    said = told_of(
        "note",
        "Limiter les gîtes plutôt que les interdire",
        "Limiter les gîtes plutôt que les interdire",
        "Interdire les gîtes de tourisme au bourg",
    )
    assert re.search(r"(?:plutôt|au contraire) ceci : interdire les gîtes de tourisme au bourg", said)
    assert "Il a été proposé d’interdire" not in said
    assert "a été faite" not in said
