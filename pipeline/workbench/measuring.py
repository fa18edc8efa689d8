"""What `rosace evaluate` measures, by kind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pipeline.config import Config
from pipeline.workbench.axes.measures import axes_lines
from pipeline.workbench.benchmarks import frames_lines, ideas_lines
from pipeline.workbench.coding import coding_lines
from pipeline.workbench.drafts import both_lines, draft_lines
from pipeline.workbench.groups import groups_lines
from pipeline.workbench.placing import placing_lines
from pipeline.workbench.scoreboard import Line
from pipeline.workbench.stances import positions_lines


@dataclass(frozen=True)
class Given:
    """What is measured, as the command line names it; `target` is there where the kind needs one, and `tell` says how a
    long measure goes."""

    settings: Config
    target: Path
    gold: Path | None
    walls: Path | None
    model: str | None
    tell: Callable[[str], None]


def _drafts(given: Given) -> list[Line]:
    if given.model is not None:
        return both_lines(given.target, given.model, given.settings, given.tell)
    return draft_lines(given.target, given.settings, given.tell)


MEASURES: dict[str, Callable[[Given], list[Line]]] = {
    "axes": lambda given: axes_lines(given.gold, given.settings),
    "groups": lambda given: groups_lines(given.gold, given.settings, given.walls),
    "ideas": lambda given: ideas_lines(given.gold, given.settings.evaluation["ideas"]),
    "frames": lambda given: frames_lines(given.gold, given.settings.evaluation["frames"]),
    "positions": lambda given: positions_lines(given.settings.evaluation["positions"]),
    "drafts": _drafts,
    "placing": lambda given: placing_lines(given.settings),
    "themes": lambda given: coding_lines(given.target),
}
