"""Columns that `atelier.toml` gives a role."""

from __future__ import annotations

import pytest

from pipeline.errors import RefusedFileError
from pipeline.ingest.formats.sheets.asked_columns import asked_columns
from pipeline.ingest.formats.sheets.mapping import Mapping, Sheet
from pipeline.ingest.workshop import FileOverride

NAMES = ["Rubrique", "Ce qui coince ?", "Gommettes", "Nom"]


def test_nothing_asked_decides_nothing() -> None:
    mapping = Mapping()
    assert asked_columns(mapping, NAMES, None, Sheet("a.csv")) == set()
    assert mapping == Mapping()


def test_roles_go_where_they_were_given() -> None:
    mapping = Mapping()
    override = FileOverride(
        nom="a.csv", colonnes_texte=["ce qui coince"], colonne_contexte="rubrique", colonne_votes="Gommettes"
    )
    assert asked_columns(mapping, NAMES, override, Sheet("a.csv")) == {0, 1, 2}
    assert mapping.text == [(1, "Ce qui coince ?")]
    assert mapping.context == [0]
    assert mapping.single == {"votes": 2}
    assert {choice.reason for choice in mapping.choices} == {"indiqué dans atelier.toml"}


def test_a_column_that_is_not_there_is_told_with_those_that_are() -> None:
    override = FileOverride(nom="a.xlsx", colonnes_texte=["Post-it"])
    with pytest.raises(RefusedFileError, match=r"feuille « Votes », .*« Post-it »") as refused:
        asked_columns(Mapping(), NAMES, override, Sheet("a.xlsx", "Votes"))
    assert refused.value.advice == f"Colonnes de la feuille « Votes » : {', '.join(NAMES)}."


def test_another_sheet_may_have_it() -> None:
    mapping, override = Mapping(), FileOverride(nom="a.xlsx", colonnes_texte=["Post-it"])
    sheet = Sheet("a.xlsx", "Votes", frozenset({"Post-it"}))
    assert asked_columns(mapping, NAMES, override, sheet) == set()
    assert mapping.missing == ["Post-it"]
