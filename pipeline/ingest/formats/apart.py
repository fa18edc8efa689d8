"""Files read in a process apart, with bounded time and memory: one process for many files, replaced when it dies.

A native reader may abort, or swell without end; only its process is lost, and the file is refused.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import weakref
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Timer
from time import monotonic
from typing import Any

from pipeline.errors import RefusedFileError
from pipeline.ingest.formats.detection import RATIO_MAX
from pipeline.ingest.formats.records import ColumnChoice, Entry, Reading
from pipeline.ingest.workshop import FileOverride, ToldOfFile

_SECONDS, _SECONDS_PER_MIB = 60.0, 10.0
"""Time to read a file, and more for each of its Mio: a hundred times what healthy files take."""
_MEMORY, _MEMORY_PER_BYTE = 3 << 30, 40
"""Bytes of memory to read a file, and more for each of its own: a workbook is inflated, then held cell by cell."""
_START_SECONDS = 300.0
_IDLE_SECONDS = 30.0
"""The process waits so long for another file before it ends."""
_REUSE_MAX = 16 << 20
"""A process that has read more bytes may hold memory that it does not give back."""
_WEIGHT_MAX = 8 << 20
"""Characters that any file may give, however small: a bomb packs a thousand times better than words do."""
_REPEATS_MAX, _BYTES_PER_REPEAT = 20_000, 4
"""Rows that say again what another said, that any file may give, and the bytes that one more takes in a larger file."""
_SENT = {(kind.__module__, kind.__qualname__): kind for kind in (Reading, Entry, ColumnChoice, FileOverride)}
_SERVE = (
    "import sys; sys.path[:] = sys.argv[1:]; from pipeline.ingest.formats.confined import close_network; "
    "close_network(); from pipeline.ingest.formats.serving import serve; serve()"
)


class _StoppedError(Exception):
    """The process ended before it answered; `is_late` when it was ended for being late."""

    def __init__(self, is_late: bool) -> None:
        super().__init__()
        self.is_late = is_late


class _Answers(pickle.Unpickler):
    """What a process may answer: text, numbers, and readings."""

    def find_class(self, module: str, name: str) -> Any:
        """One of the classes of a reading."""
        if (module, name) not in _SENT:
            raise pickle.UnpicklingError(f"{module}.{name}")
        return _SENT[module, name]


class _Process:
    """A process that reads, for one file at a time."""

    def __init__(self) -> None:
        threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")  # they would take room, for nothing
        self.owner = os.getpid()
        self.retirement: Timer | None = None
        self._is_ready = self._is_late = False
        self._process = subprocess.Popen(
            [sys.executable, "-c", _SERVE, *sys.path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, **threads},
        )

    def ask(self, question: object, seconds: float) -> Any:
        """The answer to a question.

        Raises
        ------
        _StoppedError : the process died, or did not answer in so many seconds and was ended.
        """
        if not self._is_ready:
            try:
                self._answer(_START_SECONDS)
            except _StoppedError as error:
                raise RuntimeError("the process that reads files does not start") from error
            self._is_ready = True
        try:
            pickle.dump(question, self._stdin)
            self._stdin.flush()
        except OSError as error:
            self.end()
            raise _StoppedError(False) from error
        return self._answer(seconds)

    @property
    def _stdin(self) -> Any:
        return self._process.stdin

    def _answer(self, seconds: float) -> Any:
        clock = Timer(seconds, self._end_late)
        clock.daemon = True
        clock.start()
        try:
            return _Answers(self._process.stdout).load()  # type: ignore[arg-type]
        except Exception as error:  # cut anywhere, an answer is undone in many ways
            self.end()
            raise _StoppedError(self._is_late) from error
        except BaseException:
            self.end()
            raise
        finally:
            clock.cancel()

    def _end_late(self) -> None:
        self._is_late = True
        self._process.kill()

    def end(self) -> None:
        """End the process, whatever it does."""
        if self.owner != os.getpid():
            return
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            try:
                if pipe is not None:
                    pipe.close()
            except OSError:
                pass  # what was left to say is told to nobody


_idle: list[_Process] = []


def _taken() -> _Process:
    """A process that waits for a file, or a new one."""
    while _idle:
        try:
            process = _idle.pop()
        except IndexError:
            break
        if process.retirement is not None:
            process.retirement.cancel()
        if process.owner == os.getpid():
            return process
    return _Process()


def _give_back(process: _Process) -> None:
    process.retirement = Timer(_IDLE_SECONDS, _retire, (process,))
    process.retirement.daemon = True
    _idle.append(process)
    process.retirement.start()


def _retire(process: _Process) -> None:
    try:
        _idle.remove(process)
    except ValueError:
        return  # it was taken meanwhile
    process.end()


@dataclass(frozen=True)
class Limits:
    """What reading one file may take: seconds of waiting, bytes of memory (where the system bounds it)."""

    seconds: float
    memory: int

    @classmethod
    def of(cls, n_bytes: int) -> Limits:
        """Those of a file of so many bytes."""
        return cls(_SECONDS + _SECONDS_PER_MIB * (n_bytes >> 20), _MEMORY + _MEMORY_PER_BYTE * n_bytes)


class _Work:
    """One file being read apart."""

    def __init__(self, source: str, n_bytes: int, expected: str) -> None:
        self._source, self._n_bytes, self._expected = source, n_bytes, expected
        self.limits = Limits.of(n_bytes)
        self._left = self.limits.seconds
        self.n_open = self._weight = self._n_repeats = 0
        self._said: set[int] = set()
        self._process = _taken()
        self._end = weakref.finalize(self, self._process.end)

    def ask(self, *question: object) -> Any:
        """The answer of the process, the time that it took counted.

        Raises
        ------
        RefusedFileError : the file is refused, the process died of it, or takes too long.
        """
        start = monotonic()
        try:
            is_read, answer = self._process.ask(question, self._left)
        except _StoppedError as error:
            raise self._refusal(error.is_late) from error
        if not is_read:
            self.done()
            raise RefusedFileError(*answer)
        self._left = max(1.0, self._left - (monotonic() - start))
        return answer

    def weigh(self, texts: list[str], n_rejects: int) -> None:
        """These texts and so many rejects more came out of the file.

        Raises
        ------
        RefusedFileError : they are long, or say the same again, beyond reason for a file of its size.
        """
        self._weight += sum(map(len, texts)) + n_rejects
        said = set(map(hash, texts))
        self._n_repeats += len(texts) - len(said - self._said)
        self._said |= said
        if (
            self._weight > _WEIGHT_MAX + RATIO_MAX * self._n_bytes
            or self._n_repeats > _REPEATS_MAX + self._n_bytes // _BYTES_PER_REPEAT
        ):
            self.done()
            raise RefusedFileError(
                self._source,
                "le contenu grossirait démesurément une fois lu",
                "Si le fichier vient d'une source sûre, exportez-le en CSV.",
            )

    def done(self) -> None:
        """Nothing more is asked of this file."""
        if self._end.detach() is None:
            return
        if self._n_bytes > _REUSE_MAX:
            self._process.end()
        else:
            _give_back(self._process)

    def _refusal(self, is_late: bool) -> RefusedFileError:
        seconds, mib = round(self.limits.seconds), self.limits.memory >> 20
        problem = (
            f"la lecture a été arrêtée au bout de {seconds} secondes"
            if is_late
            else "la lecture s'est arrêtée net, le fichier est abîmé ou démesuré"
        )
        advice = (
            f"Attendu : {self._expected}, lu en {seconds} secondes et {mib} Mio de mémoire au plus. Enregistrez-le à "
            "nouveau dans son logiciel d'origine, coupez-le en plusieurs fichiers, ou exportez-le en CSV ou en texte."
        )
        return RefusedFileError(self._source, problem, advice)


def read_apart(path: Path, source: str, kind: str, override: ToldOfFile | None, expected: str) -> list[Reading]:
    """The readings of a file, read by a process apart, their entries as they are asked for.

    Parameters
    ----------
    kind : as `detect` tells it.
    expected : its name in French.

    Raises
    ------
    RefusedFileError : it cannot be read within the limits; so do the entries, on the way.
    """
    work = _Work(source, path.stat().st_size, expected)
    readings: list[Reading] = work.ask(
        "open", str(path.absolute()), source, kind, override, expected, (work.limits.memory, work.limits.seconds)
    )
    work.n_open = len(readings)
    for rank, reading in enumerate(readings):
        reading.entries = _entries(work, rank, reading)
    return readings


def _entries(work: _Work, rank: int, reading: Reading) -> Iterator[Entry]:
    is_last = False
    while not is_last:
        entries, rejects, notes, is_last = work.ask("more", rank)
        work.weigh([entry.text for entry, _ in entries], sum(len(before) for _, before in entries) + len(rejects))
        for entry, before in entries:
            reading.rejects += before
            yield entry
        reading.rejects += rejects
    reading.notes = notes
    work.n_open -= 1
    if not work.n_open:
        work.done()
