"""How well groups agree with those who sorted walls, told in French."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.cli.terminal.walls import wall_lines
from pipeline.config import load_config
from pipeline.errors import UsageError


def test_what_was_measured_is_told_beside_the_methods_of_the_field() -> None:
    lines = {line.label: line for line in wall_lines(load_config(), None)}
    ours = lines["Murs entiers, avec rubriques et ordre, groupes, rosace : AMI"]
    theirs = lines["Murs entiers, avec rubriques, groupes, rubrique × axe, sans lire les textes : AMI"]
    assert ours.value > theirs.value
    assert "paires justes" in ours.detail
    assert any("BERTopic" in label for label in lines)
    assert any("piles" in label for label in lines)


def test_a_folder_without_walls_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="wall_"):
        wall_lines(load_config(), tmp_path)
