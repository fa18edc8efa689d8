"""Rows of a matrix that stays where it is."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from pipeline.folder.vectors import ChosenRows, StoredVectors, VectorWriter


def test_chosen_rows_of_a_stored_matrix_are_those_of_a_copy(tmp_path: Path) -> None:
    matrix = np.arange(60, dtype=np.float16).reshape(20, 3)
    writer = VectorWriter(tmp_path / "vectors.npy", np.arange(20, dtype=np.uint64), 3, "encoder")
    writer.add(matrix)
    writer.finish()
    rows = np.array([7, 3, 3, 19, 0])
    chosen = ChosenRows(StoredVectors(tmp_path / "vectors.npy"), rows)
    assert chosen.shape == (5, 3)
    assert len(chosen) == 5
    assert np.array_equal(chosen[:], matrix[rows])
    assert np.array_equal(chosen[1:4], matrix[rows][1:4])
    assert np.array_equal(chosen[[4, 0]], matrix[rows][[4, 0]])
    nested = ChosenRows(chosen, np.array([3, 3, 1]))
    assert np.array_equal(nested[:], matrix[rows][[3, 3, 1]])
