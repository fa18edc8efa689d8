"""`rosace evaluate themes`: a person's codes beside the titles of the machine."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import UsageError
from pipeline.workbench.coding import coding_lines

ROWS = [
    ("Plus de bus le soir", "Les bus", "les bus"),
    ("Un car de plus", "Les bus", "Les bus ; Le vélo"),
    ("Des arceaux", "Les bus", "Le vélo"),
    ("Une piste", "Le vélo", "Le vélo"),
    ("Un local à vélos", "Les bus", "LE VÉLO"),
    ("Le four est cassé", "", "aucun"),
    ("Autre chose", "Le vélo", ""),
]


def write(path: Path, rows: list[tuple[str, ...]], header: str) -> Path:
    path.write_text("\n".join([header, *(",".join(row) for row in rows)]) + "\n", encoding="utf-8")
    return path


def test_codes_are_compared_with_titles_however_they_are_written(tmp_path: Path) -> None:
    lines = {line.label: line for line in coding_lines(write(tmp_path / "t.csv", ROWS, "texte,title,code"))}
    assert lines["Titres placés qui sont les siens"].detail.startswith("3 sur 5, de 0,231")
    kappa = lines["Accord avec la personne (κ)"]
    assert "4 lignes pareilles sur 6 ; 6 codées sur 7" in kappa.detail
    assert lines["Précision, « Les bus »"].value == pytest.approx(0.5)
    bike = lines["Rappel, « Le vélo »"]
    assert bike.value == pytest.approx(0.25)
    assert "à reformuler" in bike.detail and "laisse à « Les bus » (2)" in bike.detail


def test_two_people_are_compared_when_both_coded(tmp_path: Path) -> None:
    rows = [(*row, row[2]) for row in ROWS]
    labels = [line.label for line in coding_lines(write(tmp_path / "t.csv", rows, "texte,title,code,code2"))]
    assert labels[1:3] == ["Accord avec la personne (κ)", "Accord de deux personnes (κ)"]


def test_a_table_without_codes_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="aucune colonne « code »"):
        coding_lines(write(tmp_path / "t.csv", [row[:2] for row in ROWS], "texte,title"))
    with pytest.raises(UsageError, match=r"tirées au hasard : 2, 3, 4, 5, 6, 8\."):
        coding_lines(write(tmp_path / "u.csv", [(*row[:2], "") for row in ROWS], "texte,title,code"))
