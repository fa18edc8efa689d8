"""The page's addresses, for a home and for a run alike: GET shows, POST does an act and goes back where one was."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from pipeline.app import exchanging, screens
from pipeline.app.acts import do_act
from pipeline.app.desk import NAME_COOKIE, STATIC, Desk, Message, at_of, author_of
from pipeline.app.document import compare_sections
from pipeline.app.guard import LOOPBACK, REFUSED, Guard, listen, went_away
from pipeline.app.home import home_routes
from pipeline.app.places import Place, Places
from pipeline.app.rendering import axes_css
from pipeline.app.titles import moved_told
from pipeline.app.workspace import Workspace
from pipeline.config import Config
from pipeline.errors import RosaceError
from pipeline.language.text.typography import counted, joined
from pipeline.review.log.op import quoted

FOLDER = "Rosace"
"""Where workshops are kept, in the folder of the person."""
_STILL = "Rosace travaille encore dans cet atelier : ce qui se voit ici est d’avant."
Endpoint = Callable[[Request], Awaitable[Response]]
"""An address as a function."""


def make_app(workspace: Workspace, token: str, port: int) -> Starlette:
    """The application, closed to everyone but this browser."""

    def on_desk(view: Callable[[Desk, Request], Response | Awaitable[Response]]) -> Endpoint:
        async def endpoint(request: Request) -> Response:
            answer = view(await workspace.desk_of(request), request)
            return answer if isinstance(answer, Response) else await answer

        return endpoint

    async def on_error(request: Request, error: Exception) -> Response:
        """What a person can mend, told on the screen of the workshop, or of all of them."""
        kind, name = (request.path_params.get(one, "") for one in ("kind", "name"))
        here = workspace.places.find(kind, name)
        return workspace.back(request, here.address if here else "/", str(error), is_error=True)

    async def not_found(_: Request, __: Exception) -> Response:
        return PlainTextResponse("Cette page n’existe pas, ou plus. Revenez à l’accueil : /", status_code=404)

    review = [
        *(Route(path, on_desk(_screen(workspace, view, template))) for path, view, template in screens.SCREENS),
        *(Route(path, on_desk(view)) for path, view in _SHOWN.items()),
        *(Route(path, on_desk(view), methods=["POST"]) for path, view in _DONE.items()),
    ]
    routes = [
        Mount("/statique", StaticFiles(directory=STATIC)),
        Route("/axes.css", lambda _: Response(axes_css(), media_type="text/css")),
        *home_routes(workspace),
        Mount("/{kind}/{name}", routes=review),
    ]
    hosts = {f"{LOOPBACK}:{port}", f"localhost:{port}"}
    guard = Middleware(Guard, hosts=hosts, refused=REFUSED, token=token, cookie=f"rosace_{port}")
    handlers: dict[Any, Any] = {404: not_found, ClientDisconnect: went_away, RosaceError: on_error}
    return Starlette(routes=routes, middleware=[guard], exception_handlers=handlers)


def _screen(workspace: Workspace, view: screens.View, template: str) -> Callable[[Desk, Request], Awaitable[Response]]:
    async def endpoint(desk: Desk, request: Request) -> Response:
        if desk.refresh():
            desk.messages.setdefault(author_of(request), Message(_STILL))
        if template == "wall.html" and desk.sorter is None:
            await run_in_threadpool(desk.sorting)
        shown = {"at": at_of(request), **screens.frame(desk, request), **view(desk, request)}
        if screens.WATCH in request.headers:  # news of the others leave the message to the act that it is about
            shown["message"] = None
        return workspace.show(request, template, **shown)

    return endpoint


async def act(desk: Desk, request: Request) -> Response:
    """Do an act of the person on the words."""
    form, author = await request.form(), author_of(request)
    if said := asked_first(desk, form):
        desk.messages[author] = said
        return _back(str(form.get("retour") or f"{at_of(request)}/brouillon"))
    before = desk.sorting() if desk.sorter is not None else None
    try:
        with desk.writing():
            said = do_act(desk.session, author, form)
        if before is not None and desk.sorter is not None and not said.is_error:
            now = desk.sorting()
            moved = moved_told(desk.session.state, before, now)
            said = replace(said, text=f"{said.text}{moved}", standing=now.standing.since(before.standing))
        desk.messages[author] = said
    except RosaceError as error:
        desk.messages[author] = Message(str(error), is_error=True)
    return _back(str(form.get("retour") or f"{at_of(request)}/brouillon"))


def asked_first(desk: Desk, form: FormData) -> Message | None:
    """What a new wording would take away from a title, told before it is done; None when there is nothing to ask."""
    key, text, state = str(form.get("group") or ""), str(form.get("title") or "").strip(), desk.session.state
    given = state.titled.get(key)
    if form.get("op") != "rename" or form.get("agreed") or given is None or not text or desk.sorter is None:
        return None
    gone = desk.sorter.leaving(state, desk.session.log, given.title_id, text) if text != given.text else []
    if not gone:
        return None
    words = joined([quoted(state.items[item_id].text, 50) for item_id in gone[:3]])
    n = counted(len(gone), "carte proposée ne serait", "cartes proposées ne seraient", feminine=True)
    fields = (("op", "rename"), ("group", key), ("title", text), ("agreed", "oui"))
    return Message(
        f"Sous ce titre, {n} plus :\n{words}{'…' if len(gone) > 3 else ''}.", asks=fields, yes="Renommer quand même"
    )


async def take_name(_: Desk, request: Request) -> Response:
    """Keep her first name in her browser."""
    form = await request.form()
    response = _back(str(form.get("retour", "/")))
    chosen = " ".join(str(form.get("prenom", "")).split())[:40]
    response.set_cookie(NAME_COOKIE, quote(chosen), samesite="strict", httponly=True, max_age=30 * 86400)
    return response


async def regenerate(desk: Desk, request: Request) -> Response:
    """Write the text again, and show what changed in it."""
    try:
        before = desk.draft.sections
        desk.warnings = await run_in_threadpool(desk.regenerate)
        with desk.writing():
            desk.load()
        desk.changes = compare_sections(before, desk.draft.sections)
    except RosaceError as error:
        desk.messages[author_of(request)] = Message(str(error), is_error=True)
        return _back(f"{at_of(request)}/brouillon")
    return _back(f"{at_of(request)}/changements")


_SHOWN: dict[str, Callable[[Desk, Request], Response | Awaitable[Response]]] = {
    "/vivant": screens.look,
    "/son/{item_id}": screens.sound,
    "/retrouver-ma-parole.html": screens.participants_file,
    "/rose.svg": screens.rose,
    "/relecture.xlsx": exchanging.workbook,
}
_DONE: dict[str, Callable[[Desk, Request], Awaitable[Response]]] = {
    "/acte": act,
    "/prenom": take_name,
    "/regenerer": regenerate,
    "/echanger": exchanging.take,
    "/echanger/accord": exchanging.agree,
}


def _back(target: str) -> RedirectResponse:
    """Back to a page of ours; anything else leads home."""
    is_ours = target.startswith("/") and not target.startswith(("//", "/\\")) and "\n" not in target
    return RedirectResponse(target if is_ours else "/", status_code=303)


def open_home(announce: Callable[[str], None], settings: Config, folder: Path | None = None) -> None:
    """Open the page on the workshops of a person; see `_serve`."""
    _serve(Workspace(Places(folder or Path.home() / FOLDER, Path("runs")), settings), announce)


def open_review(run: Path, settings: Config, announce: Callable[[str], None], config: Path | None = None) -> None:
    """Open the page on one run; see `_serve`.

    Raises
    ------
    RosaceError : the run cannot be read, or another works in it.
    """
    place = Place.of_run(run)
    workspace = Workspace(Places(Path.home() / FOLDER, Path("runs"), place), settings, config)
    workspace.open(place)
    workspace.prepare(place)
    _serve(workspace, announce, f"{place.address}/brouillon", settings.review.port, settings.review.adresse)


def _serve(
    workspace: Workspace, announce: Callable[[str], None], path: str = "/", port: int = 0, host: str = LOOPBACK
) -> None:
    """Listen on this computer only, until interrupted; `announce` gets the address to open."""
    try:
        listen(lambda token, chosen: make_app(workspace, token, chosen), announce, path, port, host)
    finally:
        workspace.close_all()
