"""Objections and supports on the screen."""

from __future__ import annotations

from pipeline.cli.terminal.link_scores import side_lines
from pipeline.config import load_config


def test_each_side_is_told_with_its_floors() -> None:
    floors = load_config().evaluation.groups
    score = {
        "n_kept": 4.0,
        "precision_kept": 0.5,
        "recall_kept": 0.25,
        "n_told": 2.0,
        "precision_told": 1.0,
        "recall_told": 0.1,
    }
    lines = side_lines({"objects": score, "supports": score | {"precision_told": 0.1}}, floors)
    assert [line.value for line in lines] == [0.5, 1.0, 0.5, 0.1]
    assert [line.bound for line in lines] == [floors.positions_proposees, floors.positions_racontees] * 2
