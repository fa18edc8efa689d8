"""The header block: when, where, who came, at which tables; what nobody gave stays visible."""

from __future__ import annotations

from typing import Any

import pytest
from atelier import workshop

from pipeline.contracts.draft import HeaderField
from pipeline.restitution.heading import header
from pipeline.restitution.material.facts import compute_facts
from pipeline.restitution.material.load import read_material
from pipeline.restitution.tables import RestitutionTables


def fields(tables: RestitutionTables) -> dict[str, HeaderField]:
    material = read_material(tables)
    return {field.label: field for field in header(material, compute_facts(material, {}))}


def test_the_block_says_when_where_who_and_at_which_tables() -> None:
    found = fields(workshop())
    assert list(found)[:4] == ["Date", "Lieu", "Participation", "Tables"]
    assert found["Date"].value == "1er mars 2026"
    assert found["Lieu"].value == "Mairie de Tull"
    assert found["Participation"].value.replace("\u00a0", " ") == "31 personnes et quatre réponses à l’enquête"
    assert found["Tables"].value.replace("\u00a0", " ").startswith("1. Se déplacer\u202f; 2. Vieillir ici")


@pytest.mark.parametrize(("label", "given"), [("Date", {"date": None}), ("Lieu", {"lieu": None})])
def test_what_nobody_gave_is_an_empty_slot(label: str, given: dict[str, Any]) -> None:
    assert fields(workshop(**given))[label] == HeaderField(label, "", "empty")


def test_tables_without_subjects_are_counted_and_one_table_alone_is_no_field() -> None:
    made = workshop()
    bare = made.workshop_tables.assign(sujet=None).astype(made.workshop_tables.dtypes.to_dict())
    tables = fields(RestitutionTables(**(vars(made) | {"workshop_tables": bare})))["Tables"]
    assert tables.value.replace("\u00a0", " ") == "Quatre tables"
    seated = made.contributions["table"].notna()
    one = made.contributions.copy()
    one.loc[seated, "table"] = "1"
    alone = RestitutionTables(**(vars(made) | {"contributions": one, "workshop_tables": made.workshop_tables.iloc[:1]}))
    assert "Tables" not in fields(alone)
