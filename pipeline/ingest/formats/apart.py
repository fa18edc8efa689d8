"""Sandbox of the readers: files are read in a process apart, one for many files, replaced when it dies.

A native reader may abort, hang, or swell without end; only its process is lost, and the file is refused. That process
has no network (a namespace of its own), writes nothing, and is held to limits (rlimits), which stand here: to accept
larger files, raise `ingest.taille_max_mio`, then the one that refuses them. It is asked by pickles on its standard
input, and answers `(True, what was read)`, or `(False, (source, problem, advice))` for a file that is refused.
"""

from __future__ import annotations

import math
import os
import pickle
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Timer
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.errors import RefusedFileError
from pipeline.ingest.formats.detection import RATIO_MAX
from pipeline.ingest.formats.records import ColumnChoice, Entry, Position, Reading
from pipeline.tables.reading import guarded

if TYPE_CHECKING:
    from pipeline.ingest.workshop import FileOverride

_SECONDS, _SECONDS_PER_MIB = 60.0, 10.0
"""Time to read a file, and more for each of its Mio: a hundred times what healthy files take."""
_MEMORY, _MEMORY_PER_BYTE = 3 << 30, 40
"""Bytes of memory to read a file, and more for each of its own: a workbook is inflated, then held cell by cell."""
_WEIGHT_MAX = 8 << 20
"""Characters that any file may give, however small: a bomb packs a thousand times better than words do."""
_REPEATS_MAX, _BYTES_PER_REPEAT = 20_000, 4
"""Rows that say again what another said, that any file may give, and the bytes that one more takes in a larger file."""
_START_SECONDS, _IDLE_SECONDS = 300.0, 30.0
"""The process has so long to start, and waits so long for another file before it ends."""
_REUSE_MAX = 16 << 20
"""A process that has read more bytes may hold memory that it does not give back."""
_CLONE_NEWNET, _CLONE_NEWUSER = 0x40000000, 0x10000000
_ANSWERED = {(kind.__module__, kind.__qualname__): kind for kind in (Reading, Entry, Position, ColumnChoice)}
_SERVE = (
    "import sys; sys.path[:] = sys.argv[1:]; from pipeline.ingest.formats import apart; apart.close_network(); "
    "from pipeline.ingest.formats import readers; apart.serve(readers.read_kind)"
)


class Limits(NamedTuple):
    """What reading one file may take and give.

    `seconds` of waiting, bytes of `memory` (where the system bounds it), characters of `weight`, `repeats` of rows.
    """

    seconds: float
    memory: int
    weight: int
    repeats: int

    @classmethod
    def of(cls, n_bytes: int) -> Limits:
        """Those of a file of so many bytes."""
        return cls(
            _SECONDS + _SECONDS_PER_MIB * (n_bytes >> 20),
            _MEMORY + _MEMORY_PER_BYTE * n_bytes,
            _WEIGHT_MAX + RATIO_MAX * n_bytes,
            _REPEATS_MAX + n_bytes // _BYTES_PER_REPEAT,
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
        end, clock = time.monotonic() + seconds, _started(Timer(seconds, self._popen.kill))
        try:
            pickle.dump(question, self._popen.stdin)  # type: ignore[arg-type]
            self._popen.stdin.flush()  # type: ignore[union-attr]
            return _Answers(self._popen.stdout).load()  # type: ignore[arg-type,no-any-return]
        except BaseException as error:
            self.is_late = time.monotonic() >= end
            self.end()
            if not isinstance(error, Exception):  # cut anywhere, an answer is undone in many ways
                raise
            return None
        finally:
            clock.cancel()

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


def close_network() -> bool:
    """Leave this process without any network, not even that of this machine, by `unshare`; whether it was done.

    To be called before threads are started: CLONE_NEWUSER asks for a process of one thread, and a process without
    privileges needs it for CLONE_NEWNET. Linux alone knows how, and may refuse.
    """
    if sys.platform != "linux":
        return False
    import ctypes

    unshare = getattr(ctypes.CDLL(None, use_errno=True), "unshare", None)
    return unshare is not None and any(unshare(flags) == 0 for flags in (_CLONE_NEWNET, _CLONE_NEWUSER | _CLONE_NEWNET))


def bound(memory: int, seconds: float) -> None:
    """Let this process have so many bytes of its own, so many more seconds of a processor, and write in no file.

    Who asked bounds the time that it waits; these are for a process that nobody waits for any more.
    """
    try:
        import resource
    except ImportError:  # Windows
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    limits = {
        resource.RLIMIT_DATA: memory,
        resource.RLIMIT_CPU: math.ceil(used.ru_utime + used.ru_stime + seconds) + 1,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
    }
    for kind, value in limits.items():
        hard = resource.getrlimit(kind)[1]
        with suppress(OSError, ValueError):  # a system that refuses is one that does not bound
            resource.setrlimit(kind, (value if hard == resource.RLIM_INFINITY else min(value, hard), hard))
