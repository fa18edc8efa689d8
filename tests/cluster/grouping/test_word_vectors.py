"""Words as vectors: unit rows, stems, and the lexicon that gives others theirs."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.cluster.grouping.representation import Lexicon, lexical_vectors, unit_rows

TEXTS = [
    "Pas assez de bus le soir",
    "Plus aucun bus après 19 h",
    "Il manque des bus la nuit",
    "Aucun médecin dans le canton",
    "On ne trouve plus de médecin",
    "Les médecins partent du canton",
]


def test_unit_rows_have_length_one_and_zeros_stay_zeros() -> None:
    found = unit_rows(np.array([[3.0, 4.0], [0.0, 0.0]], dtype=np.float32))
    assert found == pytest.approx(np.array([[0.6, 0.8], [0.0, 0.0]]))


def test_words_are_counted_by_their_stems_and_unknown_ones_give_zeros() -> None:
    lexicon = Lexicon({"bus": 2.0, "medecin": 1.0})
    found = lexicon(["Un bus, des bus", "Les médecins", "La halle"])
    assert found == pytest.approx(np.array([[1.0, 0.0], [0.0, 1.0], [0.0, 0.0]]))


def test_the_lexicon_gives_the_rows_that_it_was_made_from() -> None:
    rows, lexicon = lexical_vectors(TEXTS, 20)
    assert np.allclose(lexicon(TEXTS), rows)
    assert lexical_vectors(["de la", "et"], 20)[0].shape == (2, 1)
