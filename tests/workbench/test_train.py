"""`rosace train`: what is asked for is checked before anything is learnt."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import UsageError
from pipeline.workbench.training import Request, train


def test_walls_are_for_groups_only(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--profile groupes --murs"):
        train(Request("rapide", walls=tmp_path), print)


def test_a_folder_without_walls_is_refused_before_anything_is_learnt(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"wall_\*\.csv"):
        train(Request("groupes", walls=tmp_path, out=tmp_path / "models"), print)
    assert not (tmp_path / "models").exists()


def test_decisions_are_learnt_beside_walls(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="Les décisions s'ajoutent à des murs"):
        train(Request("groupes", runs=[tmp_path], out=tmp_path / "models"), print)
    assert not (tmp_path / "models").exists()
