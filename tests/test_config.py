"""Configuration: every key in default.toml, unknown keys refused in French."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel

from pipeline.config import Config, load_config
from pipeline.errors import UsageError
from pipeline.resources import PACKAGE


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
        ("graine = ", "ligne 1 : « graine = » ne peut pas être lu"),
        ("taille_partition = 0", "taille_partition : valeur « 0 » refusée ; attendu : 1 ou plus"),
        ("[restitution]\nlongeur = 'complet'", r"restitution.longeur : clé inconnue \(vouliez-vous dire « longueur »"),
        ("[restitution]\nlongueur = 'courte'", "valeur « courte » refusée ; attendu : essentiel, standard ou complet"),
        ("[restitution]\nplan = 'theme'", "restitution.plan : clé d'une version précédente"),
        ("[review]\npetite_table = 'huit'", "attendu : un nombre entier"),
        ("[modele]\nprix_lecture = 1.0", "modele.prix_lecture : clé d'une version précédente, .* : ôtez cette ligne"),
        ("[modele.taches]\naxe = false", "modele.taches.axe : clé d'une version précédente"),
    ],
)
def test_bad_configuration_is_refused_in_words(tmp_path: Path, content: str, said: str) -> None:
    own = tmp_path / "own.toml"
    own.write_text(content, encoding="utf-8")
    with pytest.raises(UsageError, match=said):
        load_config(own)


def test_a_file_in_another_encoding_or_no_file_at_all_is_told(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_bytes('profil = "précis"'.encode("cp1252"))
    with pytest.raises(UsageError, match="enregistré en UTF-8"):
        load_config(own)
    with pytest.raises(UsageError, match="c'est un dossier"):
        load_config(tmp_path)


def test_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"absent\.toml"):
        load_config(tmp_path / "absent.toml")


def _keys(section: type[BaseModel], above: str = "") -> Iterator[str]:
    for name, field in section.model_fields.items():
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            yield from _keys(field.annotation, f"{above}{name}.")
        else:
            yield f"{above}{name}"


@pytest.fixture(scope="module")
def attributes() -> set[str]:
    """Names of the attributes that modules read, that of the configuration left out."""
    modules = [path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "config.py"]
    nodes = (node for path in modules for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    return {node.attr for node in nodes if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load)}


@pytest.mark.parametrize("key", list(_keys(Config)))
def test_every_key_is_read(key: str, attributes: set[str]) -> None:
    assert key.rpartition(".")[2] in attributes


def test_the_file_has_every_key() -> None:
    """So that nobody has to read the code to know what can be changed."""
    assert load_config().model_dump(exclude_unset=True) == load_config().model_dump()
