"""What is not installed with the rest: told with the command that brings it."""

import importlib.util
import sys
import tomllib
from pathlib import Path

import pytest

from pipeline import cli
from pipeline.extras import EXTRAS, MissingExtraError, hidden, need
from pipeline.resources import corpus

FOR_DEVELOPERS = {"docs", "test"}


def test_the_extras_are_those_of_the_package() -> None:
    project = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert set(EXTRAS) == set(project["optional-dependencies"]) - FOR_DEVELOPERS


def test_what_is_there_is_asked_for_in_silence() -> None:
    need("modele", "Ceci")


def test_what_is_missing_is_named_with_its_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openai", None)
    with pytest.raises(MissingExtraError, match=r"Ceci : il manque openai.*pip install \"rosace\[modele\]\"$"):
        need("modele", "Ceci")


def test_a_command_that_lacks_its_extra_stops_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    command = ["rosace", "synthesize", str(corpus() / "demo"), "--out", str(tmp_path), "--scheduler", "tcp://hote:8786"]
    monkeypatch.setattr(sys, "argv", command)
    with pytest.raises(SystemExit) as stopped:
        cli.main()
    said = capsys.readouterr()
    assert stopped.value.code == 3
    assert 'il manque distributed, que Rosace n’installe pas d’office. Tapez : pip install "rosace[dask]"' in said.err


def test_a_hidden_module_seems_missing_and_comes_back() -> None:
    with hidden("this"), pytest.raises(ImportError):
        importlib.import_module("this")
    assert importlib.util.find_spec("this") is not None
