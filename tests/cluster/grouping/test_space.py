"""What texts are compared by: sentence vectors rid of what all share, words by their stems; the space of an axis."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.cluster.grouping.space import (
    WEAK,
    AxisSpace,
    Lexicon,
    are_questions,
    blend,
    lexical_vectors,
    represent,
    shared_direction,
    shared_share,
    sums_of_groups,
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


def test_sums_of_groups_are_the_sums_of_their_centred_rows() -> None:
    shared = shared_direction(VECTORS)
    rows, labels = np.array([0, 1, 3]), np.array([0, 0, 1])
    points = unit_rows(unit_rows(VECTORS.astype(np.float32)) - shared)
    found = sums_of_groups(VECTORS, shared, rows, labels, 2)
    assert np.allclose(found, np.vstack([points[0] + points[1], points[3]]), atol=1e-5)


def test_questions_are_known_by_their_mark() -> None:
    assert are_questions(["Où ?", "« Où ? »", "Ici."]).tolist() == [True, True, False]


def test_texts_are_placed_where_they_were_represented() -> None:
    points, space = represent(TEXTS, VECTORS, 20)
    again = space.place(TEXTS, VECTORS)
    assert np.allclose(points.meaning, again.meaning, atol=1e-5)
    assert np.allclose(points.words, again.words, atol=1e-5)
    assert np.allclose(np.linalg.norm(blend(points), axis=1), 1, atol=1e-5)


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


def test_a_text_joins_the_nearest_group_or_none() -> None:
    points, fitted = represent(TEXTS, VECTORS, 20)
    rows = blend(points)
    centres = unit_rows(np.vstack([rows[:3].sum(axis=0), rows[3:].sum(axis=0)]))
    space = AxisSpace(fitted, centres, 0.5)
    labels, strengths = space.join([*TEXTS, "de la"], np.vstack([VECTORS, VECTORS[:1]]))
    assert labels.tolist() == [0, 0, 0, 1, 1, 1, WEAK]
    assert ((strengths >= 0) & (strengths <= 1)).all()
