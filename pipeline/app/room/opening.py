"""Rooms that were opened from the page, one process each: what listens on a network holds nothing else in memory."""

from __future__ import annotations

import subprocess
import sys
import threading
from dataclasses import dataclass, field

from pipeline.app.places import Place
from pipeline.errors import UsageError


@dataclass(frozen=True)
class OpenRoom:
    """A room that is open: the address of facilitators, on this computer, and that of tables."""

    process: subprocess.Popen[str]
    facilitators: str
    tables: str


@dataclass
class Rooms:
    """The rooms of this start, by address of their place."""

    _open: dict[str, OpenRoom] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def of(self, place: Place) -> OpenRoom | None:
        """The room of a place, while it is open."""
        room = self._open.get(place.address)
        return room if room is not None and room.process.poll() is None else None

    def open(self, place: Place, address: str, page: str) -> None:
        """Open the room of a place on an address of this computer; one that is open stays so. `page` is the
        address of the workshop's page.

        Raises
        ------
        UsageError : it does not open, and why.
        """
        with self._lock:
            if self.of(place) is not None:
                return
            command = [sys.executable, "-m", "pipeline.cli", "salle", str(place.files), "--out", str(place.run)]
            process = subprocess.Popen(
                [*command, "--adresse", address, "--no-browser", "--attachee", "--page", page],
                stdin=subprocess.PIPE,  # closed by the system however this process ends, and the room with it
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
                encoding="utf-8",
            )
            told = [(process.stdout.readline() if process.stdout else "").partition(" : ")[2].strip() for _ in range(2)]
            if not all(told):
                said = process.communicate()[1].strip().splitlines()
                raise UsageError(said[-1].removeprefix("rosace : ") if said else "La salle ne s’ouvre pas.")
            self._open[place.address] = OpenRoom(process, *told)
        if process.stderr is not None:
            threading.Thread(target=process.stderr.read, daemon=True).start()  # what it says later stops nobody

    def close(self, place: Place) -> None:
        """Close the room of a place; what was typed is on the disk."""
        if (room := self.of(place)) is not None:
            room.process.terminate()

    def close_all(self) -> None:
        """Leave no process behind."""
        for room in self._open.values():
            room.process.terminate()
