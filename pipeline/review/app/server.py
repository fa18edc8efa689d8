"""The page's addresses: GET shows, POST does an act and goes back where the person was."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from typing import Any
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from pipeline.axes import compass
from pipeline.errors import RosaceError
from pipeline.review.app import screens
from pipeline.review.app.acts import do_act
from pipeline.review.app.desk import NAME_COOKIE, NOBODY, STATIC, Desk, Message, author_of
from pipeline.review.app.draft import compare_sections, heart
from pipeline.review.app.exchanging import Exchange
from pipeline.review.app.people import WATCH, look
from pipeline.review.app.rendering import make_environment
from pipeline.review.app.search import found_file
from pipeline.review.app.serving import LOOPBACK, guarded, listen


def make_app(desk: Desk, token: str, port: int) -> Starlette:
    """The application, closed to everyone but this browser."""
    acts, files = _Acts(desk), Exchange(desk)
    routes = [
        *_screens(desk),
        Route("/acte", acts.do, methods=["POST"]),
        Route("/prenom", acts.take_name, methods=["POST"]),
        Route("/regenerer", acts.regenerate, methods=["POST"]),
        Route("/echanger", files.take, methods=["POST"]),
        Route("/echanger/accord", files.agree, methods=["POST"]),
        Route("/relecture.xlsx", files.workbook),
        Route("/carte", files.map),
        Route("/exports/{to}", files.other),
        Route("/paroles.xlsx", lambda request: found_file(desk, request)),
        Route("/vivant", lambda request: look(desk, request)),
        Route("/son/{item_id}", lambda request: screens.sound(desk, request)),
        Route("/rose.svg", lambda _: _drawing(desk.rose)),
        Route("/coeur.svg", lambda _: _drawing(heart(desk.draft.ideas).encode() or None)),
        Route("/axes.css", lambda _: Response(axes_css(), media_type="text/css")),
        Route("/retrouver-ma-parole.html", lambda _: screens.participants_file(desk)),
        Mount("/statique", StaticFiles(directory=STATIC)),
    ]
    return guarded(routes, token, port, "Revenez au brouillon : /")


def _screens(desk: Desk) -> Iterator[Route]:
    """The addresses that show something."""
    environment = make_environment()

    def show(
        view: Callable[[Desk, Request], dict[str, Any]], template: str
    ) -> Callable[[Request], Awaitable[Response]]:
        async def endpoint(request: Request) -> Response:
            author = author_of(request)
            if busy := desk.refresh():
                desk.messages[author] = Message(busy, is_error=True)
            context = {
                **screens.frame(desk, request),
                "home": desk.home,
                "author": author,
                "nobody": NOBODY,
                **view(desk, request),
            }
            is_watch = WATCH in request.headers  # news of the others leave the message to the act that it is about
            context["message"] = None if is_watch else desk.messages.pop(author, None)
            html = environment.get_template(template).render(**context)
            return Response(html, media_type="text/html; charset=utf-8")

        return endpoint

    for path, view, template in screens.SCREENS:
        yield Route(path, show(view, template))


class _Acts:
    """The addresses that change something, then lead back."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    async def do(self, request: Request) -> Response:
        """An act of the person on the words."""
        form, author = await request.form(), author_of(request)
        try:
            with self.desk.writing():
                self.desk.messages[author] = do_act(self.desk.session, author, form)
        except RosaceError as error:
            self.desk.messages[author] = Message(str(error), is_error=True)
        return _back(str(form.get("retour", "/")))

    async def take_name(self, request: Request) -> Response:
        """Her first name, kept in her browser."""
        form = await request.form()
        response = _back(str(form.get("retour", "/")))
        chosen = " ".join(str(form.get("prenom", "")).split())[:40]
        response.set_cookie(NAME_COOKIE, quote(chosen), samesite="strict", httponly=True, max_age=30 * 86400)
        return response

    async def regenerate(self, request: Request) -> Response:
        """The draft written again, and what changed in it."""
        desk = self.desk
        try:
            before = desk.draft.sections
            desk.warnings = await run_in_threadpool(desk.regenerate)
            with desk.writing():
                desk.load()
            desk.changes = compare_sections(before, desk.draft.sections)
        except RosaceError as error:
            desk.messages[author_of(request)] = Message(str(error), is_error=True)
            return _back("/")
        return _back("/changements")


def axes_css() -> str:
    """The colours of the rose as custom properties."""
    return "".join(f".axe-{code}{{--axe:{axis.color}}}\n" for code, axis in compass().items())


def _drawing(svg: bytes | None) -> Response:
    if svg is None:
        raise HTTPException(404)
    return Response(svg, media_type="image/svg+xml")


def _back(target: str) -> RedirectResponse:
    """Back to a page of ours; anything else leads to the draft."""
    is_ours = target.startswith("/") and not target.startswith(("//", "/\\")) and "\n" not in target
    return RedirectResponse(target if is_ours else "/", status_code=303)


def serve(desk: Desk, announce: Callable[[str], None], port: int = 0, host: str = LOOPBACK) -> None:
    """Show a run: see `listen`."""
    listen(lambda token, chosen: make_app(desk, token, chosen), announce, port, host)
