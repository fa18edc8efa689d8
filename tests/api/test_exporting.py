"""A run opened to other tools: with the decisions of now, where it is asked, never over a person's own work."""

import errno
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import pytest
from click.testing import CliRunner
from threadpoolctl import threadpool_info, threadpool_limits

import rosace
from pipeline.cli import app
from pipeline.errors import ArtifactError
from pipeline.folder import files
from pipeline.folder.artifacts import RunFolder
from pipeline.restitution.exports import Contents
from pipeline.restitution.exports.formats import FORMATS
from pipeline.review.session import Wish, open_session


@pytest.fixture
def run(demo_run: Path, tmp_path: Path) -> Path:
    return shutil.copytree(demo_run, tmp_path / "mon atelier")


def test_what_was_decided_since_the_last_draft_is_in_it(run: Path) -> None:
    session = open_session(RunFolder.open(run))
    group = next(iter(session.state.groups))
    member, *_ = session.state.items_of(group)
    session.act("Awa", Wish("rename", groups=(group,)), title="Un titre donné à la main")
    session.act("Awa", Wish("hide", items=(member.item_id,)), value=True)
    [corpus] = rosace.export(run, "iramuteq")
    assert corpus == run / "exports" / "iramuteq" / "mon-atelier.txt"
    told = corpus.read_text(encoding="utf-8")
    assert "*groupe_unTitreDonneALaMain " in told
    assert member.item_id not in told
    assert session.state.items[member.item_id].text not in told


def test_a_format_is_written_on_one_thread(run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = []

    def written(contents: Contents) -> dict[str, bytes]:
        contents.meanings([str(contents.tables.items["item_id"].iloc[0])])
        found.extend(one["num_threads"] for one in threadpool_info() if one["user_api"] == "blas")
        return {}

    monkeypatch.setitem(FORMATS, "carte", written)
    with threadpool_limits(limits=2, user_api="blas"):
        rosace.export(run, "carte")
    assert set(found) == {1}


def test_a_file_that_a_person_changed_is_kept_and_the_rest_is_cleaned(run: Path) -> None:
    [corpus] = rosace.export(run, "iramuteq")
    rosace.export(run, "carte")
    first = corpus.read_bytes()
    assert rosace.export(run, "iramuteq") == (corpus,)
    corpus.write_text("À moi", encoding="utf-8")
    [beside] = rosace.export(run, "iramuteq")
    assert (beside.name, beside.read_bytes()) == ("mon-atelier.nouveau.txt", first)
    assert RunFolder.open(run).remove_computed() == ["exports/iramuteq/mon-atelier.txt"]


def test_a_run_that_was_cleaned_still_knows_of_its_exports_elsewhere(run: Path, tmp_path: Path) -> None:
    rosace.export(run, "carte", tmp_path / "carte")
    [gone] = rosace.export(run, "refi-qda", tmp_path / "codes.qdc")
    gone.unlink()
    assert RunFolder.open(run).remove_computed() == ["exports.json"]
    assert {Path(one.place).parent.name for one in RunFolder(run).exports.all()} == {"carte"}


def test_a_place_that_a_person_names_is_a_folder_or_one_of_the_files(run: Path, tmp_path: Path) -> None:
    assert rosace.export(run, "refi-qda", tmp_path / "codes.qdc") == (tmp_path / "codes.qdc",)
    assert [path.name for path in rosace.export(run, "refi-qda", tmp_path / "qda")] == [
        "mon-atelier.qdpx",
        "mon-atelier.qdc",
    ]
    assert {Path(one.place).name for one in RunFolder.open(run).exports.all()} == {
        "codes.qdc",
        "mon-atelier.qdpx",
        "mon-atelier.qdc",
    }
    for to, name in (("refi-qda", "a.docx"), ("tables", "a.csv")):
        with pytest.raises(rosace.UsageError, match="Donnez un dossier"):
            rosace.export(run, to, tmp_path / name)


def test_a_run_on_a_read_only_disk_is_exported_elsewhere(
    run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = files.replace_file

    def refused(target: Path, fill: Callable[[BinaryIO], object]) -> str:
        if run in target.parents:
            raise OSError(errno.EROFS, "Read-only file system", str(target))
        return write(target, fill)

    monkeypatch.setattr(files, "replace_file", refused)
    before = RunFolder.open(run).exports.all()
    done = CliRunner().invoke(app, ["export", str(run), "--vers", "tables", "--out", str(tmp_path / "t")])
    assert done.exit_code == 0, done.output
    assert list((tmp_path / "t").glob("*.csv"))
    assert "n'y est pas noté" in done.stderr
    book = CliRunner().invoke(app, ["review", "export", str(run), str(tmp_path / "r.xlsx")])
    assert book.exit_code == 0, book.output
    assert (tmp_path / "r.xlsx").is_file()
    assert "n'y est pas noté" in book.stderr
    with pytest.warns(UserWarning, match="n'y est pas noté"):
        rosace.export(run, "refi-qda", tmp_path / "codes.qdc")
    assert RunFolder.open(run).exports.all() == before
    with pytest.raises(ArtifactError, match="--out"):
        rosace.export(run, "tables")


def test_an_export_that_the_disk_refused_is_not_noted(run: Path, tmp_path: Path) -> None:
    before = RunFolder.open(run).exports.all()
    (tmp_path / "taken").write_text("")
    with pytest.raises(ArtifactError, match="Impossible"):
        rosace.export(run, "tables", tmp_path / "taken" / "dedans")
    assert RunFolder.open(run).exports.all() == before


def test_the_command_says_where_and_its_help_names_every_format(run: Path) -> None:
    done = CliRunner().invoke(app, ["export", str(run), "--vers", "carte"])
    assert done.output == f"{run / 'exports' / 'carte' / 'mon-atelier-carte.html'}\n"
    told = " ".join(CliRunner().invoke(app, ["export", "--help"]).output.split())
    assert [name for name in FORMATS if name not in told] == []
