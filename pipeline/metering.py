"""What a stage costs: seconds of processor, and the most memory that this process and its children held together."""

from __future__ import annotations

import os
import platform
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

PERIOD_S = 0.25
"""Short beside what a stage takes, long beside what a look at /proc costs."""
N_LONG = 100_000
"""Rows of a table from which the memory that reading it took is worth giving back."""
GC_THRESHOLD = 100_000
"""New objects after which the youngest are looked through for cycles; Python's own threshold is 700."""
MUCH_MIB = 2_048.0
"""Memory of a stage from which it is worth giving back what is free of it."""
_PROC = Path("/proc")


class Meter:
    """Measures what happens inside its `with`.

    Attributes
    ----------
    cpu_seconds : of this process and of the children that ended inside.
    peak_mib : of this process and its children together, a page that two of them share counting twice; looked at every
        `PERIOD_S` on Linux. Elsewhere, the most that one process has held since it started; None where nobody tells.
    """

    def __init__(self) -> None:
        self.cpu_seconds = 0.0
        self.peak_mib: float | None = None
        self._started = 0.0
        self._over = threading.Event()
        self._watch = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Meter:
        self._started = _cpu_seconds()
        self._watch.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._watch.join()
        self.cpu_seconds = _cpu_seconds() - self._started
        if self.peak_mib is None:
            self.peak_mib = _peak_since_start()

    def _look(self) -> None:
        while True:
            held = _held_mib(os.getpid())
            if held is None:
                return
            self.peak_mib = max(self.peak_mib or 0.0, held)
            if self._over.wait(PERIOD_S):
                return


@contextmanager
def rare_gc() -> Iterator[None]:
    """Raise the threshold of Python's garbage collector: stages leave few cycles of objects, and looking for them takes
    a twentieth to a tenth of their time otherwise."""
    import gc

    usual = gc.get_threshold()
    gc.set_threshold(GC_THRESHOLD, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def rare_gc_for_good() -> None:
    """The same until this process ends; and what it holds then goes with it, without being looked through: half a
    second, once spaCy and pandas are there."""
    import atexit
    import gc

    gc.set_threshold(GC_THRESHOLD, *gc.get_threshold()[1:])
    atexit.register(gc.freeze)


def release_memory() -> None:
    """Give back to the system the free memory that allocators keep: a stage must not pay for the one before."""
    import gc

    gc.collect()
    trim_memory()


def trim_memory() -> None:
    """The same, where nothing was left in cycles, which take long to look for among millions of objects."""
    import pyarrow

    pyarrow.default_memory_pool().release_unused()
    if platform.system() == "Linux":
        import ctypes

        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # glibc alone has it
        if trim is not None:
            trim(0)


def _cpu_seconds() -> float:
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def _held_mib(pid: int) -> float | None:
    """Resident memory of a process and of those below it; None where the system keeps no such files."""
    try:
        pages = int((_PROC / str(pid) / "statm").read_text().split()[1])
        below = (_PROC / str(pid) / "task" / str(pid) / "children").read_text().split()
    except (OSError, ValueError, IndexError):
        return None
    children = (_held_mib(int(child)) or 0.0 for child in below)
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20 + sum(children)


def _peak_since_start() -> float | None:
    try:
        import resource
    except ImportError:  # Windows
        return None
    peaks = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return max(peaks) / (2**20 if platform.system() == "Darwin" else 2**10)
