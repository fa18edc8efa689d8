"""Whole runs as a program calls them."""

import shutil
from pathlib import Path

import pytest

import rosace
from pipeline.api.runs import control_of, told_of_another
from pipeline.contracts.tables import TABLES
from pipeline.errors import UsageError
from pipeline.folder.artifacts import RunFolder
from pipeline.review.log.decisions import NewTitle
from pipeline.review.session import Wish, open_session

NOTES = "- Le marché du samedi revit\n- Plus aucun car après 18 h\n- Il faudrait partager nos minibus\n"


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("atelier")
    (folder / "post-its.txt").write_text(NOTES, encoding="utf-8")
    (folder / "abime.xlsx").write_bytes(b"PK\x03\x04 rien")
    return folder


@pytest.fixture(scope="module")
def made(workshop: Path) -> rosace.Synthesis:
    return rosace.synthesize(workshop, workshop.parent / "run", profile="rapide")


def test_a_folder_gives_a_restitution_and_its_tables(made: rosace.Synthesis) -> None:
    assert made.page.is_file()
    assert {path.suffix for path in made.files} >= {".docx", ".odt", ".html", ".md"}
    assert all(path.is_file() for path in made.files)
    assert set(made.table_names) == set(TABLES)
    assert made.table("contributions")["text"].tolist() == [line[2:] for line in NOTES.splitlines()]
    assert made.table("tags")["axis"].tolist() != []
    assert made.ran[0] == "ingest" and made.fresh == ()


def test_a_refused_file_is_told_and_the_others_are_read(made: rosace.Synthesis) -> None:
    ((source, reason),) = made.refused
    assert source == "abime.xlsx"
    assert reason


def test_nothing_runs_again_when_nothing_changed(workshop: Path, made: rosace.Synthesis) -> None:
    again = rosace.synthesize(str(workshop), str(made.path), profile="rapide")
    assert again.ran == ()
    assert (again.refused, again.files) == (made.refused, made.files)


def test_a_draft_is_written_again_under_the_configuration_of_the_run(made: rosace.Synthesis, tmp_path: Path) -> None:
    run = tmp_path / "run"
    shutil.copytree(made.path, run)
    again = rosace.draft(run, length="complet")
    assert "restitution" in again.ran
    assert "ingest" not in (*again.ran, *again.fresh)
    assert rosace.draft(run, length="complet").ran == ()


def test_a_draft_follows_the_sheet_of_the_workshop_and_reads_no_file_that_came_since(tmp_path: Path) -> None:
    folder = tmp_path / "atelier"
    folder.mkdir()
    (folder / "post-its.txt").write_text(NOTES, encoding="utf-8")
    sheet = folder / "atelier.toml"
    sheet.write_text('[atelier]\ntitre = "Eau"\nlieu = "La halle"\n', encoding="utf-8")
    run = rosace.synthesize(folder, tmp_path / "run", profile="rapide").path
    sheet.write_text('[atelier]\ntitre = "Eau"\nlieu = "Le lavoir"\n', encoding="utf-8")
    again = rosace.draft(run)
    assert {"ingest", "restitution"} <= set(again.ran) and {"embed", "classify", "cluster"} <= set(again.fresh)
    written = (run / "restitution.md").read_text(encoding="utf-8")
    assert "Le lavoir" in written and "La halle" not in written
    assert rosace.draft(run).ran == ()
    sheet.write_text('[atelier]\ntitre = "Eau"\nlieu = "La mare"\n', encoding="utf-8")
    (folder / "suite.txt").write_text("- Un four pour le hameau\n", encoding="utf-8")
    assert "ingest" not in rosace.draft(run).ran


def test_what_cannot_be_done_is_said_before_anything_is_written(workshop: Path, tmp_path: Path) -> None:
    for call, said in (
        (lambda: rosace.synthesize(tmp_path / "absent"), "n'est pas un dossier"),
        (lambda: rosace.synthesize(workshop, workshop / "run"), "ne peuvent pas aller"),
        (lambda: rosace.synthesize(workshop, tmp_path / "run", length="longue"), "longue"),
        (lambda: rosace.synthesize(workshop, tmp_path / "run", workers=-2), "workers"),
        (lambda: rosace.draft(tmp_path), "n'est pas un dossier de résultats"),
    ):
        with pytest.raises(rosace.RosaceError, match=said):
            call()
    assert not (tmp_path / "run").exists()
    assert not (workshop / "run").exists()


def test_an_unknown_table_names_those_that_exist(made: rosace.Synthesis) -> None:
    with pytest.raises(rosace.UsageError, match="contributions"):
        made.table("chansons")


def test_nothing_is_printed(workshop: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    rosace.synthesize(workshop, tmp_path / "run", profile="rapide")
    rosace.group(["Plus de car le soir"] * 3, rosace.read(["Plus de car le soir"] * 3)["axis"])
    assert capfd.readouterr() == ("", "")


def test_what_people_said_blind_of_the_machine_is_given_with_the_run(made: rosace.Synthesis, tmp_path: Path) -> None:
    assert made.control == () == control_of(tmp_path)
    run = tmp_path / "run"
    shutil.copytree(made.path, run)
    session = open_session(RunFolder.open(run))
    session.act("Anne", Wish("titres"), titles=(NewTitle(title="Le car du soir"),))
    under = next(iter(session.state.titled))
    session.state.found = dict.fromkeys(session.state.items, under)  # as if the machine had titles to put them under
    for rank, key in enumerate(session.state.items):
        session.act("Anne", Wish("controle_titre", items=(key,)), group_id=None if rank else under)
    again = rosace.draft(run)
    (row,) = again.control
    assert row["n"] * row["share"] == pytest.approx(1, abs=0.01)
    assert {row["n_people"] for row in again.control} == {1} and control_of(run) == again.control


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The results of `nord/atelier`, beside `sud/atelier`."""
    monkeypatch.chdir(tmp_path)
    for name in ("nord", "sud"):
        (tmp_path / name / "atelier").mkdir(parents=True)
    path = Path("runs") / "atelier"
    RunFolder.create(path).manifest.save({"corpus": "nord/atelier"})
    return path


def test_the_same_folder_goes_on_however_it_is_named(run: Path, tmp_path: Path) -> None:
    assert told_of_another("nord/atelier", run, is_asked=False) == ()
    assert told_of_another(str(tmp_path / "nord" / ".." / "nord" / "atelier"), run, is_asked=False) == ()


def test_another_folder_of_that_name_asks_for_its_own_place(run: Path) -> None:
    run.with_name("atelier-2").mkdir()
    with pytest.raises(UsageError, match=r"un autre dossier de même nom, nord/atelier.*--out runs.atelier-3 "):
        told_of_another("sud/atelier", run, is_asked=False)


def test_a_place_that_is_named_is_taken_and_told(run: Path) -> None:
    (told,) = told_of_another("sud/atelier", run, is_asked=True)
    assert told == f"{run} tenait les résultats de nord/atelier : ce sont maintenant ceux de sud/atelier."


def test_a_folder_that_was_moved_keeps_its_results(run: Path, tmp_path: Path) -> None:
    (tmp_path / "nord").rename(tmp_path / "ouest")
    assert told_of_another("ouest/atelier", run, is_asked=False) == ()
