"""`rosace nouveau` and `rosace inspect` as people see them."""

from pathlib import Path

from click.testing import CliRunner

from pipeline.cli import app
from pipeline.config import load_config
from pipeline.ingest.inspection import inspections
from pipeline.ingest.workshop import find_workshops
from tests.ingest.corpus_files import workbook_bytes


def test_nouveau_makes_a_folder_that_reads_and_keeps_what_is_there(tmp_path: Path) -> None:
    folder = tmp_path / "mon-atelier"
    assert CliRunner().invoke(app, ["nouveau", str(folder)]).exit_code == 0
    assert sorted(path.name for path in folder.iterdir()) == ["LISEZ-MOI.txt", "atelier.toml", "saisie.xlsx"]
    assert find_workshops(folder, ["atelier.toml"])[0].header.titre == "Mon atelier"
    (folder / "atelier.toml").write_text("[atelier]\ntitre = 'à moi'\n", encoding="utf-8")
    told = CliRunner().invoke(app, ["nouveau", str(folder)])
    assert "gardé tel quel" in told.output
    assert "à moi" in (folder / "atelier.toml").read_text(encoding="utf-8")


def test_nouveau_gives_the_demonstration(tmp_path: Path, demo_corpus: Path) -> None:
    (tmp_path / "atelier.toml").write_text("[atelier]\ntitre = 'à moi'\n", encoding="utf-8")
    told = CliRunner().invoke(app, ["nouveau", str(tmp_path), "--demo"]).output
    assert "atelier.toml existait déjà\u00a0: gardé tel quel." in told
    given = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert given.pop("atelier.toml").endswith("à moi'\n".encode())
    assert given == {path.name: path.read_bytes() for path in demo_corpus.iterdir() if path.name != "atelier.toml"}


def test_inspect_tells_columns_reasons_rejects_and_marks(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("N° table;Post-it;Couleur\n1;Plus de bus, écrire à lea@x.example;rose\n1;test;\n", encoding="utf-8")
    (inspection,) = inspections(path, load_config().ingest)
    assert {choice.name: choice.role for choice in inspection.choices} == {
        "N° table": "table",
        "Post-it": "texte",
        "Couleur": "attribut",
    }
    assert all(choice.reason for choice in inspection.choices)
    assert inspection.rejects == (("ligne d'essai", 1, (("ligne 3", ""),)),)
    assert inspection.marks == (("courriel", 1),)
    told = CliRunner().invoke(app, ["inspect", str(path)])
    assert told.exit_code == 0
    assert "lea@x.example" not in told.output


def test_inspect_of_a_folder_tells_every_file_as_it_would_be_read(tmp_path: Path) -> None:
    CliRunner().invoke(app, ["nouveau", str(tmp_path)])
    (tmp_path / "atelier.toml").write_text('[[fichiers]]\nnom = "*.csv"\ncanal = "note"\n', encoding="utf-8")
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "a.csv").write_text("Post-it\nPlus de bus le soir\n", encoding="utf-8")
    (tmp_path / "notes" / "~$a.docx").write_bytes(b"verrou")
    told = CliRunner().invoke(app, ["inspect", str(tmp_path)])
    assert told.exit_code == 0
    parts = dict(part.split("\n", 1) for part in told.output.removeprefix("━━ ").split("\n\n━━ "))
    assert "Canal\u00a0: notes" in parts["notes/a.csv"]  # as atelier.toml says, from the folder above
    aside = {name: part.split("\n")[0] for name, part in parts.items() if name != "notes/a.csv"}
    assert aside == {
        "LISEZ-MOI.txt": "Pas lu\u00a0: mode d'emploi.",
        "atelier.toml": "Pas lu\u00a0: en-tête, tables et fichiers déclarés.",
        "notes/~$a.docx": "Pas lu\u00a0: fichier temporaire d'Office.",
        "saisie.xlsx": "Pas lu\u00a0: rien n'y est saisi.",
    }
    assert (
        CliRunner().invoke(app, ["inspect", str(tmp_path / "notes" / "a.csv")]).output.count("Canal\u00a0: notes") == 1
    )


def test_inspect_says_which_sheet_a_note_is_about(tmp_path: Path) -> None:
    sheets = {
        "Mur": [["Plénière"], ["Texte", "Table"], ["Plus de bus", "1"], ["Une salle", "2"]],
        "Tables": [["Texte"], ["Un marché"]],
        "Présents": [["Nom", "Mail"], ["A", "b@c.example"]],
    }
    (tmp_path / "a.xlsx").write_bytes(workbook_bytes(sheets))
    (inspection,) = inspections(tmp_path / "a.xlsx", load_config().ingest)
    assert inspection.notes[0] == "feuille « Mur », titres lus à la ligne 2"
    assert inspection.notes[1].startswith("feuille « Présents » passée")


def test_inspect_of_a_bad_file_exits_with_3_and_goes_on(tmp_path: Path) -> None:
    (tmp_path / "a.mp3").write_bytes(b"ID3")
    (tmp_path / "b.txt").write_text("- Plus de bus\n", encoding="utf-8")
    told = CliRunner().invoke(app, ["inspect", str(tmp_path / "a.mp3"), str(tmp_path / "b.txt")])
    assert told.exit_code == 3
    assert "Whisper" in told.output
    assert "Plus de bus" in told.output


CONFIG = load_config().ingest
POSTITS = "Table;Texte;Téléphone\n1;Un banc. Un arbre.;06 12 34 56 78\n2;Appelez le 06 12 34 56 78;\n3;…;\n"


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
