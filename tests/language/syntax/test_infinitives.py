"""Whether an infinitive opens a phrase, labelled by hand."""

from __future__ import annotations

import pytest

from pipeline.language.models.parsing import parse
from pipeline.language.syntax.phrases import opens_on_infinitive

INFINITIVES = [
    ("réparer la cale", True),
    ("se voir une fois par mois", True),
    ("ne plus attendre la marée", True),
    ("s'organiser à plusieurs", True),
    ("quartier du port", False),
    ("cahier des marées", False),
    ("ne pas", False),
    ("le ponton", False),
    ("accueillir est un métier", False),
    ("goûter des enfants", False),
    ("goûter les huîtres du parc", True),
    ("grelinetter les massifs", True),
    ("PANIER", False),
]


@pytest.mark.parametrize(("text", "expected"), INFINITIVES, ids=[text for text, _ in INFINITIVES])
def test_an_infinitive_opens_a_phrase(text: str, expected: bool) -> None:
    assert opens_on_infinitive(next(iter(parse([text])))) is expected


def test_an_infinitive_is_found_further_on() -> None:
    doc = next(iter(parse(["à réparer avant l'hiver"])))
    assert not opens_on_infinitive(doc)
    assert opens_on_infinitive(doc, 1)
