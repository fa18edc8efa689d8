"""One at a time in a run folder: locks that the system frees when their process ends, however it ends.

Whoever writes in a run holds its lock of work all along; a page of review holds a lock of its own for as long as it is
open, since it keeps people's words in memory. A lock file that a killed process left behind is held by nobody.
"""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import IO

from pipeline.errors import RosaceError

WORK, PAGE = ".travail.verrou", ".page.verrou"
LOCKS = frozenset({WORK, PAGE})
REVIEW_PAGE = "la page de relecture"
PERIOD_S = 0.02
WAIT_S = 1.0
"""An act of a page takes a few thousandths; who works for longer is told."""
_FAR = 1 << 30
"""The byte that Windows locks: beyond what the file says, which others must be able to read."""


class BusyError(RosaceError):
    """Another process works in the run folder (exit code 2): nothing was changed."""


@contextmanager
def working(run: Path, what: str, wait_s: float = WAIT_S) -> Iterator[None]:
    """Hold a run against everyone else who writes in it, or reads tables that must agree.

    Parameters
    ----------
    what : what works, as others will be told.
    wait_s : seconds to wait for another to finish.

    Raises BusyError: another one works there; nothing was done.
    """
    with _held(run / WORK, what, wait_s) as holder:
        if holder is not None:
            raise BusyError(
                f"{run} est occupé\u00a0: {holder}. Rien n'a été changé. Attendez la fin, ou arrêtez l'autre, puis "
                "recommencez."
            )
        yield


@contextmanager
def page_open(run: Path) -> Iterator[None]:
    """Tell others that a page of review is open on a run; there may be several."""
    with _held(run / PAGE, REVIEW_PAGE, is_shared=True):
        yield


@contextmanager
def alone(run: Path, what: str) -> Iterator[None]:
    """Like `working`, with no page open: what is erased must stay in no memory.

    Raises BusyError: another one works there, or a page is open; nothing was done.
    """
    with working(run, what), _held(run / PAGE, what) as holder:
        if holder is not None:
            raise BusyError(
                f"{run} est ouvert\u00a0: {holder}, et garde des paroles en mémoire. Rien n'a été changé. Fermez la "
                "page (Ctrl+C là où elle a été lancée), puis recommencez."
            )
        yield


@contextmanager
def _held(path: Path, what: str, wait_s: float = 0.0, is_shared: bool = False) -> Iterator[str | None]:
    """Hold a lock file; what is given says who holds it instead, None when it is held here.

    A folder that takes no lock file takes no result either: who writes there is told so, and who reads is let through.
    """
    deadline = time.monotonic() + wait_s
    try:
        while (file := _taken(path, is_shared)) is None and time.monotonic() < deadline:
            time.sleep(PERIOD_S)
    except OSError:
        yield None
        return
    if file is None:
        yield _holder(path)
        return
    try:
        with suppress(OSError):
            file.truncate(0)
            file.write(f"{what}\t{os.getpid()}\t{datetime.now():%H h %M}\n".encode())
        yield None
    finally:
        if not is_shared or lock(file, waits=False):  # others may hold a shared one
            path.unlink(missing_ok=True) if sys.platform != "win32" else None
        file.close()


def _taken(path: Path, is_shared: bool) -> IO[bytes] | None:
    """The lock file, open and locked; None when another holds it."""
    while True:
        file = path.open("ab+", buffering=0)
        if not lock(file, waits=False, is_shared=is_shared):
            file.close()
            return None
        if _is_still(file, path):
            return file
        file.close()  # who held it has just removed it


def _holder(path: Path) -> str:
    try:
        what, process, since = path.read_text(encoding="utf-8").strip().split("\t")
    except (OSError, ValueError):
        return "un autre Rosace y travaille"
    return f"{what} y travaille depuis {since} (processus {process})"


def _is_still(file: IO[bytes], path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    except OSError:
        return False


def lock(file: IO[bytes], waits: bool = True, is_shared: bool = False) -> bool:
    """Lock a whole open file until it is closed; whether it is done. Windows knows no shared lock: it is exclusive."""
    if sys.platform == "win32":
        import msvcrt

        file.seek(_FAR)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_LOCK if waits else msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
    import fcntl

    try:
        fcntl.flock(file.fileno(), (fcntl.LOCK_SH if is_shared else fcntl.LOCK_EX) | (0 if waits else fcntl.LOCK_NB))
    except BlockingIOError:
        return False
    return True
