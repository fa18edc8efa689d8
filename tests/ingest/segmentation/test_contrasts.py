"""Where "mais", "par contre" set a whole clause against the one before, in writing and in speech."""

from __future__ import annotations

import pytest

from pipeline.ingest.segmentation.clauses import contrasts

SET_AGAINST = [
    ("mais", "le car est gratuit, mais les horaires sont absurdes", "mais"),
    ("par contre", "la plage est propre par contre les toilettes restent fermées", "par contre"),
    ("sauf que", "le local est prêt sauf que personne ne trouve les clés", "sauf que"),
    ("pourtant", "le kiosque est classé, pourtant les poutres sont pourries", "pourtant"),
    ("a proposal", "la fanfare joue bien mais il faudrait un local chauffé", "mais"),
    ("a lack", "les bénévoles sont là mais on manque de matériel", "mais"),
]


@pytest.mark.parametrize(("text", "word"), [case[1:] for case in SET_AGAINST], ids=[case[0] for case in SET_AGAINST])
def test_clauses_set_against_each_other(text: str, word: str) -> None:
    assert list(contrasts(text, is_speech=False)) == [text.index(word)]


TOGETHER = [
    ("mais aussi", "le car est gratuit mais aussi très lent"),
    ("not only", "non seulement le car est gratuit mais la ligne passe au lycée"),
    ("no verb after", "un sentier superbe mais sans aucun banc"),
    ("too few words after", "le marché est vivant mais trop cher"),
    ("too few words before", "oui mais le marché ferme trop tôt"),
    ("a condition before", "même si petit mais la salle ouvre tard"),
    ("no contrast", "le marché ferme et les gens partent"),
]


@pytest.mark.parametrize("text", [case[1] for case in TOGETHER], ids=[case[0] for case in TOGETHER])
def test_one_clause(text: str) -> None:
    assert list(contrasts(text, is_speech=False)) == []


def test_in_speech_the_second_clause_must_speak_of_something_else() -> None:
    back, other = (
        "la salle des fêtes est belle mais elle est froide l'hiver",
        "le four marche mais les gens ne viennent pas",
    )
    assert list(contrasts(back, is_speech=True)) == []
    assert list(contrasts(other, is_speech=True)) == [other.index("mais")]
