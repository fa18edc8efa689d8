"""What the README says is what the program does."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.cli import COMMANDS

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS_IN_README = sorted(set(re.findall(r"`rosace (\w+)", README)))
MAKE_TARGETS = sorted(set(re.findall(r"`?make (\w+)", README)))


def test_the_readme_speaks_of_every_command_and_of_no_other() -> None:
    assert set(COMMANDS_IN_README) == {name for name, _ in COMMANDS}


@pytest.mark.parametrize("name", [name for name, _ in COMMANDS])
def test_every_command_explains_itself(name: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pipeline.cli", name, "--help"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "Emploi" in done.stdout
    assert len(done.stdout.splitlines()) > 5


def test_every_make_target_of_the_readme_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert len(MAKE_TARGETS) >= 3
    for target in MAKE_TARGETS:
        assert re.search(rf"^{target}:.*## ", makefile, re.MULTILINE), target


def test_every_path_of_the_readme_exists() -> None:
    paths = re.findall(r"`((?:corpus|models|configs|pipeline|tests)/[\w./*-]+)`", README)
    assert len(paths) >= 2
    for path in paths:
        assert list(ROOT.glob(path)), path


def test_the_help_asks_for_no_heavy_library() -> None:
    heavy = ("pandas", "numpy", "sklearn", "spacy", "bertopic", "altair", "pandera", "pyarrow", "onnxruntime")
    code = f"import sys, pipeline.cli; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_locks_name_no_index() -> None:
    for lock in ("requirements.lock", "tests/requirements.lock"):
        content = (ROOT / lock).read_text(encoding="utf-8")
        assert "--hash=sha256:" in content
        assert not re.search(r"index-url|find-links|@ (https?|file)://", content)
        assert not re.search(r"^(torch|sentence-transformers)==", content, re.MULTILINE)
