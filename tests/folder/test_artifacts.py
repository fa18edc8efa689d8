"""The run folder: checked loads, files of people left alone, what is still as it was written."""

import hashlib
import os
import sys
from pathlib import Path
from typing import BinaryIO

import pandas as pd
import pytest

from pipeline.contracts.checks import empty
from pipeline.errors import ArtifactError
from pipeline.folder.artifacts import RunFolder
from pipeline.folder.files import file_sha256, replace_file, write_inside, write_outside
from pipeline.ingest.workshop import find_workshops


@pytest.fixture
def run(tmp_path: Path) -> RunFolder:
    return RunFolder.create(tmp_path / "run")


TITLE = {"title_id": "t1", "title": "Mobilité", "origin": "personne", "examples": ["bus", "vélo"], "refused": []}
TITLES = pd.DataFrame([TITLE | {"axis": None, "rubric": None, "cut": None, "order": 0}])


def test_a_table_comes_back_as_it_was(run: RunFolder) -> None:
    run.save_table("titles", TITLES)
    loaded = run.load_table("titles")
    assert loaded["title"].tolist() == ["Mobilité"]
    assert list(loaded["examples"][0]) == ["bus", "vélo"]


def test_the_same_table_gives_the_same_bytes(run: RunFolder) -> None:
    assert run.save_table("titles", TITLES) == run.save_table("titles", TITLES.copy())


def test_a_damaged_table_is_told_in_french(run: RunFolder) -> None:
    run.save_table("titles", TITLES)
    (run.path / "titles.parquet").write_bytes(b"PAR1 abime")
    with pytest.raises(ArtifactError, match="Relancez"):
        run.load_table("titles")


def test_a_failed_save_leaves_the_last_good_file_and_nothing_else(run: RunFolder) -> None:
    run.save_table("titles", TITLES)
    with pytest.raises(ValueError, match="titles"):
        run.save_table("titles", TITLES.assign(title_id=None))
    assert run.load_table("titles")["title_id"].tolist() == ["t1"]
    assert [path.name for path in run.path.iterdir()] == ["titles.parquet"]


def test_a_file_that_a_person_changed_is_kept(run: RunFolder) -> None:
    name, sha = run.write_for_people("restitution.md", b"version 1", None)
    assert run.write_for_people(name, b"version 2", sha)[0] == "restitution.md"
    (run.path / "restitution.md").write_bytes(b"mon texte")
    name, _ = run.write_for_people("restitution.md", b"version 3", sha)
    assert name == "restitution.nouveau.md"
    assert (run.path / "restitution.md").read_bytes() == b"mon texte"
    assert (run.path / name).read_bytes() == b"version 3"


def test_a_folder_that_is_no_run_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ArtifactError, match="manifest"):
        RunFolder.open(tmp_path)


def test_a_stage_holds_while_its_artefacts_are_what_it_wrote(run: RunFolder) -> None:
    sha = run.save_table("titles", TITLES)
    run.manifest.save({"stages": {"cluster": {"artefacts": {"titles.parquet": sha}}}, "files": {}})
    assert run.holds("cluster")
    assert not run.holds("review")
    run.save_table("titles", TITLES.assign(title="Autre"))
    assert not run.holds("cluster")
    assert file_sha256(run.path / "titles.parquet") != sha


def test_clean_keeps_decisions_and_edited_files(run: RunFolder) -> None:
    table = run.save_table("titles", TITLES)
    _, kept = run.write_for_people("restitution.md", b"version 1", None)
    _, docx = run.write_for_people("restitution.docx", b"version 1", None)
    (run.path / "restitution.docx").write_bytes(b"mon texte")
    run.decisions.append(["{}"])
    stages = {"cluster": {"fingerprint": "f", "artefacts": {"titles.parquet": table}, "files": []}}
    run.manifest.save({"stages": stages, "files": {"restitution.md": kept, "restitution.docx": docx}})
    assert run.remove_computed() == ["decisions.jsonl", "restitution.docx"]


@pytest.mark.skipif(sys.platform != "linux", reason="the other systems have no such name")
def test_a_name_that_is_no_text(tmp_path: Path) -> None:
    place = tmp_path / os.fsdecode(b"atelier_\xe9t\xe9")
    place.mkdir()
    assert find_workshops(place, [])[0].header.titre == "Atelier ?t?"
    run = RunFolder.create(place / "resultats")
    sha256 = run.save_table("themes", empty("themes"))
    run.manifest.save({"corpus": str(place), "stages": {"cluster": {"artefacts": {"themes.parquet": sha256}}}})
    again = RunFolder(run.path)
    assert again.manifest.load()["corpus"] == str(place)
    assert Path(again.manifest.load()["corpus"]).is_dir()
    assert len(again.load_table("themes")) == 0


def _torn(file: BinaryIO) -> None:
    file.write(b"half of ")
    raise OSError(28, "no space left")


def test_a_file_is_named_by_its_content(tmp_path: Path) -> None:
    given = replace_file(tmp_path / "new" / "a.txt", lambda file: file.write(b"whole"))
    assert given == file_sha256(tmp_path / "new" / "a.txt") == hashlib.sha256(b"whole").hexdigest()


def test_a_failed_write_leaves_the_last_good_file_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"good")
    with pytest.raises(ArtifactError, match="le disque est plein"):
        write_inside(tmp_path / "a.txt", _torn)
    assert (tmp_path / "a.txt").read_bytes() == b"good"
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(ArtifactError, match="Choisissez un autre endroit"):
        write_outside(tmp_path / "file" / "a.txt", b"x")
