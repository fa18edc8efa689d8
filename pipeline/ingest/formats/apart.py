"""Sandbox of the readers: files are read in a process apart, one for many files, replaced when it dies.

A native reader may abort, hang, or swell without end; only its process is lost, and the file is refused. That process
has no network, writes nothing, and is bounded (`confined`). It is asked by pickles on its standard input, and answers
`(True, what was read)`, or `(False, (source, problem, advice))` for a file that is refused.
"""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import weakref
from collections.abc import Callable, Generator, Iterator
from contextlib import suppress
from dataclasses import replace
from itertools import islice
from pathlib import Path
from threading import Timer
from time import monotonic
from typing import Any

from pipeline.errors import RefusedFileError
from pipeline.ingest.formats.confined import Limits, bound
from pipeline.ingest.formats.records import ColumnChoice, Entry, Position, Reading
from pipeline.ingest.workshop import FileOverride, ToldOfFile
from pipeline.tables.reading import guarded

_N_TOGETHER = 1_024
"""Entries of one answer."""
_START_SECONDS, _IDLE_SECONDS = 300.0, 30.0
"""The process has so long to start, and waits so long for another file before it is ended."""
_REUSE_MAX = 16 << 20
"""A process that has read more bytes may hold memory that it does not give back."""
_ANSWERED = {
    (kind.__module__, kind.__qualname__): kind for kind in (Reading, Entry, Position, ColumnChoice, FileOverride)
}
_SERVE = (
    "import sys; sys.path[:] = sys.argv[1:]; from pipeline.ingest.formats.confined import close_network; "
    "close_network(); from pipeline.ingest.formats import apart, readers; apart.serve(readers.read_kind)"
)


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
    file = _File(source, path.stat().st_size, expected)
    bounds = (file.limits.memory, file.limits.seconds)
    readings: list[Reading] = file.ask((bounds, str(path.absolute()), source, kind, override, expected))
    for rank, reading in enumerate(readings):
        reading.entries = file.entries(rank, reading)
    return readings


class _Answers(pickle.Unpickler):
    """Unpickler of what a process may answer: text, numbers, and readings."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in _ANSWERED:
            raise pickle.UnpicklingError(f"{module}.{name}")
        return _ANSWERED[module, name]


class _Process:
    """A process that reads, for one file at a time; a fork of the process that started it leaves it alone."""

    def __init__(self) -> None:
        threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")  # they would take room, for nothing
        self.owner, self.is_late = os.getpid(), False
        self._popen = subprocess.Popen(
            [sys.executable, "-c", _SERVE, *sys.path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, **threads},
        )
        if self.ask(None, _START_SECONDS) is None:
            raise RuntimeError("the process that reads files does not start")

    def ask(self, question: object, seconds: float) -> tuple[bool, Any] | None:
        """The answer to a question; None when the process died, or was ended for being late (`is_late`)."""
        clock = _started(Timer(seconds, self._end_late))
        try:
            pickle.dump(question, self._popen.stdin)  # type: ignore[arg-type]
            self._popen.stdin.flush()  # type: ignore[union-attr]
            return _Answers(self._popen.stdout).load()  # type: ignore[arg-type,no-any-return]
        except Exception:  # cut anywhere, an answer is undone in many ways
            self.end()
            return None
        except BaseException:
            self.end()
            raise
        finally:
            clock.cancel()

    def _end_late(self) -> None:
        self.is_late = True
        self._popen.kill()

    def end(self) -> None:
        if self.owner == os.getpid():
            with suppress(OSError), self._popen:  # its pipes are closed: what was left to say is told to nobody
                self._popen.kill()

    def give_back(self, n_bytes: int) -> None:
        """Make it wait for another file, some time, once it has read one of so many bytes."""
        if n_bytes > _REUSE_MAX:
            self.end()
        elif self.owner == os.getpid() and self._popen.poll() is None:
            self.retirement = _started(Timer(_IDLE_SECONDS, self._retire))
            _idle.append(self)

    def _retire(self) -> None:
        with suppress(ValueError):  # it was taken meanwhile
            _idle.remove(self)
            self.end()


_idle: list[_Process] = []


def _started(timer: Timer) -> Timer:
    timer.daemon = True
    timer.start()
    return timer


def _taken() -> _Process:
    """A process that waits for a file, or a new one."""
    with suppress(IndexError):
        while process := _idle.pop():
            process.retirement.cancel()
            if process.owner == os.getpid():
                return process
    return _Process()


class _File:
    """One file being read apart: the time that it takes and what comes out of it are counted.

    Its process reads another one when nobody holds it any more, or as soon as `free` is called.
    """

    def __init__(self, source: str, n_bytes: int, expected: str) -> None:
        self._source, self._expected, self.limits = source, expected, Limits.of(n_bytes)
        self._left, self._weight, self._n_repeats = self.limits.seconds, 0, 0
        self._said: set[int] = set()
        self._process = _taken()
        self._free = weakref.finalize(self, self._process.give_back, n_bytes)
        self._free.atexit = False  # it ends with this one, which closes its standard input

    def ask(self, question: object) -> Any:
        start = monotonic()
        answer = self._process.ask(question, self._left)
        if answer is None:
            raise self._stopped()
        is_read, said = answer
        if not is_read:
            self._free()
            raise RefusedFileError(*said)
        self._left = max(1.0, self._left - (monotonic() - start))
        return said

    def _stopped(self) -> RefusedFileError:
        seconds, mib = round(self.limits.seconds), self.limits.memory >> 20
        problem = (
            f"la lecture a été arrêtée au bout de {seconds} secondes"
            if self._process.is_late
            else "la lecture s'est arrêtée net, le fichier est abîmé ou démesuré"
        )
        advice = (
            f"Attendu : {self._expected}, lu en {seconds} secondes et {mib} Mio de mémoire au plus. Enregistrez-le à "
            "nouveau dans son logiciel d'origine, coupez-le en plusieurs fichiers, ou exportez-le en CSV ou en texte."
        )
        return RefusedFileError(self._source, problem, advice)

    def entries(self, rank: int, reading: Reading) -> Iterator[Entry]:
        """Those of one of its readings, which may be read in any order; rejects are noted before what follows them."""
        is_last = False
        while not is_last:
            entries, rejects, notes, is_last = self.ask(rank)
            texts = [entry.text for entry, _ in entries if entry.text]
            self._weigh(texts, sum(1 + len(before) for _, before in entries) + len(rejects))
            for entry, before in entries:
                reading.rejects += before
                yield entry
            reading.rejects += rejects
        reading.notes = notes

    def _weigh(self, texts: list[str], n_rejects: int) -> None:
        """Refuse texts that are long, or say the same again, beyond reason for a file of its size."""
        self._weight += sum(map(len, texts)) + n_rejects
        said = set(map(hash, texts))
        self._n_repeats += len(texts) - len(said - self._said)
        self._said |= said
        if self._weight > self.limits.weight or self._n_repeats > self.limits.repeats:
            self._free()
            raise RefusedFileError(
                self._source,
                "le contenu grossirait démesurément une fois lu",
                "Si le fichier vient d'une source sûre, exportez-le en CSV.",
            )


def serve(read_kind: Callable[..., list[Reading]]) -> None:
    """Be the process apart: answer questions until none comes. A file is one; then the rank of one of its readings."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that asks answers Ctrl-C, and ends this one
    questions, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what a library prints is no answer
    reader: Generator[Any, int, None] | None = None
    while True:
        try:
            question = pickle.load(questions)  # noqa: S301  (from the process that started this one)
        except EOFError:
            return
        answer: tuple[bool, Any] = (True, None)  # to None: it has started
        try:
            if reader is not None and isinstance(question, int):
                answer = (True, reader.send(question))
            elif question is not None:
                reader = _read(read_kind, *question)
                answer = (True, next(reader))
        except RefusedFileError as error:
            answer = (False, (error.source, error.problem, error.advice))
        pickle.dump(answer, answers)
        answers.flush()


def _read(
    read_kind: Callable[..., list[Reading]],
    bounds: tuple[int, float],
    path: str,
    source: str,
    kind: str,
    override: ToldOfFile | None,
    expected: str,
) -> Generator[Any, int, None]:
    """The readings of a file without their entries; then, for each rank that is sent, the next entries of a reading.

    Each entry comes with the rejects before it; after them, rejects, notes, and whether the reading ends there.
    """
    bound(*bounds)
    readings = guarded(source, lambda: read_kind(Path(path), source, kind, override), expected)
    entries = [iter(reading.entries) for reading in readings]
    rank = yield [replace(reading, entries=(), rejects=[]) for reading in readings]

    def next_entries() -> list[tuple[Entry, list[Any]]]:
        return [(entry, readings[rank].drained()) for entry in islice(entries[rank], _N_TOGETHER)]

    while True:
        together = guarded(source, next_entries, expected)
        rank = yield together, readings[rank].drained(), readings[rank].notes, len(together) < _N_TOGETHER
