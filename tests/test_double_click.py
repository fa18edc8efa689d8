"""What a double click does: installs once, again when the version changes or Python is gone, and opens the page."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parents[1] / "docs" / "double-clic"
PYTHON = """#!/bin/sh
echo "$*" >> "$CALLS"
case "$*" in
  *'-c import sys; sys.exit'*) exit "${TOO_OLD:-0}" ;;
  *'-m venv'*) for last; do :; done; mkdir -p "$last/bin"; cp "$0" "$last/bin/python" ;;
esac
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Rosace in a folder whose name has a space, an accent and a percent."""
    here = tmp_path / "mon dossier é 100 %"
    (here / "docs" / "double-clic").mkdir(parents=True)
    shutil.copy(HERE / "Rosace.command", here / "docs" / "double-clic")
    (here / "requirements.lock").write_text("un==1\n", encoding="utf-8")
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "python3").write_text(PYTHON, encoding="utf-8")
    (tmp_path / "bin" / "python3").chmod(0o755)
    return here


def opened(folder: Path, **more: str) -> tuple[int, list[str], str]:
    """Exit code, what Python was called for, what was said."""
    calls = folder.parent / "calls"
    calls.write_text("", encoding="utf-8")
    env = {"PATH": f"{folder.parent / 'bin'}:/usr/bin:/bin", "CALLS": str(calls), **more}
    command = ["sh", str(folder / "docs" / "double-clic" / "Rosace.command")]
    done = subprocess.run(command, capture_output=True, text=True, input="\n", env=env, cwd=folder.parent, timeout=60)
    told = [line for line in calls.read_text(encoding="utf-8").splitlines() if line.startswith("-m")]
    return done.returncode, [" ".join(line.split()[1:3]) for line in told], done.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="sh is not there")
def test_it_installs_once_then_again_when_it_must(folder: Path) -> None:
    install = ["venv --clear", "pip install", "pip install", "pipeline.cli"]
    assert opened(folder)[:2] == (0, install)
    assert opened(folder)[:2] == (0, ["pipeline.cli"])
    (folder / "requirements.lock").write_text("un==2\n", encoding="utf-8")
    assert opened(folder)[:2] == (0, ["venv .venv", *install[1:]])
    (folder / ".venv" / "bin" / "python").write_text("#!/nulle/part\n", encoding="utf-8")
    assert opened(folder)[:2] == (0, install)


@pytest.mark.skipif(sys.platform == "win32", reason="sh is not there")
def test_an_old_python_is_told_with_what_to_do(folder: Path) -> None:
    for name in ("python3.14", "python3.13", "python3.12", "python3.11"):
        shutil.copy(folder.parent / "bin" / "python3", folder.parent / "bin" / name)
    code, called, told = opened(folder, TOO_OLD="1")
    assert (code, called) == (1, []) and "3.11 ou plus récent" in told


def test_the_file_of_windows_is_one_that_cmd_reads_and_does_the_same() -> None:
    content = (HERE / "Rosace.bat").read_bytes()
    assert content.isascii() and content.endswith(b"\r\n")
    lines = content.decode().split("\r\n")
    assert not any("\n" in line or "\t" in line for line in lines)
    assert [line for line in lines if "%~" in line] == ['pushd "%~dp0..\\.." || goto rate']
    labels = {line[1:] for line in lines if line.startswith(":")}
    assert set(re.findall(r"(?:goto |call :)(\w+)", content.decode())) == labels
    command = (HERE / "Rosace.command").read_text(encoding="utf-8")
    installed = [
        re.sub(r".*?(-m (?:pip|pipeline\.cli).*?)(?: \|\|.*| &&.*)?$", r"\1", line)
        for line in lines
        if " -m pi" in line
    ]
    assert len(installed) == 3 and all(step in command for step in installed)
