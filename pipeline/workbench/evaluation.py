"""What `rosace evaluate` measures, as lines of a scoreboard: axes, groups, ideas, and the text of a restitution."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pipeline.config import Config
from pipeline.workbench.scoreboard import Line

AXES, GROUPS, IDEAS, DRAFTS = "axes", "groups", "ideas", "drafts"


def evaluate(kind: str, settings: Config, gold: Path | None = None, walls: Path | None = None) -> list[Line]:
    """Measure axes, groups or ideas, against what people said (`gold`) or against the texts of the repository.

    Raises
    ------
    UsageError : what is given cannot be read.
    """
    if kind == AXES:
        from pipeline.workbench.axes.measures import axes_lines

        return axes_lines(gold, settings)
    if kind == GROUPS:
        from pipeline.workbench.groups import groups_lines

        return groups_lines(gold, settings, walls)
    from pipeline.workbench.ideas import ideas_lines

    return ideas_lines(gold, settings.evaluation.ideas)


def evaluate_run(run: Path, settings: Config, model: str | None, tell: Callable[[str], None]) -> list[Line]:
    """Measure the restitution of a run; with the address of a language model, that of the same run with it too.

    Raises
    ------
    UsageError : the folder holds no run.
    """
    if model is not None:
        from pipeline.workbench.drafts import both_lines

        return both_lines(run, model, settings, tell)
    from pipeline.workbench.drafts import draft_lines

    return draft_lines(run, settings, tell)
