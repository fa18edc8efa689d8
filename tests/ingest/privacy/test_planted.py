"""Identifiers planted in sentences, and sentences with numbers and signs of nobody's: floors of what is masked."""

import json
from collections import Counter

from pipeline.ingest.preparing import freeze
from pipeline.ingest.privacy.marks import bare, mask
from pipeline.workbench.examples import BENCHMARKS

MASKED_MIN, FALSE_MAX = 0.95, 0.01
WINDOW = 6
"""So many letters and digits of an identifier in a row are a leak."""


def cases(decision: str) -> list[dict[str, str]]:
    lines = (BENCHMARKS / "planted.jsonl").read_text(encoding="utf-8").splitlines()
    return [case for line in lines if (case := json.loads(line))["decision"] == decision]


def leaks(case: dict[str, str]) -> bool:
    told, secret = bare(mask(freeze(case["text"]), True, Counter())), bare(case["secret"])
    return any(secret[at : at + WINDOW] in told for at in range(max(1, len(secret) - WINDOW + 1)))


def test_planted_identifiers_are_masked_whole() -> None:
    planted = cases("masked")
    missed = [case["text"] for case in planted if leaks(case)]
    assert len(planted) >= 100
    assert len(missed) <= (1 - MASKED_MIN) * len(planted), missed


def test_what_names_nobody_stays() -> None:
    alarms = cases("kept")
    wrong = [case["text"] for case in alarms if mask(freeze(case["text"]), True, Counter()) != freeze(case["text"])]
    assert len(alarms) >= 150
    assert len(wrong) <= FALSE_MAX * len(alarms), wrong
