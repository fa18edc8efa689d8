"""What texts are compared by: sentence vectors rid of what all share, words by their stems; the space of an axis."""

import numpy as np
import pytest
from scipy import sparse
from sklearn.decomposition import TruncatedSVD

from pipeline.cluster.grouping.space import (
    _main_directions,
    are_questions,
    lexical_vectors,
    points_of,
    shared_direction,
    shared_share,
    unit_rows,
)
from pipeline.cluster.rows import centred
from pipeline.language.models.encoders import load_encoder

TEXTS = [
    "Pas assez de bus le soir",
    "Plus aucun bus après 19 h",
    "Il manque des bus la nuit",
    "Aucun médecin dans le canton",
    "On ne trouve plus de médecin",
    "Les médecins partent du canton",
]
VECTORS = load_encoder().encode(TEXTS).astype(np.float16)


def test_what_all_rows_share_is_taken_away_as_far_as_they_are_many() -> None:
    rows = np.tile(np.array([[1.0, 0.1], [1.0, -0.1]], dtype=np.float32), (200, 1))
    found = centred(rows)
    assert float(found[0] @ found[1]) < -0.5
    assert float(centred(rows[:2])[0] @ centred(rows[:2])[1]) > 0.9
    assert shared_share(20) == 0.5
    assert np.allclose(
        shared_direction(rows.astype(np.float16)), shared_share(400) * unit_rows(rows).mean(axis=0), atol=1e-3
    )


def test_questions_are_known_by_their_mark() -> None:
    asked = ["Où ?", " « Où ? » ", "?", "Ici.", ""]
    assert are_questions(asked).tolist() == [True, True, True, False, False]


def test_points_are_unit_rows_and_what_says_the_same_is_nearer() -> None:
    points = points_of(TEXTS, VECTORS, 20)
    assert np.allclose(np.linalg.norm(points, axis=1), 1, atol=1e-5)
    assert points[0] @ points[2] > points[0] @ points[3]
    assert points_of([], VECTORS[:0], 20).shape == (0, 1)


def test_words_are_counted_by_their_stems_and_a_text_without_any_gives_zeros() -> None:
    found = lexical_vectors(["Un bus, des bus", "Les bus", "Les médecins", "de la"], 20)
    assert found[0] @ found[1] == pytest.approx(1.0)
    assert found[0] @ found[2] == pytest.approx(0.0)
    assert not found[3].any()
    assert lexical_vectors(["de la", "et"], 20).shape == (2, 1)


@pytest.mark.parametrize("shape", [(60, 90), (90, 60)])
def test_the_main_directions_are_those_of_a_truncated_svd(shape: tuple[int, int]) -> None:
    rows = sparse.random(*shape, density=0.1, format="csr", dtype=np.float32, random_state=3)
    known = TruncatedSVD(5, n_iter=3, random_state=7).fit(rows).components_
    found = _main_directions(rows, 5, 7)
    assert np.allclose(np.abs(found), np.abs(known), atol=1e-6)
