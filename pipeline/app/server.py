"""The page: home, answered at once, and the addresses of the workshops, read behind it; open to one browser."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from starlette.applications import Starlette
from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from pipeline.app.guard import LOOPBACK, REFUSED, Guard, listen, went_away
from pipeline.app.places import Place, Places
from pipeline.app.rendering import STATIC, axes_css
from pipeline.app.workspace import Workspace
from pipeline.config import Config
from pipeline.errors import RosaceError

FOLDER = "Rosace"
"""Where workshops are kept, in the folder of the person."""


def make_app(workspace: Workspace, token: str, port: int) -> Starlette:
    """The application, closed to everyone but this browser."""

    @cache
    def reviews() -> ASGIApp:
        """The addresses of the workshops; what they need takes a second to read, which home does not wait for."""
        from pipeline.app.addresses import workshop_routes

        return workshop_routes(workspace)

    async def workshops(scope: Scope, receive: Receive, send: Send) -> None:
        await (await run_in_threadpool(reviews))(scope, receive, send)

    async def home(request: Request) -> Response:
        """The workshops of the person, and a new one."""
        places, launches = workspace.places, workspace.launches
        await run_in_threadpool(workspace.keep)
        shown = places.all()
        answer = workspace.show(
            request, "home.html", places=shown, root=places.root, is_under_way=launches.is_under_way,
            is_any_under_way=any(map(launches.is_under_way, shown)),
        )  # fmt: skip
        answer.background = BackgroundTask(reviews)
        return answer

    async def on_error(request: Request, error: Exception) -> Response:
        """What a person can mend, told on the screen of the workshop, or of all of them."""
        kind, name = (request.path_params.get(one, "") for one in ("kind", "name"))
        here = workspace.places.find(kind, name)
        return workspace.back(request, here.address if here else "/", str(error), is_error=True)

    async def not_found(request: Request, _: Exception) -> Response:
        """A page that is not there, with the ways to those that are."""
        parts = request.url.path.split("/")[1:3]
        place = workspace.places.find(*map(unquote, parts)) if len(parts) == 2 else None
        return workspace.show(request, "missing.html", 404, place=place)

    routes = [
        Route("/", home),
        Mount("/statique", StaticFiles(directory=STATIC)),
        Route("/axes.css", lambda _: Response(axes_css(), media_type="text/css")),
        Mount("/", workshops),
    ]
    hosts = {f"{LOOPBACK}:{port}", f"localhost:{port}"}
    guard = Middleware(Guard, hosts=hosts, refused=REFUSED, token=token, cookie=f"rosace_{port}")
    handlers: dict[Any, Any] = {404: not_found, ClientDisconnect: went_away, RosaceError: on_error}
    return Starlette(routes=routes, middleware=[guard], exception_handlers=handlers)


def open_home(announce: Callable[[str], None], settings: Config, folder: Path | None = None, port: int = 0) -> None:
    """Open the page on the workshops of a person, on a port, 0 for the one of the settings; see `_serve`."""
    workspace = Workspace(Places(folder or Path.home() / FOLDER, Path("runs")), settings)
    _serve(workspace, announce, port=port or settings.review.port, host=settings.review.adresse)


def open_review(
    run: Path, settings: Config, announce: Callable[[str], None], config: Path | None = None, port: int = 0
) -> None:
    """Open the page on one run, on a port, 0 for the one of the settings; see `_serve`.

    Raises
    ------
    RosaceError : the run cannot be read, or another works in it.
    """
    place = Place.of_run(run)
    workspace = Workspace(Places(Path.home() / FOLDER, Path("runs"), place), settings, config)
    workspace.open(place)
    workspace.prepare(place)
    _serve(workspace, announce, f"{place.address}/brouillon", port or settings.review.port, settings.review.adresse)


def _serve(
    workspace: Workspace, announce: Callable[[str], None], path: str = "/", port: int = 0, host: str = LOOPBACK
) -> None:
    """Listen on this computer only, until interrupted; `announce` gets the address to open."""
    try:
        listen(lambda token, chosen: make_app(workspace, token, chosen), announce, path, port, host)
    finally:
        workspace.close_all()
