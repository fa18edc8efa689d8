"""The card of natures and objects is written from what was measured."""

from __future__ import annotations

import json

from pipeline.classify.reading.beside.natures import NATURES
from pipeline.learned import METRICS
from pipeline.workbench.cards import CARD
from pipeline.workbench.natures_card import card


def test_the_card_that_stands_is_that_of_the_metrics_that_stand() -> None:
    metrics = json.loads((NATURES.path / METRICS).read_text(encoding="utf-8"))
    assert (NATURES.path / CARD).read_text(encoding="utf-8") == card(metrics)


def test_numbers_are_french() -> None:
    metrics = json.loads((NATURES.path / METRICS).read_text(encoding="utf-8"))
    metrics["est"]["natures"]["accuracy"] = 0.4567
    assert "| nature juste | 0,46 |" in card(metrics)
