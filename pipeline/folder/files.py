"""Files as they are written and named: in one step, by the sha256 of their content, one writer of a log at a time.

Every write goes to a temporary file of the same folder, is flushed to disk, and takes its final name in one step:
an interrupted run leaves the last good file, never half of a new one.
"""

import errno
import hashlib
import os
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

from pipeline.errors import ArtifactError, may_be_open_elsewhere, os_reason
from pipeline.folder.locks import lock

_PAUSES_S = (0.05, 0.2, 0.5)
"""Between two tries to give a file its name."""


def replace_file(target: Path, fill: Callable[[BinaryIO], Any]) -> str:
    """Write a whole file, or leave what was there; returns the sha256 of the new content.

    Raises OSError: the disk refused it; `target` is as it was.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(dir=target.parent, prefix=".", suffix=".tmp")
    try:
        with os.fdopen(descriptor, "wb") as file:
            fill(file)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(0o644)
        _put(Path(temporary), target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return file_sha256(target)


def _put(file: Path, target: Path) -> None:
    """Give a file its name; what keeps the former one open for an instant (Windows: an antivirus) is waited for."""
    for pause in _PAUSES_S:
        try:
            file.replace(target)
        except PermissionError as error:
            if not may_be_open_elsewhere(error):
                raise
            time.sleep(pause)
        else:
            return
    file.replace(target)


def write_outside(target: Path, content: bytes) -> None:
    """Atomic write of a file that a person named, outside the run; `ArtifactError` when the disk refuses it."""
    try:
        replace_file(target, lambda file: file.write(content))
    except OSError as error:
        told = f"Impossible d'écrire {target} ({os_reason(error)}). Choisissez un autre endroit."
        raise ArtifactError(told) from error


def write_inside(target: Path, fill: Callable[[BinaryIO], Any]) -> str:
    """Atomic write of a file of a run; returns the sha256 of its content.

    Raises ArtifactError: the disk refused it, with what to do; `target` is as it was.
    """
    try:
        return replace_file(target, fill)
    except OSError as error:
        raise ArtifactError(
            f"Impossible d'écrire {target} ({os_reason(error)}). Vérifiez la place sur le disque et vos droits ; "
            "relancez ensuite la même commande : elle reprendra à l'étape interrompue."
        ) from error


def remove(target: Path) -> None:
    """Remove a file; one that is not there is none the worse. Raises ArtifactError: the disk refused."""
    try:
        target.unlink(missing_ok=True)
    except OSError as error:
        raise ArtifactError(
            f"Impossible d'effacer {target} ({os_reason(error)}). Vérifiez vos droits, fermez les programmes qui s'en "
            "servent, puis relancez la même commande."
        ) from error


def sync_names(folder: Path) -> None:
    """Wait until the names of a folder are on the disk, where the system can be asked to."""
    with suppress(OSError):  # Windows opens no folder
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def file_sha256(path: Path) -> str:
    """The sha256 of a file, read by blocks."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def append_whole(path: Path, payload: bytes) -> None:
    """Append whole lines to a log, one writer at a time, and wait until they are on the disk.

    Raises OSError: the disk refused them; the log is as it was.
    """
    with path.open("ab+", buffering=0) as file:
        lock(file)  # until it is closed
        size = file.seek(0, os.SEEK_END)
        if size > 0:
            file.seek(size - 1)
            if file.read(1) != b"\n":  # a torn last line must not swallow the next one
                payload = b"\n" + payload
        try:
            written = file.write(payload)
            os.fsync(file.fileno())
        except OSError:
            file.truncate(size)
            raise
        if written != len(payload):
            file.truncate(size)
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
