"""Progress of a run on stderr: a moving line on a terminal, one line per stage elsewhere."""

from __future__ import annotations

from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress as RichProgress
    from rich.progress import ProgressColumn, Task, TaskID


def _rate_column() -> ProgressColumn:
    from rich.progress import ProgressColumn
    from rich.text import Text

    class Rate(ProgressColumn):
        """Rows per second, once it is known."""

        def render(self, task: Task) -> Text:
            speed = task.finished_speed or task.speed
            return Text(f"{speed:,.0f}/s".replace(",", "\u202f") if speed and task.total else "")

    return Rate()


class RunProgress:
    """Draws the stages of a run (see `pipeline.run.stages.Progress`)."""

    def __init__(self, quiet: bool = False) -> None:
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            Progress,
            TextColumn,
            TimeElapsedColumn,
            TimeRemainingColumn,
        )

        from pipeline.run.stages import STAGES

        self._labels = {stage.name: stage.label for stage in STAGES}
        self._console = Console(stderr=True, quiet=quiet)
        self._bar: RichProgress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            _rate_column(),
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

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    def start(self, stage: str, total: int | None) -> None:
        """See `pipeline.run.stages.Progress`."""
        self._task = self._bar.add_task(self._labels[stage], total=total)

    def advance(self, n: int) -> None:
        """See `pipeline.run.stages.Progress`."""
        if self._task is not None:
            self._bar.advance(self._task, n)

    def tell(self, text: str) -> None:
        """See `pipeline.run.stages.Progress`."""
        if self._task is not None:
            self._bar.update(self._task, description=text)

    def finish(self, stage: str, is_fresh: bool, seconds: float) -> None:
        """See `pipeline.run.stages.Progress`."""
        if self._task is not None:
            self._bar.remove_task(self._task)
            self._task = None
        said = "rien n'a changé" if is_fresh else f"{seconds:.1f} s".replace(".", ",")
        self._console.print(f"  {self._labels[stage]:<26} {said}", highlight=False)
