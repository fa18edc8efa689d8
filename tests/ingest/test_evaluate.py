"""How cuts and marks are counted right or wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.ingest.evaluate import Score, evaluate_ideas, evaluate_privacy


def write(path: Path, *cases: dict[str, object]) -> Path:
    path.write_text("".join(json.dumps(case) + "\n" for case in cases), encoding="utf-8")
    return path


def test_shares() -> None:
    score = Score(n_right=3, n_wrong=1, n_missed=3)
    assert (score.precision, score.recall) == (0.75, 0.5)
    assert score.f1 == pytest.approx(0.6)
    assert (Score(0, 0, 0).f1, Score(0, 1, 1).f1) == (1.0, 0.0)


def test_a_boundary_falls_before_a_word(tmp_path: Path) -> None:
    text = "Un banc.\nUn arbre."
    right = {"text": text, "items": [[0, 7], [9, 18]], "channel": "postit", "half": "a"}
    wrong = {"text": text, "items": [[0, 18]], "channel": "note", "half": "b"}
    found = evaluate_ideas(write(tmp_path / "s.jsonl", right, wrong))
    assert found.n_contributions == 2
    assert found.boundaries["a postit"] == Score(1, 0, 0)
    assert found.boundaries["b"] == Score(0, 1, 0)
    assert found.ideas["tout"] == Score(2, 2, 1)


def test_a_mark_is_right_when_it_overlaps_one_of_its_kind(tmp_path: Path) -> None:
    text = "Appelez le 06 12 34 56 78, zoe.lavandier@courrier.example"
    phone = {"start": 11, "end": 20, "type": "telephone"}
    other = {"start": 11, "end": 20, "type": "plaque"}
    found = evaluate_privacy(write(tmp_path / "p.jsonl", {"text": text, "half": "a", "marks": [phone, other]}))
    assert found.marks["telephone"] == Score(1, 0, 0)
    assert found.marks["plaque"] == Score(0, 0, 1)
    assert found.marks["courriel"] == Score(0, 1, 0)
    assert found.marks["tout"] == found.marks["a"] == Score(1, 1, 1)
