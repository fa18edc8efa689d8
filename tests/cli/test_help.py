"""What the help shows to copy is understood, and the shell completes it."""

import os
import shlex
import subprocess
import sys

import pytest

from pipeline.cli import app, examples


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
