"""Benchmark of columns of positions: what is read holds the measured floor, on tables that nobody tuned on."""

from __future__ import annotations

from pipeline.config import load_config
from pipeline.workbench.position_columns import column_lines, evaluate_columns


def test_the_sides_of_tables_are_read() -> None:
    scores = evaluate_columns()
    assert scores["dev"].n_right == scores["dev"].n
    assert scores["test"].n_told_right >= 0.96 * scores["test"].n_told
    lines = column_lines(load_config().evaluation["positions"]["tableaux"])
    assert all(line.holds for line in lines)
    assert not all(line.holds for line in column_lines(1.0))
