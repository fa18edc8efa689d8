"""Runs under way, one process each, which tells how far it is, one line of JSON at a time.

python -m pipeline.app.launching FILES RESULTS PROFILE
"""

from __future__ import annotations

import json
import math
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.app.places import TITLES_FILE, Place, document_options
from pipeline.config import IngestConfig
from pipeline.errors import EXIT_DONE, EXIT_REFUSED, RosaceError, UsageError
from pipeline.ingest.corpus_files import list_files
from pipeline.ingest.workshop import WORKSHOP_FILE
from pipeline.run.jobs import Progress

if TYPE_CHECKING:
    from pipeline.ingest.inspection import Inspection

JOURNAL = "journal.txt"
_BUG = (
    "Rosace s’est arrêtée sur une erreur qui ne vient pas de vous. Relancez : elle reprendra où elle en était. "
    "Si cela recommence, envoyez {} à qui vous a donné Rosace."
)
HEEDED_S = 0.5
"""A process that still speaks this long after it was asked to stop has not heard."""
_STOPPED = "Vous avez arrêté. Relancez quand vous voudrez : ce qui est fait n’est pas refait."


@cache
def _labels() -> dict[str, str]:
    from pipeline.run.stages import STAGES

    return {stage.name: stage.label for stage in STAGES}


@dataclass
class StageShown:
    """A stage: not begun, under way, done, or skipped because nothing had changed."""

    label: str
    state: str = "attente"
    total: int | None = None
    n: int = 0
    told: str = ""
    seconds: float = 0.0
    since: float = 0.0

    @property
    def so_far(self) -> int:
        """Seconds since it began."""
        return int(time.monotonic() - self.since)


@dataclass
class Launch:
    """A run, under way or over.

    Attributes
    ----------
    problem : why it ended before its end.
    warnings : sentences for the person.
    refused : files that were not read, and why.
    asked_at : when it was last asked to stop, by the monotonic clock, in seconds.
    """

    place: Place
    process: subprocess.Popen[str]
    stages: dict[str, StageShown] = field(
        default_factory=lambda: {name: StageShown(label) for name, label in _labels().items()}
    )
    problem: str = ""
    warnings: tuple[str, ...] = ()
    refused: tuple[tuple[str, str], ...] = ()
    is_over: bool = False
    asked_at: float = math.inf

    @property
    def current(self) -> StageShown | None:
        """The stage under way."""
        return next((stage for stage in self.stages.values() if stage.state == "cours"), None)

    @property
    def n_done(self) -> int:
        """Stages that are over."""
        return sum(stage.state in ("fait", "inchange") for stage in self.stages.values())

    def follow(self, told: Callable[[], None] = lambda: None) -> None:
        """Take in all that the process tells, until its end; `told` hears of each stage that begins or ends."""
        is_told = False
        for line in self.process.stdout or ():
            try:
                said = json.loads(line)
            except ValueError:
                continue  # a library that speaks
            before = self.current
            is_told = self.hear(said) or is_told
            if self.current is not before:
                told()
            if time.monotonic() > self.asked_at + HEEDED_S:  # Python loses an interruption inside a finalizer
                self.interrupt()
        if self.process.wait() and not is_told:
            self.problem = _STOPPED if self.asked_at < math.inf else _BUG.format(self.place.folder / JOURNAL)
        if (left := self.current) is not None:
            left.state = "attente"  # it did not end
        self.is_over = True
        told()

    def interrupt(self) -> None:
        """Ask the process to stop."""
        self.asked_at = time.monotonic()
        self.process.send_signal(signal.SIGTERM if sys.platform == "win32" else signal.SIGINT)

    def hear(self, said: dict[str, Any]) -> bool:
        """Take in one thing that the process tells; whether it is its last."""
        current = self.current
        match said:
            case {"kind": "start", "stage": name, "total": total}:
                stage = self.stages.setdefault(name, StageShown(_labels()[name]))
                stage.state, stage.total, stage.since = "cours", total, time.monotonic()
            case {"kind": "advance", "n": n} if current is not None:
                current.n += n
            case {"kind": "tell", "text": text} if current is not None:
                current.told = text
            case {"kind": "finish", "stage": name, "is_fresh": is_fresh, "seconds": seconds}:
                self.stages[name].state = "inchange" if is_fresh else "fait"
                self.stages[name].seconds = seconds
            case {"kind": "refusal", "text": text}:
                self.problem = text
                return True
            case {"kind": "done", "warnings": warnings, "refused": refused}:
                self.stages = {name: stage for name, stage in self.stages.items() if stage.state != "attente"}
                self.warnings = tuple(warnings)
                self.refused = tuple((source, why) for source, why in refused)
                return True
        return False


def run_apart(files: Path, results: Path, profile: str, journal: Path) -> subprocess.Popen[str]:
    """The process of a run, which tells how far it is (see `main`); what goes wrong in it stands in `journal`."""
    command = [sys.executable, "-m", "pipeline.app.launching", str(files), str(results), profile]
    with journal.open("w", encoding="utf-8") as errors:
        return subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=errors, text=True, encoding="utf-8"
        )


class Launches:
    """The runs of this start, by address of their place."""

    def __init__(self) -> None:
        self._last: dict[str, Launch] = {}
        self._lock = threading.Lock()

    def of(self, place: Place) -> Launch | None:
        """The last run of a place."""
        return self._last.get(place.address)

    def is_under_way(self, place: Place) -> bool:
        """Whether a place is being worked on."""
        launch = self.of(place)
        return launch is not None and not launch.is_over

    def start(self, place: Place, profile: str) -> None:
        """Begin the run of a place; one that is under way goes on.

        Raises
        ------
        UsageError : there is nothing to read.
        """
        if not place.sources():
            raise UsageError("Ajoutez d’abord au moins un fichier.")
        with self._lock:
            if self.is_under_way(place):
                return
            process = run_apart(place.files, place.run, profile, place.folder / JOURNAL)
            launch = self._last[place.address] = Launch(place, process)
        threading.Thread(target=launch.follow, daemon=True).start()

    def stop(self, place: Place) -> None:
        """Interrupt the run of a place; it can be taken up again."""
        launch = self.of(place)
        if launch is not None and not launch.is_over:
            launch.interrupt()

    def stop_all(self) -> None:
        """Leave no process behind."""
        for launch in list(self._last.values()):
            self.stop(launch.place)


class _StoppedError(Exception):
    """Someone stopped."""


@dataclass
class Looking:
    """What would be read of the files of a workshop, file by file.

    Attributes
    ----------
    names : of its files. now : the one that is being read, n_said : contributions found in it, since : when it began.
    """

    names: Sequence[str]
    state: tuple[Any, ...]
    found: list[Inspection] = field(default_factory=list)
    now: str = ""
    n_said: int = 0
    since: float = 0.0
    n_done: int = 0
    is_over: bool = False
    is_stopped: bool = False

    @property
    def so_far(self) -> int:
        """Seconds since the file under way was begun."""
        return int(time.monotonic() - self.since)

    def watch(self, n_said: int) -> None:
        """Note how far the file under way is; leave it when someone stopped."""
        self.n_said = n_said
        if self.is_stopped:
            raise _StoppedError

    def read(self, files: Sequence[tuple[str, Path]], settings: IngestConfig) -> None:
        """Read every file, until someone stops."""
        from pipeline.ingest.inspection import inspections

        try:
            for name, path in files:
                self.watch(0)
                self.now, self.since = name, time.monotonic()
                self.found += inspections(path, settings, name, self.watch)
                self.n_done += 1
        except _StoppedError:
            pass
        finally:
            self.is_over = True


class Lookings:
    """What was read of each workshop since its files last changed, by address of its place."""

    def __init__(self) -> None:
        self._last: dict[str, Looking] = {}

    def of(self, place: Place, settings: IngestConfig) -> Looking:
        """The last reading of a place, begun when there is none, or none of its files as they are.

        Raises
        ------
        UsageError : its sheet cannot be read.
        """
        from pipeline.ingest.inspection import Inspection

        sheet = place.sheet()
        refused: list[Inspection] = []
        files = list_files(place.files, lambda name, _, reason: refused.append(Inspection(name, "", reason)))
        stats = [path.stat() for _, path in files]
        own = (WORKSHOP_FILE, TITLES_FILE)  # the page has fields for them
        known = ((name, one.st_mtime_ns, one.st_size) for (name, _), one in zip(files, stats, strict=True))
        how = sheet.fichiers, sheet.tables, sheet.personnes, sheet.atelier.intervenants_nommes
        state = (how, *(one for one in known if one[0] not in own))
        last = self._last.get(place.address)
        if last is None or last.state != state:
            self.stop(place)
            files = [one for one in files if one[0] not in own]
            last = self._last[place.address] = Looking([name for name, _ in files], state, refused)
            threading.Thread(target=last.read, args=(files, settings), daemon=True).start()
        return last

    def stop(self, place: Place) -> None:
        """Stop reading; the file under way is left at its next contribution."""
        if (last := self._last.pop(place.address, None)) is not None:
            last.is_stopped = True


# the process --------------------------------------------------------------------------------------------------


def tell(kind: str, **values: Any) -> None:
    """Say something to the page."""
    sys.stdout.write(json.dumps({"kind": kind, **values}, default=int) + "\n")
    sys.stdout.flush()


class JsonProgress(Progress):
    """Progress of a run as lines of JSON."""

    def start(self, stage: str, total: int | None) -> None:
        tell("start", stage=stage, total=total)

    def advance(self, n: int) -> None:
        tell("advance", n=n)

    def tell(self, text: str) -> None:
        tell("tell", text=text)

    def finish(self, stage: str, is_fresh: bool, seconds: float) -> None:
        tell("finish", stage=stage, is_fresh=is_fresh, seconds=seconds)


def main() -> int:
    """Make the run; returns the exit code."""
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a server started in the background leaves none
    from pipeline.api.runs import synthesize
    from pipeline.config import load_config

    files, results, profile = sys.argv[1:]
    try:
        settings = load_config(profil=profile, restitution=document_options(Path(results)))
        made = synthesize(files, results, config=settings, profile=profile, workers=0, progress=JsonProgress())
    except RosaceError as error:
        tell("refusal", text=str(error))
        return error.exit_code
    tell("done", warnings=made.warnings, refused=made.refused)
    return EXIT_REFUSED if made.refused else EXIT_DONE


if __name__ == "__main__":
    sys.exit(main())
