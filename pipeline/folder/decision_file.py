"""The log of what people decided, on disk: lines that are only ever appended, but for a withdrawal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import ArtifactError, os_reason
from pipeline.folder.files import append_whole, write_inside


@dataclass(frozen=True)
class DecisionFile:
    """The decision log at `path`; there is none before the first decision."""

    path: Path

    def lines(self) -> list[str]:
        """The lines of the log, without their newline, a torn last line included.

        Lines end at a newline and nowhere else: participants' words hold other line separators. A torn last line may
        stop inside a character.
        """
        if not self.path.is_file():
            return []
        try:
            text = self.path.read_bytes().decode("utf-8", errors="replace")
        except OSError as error:
            raise ArtifactError(
                f"Les décisions ne peuvent pas être lues dans {self.path} ({os_reason(error)}). Vérifiez vos droits "
                "sur ce fichier : rien n'est perdu."
            ) from error
        return text.removesuffix("\n").split("\n") if text else []

    def append(self, lines: Iterable[str]) -> None:
        """Append lines, one writer at a time, and wait until they are on the disk.

        Raises
        ------
        ArtifactError : the disk refused them; the log is as it was.
        """
        try:
            append_whole(self.path, "".join(line + "\n" for line in lines).encode())
        except OSError as error:
            raise ArtifactError(
                f"Cette décision n'a pas pu être écrite dans {self.path} ({os_reason(error)}). Rien de ce qui précède "
                "n'est perdu. Faites de la place sur le disque ou vérifiez vos droits, puis refaites-la."
            ) from error

    def replace(self, lines: Iterable[str]) -> None:
        """Write the whole log again: only `rosace retirer` does, to erase what a contribution said."""
        content = "".join(f"{line}\n" for line in lines).encode()
        write_inside(self.path, lambda file: file.write(content))
