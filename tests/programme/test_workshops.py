"""The workshops of a programme: each under a key that no other has."""

from pathlib import Path

import pytest

from pipeline.errors import UsageError
from pipeline.folder.artifacts import DECISIONS, RunFolder
from pipeline.programme.stage import compare
from pipeline.programme.workshops import add_runs
from pipeline.review.log.decisions import Decision, Target


def moved(run: Path, place: Path) -> Path:
    place.parent.mkdir(parents=True, exist_ok=True)
    return run.rename(place)


def programme(place: Path, runs: list[Path]) -> RunFolder:
    folder = RunFolder.create(place)
    add_runs(folder.path, runs)
    return folder


def test_folders_alike_are_told_apart_by_those_above(runs: list[Path], tmp_path: Path) -> None:
    names = ("2025/vaux/resultats", "2026/vaux/resultats", "autre")
    places = [moved(run, tmp_path / name) for run, name in zip(runs, names, strict=True)]
    found = compare(programme(tmp_path / "p", places))
    assert [run.key for run in found.runs] == ["2025~vaux~resultats", "2026~vaux~resultats", "autre"]


def test_folders_that_no_name_tells_apart_are_refused(runs: list[Path], tmp_path: Path) -> None:
    names = ("a~b", "a/b", "c/b")
    places = [moved(run, tmp_path / name) for run, name in zip(runs, names, strict=True)]
    with pytest.raises(UsageError, match="ne se distinguent pas"):
        compare(programme(tmp_path / "p", places))


def test_a_decision_that_is_not_in_its_run_yet_is_told_and_a_torn_line_is_none(
    runs: list[Path], tmp_path: Path
) -> None:
    target = Target(groups=("g1",))
    line = Decision(
        decision_id="d1", ts="2026-05-04T09:00:00+00:00", author="Awa", op="accept", target=target
    ).to_line()
    RunFolder(runs[0]).decisions.append([line])
    with (runs[0] / DECISIONS).open("a", encoding="utf-8") as log:
        log.write(line[:40])
    warnings = compare(programme(tmp_path / "p", runs)).warnings
    assert sum("une décision n'y est pas encore" in told for told in warnings) == 1
