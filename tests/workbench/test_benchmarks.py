"""How cuts and marks are counted right or wrong."""

import json
from pathlib import Path

from pipeline.config import load_config
from pipeline.workbench.benchmarks import (
    column_lines,
    evaluate_columns,
    evaluate_ideas,
    evaluate_identifiers,
    evaluate_privacy,
)
from pipeline.workbench.learning import Tally


def write(path: Path, *cases: dict[str, object]) -> Path:
    path.write_text("".join(json.dumps(case) + "\n" for case in cases), encoding="utf-8")
    return path


def test_a_boundary_falls_before_a_word(tmp_path: Path) -> None:
    text = "Un banc.\nUn arbre."
    right = {"text": text, "items": [[0, 7], [9, 18]], "channel": "postit", "half": "a"}
    wrong = {"text": text, "items": [[0, 18]], "channel": "note", "half": "b"}
    boundaries, ideas = evaluate_ideas(write(tmp_path / "s.jsonl", right, wrong))
    assert boundaries["a postit"] == Tally(1, 0, 0)
    assert boundaries["b"] == Tally(0, 1, 0)
    assert ideas["tout"] == Tally(2, 2, 1)


def test_a_mark_is_right_when_it_overlaps_one_of_its_kind(tmp_path: Path) -> None:
    text = "Appelez le 06 12 34 56 78, zoe.lavandier@courrier.example"
    phone = {"start": 11, "end": 20, "type": "telephone"}
    other = {"start": 11, "end": 20, "type": "plaque"}
    found = evaluate_privacy(write(tmp_path / "p.jsonl", {"text": text, "half": "a", "marks": [phone, other]}))
    assert found["telephone"] == Tally(1, 0, 0)
    assert found["plaque"] == Tally(0, 0, 1)
    assert found["courriel"] == Tally(0, 1, 0)
    assert found["tout"] == found["a"] == Tally(1, 1, 1)


def test_what_is_decided_of_each_spelling_is_done() -> None:
    """A floor: what passes is named by `rosace evaluate ideas`."""
    found = evaluate_identifiers()
    assert found["tout"].n >= 400
    assert len(found) > 12
    assert not found["tout"].problems


def test_a_planted_identifier_is_looked_for_whatever_it_wears(tmp_path: Path) -> None:
    cases = [
        {"what": "a", "form": "1", "text": "au 06 39 98 00 01", "secret": "0639980001", "decision": "masked"},
        {"what": "a", "form": "2", "text": "au ０６ bis", "secret": "06", "decision": "masked"},
        {"what": "b", "form": "3", "text": "au 3919", "secret": "39 19", "decision": "kept"},
        {"what": "b", "form": "4", "text": "au 06 39 98 00 01", "secret": "0639980001", "decision": "kept"},
        {"what": "c", "form": "5", "text": "Voir avec Odile", "secret": "Odile", "decision": "suggested"},
    ]
    found = evaluate_identifiers(write(tmp_path / "i.jsonl", *cases))
    assert found["tout"].problems == ["2", "4"]
    assert found["tout"] == Tally(3, 0, 2)
    assert found["c"] == Tally(1, 0, 0)


def test_the_sides_of_tables_are_read() -> None:
    tallies = evaluate_columns()
    assert not tallies["dev"].problems
    lines = column_lines(load_config().evaluation["positions"]["tableaux"])
    assert all(line.holds for line in lines)
    assert not all(line.holds for line in column_lines(1.0))
