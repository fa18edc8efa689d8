"""How well groups agree with those who sorted walls, as lines of a scoreboard."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.cli.terminal.figures import number
from pipeline.cli.terminal.scoreboard import Line

if TYPE_CHECKING:
    from pipeline.config import Config

OURS = "rosace"
_WALL_SCORES = {
    "precision": "paires justes", "recall": "retrouvées", "f": "F", "pure": "purs", "mixed": "mêlés", "wrong": "faux",
}  # fmt: skip


def wall_lines(settings: Config, folder: Path | None) -> list[Line]:
    """What the pair model is measured at on walls that it did not see, beside the field's methods: when it was learnt,
    or here, from the walls of a folder."""
    from pipeline.api.grouping import meaning_of
    from pipeline.cluster.learning.measure_pairs import measure
    from pipeline.cluster.learning.pairs_card import is_chosen, level_told, way_told
    from pipeline.cluster.learning.walls import PROFILES, load_walls, read_walls, sources_of
    from pipeline.cluster.pairs.model import load_metrics

    found = load_metrics() if folder is None else {}
    if folder is not None:
        readers = [meaning_of(settings.model_copy(update={"profil": profile})) for profile in PROFILES]
        walls = load_walls(folder)
        found = measure(read_walls(walls, readers), sources_of(walls))
    lines = []
    for row in found["means"]:
        if row["cut"] is None or (row["profile"] == settings.profil and is_chosen(row, found["cuts"])):
            method = OURS if row["cut"] is not None else row["method"]
            shares = [f"{told} {number(row[name])}" for name, told in _WALL_SCORES.items()]
            label = f"Murs {way_told(row)}, {level_told(row)}, {method} : AMI"
            lines.append(Line(label, row["ami"], detail=", ".join(shares)))
    return lines
