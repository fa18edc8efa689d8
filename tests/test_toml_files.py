"""TOML files that people write: what is wrong is told with its line, and what it should look like."""

from pathlib import Path

import pytest
from pydantic import BaseModel, ConfigDict, ValidationError

from pipeline.errors import UsageError
from pipeline.toml_files import read_toml, refused_keys


class Fair(BaseModel):
    model_config = ConfigDict(extra="forbid")
    stalls: int
    motto: str


def test_a_file_with_the_mark_of_windows_is_read(tmp_path: Path) -> None:
    (tmp_path / "fair.toml").write_bytes(b"\xef\xbb\xbfstalls = 3\n")
    assert read_toml(tmp_path / "fair.toml") == {"stalls": 3}


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("stalls = 3\nmotto = Bonjour", "ligne 2 : « motto = Bonjour » .* un texte s'écrit entre guillemets"),
        ("opened = 3/5/2026", "une date s'écrit"),
        ("stalls = 3\nstalls = 4", "deux fois"),
        ("[fair", "crochet fermant"),
        ('motto = "Bonjour', "il manque un guillemet fermant"),
        ("bonjour", "une ligne s'écrit clé"),
    ],
)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, content: str, told: str) -> None:
    (tmp_path / "fair.toml").write_text(content, encoding="utf-8")
    with pytest.raises(UsageError, match=told):
        read_toml(tmp_path / "fair.toml")


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"stalls": 1, "moto": "x", "motto": "y"}, ["  moto : clé inconnue (vouliez-vous dire « motto » ?)"]),
        ({"stalls": "x", "motto": "y"}, ["  stalls : valeur « x » refusée ; attendu : un nombre entier"]),
        ({"stalls": 1}, ["  motto : clé absente"]),
    ],
)
def test_a_refused_key_is_told_in_words(values: dict[str, object], told: list[str]) -> None:
    with pytest.raises(ValidationError) as caught:
        Fair.model_validate(values)
    assert refused_keys(caught.value, {"stalls", "motto"}) == told
