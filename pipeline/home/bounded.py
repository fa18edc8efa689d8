"""A program run on the bytes of a file, bounded as the reading of files is: so much time and memory, no network."""

from __future__ import annotations

import os
import subprocess
import sys

_MEMORY = 3 << 30
_CONFINED = (
    "import os, sys; sys.path[:] = sys.argv[2].split(os.pathsep); "
    "from pipeline.ingest.formats.confined import bound, close_network; "
    f"close_network(); bound({_MEMORY}, float(sys.argv[1])); os.execvp(sys.argv[3], sys.argv[3:])"
)


def run_bounded(command: list[str], given: bytes, seconds: float) -> bytes | None:
    """What a program answers to the bytes that it is given; None when it fails, is late, or is not there.

    Windows, which knows none of these bounds but time, starts it directly.
    """
    if sys.platform != "win32":
        command = [sys.executable, "-c", _CONFINED, str(seconds), os.pathsep.join(sys.path), *command]
    try:
        done = subprocess.run(command, input=given, capture_output=True, timeout=seconds, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout
