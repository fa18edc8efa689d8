"""What the header of a document tells of its workshop."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.config import load_config
from pipeline.ingest.headers import header_told
from pipeline.ingest.stage import ingest

TOLD = [
    (
        "Date : 3 mars 2024\nLieu : salle des fêtes de Vermont",
        " (date : 2024-03-03) (lieu : salle des fêtes de Vermont)",
    ),
    ("Compte rendu de la réunion du jeudi 1er février 2024", " (date : 2024-02-01)"),
    ("**Date :** 03/12/2023", " (date : 2023-12-03)"),
    ('title: Assemblée\ndate: "2017-10-19T18:00"', " (date : 2017-10-19)"),
    ("Du 3 mars 2024 au 5 mars 2024", ""),
    ("Date : 31 février 2024", ""),
    ("Date : à fixer", ""),
    ("Lieu : chez [personne]", ""),
    ("Présents : Léa, Omar", ""),
]


@pytest.mark.parametrize(("text", "told"), TOLD)
def test_a_header_tells_one_date_and_one_place(text: str, told: str) -> None:
    assert header_told(text) == told


NOTES = "Date : {day} mars 2024\nLieu : salle de Vermont\n\n# Freins\n\n- Le car ne passe plus le soir\n"


def read(folder: Path, *days: int, sheet: str = "") -> tuple[str | None, str | None]:
    for day in days:
        (folder / f"notes{day}.md").write_text(NOTES.format(day=day), encoding="utf-8")
    if sheet:
        (folder / "atelier.toml").write_text(sheet, encoding="utf-8")
    (row,) = ingest(folder, load_config()).workshops.astype(object).where(lambda one: one.notna(), None).itertuples()
    return row.date, row.lieu


def test_it_completes_the_entry_sheet_and_never_contradicts_it(tmp_path: Path) -> None:
    assert read(tmp_path, 3) == ("2024-03-03", "salle de Vermont")
    assert read(tmp_path, 3, sheet="[atelier]\ndate = 2024-06-01\n") == ("2024-06-01", "salle de Vermont")


def test_documents_that_disagree_tell_nothing(tmp_path: Path) -> None:
    assert read(tmp_path, 3, 4) == (None, "salle de Vermont")
