"""Two folders of one name never share their results in silence."""

from pathlib import Path

import pytest

from pipeline.api.runs import told_of_another
from pipeline.errors import UsageError
from pipeline.folder.artifacts import RunFolder


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The results of `nord/atelier`, beside `sud/atelier`."""
    monkeypatch.chdir(tmp_path)
    for name in ("nord", "sud"):
        (tmp_path / name / "atelier").mkdir(parents=True)
    path = Path("runs") / "atelier"
    RunFolder.create(path).save_manifest({"corpus": "nord/atelier"})
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
