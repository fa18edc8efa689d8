"""A process that is refused what Windows refuses.

Inside a folder: no symbolic link; no name that Windows reserves or cannot write, none that ends with a dot or a space;
no path of 260 characters; and a file that is open, or mapped, in this process is neither replaced, renamed nor removed.
"""

import errno
import os
import re
import sys
from pathlib import Path
from typing import Any

PATH_MAX = 260
RESERVED = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
REFUSED = re.compile(r'[<>:"|?*\x00-\x1f]|[. ]$')
MOVES = {"os.rename": 2, "os.remove": 1}
"""Events that need files to be closed, and how many paths each has."""
MAKES = {"os.mkdir": 0, "os.rename": 1}
"""Events that give a name, and its place among their arguments."""
OPEN_WHILE_REMOVED = (".verrou",)
"""Removed while they are open everywhere but in Windows: see `pipeline.folder.locks`."""


def open_here() -> set[str]:
    """The files that this process has open or mapped."""
    found = set()
    for entry in Path("/proc/self/fd").iterdir():
        try:
            found.add(str(entry.readlink()))
        except OSError:
            continue
    lines = Path("/proc/self/maps").read_text(encoding="utf-8", errors="replace").splitlines()
    return found | {line.split(maxsplit=5)[5] for line in lines if line.count(" ") > 5 and "/" in line}


def refuse(root: str) -> None:
    """From now on, this process is refused what Windows refuses under `root`."""

    def inside(path: Any) -> str:
        """An absolute path below the folder, or "" for any other."""
        if not isinstance(path, str | bytes | os.PathLike):
            return ""
        whole = str(Path.cwd() / os.fsdecode(path))
        return whole if whole.startswith(root + os.sep) else ""

    def check_name(path: Any) -> None:
        whole = inside(path)
        for part in Path(whole.removeprefix(root)).parts:
            if part not in (os.sep, "..") and (REFUSED.search(part) or RESERVED.match(part)):
                raise OSError(errno.EINVAL, "name refused by Windows", whole)
        if len(whole) >= PATH_MAX:
            raise OSError(errno.ENAMETOOLONG, "path too long for Windows", whole)

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if event in ("os.symlink", "os.link"):
            raise OSError(errno.EPERM, "links are refused in Windows", str(arguments[1]))
        if event == "open" and arguments[2] & (os.O_WRONLY | os.O_RDWR):
            check_name(arguments[0])
        if event in MAKES:
            check_name(arguments[MAKES[event]])
        if event in MOVES and (moved := [path for path in map(inside, arguments[: MOVES[event]]) if path]):
            held = {path for path in open_here() if not path.endswith((*OPEN_WHILE_REMOVED, " (deleted)"))}
            for path in moved:
                if path in held or any(one.startswith(path + os.sep) for one in held):
                    raise PermissionError(errno.EACCES, "open, as Windows would say", path)

    sys.addaudithook(hook)
