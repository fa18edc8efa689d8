"""Lists and patterns are files: comments are no entries, an indented line goes on, a form takes its alternatives."""

from pathlib import Path

import pytest

from pipeline.language.text import lists


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    data = tmp_path / "french_room" / "data"
    data.mkdir(parents=True)
    (data.parent / "__init__.py").write_text("", encoding="utf-8")
    (data / "noms.txt").write_text("# écrit pour ce test\n\nbus car\n  navette\nécole\n", encoding="utf-8")
    (data / "tours.toml").write_text(
        "# écrit pour ce test\n[refus]\nany = ['non', 'pas question']\nflags = 'i'\n"
        "[debut]\nform = '^(?:{any})\\s'\nany = ['mais']\n",
        encoding="utf-8",
    )
    monkeypatch.syspath_prepend(tmp_path)
    return "french_room.module"


def test_an_indented_line_goes_on(module: str) -> None:
    assert lists.read_lines(module, "noms") == ("bus car navette", "école")
    assert lists.read_words(module, "noms") == {"bus", "car", "navette", "école"}


def test_patterns_are_whole_words_unless_a_form_says_otherwise(module: str) -> None:
    patterns = lists.read_patterns(module, "tours")
    assert patterns["refus"].search("Pas question de fermer")
    assert not patterns["refus"].search("nonagénaire")
    assert patterns["debut"].match("mais enfin")
    assert not patterns["debut"].search("oui mais enfin")
