"""How well spans read: pairs of which one must win."""

from __future__ import annotations

from dataclasses import replace

import pytest
from atelier import workshop

from pipeline.restitution.material.load import read_material
from pipeline.restitution.quoting.fitness import (
    fitness,
    holds_marks,
    holds_personal_data,
    is_vague,
    points_back,
    speaks,
)

GOOD = "La salle est froide dès le mois d'octobre"


@pytest.mark.parametrize(
    "worse",
    [
        "LA SALLE EST FROIDE DÈS LE MOIS D'OCTOBRE",
        "Ça se refroidit dès le mois d'octobre",
        "La salle euh est froide ben dès octobre",
        "La salle la salle est froide dès octobre",
        "Appeler [téléphone] pour la salle froide",
        "Froide",
    ],
    ids=["capitals", "points back", "hesitates", "stutters", "a mark", "one word"],
)
def test_a_clean_sentence_reads_better(worse: str) -> None:
    like = read_material(workshop()).groups["g-toit"].members[0]

    def score(text: str, subject: frozenset[str] = frozenset()) -> float:
        item = replace(like, text=text, source_text=text, start=0, end=len(text))
        return fitness(item, (0, len(text)), subject)

    assert score(GOOD) > score(worse)
    assert score(GOOD) > score(GOOD, frozenset({"gymnase"}))


@pytest.mark.parametrize(
    ("text", "hangs"),
    [
        ("avec un four et deux bénévoles qui ne sont pas du quartier", True),
        ("Signer une convention", True),
        ("Organiser des réunions", True),
        ("Avec le foyer, on a trouvé une salle", False),
        ("Signer une convention avec le lycée", False),
        ("Par exemple une cuisine par quartier", False),
        ("Estimer que l'on paie assez", True),
        ("Prendre en compte la distance pourquoi pas", True),
        ("Faire en sorte que le bac attende", False),
        ("Celles-ci ferment tôt", True),
        ("La piscine, par contre, est chauffée", True),
    ],
    ids=[
        "goes on from a sentence", "means with no end", "means in the plural", "a sentence", "means for an end",
        "an example", "an opinion", "a shrug", "an act", "points at something", "answers something",
    ],
)  # fmt: skip
def test_words_that_say_nothing_alone_are_known(text: str, hangs: bool) -> None:
    assert points_back(text) is hangs


@pytest.mark.parametrize(
    ("text", "vague"),
    [
        ("Ça ferme trop tôt", True),
        ("Elles partent l'hiver", True),
        ("Depuis, la salle est chauffée", True),
        ("Depuis mars la salle est chauffée", False),
        ("Il faut une salle", False),
        ("Avec ça on tient un mois", True),
        ("C'est vrai", True),
        ("Mais la salle est froide", True),
        ("Maison fermée", False),
        ("En mars", True),
        ("Encore une salle fermée", False),
    ],
)
def test_a_text_that_opens_on_what_was_said_before(text: str, vague: bool) -> None:
    assert is_vague(text) is vague


@pytest.mark.parametrize(
    ("text", "leads"),
    [
        ("On fait un tour de table avant la pause", True),
        ("Je vous propose de passer au vote", True),
        ("Je propose une salle de plus", False),
        ("La salle est très bien", False),
    ],
)
def test_the_words_of_who_leads_are_known(text: str, leads: bool) -> None:
    assert speaks(text) is leads


@pytest.mark.parametrize(
    ("text", "marked", "personal"),
    [
        ("Appeler [téléphone] le matin", True, True),
        ("Écrire à lea@exemple.example", False, True),
        ("Appeler le 06 12 34 56 78", False, True),
        ("La salle a 120 places", False, False),
    ],
    ids=["a mark", "an address", "a number to call", "a number"],
)
def test_personal_data_are_seen(text: str, marked: bool, personal: bool) -> None:
    assert (holds_marks(text), holds_personal_data(text)) == (marked, personal)
