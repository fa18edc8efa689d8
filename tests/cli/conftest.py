"""The command line called in this process, as `rosace` calls it."""

import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from pipeline.cli import main

Rosace = Callable[..., CompletedProcess[str]]


@pytest.fixture
def rosace(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Rosace:
    """Exit code, output and errors of a call, from a folder of this test."""
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str | Path) -> CompletedProcess[str]:
        command = ["rosace", *map(str, arguments)]
        monkeypatch.setattr(sys, "argv", command)
        with pytest.raises(SystemExit) as stopped:
            main()
        return CompletedProcess(command, stopped.value.code or 0, *capsys.readouterr())

    return call
