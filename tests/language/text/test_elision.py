"""Elision and contraction, as labelled words."""

from __future__ import annotations

import pytest

from pipeline.language.text.typography import accented, elides, with_a, with_de, with_que

ELIDED = (
    "école habitant homme honneur honnête hôpital humain heure hiver histoire héroïne huile usine yeux œuvre hier "
    "hectare horaire hébergement habitude hérédité hésitation homologue horizon harmonie honoraire".split()
)
HELD = (
    "hameau haie handicap handicapés halles hauteur hausses hiérarchie héros heurtent hurlait hall onze oui yaourt "
    "honteuse haïssait hideuse hit-parade hold-up hackers harcèlent hâtive hormis houleux Hongrie hérissons banc jardin"
).split()


@pytest.mark.parametrize("word", ELIDED)
def test_words_before_which_de_is_elided(word: str) -> None:
    assert elides(word)
    assert with_de(word) == f"d’{word}"
    assert with_que(word) == f"qu’{word}"


@pytest.mark.parametrize("word", HELD)
def test_words_before_which_de_is_whole(word: str) -> None:
    assert not elides(word)
    assert with_de(word) == f"de {word}"


@pytest.mark.parametrize(
    ("phrase", "of", "to"),
    [
        ("le banc", "du banc", "au banc"),
        ("les bancs", "des bancs", "aux bancs"),
        ("la digue", "de la digue", "à la digue"),
        ("l’usine", "de l’usine", "à l’usine"),
        ("un banc", "d’un banc", "à un banc"),
    ],
)
def test_articles_contract(phrase: str, of: str, to: str) -> None:
    assert (with_de(phrase), with_a(phrase)) == (of, to)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ecole de la digue", "École de la digue"),
        ("Evénements", "Événements"),
        ("Etre utile", "Être utile"),
        ("Et puis", "Et puis"),
        ("Esprit d'équipe", "Esprit d'équipe"),
        ("Ecoles", "Écoles"),
    ],
)
def test_a_bare_capital_takes_its_accent(text: str, expected: str) -> None:
    assert accented(text) == expected
