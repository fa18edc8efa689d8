"""The card of what is worth quoting is written from what was measured."""

from __future__ import annotations

import json

from pipeline.classify.reading.beside.worth import WORTH
from pipeline.learned import METRICS
from pipeline.workbench.cards import CARD
from pipeline.workbench.worth_card import card


def test_the_card_that_stands_is_that_of_the_metrics_that_stand() -> None:
    metrics = json.loads((WORTH.path / METRICS).read_text(encoding="utf-8"))
    assert (WORTH.path / CARD).read_text(encoding="utf-8") == card(metrics)
    assert "faites par des modèles de langue" in " ".join(card(metrics).split())


def test_each_label_has_its_shares_in_french_numbers() -> None:
    metrics = json.loads((WORTH.path / METRICS).read_text(encoding="utf-8"))
    metrics["overall"]["0"], metrics["top"]["0"] = 0.3333, 0.1
    assert "| 0 : pas telle quelle | 0,33 | 0,10 |" in card(metrics)
