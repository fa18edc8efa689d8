"""Ideas with what stands around them: leads that may be shown, reports and quotations told without the words around."""

from __future__ import annotations

import dataclasses

import pandas as pd
import pytest
from atelier import workshop

from pipeline.restitution.material.items import read_items
from pipeline.restitution.material.model import Item
from pipeline.restitution.tables import RestitutionTables

REPORT = "Il a été rappelé que la salle est froide."
QUOTATION = "Une mère a lancé : « on manque de lits » hier."


def with_words(text: str, idea: str, lead: str | None, provenance: str, own: str | None = None) -> RestitutionTables:
    """The tables of the workshop, the first contribution and its idea made these."""
    tables = workshop()
    items, contributions = tables.items.copy(), tables.contributions.copy()
    contribution_id = items.loc[0, "contribution_id"]
    start = text.index(idea)
    items.loc[0, ["start", "end", "text", "lead", "own_provenance"]] = [start, start + len(idea), idea, lead, own]
    of_it = contributions["contribution_id"] == contribution_id
    contributions.loc[of_it, ["text", "provenance"]] = [text, provenance]
    return dataclasses.replace(tables, items=items, contributions=contributions)


def first(tables: RestitutionTables) -> Item:
    return read_items(tables)[str(tables.items.loc[0, "item_id"])]


def test_what_reports_is_not_shown_with_what_is_reported() -> None:
    item = first(with_words(REPORT, "la salle est froide.", "Il a été rappelé que", "note"))
    assert item.source_text[slice(*item.reach)] == "la salle est froide."
    assert item.lead == "Il a été rappelé que"


def test_words_quoted_by_a_report_are_a_participants() -> None:
    item = first(with_words(QUOTATION, "on manque de lits", "Une mère a lancé", "note", "transcription"))
    assert item.provenance == "transcription"
    assert item.source_text[slice(*item.reach)] == "on manque de lits"


def test_without_a_report_the_sentence_is_shown() -> None:
    item = first(with_words("La salle est froide, il faut la chauffer.", "il faut la chauffer.", None, "ecrit"))
    assert item.source_text[slice(*item.reach)] == "La salle est froide, il faut la chauffer."


@pytest.mark.parametrize("is_suspected", [True, False])
def test_a_lead_with_a_name_that_may_not_be_shown_is_not_shown(is_suspected: bool) -> None:
    text = "Martine est partie. Elle reviendra en juin."
    tables = with_words(text, "Elle reviendra en juin.", "Martine est partie.", "ecrit")
    row = {"contribution_id": tables.items.loc[0, "contribution_id"], "start": 0, "end": 7, "text": "Martine"}
    names = pd.DataFrame([row | {"reason": "prénom"}] * is_suspected, columns=tables.name_suggestions.columns)
    item = first(dataclasses.replace(tables, name_suggestions=names))
    assert item.lead == ("" if is_suspected else "Martine est partie.")
