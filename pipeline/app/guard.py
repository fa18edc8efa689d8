"""Server of a local page: guard of its addresses (host, origin, secret of this start), and the socket listened to."""

from __future__ import annotations

import asyncio
import hmac
import secrets
import socket
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = "127.0.0.1"
Handler = Callable[[Request, Exception], Awaitable[Response]]
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
REFUSED = (
    "<!doctype html><html lang='fr'><title>Page fermée</title><h1>Cette page est fermée</h1>"
    "<p>La page ne s’ouvre que par l’adresse donnée au démarrage de « rosace » ou de « rosace review ». "
    "Relancez cette commande : elle ouvrira la bonne page. Vos décisions sont enregistrées.</p></html>"
)


class Guard:
    """Checks host, origin and token before any page, and puts the security headers on every answer.

    Parameters
    ----------
    token : the secret of this start; the opening address holds it once, then a cookie does.
    port : the port listened to; the only hosts accepted are 127.0.0.1 and localhost on it.
    """

    def __init__(self, app: ASGIApp, token: str, port: int) -> None:
        self.app = app
        self.token = token
        self.hosts = {f"127.0.0.1:{port}", f"localhost:{port}"}
        self.cookie = f"rosace_{port}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See ASGI."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        refusal = self._refusal(request)
        answer: ASGIApp = refusal if refusal is not None else self.app

        await answer(scope, receive, with_headers(send))

    def _refusal(self, request: Request) -> Response | None:
        headers = request.headers
        if headers.get("host") not in self.hosts or not is_same_origin(request.method, headers):
            return HTMLResponse(REFUSED, status_code=403)
        given = request.query_params.get("jeton")
        if given is not None and request.method == "GET" and hmac.compare_digest(given.encode(), self.token.encode()):
            response = RedirectResponse(request.url.path, status_code=303)
            response.set_cookie(self.cookie, self.token, httponly=True, samesite="strict")
            return response
        if not hmac.compare_digest(request.cookies.get(self.cookie, "").encode(), self.token.encode()):
            return HTMLResponse(REFUSED, status_code=403)
        return None


def with_headers(send: Send) -> Send:
    """What puts the security headers on an answer; a page that holds its own script states its own policy."""

    async def send_guarded(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
            headers.setdefault("Content-Security-Policy", POLICY)
        await send(message)

    return send_guarded


def is_same_origin(method: str, headers: Headers) -> bool:
    """A page of another origin may neither read nor act; an act must say where it comes from."""
    site = headers.get("sec-fetch-site", "none")
    origin = headers.get("origin")
    if method in ("GET", "HEAD"):
        is_navigation = headers.get("sec-fetch-mode", "navigate") == "navigate"
        return site in ("none", "same-origin") or is_navigation
    source = origin or headers.get("referer") or ""
    return site in ("none", "same-origin") and urlsplit(source).netloc == headers.get("host")


def guarded(
    routes: Sequence[BaseRoute], token: str, port: int, advice: str, handlers: Mapping[type[Exception], Handler]
) -> Starlette:
    """The application of some routes, behind `Guard`; `advice` says where to go from a page that is not there, and
    `handlers` what to answer to other errors."""

    async def not_found(_: Request, __: Exception) -> Response:
        return PlainTextResponse(f"Cette page n’existe pas, ou plus. {advice}", status_code=404)

    async def went_away(_: Request, __: Exception) -> Response:
        return Response(status_code=400)  # nobody reads it: the browser closed what it was sending

    guard = Middleware(Guard, token=token, port=port)
    known: dict[Any, Handler] = {404: not_found, ClientDisconnect: went_away, **handlers}
    return Starlette(routes=routes, middleware=[guard], exception_handlers=known)


def listening(host: str, port: int) -> socket.socket:
    """A socket that listens already: a browser that comes before the server waits instead of being refused.

    Raises
    ------
    OSError : the address is not one of this computer, or the port is taken.
    """
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen()
    except OSError:
        listener.close()
        raise
    return listener


def listen(
    make: Callable[[str, int], ASGIApp],
    announce: Callable[[str], None],
    path: str = "/",
    port: int = 0,
    host: str = LOOPBACK,
) -> None:
    """Listen on this computer only, until interrupted; `announce` gets the address to open.

    Parameters
    ----------
    make : the application, from the secret of this start and the port that was found.
    path : the screen that the address opens on. port : 0 for any free one.
    host : the interface listened to; all of them in a container, whose port is published on the host's loopback.
    """
    import uvicorn

    token = secrets.token_urlsafe(24)
    listener = listening(host, port)
    chosen = int(listener.getsockname()[1])
    config = uvicorn.Config(make(token, chosen), log_level="warning", access_log=False, server_header=False)
    announce(f"http://{LOOPBACK}:{chosen}{path}?jeton={token}")
    with listener:
        asyncio.run(uvicorn.Server(config).serve(sockets=[listener]))
