"""What a piece of text is, and whether an infinitive opens it, labelled by hand."""

from __future__ import annotations

import pytest

from pipeline.language.models.parsing import parse
from pipeline.language.syntax.function_words import DETERMINER, PLURAL_DETERMINER, of
from pipeline.language.syntax.infinitives import opens_on_infinitive
from pipeline.language.syntax.phrases import CLAUSE, INFINITIVE, LACK, NOUN, QUESTION, read

KINDS = [
    ("réparer la cale", INFINITIVE),
    ("ne pas fermer la criée le lundi", INFINITIVE),
    ("à expérimenter dans deux ports", INFINITIVE),
    ("pas de rampe pour les fauteuils", LACK),
    ("plus aucune rampe", LACK),
    ("aucun pêcheur ne vient", CLAUSE),
    ("les filets sèchent sur le quai", CLAUSE),
    ("l'atelier se termine là", CLAUSE),
    ("on change de ponton tous les ans", CLAUSE),
    ("un ponton neuf", NOUN),
    ("entretien des filets", NOUN),
    ("qui répare la cale ?", QUESTION),
]


@pytest.mark.parametrize(("text", "kind"), KINDS, ids=[text for text, _ in KINDS])
def test_what_a_segment_is(text: str, kind: str) -> None:
    phrase = read(next(iter(parse([text]))))
    assert phrase is not None
    assert phrase.kind == kind


@pytest.mark.parametrize("text", ["un ponton sur le", "si la criée ferme", "the port", "parce que le quai glisse"])
def test_what_does_not_hold_together(text: str) -> None:
    assert read(next(iter(parse([text])))) is None


INFINITIVES = [
    ("réparer la cale", True),
    ("se voir une fois par mois", True),
    ("ne plus attendre la marée", True),
    ("s'organiser à plusieurs", True),
    ("quartier du port", False),
    ("cahier des marées", False),
    ("ne pas", False),
    ("le ponton", False),
]


@pytest.mark.parametrize(("text", "expected"), INFINITIVES, ids=[text for text, _ in INFINITIVES])
def test_an_infinitive_opens_a_phrase(text: str, expected: bool) -> None:
    assert opens_on_infinitive(next(iter(parse([text])))) is expected


@pytest.mark.parametrize("text", ["le quai", "l'eau", "l’eau", "de la vase", "mes filets", "12 bacs", "Chaque port"])
def test_a_determiner_opens(text: str) -> None:
    assert DETERMINER.match(text)


@pytest.mark.parametrize("text", ["lequel", "leçon de voile", "deuxième bac", "sable", "12"])
def test_no_determiner_opens(text: str) -> None:
    assert DETERMINER.match(text) is None


@pytest.mark.parametrize(("text", "expected"), [("des bacs", True), ("trop d'algues", True), ("un bac", False)])
def test_a_plural_opens(text: str, expected: bool) -> None:
    assert (PLURAL_DETERMINER.match(text) is not None) is expected


def test_an_elided_word_has_both_apostrophes() -> None:
    assert {"qu'", "qu’"} <= of("relatives")
    with pytest.raises(KeyError):
        of("no such list")
