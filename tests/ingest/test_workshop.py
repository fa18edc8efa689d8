"""`atelier.toml` and its blank copy."""

import re
import tomllib
from pathlib import Path

from pipeline.ingest.workshop import ENTRY_HEADINGS, WORKSHOP_FILE, FileOverride, ToldOfFile, blank_file, find_workshops
from pipeline.tables.columns import matches_alias


def test_the_sheet_as_it_is_given_is_read() -> None:
    assert tomllib.loads(blank_file(WORKSHOP_FILE)) == {"atelier": {"titre": ""}}


def test_each_line_of_it_may_be_uncommented() -> None:
    whole = re.sub(r"^# (?=\[|\w+ = )", "", blank_file(WORKSHOP_FILE), flags=re.MULTILINE)
    told = tomllib.loads(whole)
    assert list(told) == ["atelier", "tables", "themes", "textes", "fichiers"]
    (override,) = (FileOverride(**values) for values in told["fichiers"])
    assert override.colonnes_texte == ["Post-it"] or override.colonnes_texte == ("Post-it",)
    assert set(told["fichiers"][0]) == set(FileOverride.model_fields)


def test_headings_of_the_entry_sheet_are_known() -> None:
    roles = ("table", "contexte", "texte", "votes")
    assert all(matches_alias(name, role) for name, role in zip(ENTRY_HEADINGS, roles, strict=True))


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
