"""What `rosace inspect` knows of each file before anything is written."""

from pathlib import Path

import pytest

from pipeline.config import load_config
from pipeline.ingest.inspection import Inspection, inspections

CONFIG = load_config().ingest
POSTITS = "Table;Texte;Téléphone\n1;Un banc. Un arbre.;06 12 34 56 78\n2;Appelez le 06 12 34 56 78;\n3;…;\n"


@pytest.fixture
def found(tmp_path: Path) -> Inspection:
    (tmp_path / "a.csv").write_text(POSTITS, encoding="utf-8")
    (one,) = inspections(tmp_path / "a.csv", CONFIG)
    return one


def test_a_table_as_it_would_be_read(found: Inspection) -> None:
    assert (found.source, found.format, found.problem) == ("a.csv", "tableau CSV", None)
    assert (found.channel, found.provenance) == ("postit", "ecrit")
    assert (found.n_kept, found.n_items) == (2, 3)
    assert {choice.name: choice.role for choice in found.choices}["Texte"] == "texte"


def test_its_first_rows_say_nothing_private(found: Inspection) -> None:
    assert [row[3] for row in found.rows] == ["Un banc. Un arbre.", "Appelez le [téléphone]"]
    assert found.rows[0][4] == ("Un banc.", "Un arbre.")
    assert [n for _, n in found.marks] == [1]
    ((_, n, places),) = found.rejects
    assert (n, len(places)) == (1, 1)


def test_the_workshop_above_is_listened_to(tmp_path: Path) -> None:
    told = '[[fichiers]]\nnom = "notes/a.csv"\ncanal = "note"\n\n[[fichiers]]\nnom = "notes/b.csv"\nignorer = true\n'
    (tmp_path / "atelier.toml").write_text(told, encoding="utf-8")
    (tmp_path / "notes").mkdir()
    for name in ("a.csv", "b.csv"):
        (tmp_path / "notes" / name).write_text(POSTITS, encoding="utf-8")
    one, two = (inspections(tmp_path / "notes" / name, CONFIG)[0] for name in ("a.csv", "b.csv"))
    assert one.channel == "note"
    assert two.ignored == "ignoré d'après atelier.toml"


def test_passages_of_a_document_are_told_with_their_reason_and_place(tmp_path: Path) -> None:
    text = "# Port\n\n## Présents\n\nLucie, Paul\n\n## Le quai\n\n- il glisse\n\nLa séance est levée à 20 h.\n"
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    (found,) = inspections(tmp_path / "a.md", load_config().ingest)
    assert found.frames == (
        ("personnes présentes", 1, "liste de personnes ou de fonctions", "ligne 5"),
        ("listes", 1, "des puces", "ligne 9"),
        ("ordre du jour et déroulé", 1, "déroulé de la séance", "ligne 11"),
    )


def test_what_the_sheet_corrects_and_the_document_lacks_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("## Le quai\n\n- il glisse\n", encoding="utf-8")
    told = '[[fichiers]]\nnom = "a.md"\npas_une_parole = ["Édito"]\nintervenants = "Zorba"\npas_intervenants = "Anna"\n'
    (tmp_path / "atelier.toml").write_text(told, encoding="utf-8")
    (found,) = inspections(tmp_path / "a.md", load_config().ingest)
    assert found.notes == ("atelier.toml nomme ce que ce document n'a pas\u00a0: Édito, Zorba, Anna",)
