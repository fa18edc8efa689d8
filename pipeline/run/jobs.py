"""What a stage is given and what it hands back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy.typing as npt
    import pandas as pd

    from pipeline.config import Config
    from pipeline.execution import Executor
    from pipeline.folder.artifacts import RunFolder
    from pipeline.ingest.assembly import Alone


class Progress:
    """How far a run is: this one says nothing; the command line draws it, a page shows it."""

    def start(self, stage: str, total: int | None) -> None:
        """A stage begins; `total` is its number of rows when known."""

    def advance(self, n: int) -> None:
        """`n` more rows of the current stage are done."""

    def tell(self, text: str) -> None:
        """What the current stage is about, in a few words: what asking a language model cost so far."""

    def finish(self, stage: str, is_fresh: bool, seconds: float) -> None:
        """The stage is done, or was skipped because nothing changed."""


@dataclass(frozen=True)
class Job:
    """What a run works on.

    `rule` : what decides in the stage that runs, beside what it reads: code, configuration (a sha256). `code` : of
    these, the code. `inputs` : what it reads beside artefacts.
    """

    corpus: Path
    run: RunFolder
    config: Config
    executor: Executor
    progress: Progress = field(default_factory=Progress)
    rule: str = ""
    code: str = ""
    inputs: Any = None


@dataclass(frozen=True)
class Output:
    """What a stage hands back to be saved.

    `is_whole` : whether nothing is left to try: else the next run makes the stage again. `alone` : files whose rows the
    next reading may take again. `page` : what tells a written page from another, and idea → the title that it is under.
    """

    tables: dict[str, pd.DataFrame] = field(default_factory=dict)
    json: dict[str, Any] = field(default_factory=dict)
    matrices: dict[str, npt.NDArray[Any]] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    embeddings: Any = None
    warnings: tuple[str, ...] = ()
    models: dict[str, str] = field(default_factory=dict)
    alone: Mapping[str, Alone] = field(default_factory=dict)
    is_whole: bool = True
    page: tuple[str, Mapping[str, str]] | None = None


@dataclass(frozen=True)
class Stage:
    """One stage.

    Attributes
    ----------
    reads, writes : names of artefacts.
    config_keys : of the configuration, those that decide in it; how many ideas are read at once decides nothing.
    run : what it does.
    rooms : folders of `pipeline` whose files decide in it, beside those that every stage shares
        (see `pipeline.run.synthesis`).
    inputs : what else it reads, in a form that json can hold.
    is_told : whether a person is told that it runs; not when there is nothing for it to do.
    opens : what opens, for a profile, the models of those that follow, while this one waits for a process apart; what
        cannot be opened is told by the stage that needs it.
    """

    name: str
    label: str
    reads: tuple[str, ...]
    writes: tuple[str, ...]
    config_keys: tuple[str, ...]
    run: Callable[[Job], Output]
    rooms: tuple[str, ...]
    inputs: Callable[[Job], Any] = lambda _: None
    is_told: Callable[[Job], bool] = lambda _: True
    opens: Callable[[str], None] = lambda _: None
