"""Configuration: every key in default.toml, unknown keys refused in French."""

from pathlib import Path

import pytest

from pipeline.config import load_config
from pipeline.errors import UsageError


def test_default_configuration_is_complete_and_frozen() -> None:
    config = load_config()
    assert config.taille_partition == 1024
    with pytest.raises(ValueError, match="frozen"):
        config.graine = 3  # type: ignore[misc]


def test_overrides_win_and_none_does_not(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text("graine = 7\n", encoding="utf-8")
    config = load_config(own, profil="precis")
    assert (config.graine, config.profil) == (7, "precis")
    assert load_config(own, profil=None).profil == load_config().profil


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("inconnu = 1", "inconnu"),
        ("[cluster]\nbizarre = 2", "cluster.bizarre"),
        ("profil = 'lent'", "profil"),
        ("graine = ", "TOML"),
        ("taille_partition = 0", "taille_partition"),
    ],
)
def test_bad_configuration_is_refused_in_words(tmp_path: Path, content: str, said: str) -> None:
    own = tmp_path / "own.toml"
    own.write_text(content, encoding="utf-8")
    with pytest.raises(UsageError, match=said):
        load_config(own)


def test_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"absent\.toml"):
        load_config(tmp_path / "absent.toml")
