"""What `rosace evaluate` measures, by kind."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pipeline.config import Config
from pipeline.workbench.axes.measures import axes_lines
from pipeline.workbench.benchmarks import frames_lines, ideas_lines
from pipeline.workbench.coding import coding_lines
from pipeline.workbench.drafts import draft_lines
from pipeline.workbench.pairs import wall_lines
from pipeline.workbench.placing import placing_lines
from pipeline.workbench.reports import Line
from pipeline.workbench.stances import positions_lines


@dataclass(frozen=True)
class Given:
    """What is measured, as the command line names it; `target` is there where the kind needs one, `gold` where people
    told the axes, and `tell` says how a long measure goes."""

    settings: Config
    target: Path
    gold: Path | None
    tell: Callable[[str], None]


MEASURES: dict[str, Callable[[Given], list[Line]]] = {
    "axes": lambda given: axes_lines(given.gold, given.settings),
    "groups": lambda given: wall_lines(given.settings),
    "ideas": lambda given: ideas_lines(given.settings.evaluation["ideas"]),
    "frames": lambda given: frames_lines(given.settings.evaluation["frames"]),
    "positions": lambda given: positions_lines(given.settings.evaluation["positions"]),
    "drafts": lambda given: draft_lines(given.target, given.settings, given.tell),
    "placing": lambda given: placing_lines(given.settings),
    "themes": lambda given: coding_lines(given.target),
}
