"""`atelier.toml`: what is said of a file, and of one of its sheets."""

from __future__ import annotations

from pathlib import Path

from pipeline.ingest.workshop import ToldOfFile, find_workshops

TOML = """\
[[fichiers]]
nom = "*.xlsx"
colonnes_texte = ["Idée"]
table = "Table 04"

[[fichiers]]
nom = "port.xlsx"
feuille = "votes*"
colonne_votes = "Points"
table = "5"
canal = "postit"
"""


def told_of(folder: Path, source: str) -> ToldOfFile | None:
    (folder / "atelier.toml").write_text(TOML, encoding="utf-8")
    (workshop,) = find_workshops(folder, ["atelier.toml"])
    return workshop.override_of(source)


def test_what_is_said_of_a_sheet_wins_over_what_is_said_of_the_file(tmp_path: Path) -> None:
    told = told_of(tmp_path, "port.xlsx")
    assert told is not None
    assert (told.table, told.sheets) == ("4", ("votes*",))
    votes, wall = told.of_sheet("Votes du soir"), told.of_sheet("Mur")
    assert (votes.table, votes.canal) == ("5", "postit")
    assert votes.columns == {"Idée": "texte", "Points": "votes"}
    assert (wall.table, wall.canal, wall.columns) == ("4", None, {"Idée": "texte"})


def test_a_sheet_may_lack_only_what_is_said_of_the_whole_file(tmp_path: Path) -> None:
    told = told_of(tmp_path, "port.xlsx")
    assert told is not None
    assert told.said_of_all("Votes du soir") == {"Idée"}
    assert told.said_of_all("Mur") == {"Idée"}


def test_other_files_are_not_told_of(tmp_path: Path) -> None:
    told = told_of(tmp_path, "criee.xlsx")
    assert told is not None
    assert told.sheets == ()
    assert told_of(tmp_path, "criee.csv") is None
