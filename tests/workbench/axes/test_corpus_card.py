"""The card of the annotated corpus tells what the corpus holds."""

from __future__ import annotations

import pandas as pd
import pytest

from pipeline.errors import UsageError
from pipeline.workbench.axes.corpus_card import README, annotated, card_blocks, filled
from pipeline.workbench.examples import CORPUS_FOLDER


def test_the_figures_of_the_card_are_those_of_the_corpus() -> None:
    told = (CORPUS_FOLDER / README).read_text(encoding="utf-8")
    assert filled(told, card_blocks(annotated())) == told


def test_readings_are_counted_from_the_first_label_even_when_it_was_settled_otherwise() -> None:
    corpus = pd.DataFrame(
        [
            {"axis": "est", "second_reading": "est", "first_reading": ""},
            {"axis": "sud", "second_reading": "sud", "first_reading": "nord"},
            {"axis": "nord", "second_reading": "est", "first_reading": ""},
            {"axis": "nord", "second_reading": "nord", "first_reading": ""},
            {"axis": "nord", "second_reading": "", "first_reading": ""},
        ]
    ).assign(file="essai.jsonl", text="un texte", context="", secondary="", facet="", theme="t")
    told = card_blocks(corpus)["lectures"]
    assert "| `essai.jsonl` | 4 | 0,50 |" in told
    assert "2 désaccords" in told
    assert "1 étiquettes ont changé" in told


def test_a_card_without_its_marks_is_refused() -> None:
    with pytest.raises(UsageError, match="repères"):
        filled("# Une fiche", {"contenu": "| a |"})
