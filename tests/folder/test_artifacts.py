"""The run folder: checked loads, files of people left alone, what is still as it was written."""

from pathlib import Path

import pandas as pd
import pytest

from pipeline.errors import ArtifactError
from pipeline.folder.artifacts import RunFolder, file_sha256


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
    run.save_manifest({"stages": {"cluster": {"artefacts": {"titles.parquet": sha}}}, "files": {}})
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
    run.save_manifest({"stages": stages, "files": {"restitution.md": kept, "restitution.docx": docx}})
    assert run.remove_computed() == ["decisions.jsonl", "restitution.docx"]
