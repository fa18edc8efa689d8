"""Whether a title is true of what an idea says."""

import numpy as np

from pipeline.cluster.naming.coverage import NAMES, features, load_coverage

TEXTS = ["Pas de ponton au port", "Le ponton est cassé", "Réparer le ponton du port", "La criée ferme"]


def chances(title: str, cosine: float = 0.2) -> list[float]:
    told = features([title], TEXTS, np.full((1, len(TEXTS)), cosine, dtype=np.float32))
    return load_coverage()(told)[0].tolist()  # type: ignore[no-any-return]


def test_a_text_that_shares_nothing_is_less_likely_covered_than_one_that_says_it() -> None:
    found = chances("le ponton du port")
    assert found[0] > found[1] > found[3]


def test_a_vector_that_is_near_makes_a_title_likelier() -> None:
    assert chances("un ponton", 0.9)[3] > chances("un ponton", 0.0)[3]


def test_a_word_of_the_same_concept_counts_for_less() -> None:
    none = np.zeros((1, 2), dtype=np.float32)
    same, kin = features(["le médecin"], ["Le médecin est parti", "Le docteur est parti"], none)[0]
    at = NAMES.index("kin")
    assert same[at] > kin[at] > 0
    assert kin[NAMES.index("share")] == 0
