"""The card of the links is written from what was measured."""

from __future__ import annotations

import json
from pathlib import Path

from pipeline.cluster.linking.links_card import card, write_report
from pipeline.cluster.linking.weights import ANSWERS, LINKS, load_weights
from pipeline.learned import METRICS
from pipeline.workbench.cards import CARD

MEASURED = json.loads((LINKS.path / METRICS).read_text(encoding="utf-8"))


def test_another_measure_gives_another_card(tmp_path: Path) -> None:
    write_report(tmp_path, load_weights(), MEASURED, 0.8)
    assert json.loads((tmp_path / METRICS).read_text(encoding="utf-8")) == MEASURED
    told = (tmp_path / CARD).read_text(encoding="utf-8")
    other = {**MEASURED, ANSWERS: {"test": {**MEASURED[ANSWERS]["test"], "precision_at_1": 0.123}}}
    assert "0,12" in card(load_weights(), other, 0.8)
    assert card(load_weights(), other, 0.8) != told
    assert "90\u00a0%" in card(load_weights(), MEASURED, 0.9)
