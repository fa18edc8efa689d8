"""What a piece of text is, labelled by hand."""

from __future__ import annotations

import pytest

from pipeline.language.models.parsing import parse
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
