"""What the help shows to copy is understood, and the shell completes it."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import typer

from pipeline.cli import COMMANDS, app
from pipeline.cli.terminal.helping import examples


def test_every_command_has_an_example() -> None:
    assert {line.split()[1] for line in examples()} == {name for name, _ in COMMANDS}


@pytest.mark.parametrize("call", examples())
def test_examples_are_understood(call: str) -> None:
    root: Any = typer.main.get_command(app)
    program, name, *arguments = shlex.split(call.partition(" < ")[0])
    assert program == "rosace"
    context = root.commands[name].make_context(name, arguments)
    assert f"\n  {call}\n" in f"{root.commands[name].get_help(context)}\n"


@pytest.mark.parametrize(
    ("words", "expected"), [("rosace syn", {"synthesize"}), ("rosace classify --text", {"--text-column"})]
)
def test_the_shell_completes(words: str, expected: set[str]) -> None:
    asked = {"_ROSACE_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": str(words.count(" "))}
    command = [sys.executable, "-m", "pipeline.cli"]
    done = subprocess.run(command, env={**os.environ, **asked}, capture_output=True, text=True, check=False)
    assert set(done.stdout.split()) == expected


@pytest.mark.skipif(sys.platform == "win32", reason="bash is not the shell of Windows")
def test_the_shell_is_told_to_ask(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from typer import completion as typers

    from pipeline.cli.terminal import completion

    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr(sys.modules[typers.install.__module__], "_get_shell_name", lambda: "bash")
    told = completion.install()
    assert str(tmp_path) in told
    _, script = (tmp_path / ".bashrc").read_text(encoding="utf-8").split()
    assert completion.VARIABLE in Path(script.strip("'")).read_text(encoding="utf-8")
