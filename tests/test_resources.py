"""Where files stand: beside the package in the repository, inside it once installed."""

from pathlib import Path

import pytest

from pipeline import resources
from pipeline.errors import UsageError


def test_the_repository_has_its_files_at_its_root() -> None:
    assert resources.is_repository()
    assert resources.configs() == Path(__file__).parents[1] / "configs"
    assert (resources.models() / "axes" / "precis" / "model.json").is_file()
    assert resources.in_repository(resources.corpus() / "annotated").is_dir()


def test_an_installed_package_holds_its_own_and_says_what_it_lacks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / resources.SHIPPED / "configs").mkdir(parents=True)
    monkeypatch.setattr(resources, "PACKAGE", tmp_path)
    assert not resources.is_repository()
    assert resources.configs().is_dir()
    with pytest.raises(UsageError, match=r"corpus/annotated manque .* dépôt de Rosace"):
        resources.in_repository(resources.corpus() / "annotated")
    elsewhere = tmp_path / "mes_textes.jsonl"
    assert resources.in_repository(elsewhere) == elsewhere  # a person's own file is told by its reader
