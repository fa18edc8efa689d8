"""The doors of the workbench: opened only when a command is called, telling where it is, and checking what is asked."""

import subprocess
import sys
from pathlib import Path

import click
import pytest

from pipeline import resources
from pipeline.cli import doors
from pipeline.errors import UsageError
from pipeline.workbench import training
from pipeline.workbench.training import Request


def test_no_command_opens_the_workbench_before_it_is_called() -> None:
    code = "import sys, pipeline.cli; print([name for name in sys.modules if name.startswith('pipeline.workbench')])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


@pytest.mark.parametrize(
    ("door", "given"),
    [(doors.bench, []), (doors.train, []), (doors.evaluate, ["axes"]), (doors.evaluate, ["drafts", "."])],
    ids=["bench", "train", "evaluate axes", "evaluate drafts"],
)
def test_without_the_workbench_a_door_says_where_it_is(
    door: click.Command, given: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resources, "PACKAGE", tmp_path)
    with pytest.raises(UsageError, match="dépôt de Rosace"):
        door.main(given, standalone_mode=False)


def test_walls_are_for_groups_only(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--profile groupes --murs"):
        training.train(Request("rapide", walls=tmp_path), print)


def test_a_folder_without_walls_is_refused_before_anything_is_learnt(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"wall_\*\.csv"):
        training.train(Request("groupes", walls=tmp_path, out=tmp_path / "models"), print)
    assert not (tmp_path / "models").exists()
