"""Limits of what reading one file may take, and how a process is held to them: rlimits, a namespace without network.

All limits of reading stand here: to accept larger files, raise `ingest.taille_max_mio`, then the one that refuses them.
"""

from __future__ import annotations

import math
import sys
from contextlib import suppress
from dataclasses import dataclass

_SECONDS, _SECONDS_PER_MIB = 60.0, 10.0
"""Time to read a file, and more for each of its Mio: a hundred times what healthy files take."""
_MEMORY, _MEMORY_PER_BYTE = 3 << 30, 40
"""Bytes of memory to read a file, and more for each of its own: a workbook is inflated, then held cell by cell."""
INFLATED_MAX, MEMBERS_MAX = 1 << 30, 20_000
"""Bytes that an archive may hold once inflated, and its members."""
RATIO_MAX, DOCUMENT_SWOLLEN = 200, 64 << 20
"""Times that what comes out may be larger than the file, for a document that holds more bytes than so many."""
_WEIGHT_MAX = 8 << 20
"""Characters that any file may give, however small: a bomb packs a thousand times better than words do."""
_REPEATS_MAX, _BYTES_PER_REPEAT = 20_000, 4
"""Rows that say again what another said, that any file may give, and the bytes that one more takes in a larger file."""
_CLONE_NEWNET, _CLONE_NEWUSER = 0x40000000, 0x10000000


@dataclass(frozen=True)
class Limits:
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
