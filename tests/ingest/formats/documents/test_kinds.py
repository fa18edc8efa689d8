"""What people wrote a document for."""

from __future__ import annotations

import pytest

from pipeline.ingest.formats.documents.kinds import kind_of_notes
from pipeline.ingest.formats.records import Entry

REPORTED = [
    "Il a été souligné que le four ferme.",
    "Les participants ont proposé un bal.",
    "Le four ferme trop tôt le dimanche.",
]
CASES = [
    ("names", [Entry("1", "Un banc", voice="Zoé"), Entry("2", "Un bal", voice="Léo"), Entry("3", "Un four")],
     "compte rendu par personne", "2 paroles sur 3 qui commencent par un nom"),
    ("one table", [Entry("1", "Un banc", table="3")], "notes de table", "des titres qui nomment une table"),
    ("tables", [Entry("1", "Un banc", table="3"), Entry("2", "Un bal", table="4")],
     "notes de table", "des titres qui nomment 2 tables"),
    ("headings", [Entry("1", "Un banc", headings=("Freins",)), Entry("2", "Un bal", headings=("Pistes",))],
     "compte rendu par thème", "2 titres au-dessus des paroles"),
    ("one heading", [Entry("1", "Un banc", headings=("Freins",))], "compte rendu par thème",
     "un titre au-dessus des paroles"),
    ("nothing", [Entry("1", "Un banc")], "notes", "ni titre ni nom au-dessus des paroles"),
    ("no entry", [], "notes", "ni titre ni nom au-dessus des paroles"),
]  # fmt: skip


@pytest.mark.parametrize(("entries", "kind", "why"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_kind_and_reason(entries: list[Entry], kind: str, why: str) -> None:
    assert kind_of_notes(entries) == (kind, why)


def test_a_report_tells_what_was_said() -> None:
    kind, why = kind_of_notes([Entry(str(n), text, voice="Zoé") for n, text in enumerate(REPORTED)])
    assert kind == "rapport déjà rédigé"
    assert why == "67 % de phrases qui rapportent ce qui a été dit"
