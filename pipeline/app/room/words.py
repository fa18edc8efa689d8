"""The words of the room on the disk: what is acknowledged is there, whatever happens next; nothing twice."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from pipeline.errors import RosaceError, UsageError, os_reason
from pipeline.folder.files import append_whole, replace_file, sync_names
from pipeline.ingest.formats.detection import TYPED
from pipeline.ingest.formats.typed import FILE, SAY, WITHDRAW, Record, Typed, line_of


class NotWrittenError(RosaceError):
    """The disk refused what was sent: nothing of it is acknowledged, and who sent it keeps it."""


class Words:
    """The words typed in a workshop, in memory as the disk holds them.

    Attributes
    ----------
    version : counts what changed, for those who look.

    Raises
    ------
    UsageError : a file of this name holds something else, or cannot be read.
    NotWrittenError : the disk refuses it.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE
        self.version = 0
        self._lock = threading.Lock()
        try:
            content = self.path.read_bytes() if self.path.exists() else b""
        except OSError as error:
            raise UsageError(f"{self.path} ne peut pas être lu ({os_reason(error)}).") from error
        if content and not content.startswith(TYPED):
            raise UsageError(f"{self.path} n’a pas été écrit par la salle. Renommez-le, puis recommencez.")
        self.typed = Typed.of(content)
        self._is_to_rewrite = content != self.typed.content()  # new, torn, or with words that were withdrawn
        with self._lock:
            self._rewrite()

    def write(self, records: Sequence[Record]) -> None:
        """Append records, and wait until they are on the disk; those that say nothing new are left out.

        Raises
        ------
        NotWrittenError : the disk refused them; everything is as it was.
        """
        with self._lock:
            new = [one for one in records if not self._is_known(one)]
            if not new:
                return
            self._is_to_rewrite |= not self.path.exists()  # somebody took it away: it is made again from memory
            self._rewrite()
            try:
                append_whole(self.path, b"".join(map(line_of, new)))
            except OSError as error:
                raise _refused(self.path, error) from error
            for record in new:
                self.typed.follow(record)
            self.version += 1
            if any(record["acte"] == WITHDRAW for record in new):
                self._is_to_rewrite = True  # a disk that refuses is asked again at the next act
                with suppress(NotWrittenError):  # the withdrawal itself is written
                    self._rewrite()

    def _is_known(self, record: Record) -> bool:
        word = self.typed.words.get(record["cle"])
        if word is None:
            return record["acte"] != SAY and record["acte"] != WITHDRAW
        return word.is_withdrawn or record["acte"] == SAY

    def _rewrite(self) -> None:
        if not self._is_to_rewrite:
            return
        content = self.typed.content()
        try:
            replace_file(self.path, lambda file: file.write(content))
        except OSError as error:
            raise _refused(self.path, error) from error
        sync_names(self.path.parent)  # or a cut of power would bring back the file without what is appended next
        self._is_to_rewrite = False


def _refused(path: Path, error: OSError) -> NotWrittenError:
    return NotWrittenError(
        f"Rien n’est enregistré : {path.name} ne peut pas être écrit ({os_reason(error)}). Ce que vous avez tapé reste "
        "sur votre appareil et repartira seul ; prévenez l’animation."
    )
