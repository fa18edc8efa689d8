"""What an empty corpus folder is given: a sheet that says only what workshops may say."""

from __future__ import annotations

import re
import tomllib

from pipeline.ingest.workshop import ENTRY_HEADINGS, WORKSHOP_TOML, FileOverride
from pipeline.tables.columns import matches_alias


def test_the_sheet_as_it_is_given_is_read() -> None:
    assert tomllib.loads(WORKSHOP_TOML) == {"atelier": {"titre": ""}}


def test_each_line_of_it_may_be_uncommented() -> None:
    whole = re.sub(r"^# (?=\[|\w+ = )", "", WORKSHOP_TOML, flags=re.MULTILINE)
    told = tomllib.loads(whole)
    assert list(told) == ["atelier", "tables", "fichiers"]
    (override,) = (FileOverride(**values) for values in told["fichiers"])
    assert override.colonnes_texte == ["Post-it"] or override.colonnes_texte == ("Post-it",)
    assert set(told["fichiers"][0]) == set(FileOverride.model_fields)


def test_headings_of_the_entry_sheet_are_known() -> None:
    roles = ("table", "contexte", "texte", "votes")
    assert all(matches_alias(name, role) for name, role in zip(ENTRY_HEADINGS, roles, strict=True))
