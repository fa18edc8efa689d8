"""Progress of a run on stderr: a moving line on a terminal, one line per stage elsewhere."""

from __future__ import annotations

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    ProgressColumn,
    Task,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.progress import Progress as Bar
from rich.text import Text

from pipeline.run.jobs import Progress
from pipeline.run.stages import STAGES


class Rate(ProgressColumn):
    """Rows per second, once it is known."""

    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        return Text(f"{speed:,.0f}/s".replace(",", "\u202f") if speed and task.total else "")


class RunProgress(Progress):
    """Draws the stages of a run."""

    def __init__(self, quiet: bool = False) -> None:
        self._labels = {stage.name: stage.label for stage in STAGES}
        self._console = Console(stderr=True, quiet=quiet)
        self._bar = Bar(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            Rate(),
            TimeElapsedColumn(),
            TimeRemainingColumn(),
            console=self._console,
            transient=True,
            disable=not self._console.is_terminal,
        )
        self._task: TaskID | None = None

    def __enter__(self) -> RunProgress:
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def start(self, stage: str, total: int | None) -> None:
        self._task = self._bar.add_task(self._labels[stage], total=total)

    def advance(self, n: int) -> None:
        if self._task is not None:
            self._bar.advance(self._task, n)

    def tell(self, text: str) -> None:
        if self._task is not None:
            self._bar.update(self._task, description=text)

    def finish(self, stage: str, is_fresh: bool, seconds: float) -> None:
        if self._task is not None:
            self._bar.remove_task(self._task)
            self._task = None
        said = "rien n'a changé" if is_fresh else f"{seconds:.1f} s".replace(".", ",")
        self._console.print(f"  {self._labels[stage]:<26} {said}", highlight=False)
