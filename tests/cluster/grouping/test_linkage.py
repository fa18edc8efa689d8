"""Average linkage on condensed distances."""

from __future__ import annotations

import numpy as np

from pipeline.cluster.rows import average_tree, upper_triangle


def test_condensed_distances_are_those_of_the_tree() -> None:
    matrix = np.arange(9, dtype=np.float32).reshape(3, 3)
    assert upper_triangle(matrix).tolist() == [1.0, 2.0, 5.0]
    assert average_tree(np.array([0.1, 0.9, 0.9]))[0, :3].tolist() == [0.0, 1.0, 0.1]
