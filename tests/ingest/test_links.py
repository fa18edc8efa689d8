"""A link out of a corpus is read on no way in, and told on each."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.app.places import WORKSHOP, Place
from pipeline.cli import app
from pipeline.config import load_config
from pipeline.folder.artifacts import RunFolder
from pipeline.ingest.corpus_files import LINK_OUT, LINKED_FOLDER
from pipeline.ingest.inspection import inspections
from tests.conftest import run_synthesis

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
