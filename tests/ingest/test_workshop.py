"""`atelier.toml` and its blank copy."""

import re
import tomllib
from pathlib import Path

from pipeline.ingest.workshop import ENTRY_HEADINGS, WORKSHOP_FILE, FileOverride, blank_file, find_workshops
from pipeline.tables.columns import matches_alias


def test_each_line_of_it_may_be_uncommented() -> None:
    whole = re.sub(r"^# (?=\[|\w+ = )", "", blank_file(WORKSHOP_FILE), flags=re.MULTILINE)
    told = tomllib.loads(whole)
    assert list(told) == ["atelier", "tables", "themes", "textes", "personnes", "fichiers"]
    (override,) = (FileOverride(**values) for values in told["fichiers"])
    assert override.colonnes_texte == ["Post-it"] or override.colonnes_texte == ("Post-it",)
    assert set(told["fichiers"][0]) == set(FileOverride.model_fields)


def test_headings_of_the_entry_sheet_are_known() -> None:
    roles = ("table", "contexte", "texte", "votes")
    assert all(matches_alias(name, role) for name, role in zip(ENTRY_HEADINGS, roles, strict=True))


def test_the_first_that_names_a_file_tells_of_it(tmp_path: Path) -> None:
    toml = '[[fichiers]]\nnom = "*.xlsx"\ntable = "Table 04"\n\n[[fichiers]]\nnom = "port.xlsx"\ntable = "5"\n'
    (tmp_path / "atelier.toml").write_text(toml, encoding="utf-8")
    (workshop,) = find_workshops(tmp_path, ["atelier.toml"])
    told = workshop.override_of("port.xlsx")
    assert told is not None and told.table == "4"
    assert workshop.override_of("port.csv") is None
