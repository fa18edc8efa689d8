"""What the help shows to copy is understood, and the shell completes it."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.cli import app, completion, examples
from pipeline.errors import UsageError


def test_every_command_has_an_example() -> None:
    assert {line.split()[1] for line in examples()} == set(app.commands)


@pytest.mark.parametrize("call", examples())
def test_examples_are_understood(call: str) -> None:
    program, name, *arguments = shlex.split(call.partition(" < ")[0])
    assert program == "rosace"
    context = app.commands[name].make_context(name, arguments)
    assert f"\n    {call}\n" in f"{app.commands[name].get_help(context)}\n"


@pytest.mark.parametrize(
    ("words", "expected"), [("rosace syn", {"synthesize"}), ("rosace classify --text", {"--text-column"})]
)
def test_the_shell_completes(words: str, expected: set[str]) -> None:
    asked = {"_ROSACE_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(words.count(" "))}
    command = [sys.executable, "-m", "pipeline.cli"]
    done = subprocess.run(command, env={**os.environ, **asked}, capture_output=True, text=True, check=False)
    assert set(done.stdout.split()) == {f"plain,{word}" for word in expected}


@pytest.mark.parametrize("shell", completion.START_UP)
def test_the_shell_is_told_to_ask_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, shell: str) -> None:
    name, line = completion.START_UP[shell]
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    monkeypatch.setenv("SHELL", f"/usr/bin/{shell}")
    if shell == "bash":
        (tmp_path / name).write_text("alias ll='ls -l'", encoding="utf-8")
    assert str(tmp_path / name) in completion.install()
    completion.install()
    lines = (tmp_path / name).read_text(encoding="utf-8").splitlines()
    assert lines == [*(["alias ll='ls -l'"] if shell == "bash" else []), line]
    asked = {**os.environ, "_ROSACE_COMPLETE": f"{shell}_source"}
    command = [sys.executable, "-m", "pipeline.cli"]
    script = subprocess.run(command, env=asked, capture_output=True, text=True, check=True)
    assert f"_ROSACE_COMPLETE={shell}_complete" in script.stdout


def test_another_shell_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHELL", "")
    with pytest.raises(UsageError, match="bash, zsh, fish"):
        completion.install()
