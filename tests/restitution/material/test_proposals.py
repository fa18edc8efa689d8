"""What may answer an obstacle by its words alone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from atelier import workshop

from pipeline.restitution.material.kinship import Kinship
from pipeline.restitution.material.load import read_material
from pipeline.restitution.material.model import Material
from pipeline.restitution.material.proposals import Proposals


@pytest.fixture(scope="module")
def material() -> Material:
    """The hand-made workshop."""
    return read_material(workshop())


@pytest.mark.parametrize(
    ("title", "text", "may"),
    [
        ("Pas de temps payé pour se coordonner", "Nous inviter, et nous payer l'heure de réunion", True),
        ("Pas d'ouvriers agricoles ni de remplaçants", "Monter un service de remplacement d'urgence", True),
        ("Mot de passe oublié = droits coupés", "Planter une haie avec les écoles", False),
    ],
    ids=["two forms of a verb", "a service", "nothing in common"],
)
def test_what_might_answer_is_never_told_as_unanswered(material: Material, title: str, text: str, may: bool) -> None:
    group = replace(next(iter(material.groups_of("est"))), title=title)
    proposal = replace(group.members[0], item_id="new", text=text, axis="sud")
    assert Proposals(Kinship(material), [proposal]).may_answer(group) is may
