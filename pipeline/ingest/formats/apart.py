"""Sandbox of the readers: files are read in a process apart, one for many files, replaced when it dies.

A native reader may abort, hang, or swell without end; only its process is lost, and the file is refused. That process
has no network, writes nothing, and is bounded (`confined`). It is asked by pickles on its standard input, and answers
`(True, what was read)`, or `(False, (source, problem, advice))` for a file that is refused.
"""

import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Timer
from typing import Any

from pipeline.errors import RefusedFileError
from pipeline.ingest.formats.confined import Limits, bound
from pipeline.ingest.formats.records import ColumnChoice, Entry, Position, Reading
from pipeline.ingest.workshop import FileOverride
from pipeline.tables.reading import guarded

_START_SECONDS, _IDLE_SECONDS = 300.0, 30.0
"""The process has so long to start, and waits so long for another file before it ends."""
_REUSE_MAX = 16 << 20
"""A process that has read more bytes may hold memory that it does not give back."""
_ANSWERED = {(kind.__module__, kind.__qualname__): kind for kind in (Reading, Entry, Position, ColumnChoice)}
_SERVE = (
    "import sys; sys.path[:] = sys.argv[1:]; from pipeline.ingest.formats.confined import close_network; "
    "close_network(); from pipeline.ingest.formats import apart, readers; apart.serve(readers.read_kind)"
)


def read_apart(path: Path, source: str, kind: str, override: FileOverride | None, expected: str) -> list[Reading]:
    """The readings of a file, read by a process apart.

    Parameters
    ----------
    kind : as `detect` tells it.
    expected : its name in French.

    Raises RefusedFileError: it cannot be read within the limits.
    """
    n_bytes = path.stat().st_size
    limits = Limits.of(n_bytes)
    process = _waiting()
    answer = process.ask((limits, str(path.absolute()), source, kind, override, expected), limits.seconds)
    if answer is None:
        seconds, mib = round(limits.seconds), limits.memory >> 20
        raise RefusedFileError(
            source,
            f"la lecture a été arrêtée au bout de {seconds} secondes"
            if process.is_late
            else "la lecture s'est arrêtée net, le fichier est abîmé ou démesuré",
            f"Attendu : {expected}, lu en {seconds} secondes et {mib} Mio de mémoire au plus. Enregistrez-le à "
            "nouveau dans son logiciel d'origine, coupez-le en plusieurs fichiers, ou exportez-le en CSV ou en texte.",
        )
    if n_bytes > _REUSE_MAX:
        process.end()
    else:
        _idle.append(process)
    is_read, said = answer
    if not is_read:
        raise RefusedFileError(*said)
    readings: list[Reading] = said
    return readings


class _Answers(pickle.Unpickler):
    """Unpickler of what a process may answer: text, numbers, and readings."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in _ANSWERED:
            raise pickle.UnpicklingError(f"{module}.{name}")
        return _ANSWERED[module, name]


class _Process:
    """A process that reads, one file at a time; a fork of the process that started it leaves it alone."""

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


_idle: list[_Process] = []


def _started(timer: Timer) -> Timer:
    timer.daemon = True
    timer.start()
    return timer


def begin() -> None:
    """Start a process that reads files before one is to be read: it opens while this one opens what it needs."""
    _idle.append(_Process())


def _waiting() -> _Process:
    """A process that waits for a file, and answers that it does."""
    while True:
        try:
            process, is_new = _idle.pop(), False
        except IndexError:
            process, is_new = _Process(), True
        if process.owner == os.getpid() and process.ask(None, _START_SECONDS) is not None:
            return process
        if is_new:
            raise RuntimeError("the process that reads files does not start")


def dismiss() -> None:
    """End the processes that wait for a file: each holds a hundred megabytes."""
    while _idle:
        _idle.pop().end()


def serve(read_kind: Callable[..., list[Reading]]) -> None:
    """Be the process apart: answer questions until none comes, for some time. A file is one; None asks for a sign."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that asks answers Ctrl-C, and ends this one
    questions, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what a library prints is no answer
    while True:
        clock = _started(Timer(_IDLE_SECONDS, os._exit, [0]))
        try:
            question = pickle.load(questions)  # noqa: S301  (from the process that started this one)
        except EOFError:
            return
        clock.cancel()
        answer: tuple[bool, Any]
        try:
            answer = True, question and _read(read_kind, *question)
        except RefusedFileError as error:
            answer = False, (error.source, error.problem, error.advice)
        pickle.dump(answer, answers)
        answers.flush()


def _read(
    read_kind: Callable[..., list[Reading]],
    limits: Limits,
    path: str,
    source: str,
    kind: str,
    override: FileOverride | None,
    expected: str,
) -> list[Reading]:
    """The readings of a file, with their entries listed.

    Texts that are long, or say the same again, beyond reason for a file of its size, are refused.
    """

    def listed() -> list[Reading]:
        readings = read_kind(Path(path), source, kind, override)
        said: set[str] = set()
        n_texts = weight = 0
        for reading in readings:
            entries: list[Entry] = []
            for entry in reading.entries:
                entries.append(entry)
                said |= {entry.text} - {""}
                n_texts, weight = n_texts + bool(entry.text), weight + len(entry.text)
                if weight + len(reading.rejects) > limits.weight or n_texts - len(said) > limits.repeats:
                    raise RefusedFileError(
                        source,
                        "le contenu grossirait démesurément une fois lu",
                        "Si le fichier vient d'une source sûre, exportez-le en CSV.",
                    )
            reading.entries = entries
        return readings

    bound(limits.memory, limits.seconds)
    return guarded(source, listed, expected)
