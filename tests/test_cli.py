"""The command line as a user meets it: exit codes, French messages, no traceback for a user's mistake."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest


def rosace(*arguments: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pipeline.cli", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=cwd)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("synthesize", "nulle-part"), "n'est pas un dossier"),
        (("draft", "nulle-part"), "n'est pas un dossier de résultats"),
        (("synthesize", ".", "--profile", "lent"), "profil"),
        (("synthesize", ".", "--config", "absent.toml"), "introuvable"),
        (("synthesize", ".", "--out", "."), "ne peuvent pas aller"),
        (("bench", "--sizes", "dix"), "nombres entiers"),
    ],
)
def test_a_wrong_call_is_told_in_french(tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    done = rosace(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
