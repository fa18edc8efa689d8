"""What people made a sheet for, by its columns."""

from __future__ import annotations

import pytest

from pipeline.ingest.formats.sheets.dialects import Dialect
from pipeline.ingest.formats.sheets.kinds import kind_of_sheet
from pipeline.ingest.formats.sheets.mapping import Mapping

FORM = Dialect(nom="Framaforms", colonnes=("sid",))

NAMES = ["Texte", "Gommettes", "Que changer ?", "Problème"]
CASES = [
    ("a tool", Mapping(text=[(0, "")], dialect=FORM), "postit", "enquête", "colonnes de Framaforms"),
    ("votes", Mapping(text=[(0, "")], single={"votes": 1}), "postit", "votes", "une colonne de votes, « Gommettes »"),
    ("signed votes", Mapping(text=[(0, "")], single={"votes": 1, "voix": 3}), "postit", "mur de post-its",
     "des paroles signées, avec leurs votes, « Gommettes »"),
    ("votes against", Mapping(text=[(0, "")], single={"votes_contre": 1}), "postit", "votes",
     "une colonne de votes, « Gommettes »"),
    ("a question", Mapping(text=[(0, ""), (2, "")], is_survey=True), "enquete", "enquête",
     "une question en titre, « Que changer ? »"),
    ("people", Mapping(text=[(0, "")], is_survey=True), "enquete", "enquête",
     "des lignes qui réunissent chacune les réponses d'une personne"),
    ("tables", Mapping(text=[(0, "")], has_one_table_a_row=True), "note", "notes de table",
     "une ligne par table, plusieurs colonnes de texte"),
    ("notes", Mapping(text=[(0, "")]), "note", "notes de table", "une colonne de notes"),
    ("groups", Mapping(text=[(0, "")], single={"groupe": 3}), "postit", "mur de post-its",
     "des groupes donnés, « Problème »"),
    ("a wall", Mapping(text=[(0, "")]), "postit", "mur de post-its", "une parole par case, « Texte »"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("mapping", "channel", "kind", "why"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_kind_and_reason(mapping: Mapping, channel: str, kind: str, why: str) -> None:
    assert kind_of_sheet(NAMES, mapping, channel) == (kind, why)
