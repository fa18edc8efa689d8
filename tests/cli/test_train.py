"""`rosace train`: what is asked for is checked before anything is learnt."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.cli.train import train
from pipeline.errors import UsageError


def test_walls_are_for_groups_only(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--profile groupes --murs"):
        train(profile="rapide", walls=tmp_path)


def test_a_folder_without_walls_is_refused_before_anything_is_learnt(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"wall_\*\.csv"):
        train(profile="groupes", walls=tmp_path, out=tmp_path / "models")
    assert not (tmp_path / "models").exists()


def test_decisions_are_learnt_beside_walls(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="Les décisions s'ajoutent à des murs"):
        train(profile="groupes", with_decisions=[tmp_path], out=tmp_path / "models")
    assert not (tmp_path / "models").exists()
