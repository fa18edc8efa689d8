"""Which files of a folder are read, under which names."""

from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

from pipeline.app.places import WORKSHOP, Place
from pipeline.cli import app
from pipeline.config import load_config
from pipeline.errors import UsageError
from pipeline.folder.artifacts import RunFolder
from pipeline.ingest import corpus_files
from pipeline.ingest.corpus_files import LINK_OUT, LINKED_FOLDER, list_files, why_ignored
from pipeline.ingest.inspection import inspections
from pipeline.ingest.stage import ingest
from pipeline.ingest.workshop import FileOverride
from tests.conftest import run_synthesis
from tests.outputs import write_table


def never(name: str, kind: str, reason: str) -> None:
    pytest.fail(f"{name} was refused: {kind}, {reason}")


def test_files_are_listed_by_name_without_hidden_folders(tmp_path: Path) -> None:
    for name in ("b.csv", "a/z.md", "a.md", ".git/config", "__MACOSX/._b.csv", "a/.cache/x.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    assert [source for source, _ in list_files(tmp_path, never)] == ["a.md", "a/z.md", "b.csv"]


def test_a_link_to_a_folder_above_leads_nowhere_and_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.md").touch()
    (tmp_path / "boucle").symlink_to(tmp_path, target_is_directory=True)
    told: list[tuple[str, ...]] = []
    assert [source for source, _ in list_files(tmp_path, lambda *given: told.append(given))] == ["a.md"]
    assert told == [("boucle", "lien", corpus_files.LINKED_FOLDER)]


def test_links_are_read_inside_the_corpus_and_refused_out_of_it(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    (corpus / "sous").mkdir(parents=True)
    (corpus / "a.md").write_text("- Plus de bus\n", encoding="utf-8")
    (tmp_path / "corpus-secret.txt").touch()
    for name, target in {
        "dedans.md": corpus / "a.md",
        "dehors.txt": tmp_path / "corpus-secret.txt",
        "sous/relatif.txt": Path("../../corpus-secret.txt"),
        "sous/rien.txt": tmp_path / "nulle part",
        "atelier.toml": tmp_path / "corpus-secret.txt",
        "chaine.txt": corpus / "dehors.txt",
    }.items():
        (corpus / name).symlink_to(target)
    (tmp_path / "entree").symlink_to(corpus, target_is_directory=True)
    for root in (corpus, tmp_path / "entree"):  # the corpus itself may be a link
        told: list[tuple[str, ...]] = []
        files = list_files(root, lambda *given, told=told: told.append(given))
        assert [source for source, _ in files] == ["a.md", "dedans.md"]
        names = ["atelier.toml", "chaine.txt", "dehors.txt", "sous/relatif.txt", "sous/rien.txt"]
        assert sorted(name for name, _, _ in told) == names
        assert {reason for _, _, reason in told} == {corpus_files.LINK_OUT}


def test_a_whole_disk_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(corpus_files, "_N_FILES_MAX", 2)
    for name in "abc":
        (tmp_path / name).touch()
    with pytest.raises(UsageError, match="plus de 2 fichiers"):
        list_files(tmp_path, never)


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("atelier.toml", "en-tête, tables et fichiers déclarés"),
        ("notes/LISEZ-MOI.txt", "mode d'emploi"),
        ("Readme.md", "mode d'emploi"),
        (".DS_Store", "fichier caché"),
        ("~$notes.docx", "fichier temporaire d'Office"),
        ("notes/Thumbs.db", "fichier du système"),
    ],
)
def test_what_is_not_meant_to_be_read(source: str, reason: str) -> None:
    told = why_ignored(source, None)
    assert told is not None
    assert told[1] == reason


def test_a_recording_beside_its_transcript_is_not_read_but_is_no_fault(tmp_path: Path) -> None:
    for name in ("table2.mp3", "table2.vtt", "seul.mp3"):
        (tmp_path / name).write_bytes(b"x")
    told = why_ignored("table2.mp3", None, tmp_path / "table2.mp3")
    assert told is not None
    assert told[0] == "enregistrement"
    assert why_ignored("seul.mp3", None, tmp_path / "seul.mp3") is None
    assert why_ignored("table2.vtt", None, tmp_path / "table2.vtt") is None


def test_a_photo_is_a_fault_until_it_is_typed_beside(tmp_path: Path) -> None:
    for name in ("mur.JPG", "mur.csv", "autre.png"):
        (tmp_path / name).write_bytes(b"x")
    assert why_ignored("mur.JPG", None, tmp_path / "mur.JPG") == ("photo", "ce qu'elle montre est saisi dans mur.csv")
    assert why_ignored("autre.png", None, tmp_path / "autre.png") is None


def test_others_are_read_unless_the_workshop_says_no() -> None:
    assert why_ignored("notes.md", None) is None
    assert why_ignored("notes.md", FileOverride(nom="notes.md")) is None
    assert why_ignored("notes.md", FileOverride(nom="notes.md", ignorer=True)) == (
        "fichier",
        "ignoré d'après atelier.toml",
    )


@pytest.mark.parametrize(("name", "state"), [("Saisie.xlsx", "ignore"), ("postits.xlsx", "refuse")])
def test_an_entry_sheet_left_as_it_was_given_is_no_fault(tmp_path: Path, name: str, state: str) -> None:
    (tmp_path / "notes.md").write_text("Il faudrait un ponton plus long pour les barges.", encoding="utf-8")
    write_table(pd.DataFrame({"Table": [], "Rubrique": [], "Texte": []}), tmp_path / name)
    ledger = ingest(tmp_path, load_config()).ledger.set_index("source")
    assert ledger.loc[name, "state"] == state


CONFIG = load_config()
SECRET = "Le coffre du notaire reste ouvert le dimanche"


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """A workshop with a file of its own, and links to what stands beside it."""
    outside = tmp_path / "ailleurs"
    outside.mkdir()
    (outside / "secret.txt").write_text(f"- {SECRET}\n", encoding="utf-8")
    (outside / "fiche.toml").write_text(f'[atelier]\ntitre = "{SECRET}"\n', encoding="utf-8")
    place = Place(WORKSHOP, tmp_path / "atelier")
    place.files.mkdir(parents=True)
    (place.files / "mots.txt").write_text("- Plus de bus le soir\n- Un banc devant la poste\n", encoding="utf-8")
    (place.files / "lien.txt").symlink_to(outside / "secret.txt")
    (place.files / "photo.jpg").symlink_to(outside / "secret.txt")
    (place.files / "atelier.toml").symlink_to(outside / "fiche.toml")
    (place.files / "dossier").symlink_to(outside, target_is_directory=True)
    return place


REFUSED = {"lien.txt": LINK_OUT, "photo.jpg": LINK_OUT, "atelier.toml": LINK_OUT, "dossier": LINKED_FOLDER}


def test_a_run_refuses_links_and_tells_them(place: Place, tmp_path: Path) -> None:
    summary = run_synthesis(place.files, tmp_path / "run")
    assert dict(summary.refused) == REFUSED
    ledger = RunFolder.open(tmp_path / "run").load_table("ledger").set_index("source")["state"]
    assert ledger[ledger == "lu"].index.tolist() == ["mots.txt"]
    quoting = [path.name for path in (tmp_path / "run").glob("*.*") if b"notaire" in path.read_bytes()]
    assert quoting == []
    assert run_synthesis(place.files, tmp_path / "run").ran == ()


def test_the_home_page_shows_none_of_them_and_its_reading_tells_them(place: Place) -> None:
    assert [name for name, _, _ in place.sources()] == ["mots.txt"]
    assert place.title == "atelier"
    found = {inspection.source: inspection.problem for inspection in inspections(place.files, CONFIG.ingest)}
    assert found == {**REFUSED, "mots.txt": None}


def test_inspect_refuses_a_link_that_is_named(place: Place) -> None:
    told = CliRunner().invoke(app, ["inspect", str(place.files / "lien.txt")])
    assert SECRET not in told.output
    assert "c'est un lien" in told.output
