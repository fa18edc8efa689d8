"""How much a stem tells: the rarer, the more, here and in the annotated corpus."""

from math import log

from pipeline.language.vocabulary.concepts import concepts_of
from pipeline.language.vocabulary.rarity import background, concept_weight, stem_weight


def test_the_weight_of_a_stem_that_nobody_said() -> None:
    total, counts = background()
    assert "grelinett" not in counts
    assert stem_weight("grelinett", 2, 40) == log((total + 40) / 3)


def test_a_stem_that_many_said_weighs_less() -> None:
    _, counts = background()
    assert counts["bus"] > 0
    assert stem_weight("bus", 2, 40) < stem_weight("grelinett", 2, 40)
    assert stem_weight("grelinett", 20, 40) < stem_weight("grelinett", 2, 40)


def test_a_concept_weighs_less_when_many_speak_of_it_here() -> None:
    concept = concepts_of("navette")[0]
    assert 0 < concept_weight(concept, 10, 40) < concept_weight(concept, 1, 40)
    assert concept_weight(concept, 10_000, 40) == 0
