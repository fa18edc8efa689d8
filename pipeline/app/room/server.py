"""The addresses of the room, each for the roles that may see it, and the sockets listened to on a network."""

from __future__ import annotations

import asyncio
import hmac
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from types import FrameType
from typing import Any
from urllib.parse import parse_qs, quote

import segno
from jinja2 import FileSystemLoader
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from pipeline.app.guard import LOOPBACK, Guard, listening, went_away
from pipeline.app.places import documents
from pipeline.app.rendering import STATIC, axes_css, templates
from pipeline.app.room.access import (
    FACILITATOR,
    HEADINGS,
    ROLES,
    TABLE,
    WATCHER,
    Allowance,
    Session,
    Settings,
    same_code,
)
from pipeline.app.room.room import OWN, SORTING, WALL, ClosedError, Room
from pipeline.app.room.words import NotWrittenError
from pipeline.config import Config
from pipeline.errors import RosaceError, UsageError, os_reason
from pipeline.folder.locks import working
from pipeline.ingest.formats.typed import BESIDE, PUT, TEXT_MAX

HERE = Path(__file__).parent
DONE = {"montrer": "montrée", "cacher": "ôtée du mur", "attendre": "remise à plus tard", "corriger": "corrigée",
        "ranger": "rangée"}  # fmt: skip
BODY_MAX = 64 << 10
"""Bytes of what a browser may send at once."""
BEAT_S = 10.0
ENTER = "Il faut le code de la salle. L’animation l’a ; il est écrit sur le mur projeté."
N_PAGES_MAX = 600
SIZES = (("grand", 12), ("moyen", 40), ("petit", 120))
"""How large words are on the wall, up to how many cards: all are seen as long as they can be."""
SAYING, SENDING, GUESSING = (30.0, 0.4), (400.0, 8.0), (8.0, 1 / 60)
"""At once, then a second: words of one browser, requests that change something from one address, wrong codes."""
View = Callable[[Request, Session], Awaitable[Response]]


class Pages:
    """The screens and the acts of a room.

    Parameters
    ----------
    address : the one that tables type: `http://192.168.1.20:8321`.
    """

    def __init__(self, room: Room, address: str, port: int) -> None:
        self.room, self.address, self.cookie = room, address, f"rosace_salle_{port}"
        self.is_safe = address.startswith("https:")
        self.saying, self.sending, self.guessing = (Allowance(*one) for one in (SAYING, SENDING, GUESSING))
        self.environment = templates().overlay(loader=FileSystemLoader(HERE / "templates"), autoescape=True)
        self.n_facilitators = 0
        self._walls: dict[str, tuple[tuple[Any, ...], Response]] = {}

    # entering -----------------------------------------------------------------------------------------------

    def session_of(self, request: Request) -> Session | None:
        """The session of a browser, once it has entered."""
        session = self.room.settings.session(request.cookies.get(self.cookie, ""))
        return session if self.room.settings.lets_in(session) else None

    def enter(self, request: Request, role: str, name: str, target: str) -> Response:
        """Let a browser in; it stays the one that it was before the code was changed."""
        before = self.room.settings.session(request.cookies.get(self.cookie, ""))
        owner = before.owner if before is not None and before.role == role else secrets.token_hex(8)
        session = Session(role, owner, name, self.room.settings.generation)
        response = RedirectResponse(target, status_code=303)
        value = self.room.settings.signed(session)
        response.set_cookie(
            self.cookie, value, httponly=True, samesite="strict", secure=self.is_safe, max_age=2 * 86400
        )
        return response

    async def home(self, request: Request) -> Response:
        """The page of one's role; the door, for who has not entered."""
        session = self.session_of(request)
        if session is None:
            return self.door(request)
        if session.role == TABLE:
            return await self.table(request, session)
        return RedirectResponse("/mur" if session.role == WATCHER else "/animation", status_code=303)

    def door(self, request: Request, problem: str = "", status: int = 200) -> Response:
        """Where the code is typed."""
        code = request.query_params.get("code", "")[:60]
        return self.show("door.html", status, code=code, problem=problem, title=self.room.title)

    async def knock(self, request: Request) -> Response:
        """Enter by the code, as a table or as one who looks."""
        form, place = await form_of(request), address_of(request)
        role, name = form.get("role", TABLE), " ".join(form.get("table", "").split())[:40]
        if role not in (TABLE, WATCHER):
            raise HTTPException(403)
        if wait := self.guessing.take(place):
            return self.door(request, f"Trop d’essais. Attendez {wait:.0f} s, et demandez le code.", 429)
        if not same_code(form.get("code", ""), self.room.settings.code):
            return self.door(request, "Ce n’est pas le code. Il est écrit sur le mur.", 403)
        self.guessing.take(place, -1.0)
        return self.enter(request, role, name, "/" if role == TABLE else "/mur")

    async def lead(self, request: Request) -> Response:
        """Enter as a facilitator, by the link that only facilitators have."""
        if not hmac.compare_digest(request.query_params.get("jeton", "").encode(), self.room.settings.token.encode()):
            return self.door(request, "Ce lien n’ouvre plus la page d’animation. Demandez le nouveau.", 403)
        self.n_facilitators += 1
        return self.enter(request, FACILITATOR, f"animation {self.n_facilitators}", "/animation")

    # screens ------------------------------------------------------------------------------------------------

    async def table(self, _: Request, session: Session) -> Response:
        """The page of a table: a field, and what it typed."""
        return self.show("table.html", **self._of_table(session))

    async def own(self, request: Request, session: Session) -> Response:
        """What this browser typed, as a part of its page, or whole to be kept."""
        if "garder" in request.query_params:
            response = self.show("keep.html", **self._of_table(session))
            response.headers["Content-Disposition"] = "attachment; filename=mes-paroles.html"
            return response
        return self.show("own.html", **self._of_table(session))

    def _of_table(self, session: Session) -> dict[str, Any]:
        room = self.room
        return {
            "title": room.title, "session": session, "words": room.words_of(session), "found": room.found,
            "ideas_of": room.ideas_of,
            "settings": room.settings, "is_shown": room.is_shown,
            "titles": room.found.by_id, "text_max": TEXT_MAX,
            "is_safe": self.is_safe, "new_key": "".join(secrets.choice("abcdefghijklmnop") for _ in range(20)),
            # for a browser that runs no script
        }  # fmt: skip

    async def wall(self, request: Request, _: Session) -> Response:
        """What is projected: no tool, only the words that were let through; it is the same for all who look."""
        room, template = self.room, "wall.html" if request.url.path == "/mur" else "wall_part.html"
        seen_as = (room.words.version, room.found, room.focus, room.settings)
        if (known := self._walls.get(template)) is not None and all(
            a is b for a, b in zip(known[0], seen_as, strict=True)
        ):
            return known[1]
        columns, most = room.projected()
        seen = [one for one in columns if room.focus in ("", one.axis, one.address)]
        n_cards = sum(min(most, len(one.cards)) for one in seen)
        response = self.show(
            template, title=room.title, columns=seen, focus=room.focus, most=most,
            size=next((name for name, n in SIZES if n_cards <= n), "tout-petit"),
            address=self.address, code=room.settings.code, is_open=room.settings.is_open,
            n_all=sum(len(one.cards) for one in columns),
        )  # fmt: skip
        self._walls[template] = (seen_as, response)
        return response

    async def sorting(self, request: Request, session: Session) -> Response:
        """The page of a facilitator."""
        part = request.url.path != "/animation"
        room = self.room
        columns, most = room.projected()
        launch = room.launch
        return self.show(
            "sorting_part.html" if part else "sorting.html", title=room.title, session=session, room=room,
            columns=columns, most=most, address=self.address, found=room.found, launch=launch,
            documents=documents(room.results) if launch is not None and launch.is_over and not launch.problem else {},
            link=f"{self.address}/animer?jeton={room.settings.token}", headings="\n".join(room.settings.headings),
            page=room.page if address_of(request) == LOOPBACK else "",
            is_safe=self.is_safe, done=DONE, n_words=sum(not w.is_withdrawn for w in room.words.typed.words.values()),
        )  # fmt: skip

    async def drawing(self, _: Request, __: Session) -> Response:
        """The address and the code as a QR code."""
        text = f"{self.address}/?code={quote(self.room.settings.code)}"
        svg = segno.make(text, error="m").svg_inline(border=3, light="#fff", dark="#000", omitsize=True)
        svg = svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
        return Response(svg, media_type="image/svg+xml")

    async def document(self, request: Request, _: Session) -> Response:
        """A document of the restitution, to keep."""
        name = request.path_params["name"]
        if name not in documents(self.room.results):
            raise HTTPException(404)
        return FileResponse(self.room.results / name, filename=name, media_type="application/octet-stream")

    async def thread(self, request: Request, session: Session) -> Response:
        """What changes, as it changes: names of what to ask for again."""
        topics = {TABLE: {OWN}, WATCHER: {WALL}, FACILITATOR: {WALL, SORTING}}[session.role]
        if len(self.room.listeners) >= N_PAGES_MAX:
            raise HTTPException(503)
        listener = self.room.listen(session, frozenset(topics | ({WALL} if "mur" in request.query_params else set())))
        listener.waiting |= listener.topics  # what changed since the page was drawn
        listener.wakes.set()

        async def events() -> AsyncIterator[str]:
            try:
                yield "retry: 1000\n\n"
                while not listener.is_closed:
                    try:
                        await asyncio.wait_for(listener.wakes.wait(), BEAT_S)
                    except TimeoutError:
                        yield ": encore là\n\n"
                        continue
                    await asyncio.sleep(0.05)  # what comes together is told together
                    listener.wakes.clear()
                    told, listener.waiting = listener.waiting, set()
                    for topic in sorted(told):
                        yield f"event: {topic}\ndata: \n\n"
                yield f"event: {'fermeture' if self.room.is_ended else 'fin'}\ndata: \n\n"
            finally:
                self.room.leave(listener)

        return StreamingResponse(events(), media_type="text/event-stream")

    # acts ---------------------------------------------------------------------------------------------------

    async def say(self, request: Request, session: Session) -> Response:
        """Words of a table: typed, corrected, withdrawn."""
        form = await form_of(request)
        key, text, act = form.get("cle", ""), form.get("texte", ""), request.url.path
        if wait := self.saying.take(session.owner):
            return self.answer(request, f"Doucement : attendez {wait:.0f} s. Rien n’est perdu.", 429, wait)
        if act == "/dire":
            await run_in_threadpool(self.room.say, session, key, text, form.get("rubrique", ""))
        elif act == "/corriger":
            await run_in_threadpool(self.room.correct, session, key, text)
        else:
            await run_in_threadpool(self.room.withdraw, session, key)
        return self.answer(request)

    async def nod(self, request: Request, session: Session) -> Response:
        """Show, hide or erase words; undo; turn the wall."""
        form, room = await form_of(request), self.room
        act, keys = form.get("acte", ""), form.get("cle", "").split()[:500]
        if act == "annuler":
            await run_in_threadpool(room.undo, session.name)
        elif act == "regarder":
            room.look_at(form.get("focus", ""))
        elif act == PUT:
            await run_in_threadpool(room.put, session.name, form.get("idee", "").split(), form.get("sous", ""))
        else:
            await run_in_threadpool(room.sort, session.name, act, keys)
        return self.answer(request)

    async def rule(self, request: Request, session: Session) -> Response:
        """Settings of the room, and its end."""
        form, room = await form_of(request), self.room
        act = form.get("acte", "")
        if act == "code":
            await run_in_threadpool(room.change, room.settings.with_new_code())
            return self.enter(request, FACILITATOR, session.name, "/animation")
        if act == "prenom":
            name = " ".join(form.get("prenom", "").split())[:40] or session.name
            room.rename(session.name, name)
            return self.enter(request, FACILITATOR, name, "/animation")
        if act == "restitution":
            await run_in_threadpool(room.restitute)
        elif act == "titres":
            await run_in_threadpool(room.retitle, form.get("titres", ""), form.get("avant", ""))
        elif act == "rubriques":
            lines = (" ".join(line.split())[:120] for line in form.get("rubriques", "").splitlines())
            headings = tuple(dict.fromkeys(filter(None, lines)))[:20] or HEADINGS
            await run_in_threadpool(room.change, replace(room.settings, headings=headings))
        elif act in ("ouvrir", "clore"):
            await run_in_threadpool(room.change, replace(room.settings, is_open=act == "ouvrir"))
        elif act in ("tout", "accord"):
            await run_in_threadpool(room.change, replace(room.settings, shows_all=act == "tout"))
        else:
            raise UsageError("Cet acte n’existe pas.")
        return self.answer(request)

    # what they share ----------------------------------------------------------------------------------------

    def answer(self, request: Request, problem: str = "", status: int = 200, wait: float = 0.0) -> Response:
        """What was done, for a script or for a browser without one."""
        headers = {"Retry-After": f"{wait:.0f}"} if wait else {}
        if "application/json" in request.headers.get("accept", ""):
            return JSONResponse({"fait": not problem, "dit": problem}, status, headers)
        if not problem:
            session = self.session_of(request)
            target = "/animation" if session is not None and session.role == FACILITATOR else "/"
            return RedirectResponse(target, status_code=303)
        response = self.show("problem.html", status, problem=problem, title=self.room.title)
        response.headers.update(headers)
        return response

    def show(self, template: str, status: int = 200, **values: Any) -> Response:
        """A screen."""
        return HTMLResponse(self.environment.get_template(template).render(**values), status)

    def for_roles(self, view: View, *roles: str) -> Callable[[Request], Awaitable[Response]]:
        """A view as an address that only some roles see."""

        async def endpoint(request: Request) -> Response:
            session = self.session_of(request)
            if session is None:
                is_known = self.cookie in request.cookies
                told = "Le code de la salle a changé : entrez avec le nouveau." if is_known else ENTER
                is_script = "application/json" in request.headers.get("accept", "")
                return self.answer(request, told, 401) if is_script else self.door(request, told, 401)
            if session.role not in roles:
                raise HTTPException(403)
            if request.method == "POST" and (wait := self.sending.take(address_of(request))):
                return self.answer(request, f"Trop de demandes de cet appareil : attendez {wait:.0f} s.", 429, wait)
            try:
                return await view(request, session)
            except NotWrittenError as error:
                return self.answer(request, str(error), 507)
            except ClosedError as error:
                return self.answer(request, str(error), 409)
            except RosaceError as error:
                return self.answer(request, str(error), 422)

        return endpoint

    def routes(self) -> list[Route | Mount]:
        """All of it: who may see what stands here and nowhere else."""
        everybody, only = ROLES, self.for_roles
        return [
            Route("/", self.home),
            Route("/entrer", self.knock, methods=["POST"]),
            Route("/animer", self.lead),
            Route("/fil", only(self.thread, *everybody)),
            Route("/mur", only(self.wall, *everybody)),
            Route("/mur/cartes", only(self.wall, *everybody)),
            Route("/qr.svg", only(self.drawing, *everybody)),
            Route("/paroles", only(self.own, TABLE)),
            *(Route(f"/{act}", only(self.say, TABLE), methods=["POST"]) for act in ("dire", "corriger", "retirer")),
            Route("/animation", only(self.sorting, FACILITATOR)),
            Route("/animation/suite", only(self.sorting, FACILITATOR)),
            Route("/acte", only(self.nod, FACILITATOR), methods=["POST"]),
            Route("/regie", only(self.rule, FACILITATOR), methods=["POST"]),
            Route("/document/{name}", only(self.document, FACILITATOR)),
            Route("/axes.css", lambda _: Response(axes_css(), media_type="text/css")),
            Mount("/statique/salle", StaticFiles(directory=HERE / "static")),
            Mount("/statique", StaticFiles(directory=STATIC)),
        ]


def make_room_app(room: Room, address: str, port: int, hosts: frozenset[str]) -> Starlette:
    """The application of a room.

    Parameters
    ----------
    hosts : the names under which it may be asked for, with the port.
    """
    pages = Pages(room, address, port)

    async def told(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 400
        said = {404: "Cette page n’existe pas.", 403: "Cette page n’est pas pour vous.", 413: "C’est trop long."}
        return pages.answer(request, said.get(status, "La salle ne peut pas répondre à cela."), status)

    return Starlette(
        routes=pages.routes(),
        middleware=[Middleware(Guard, hosts=hosts, refused="Cette page est fermée.")],
        exception_handlers={HTTPException: told, ClientDisconnect: went_away},
    )


async def form_of(request: Request) -> Mapping[str, str]:
    """The fields of a form of ours, within `BODY_MAX`."""
    if not request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        raise HTTPException(400)
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > BODY_MAX:
            raise HTTPException(413)
    try:
        fields = parse_qs(body.decode(), keep_blank_values=True, max_num_fields=200)
    except ValueError as error:
        raise HTTPException(400) from error
    return {name: " ".join(values) if name == "idee" else values[-1] for name, values in fields.items()}


def address_of(request: Request) -> str:
    """Where a request comes from; what it says itself of that is not believed."""
    return request.client.host if request.client is not None else ""


def open_room(
    folder: Path,
    results: Path,
    config: Config,
    announce: Callable[[str, str], None],
    address: str,
    port: int = 0,
    certificate: tuple[Path, Path] | None = None,
    page: str = "",
) -> None:
    """Listen on an address of this computer and on its loopback, until interrupted.

    Parameters
    ----------
    announce : gets the address of facilitators, on this computer, and that of tables.
    certificate : a file of certificates and that of its key; None for plain http.
    page : the address of the workshop on this computer, "" where its page is not open.

    Raises
    ------
    UsageError : the address is not one of this computer, the port is taken, or the certificate cannot be read.
    """
    import uvicorn

    listeners = listening(dict.fromkeys((address, LOOPBACK)), port, Settings.load(folder / BESIDE).port)
    chosen = int(listeners[0].getsockname()[1])
    scheme = "https" if certificate else "http"
    public = f"{scheme}://{address}:{chosen}"
    hosts = frozenset(f"{name}:{chosen}" for name in (address, LOOPBACK, "localhost"))
    with ExitStack() as stack:
        for listener in listeners:
            stack.enter_context(listener)
        (folder / BESIDE).mkdir(mode=0o700, exist_ok=True)
        stack.enter_context(working(folder / BESIDE, "la salle"))
        room = Room(folder, results, config, page)
        room.change(replace(room.settings, port=chosen))
        stack.callback(room.stop)
        options: dict[str, Any] = {"log_level": "warning", "access_log": False, "server_header": False}
        options |= {"proxy_headers": False, "timeout_keep_alive": 20, "timeout_graceful_shutdown": 2}
        if certificate:
            options |= {"ssl_certfile": str(certificate[0]), "ssl_keyfile": str(certificate[1])}
        server_config = uvicorn.Config(make_room_app(room, public, chosen, hosts), **options)
        try:
            server_config.load()
        except OSError as error:
            raise UsageError(f"Le certificat ne peut pas être lu ({os_reason(error)}).") from error
        room.start_reading()
        announce(f"{scheme}://{LOOPBACK}:{chosen}/animer?jeton={room.settings.token}", public)

        class Server(uvicorn.Server):
            def handle_exit(self, sig: int, frame: FrameType | None) -> None:
                room.end()
                super().handle_exit(sig, frame)

        asyncio.run(Server(server_config).serve(sockets=listeners))
