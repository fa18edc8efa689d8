"""A corpus named by a URL is copied, read and left; what is missing is told in French."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import fsspec
import pytest

from pipeline.errors import UsageError
from pipeline.folder.artifacts import RunFolder
from pipeline.folder.remote import corpus_folder, is_url


def test_a_corpus_by_url_gives_the_tables_of_its_folder(tmp_path: Path) -> None:
    corpus = tmp_path / "atelier"
    (corpus / "tables").mkdir(parents=True)
    (corpus / "tables" / "postits.csv").write_text(
        "table;texte\n1;Pas de bus le soir\n2;Il faudrait un bus le soir\n", encoding="utf-8"
    )
    for place, run in ((str(corpus), "par-dossier"), (f"file://{corpus}", "par-url")):
        command = [sys.executable, "-m", "pipeline.cli", "synthesize", place, "--out", str(tmp_path / run)]
        done = subprocess.run([*command, "--profile", "rapide"], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
    by_folder, by_url = RunFolder.open(tmp_path / "par-dossier"), RunFolder.open(tmp_path / "par-url")
    assert by_url.load_table("items").equals(by_folder.load_table("items"))
    assert by_url.load_manifest()["corpus"] == f"file://{corpus}"


def test_files_of_a_url_are_copied_with_their_folders_and_removed_after() -> None:
    with fsspec.open("memory://espace/atelier/jour 1/notes.txt", "w") as file:
        file.write("Des bus le soir")
    with corpus_folder("memory://espace/atelier") as folder:
        assert folder.name == "atelier"
        assert (folder / "jour 1" / "notes.txt").read_text() == "Des bus le soir"
    assert not folder.exists()
    with corpus_folder("memory://espace/atelier/jour 1/notes.txt") as folder:
        assert [path.name for path in folder.iterdir()] == ["notes.txt"]


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("memory://rien", "aucun fichier"),
        ("inconnu://atelier", "protocole"),
        ("file:///nulle/part", "aucun fichier"),
    ],
)
def test_what_cannot_be_read_is_told(url: str, told: str) -> None:
    with pytest.raises(UsageError, match=told), corpus_folder(url):
        pass


def test_a_path_is_no_url() -> None:
    assert not is_url("corpus/demo")
    assert not is_url(r"C:\atelier")
    assert is_url("s3://seau/atelier")
