"""What a process that reads files may do, where the system bounds it: so much memory and time, no file, no network."""

from __future__ import annotations

import math
import sys
from contextlib import suppress

_CLONE_NEWNET, _CLONE_NEWUSER = 0x40000000, 0x10000000


def close_network() -> bool:
    """Leave this process without any network, not even that of this machine; whether it was done.

    To be called before threads are started: only a process of one thread may leave the users of the system, and one
    that is not theirs must do so to leave their network. Linux alone knows how, and may refuse.
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
