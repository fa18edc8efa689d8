"""Workspace of the page: the workshops of a person, runs under way, open desks and rooms, what to say next."""

from __future__ import annotations

import subprocess
import sys
import threading
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from pipeline.app.launching import Launches, Lookings
from pipeline.app.places import Place, Places
from pipeline.app.rendering import templates
from pipeline.config import Config
from pipeline.contracts.labels import NOBODY
from pipeline.errors import RosaceError, UsageError
from pipeline.folder.locks import REVIEW_PAGE, page_open, working

if TYPE_CHECKING:
    from pipeline.app.desk import Desk

NAME_COOKIE = "rosace_prenom"
FOLLOWING = "Rosace-Suit"
"""The header of a page that asks by itself how far a run is: what is to be said waits for who asks."""


def author_of(request: Request) -> str:
    """Who acts: the first name given in this browser."""
    return unquote(request.cookies.get(NAME_COOKIE, ""))[:40].strip() or NOBODY


def at_of(request: Request) -> str:
    """The address of the place that a request is about."""
    return "/".join(("", *(quote(str(request.path_params[name])) for name in ("kind", "name"))))


@dataclass(frozen=True)
class Message:
    """What the page says after an act; `decision_id` is what its « Annuler » undoes, `standing` how many ideas stand
    where since."""

    text: str
    is_error: bool = False
    decision_id: str | None = None
    standing: str = ""


@dataclass(frozen=True)
class OpenRoom:
    """A room that is open: the address of facilitators, on this computer, and that of tables."""

    process: subprocess.Popen[str]
    facilitators: str
    tables: str


@dataclass
class Rooms:
    """The rooms of this start, by address of their place: one process each, as what listens on a network holds nothing
    else in memory."""

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
        """Close the room of a place, and wait until it is; what was typed is on the disk."""
        if (room := self.of(place)) is not None:
            room.process.terminate()
            try:
                room.process.wait(10)
            except subprocess.TimeoutExpired:
                room.process.kill()

    def close_all(self) -> None:
        """Leave no process behind."""
        for room in self._open.values():
            room.process.terminate()


@dataclass
class Workspace:
    """What every address of the page shares.

    Attributes
    ----------
    config : the file of settings that documents are written with, None for that of each run.
    messages : author → what to say on her next screen.
    desks : address of a place → the desk that is open on its run.
    """

    places: Places
    settings: Config
    config: Path | None = None
    launches: Launches = field(default_factory=Launches)
    lookings: Lookings = field(default_factory=Lookings)
    rooms: Rooms = field(default_factory=Rooms)
    messages: dict[str, Message] = field(default_factory=dict)
    desks: dict[str, Desk] = field(default_factory=dict)
    _held: ExitStack = field(default_factory=ExitStack)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def place_of(self, request: Request, kind: str | None = None) -> Place:
        """The place that an address names, of one kind when asked."""
        place = self.places.find(request.path_params["kind"], request.path_params["name"])
        if place is None or kind not in (None, place.kind):
            raise HTTPException(404)
        return place

    async def desk_of(self, request: Request) -> Desk:
        """The desk of the place that an address names, which is opened when it is not yet.

        Raises
        ------
        RosaceError : its run cannot be read, or another works in it.
        """
        place = self.place_of(request)
        desk = self.desks.get(place.address)
        return desk if desk is not None else await run_in_threadpool(self.open, place)

    def open(self, place: Place) -> Desk:
        """The desk of a place, opened when it is not yet.

        Raises
        ------
        RosaceError : its run cannot be read, or another works in it.
        """
        from pipeline.app.desk import Desk
        from pipeline.folder.artifacts import RunFolder

        with self._lock:
            if place.address not in self.desks:
                run = RunFolder.open(place.run)
                with ExitStack() as held:
                    held.enter_context(page_open(run.path))
                    with working(run.path, REVIEW_PAGE):
                        desk = Desk(run, self.settings, partial(self._rewritten, run.path))
                    desk.messages = self.messages
                    self._held.enter_context(held.pop_all())
                self.desks[place.address] = desk
            return self.desks[place.address]

    def _rewritten(self, run: Path, marks: bool | None, length: str | None) -> tuple[str, ...]:
        from pipeline.api.runs import draft

        return draft(run, config=self.config, marks=marks, length=length).warnings

    def prepare(self, place: Place) -> None:
        """Open a place, and read what sorts its ideas, while a person reads something else; what fails is told when
        it is asked for."""

        def work() -> None:
            with suppress(RosaceError):
                self.open(place).sorting()

        threading.Thread(target=work, daemon=True).start()

    def keep(self) -> None:
        """Write what stands on every wall that is open."""
        for desk in list(self.desks.values()):
            desk.keep()

    def close_all(self) -> None:
        """Leave every run, stop those under way, and close every room."""
        with self._held:
            try:
                self.keep()
            finally:
                self.launches.stop_all()
                self.rooms.close_all()

    def show(self, request: Request, template: str, status: int = 200, **values: Any) -> Response:
        """A screen, and what was to be said."""
        author, url = author_of(request), request.url
        around = {
            "at": "", "title": "", "path": url.path, "here": f"{url.path}?{url.query}" if url.query else url.path,
            "author": author, "nobody": NOBODY, "limit": self.settings.ingest.taille_max_mio,
        }  # fmt: skip
        around["message"] = None if FOLLOWING in request.headers else self.messages.pop(author, None)
        html = templates().get_template(template).render(**around | values)
        return Response(html, status, media_type="text/html; charset=utf-8")

    def back(self, request: Request, address: str, text: str = "", is_error: bool = False) -> Response:
        """To a screen, with something to say there."""
        if text:
            self.messages[author_of(request)] = Message(text, is_error)
        return RedirectResponse(address, status_code=303)
