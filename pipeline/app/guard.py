"""Server of a local page: guard of its addresses (host, origin, secret of this start), and the socket listened to."""

from __future__ import annotations

import asyncio
import hmac
import secrets
import socket
from collections.abc import Callable, Collection
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pipeline.errors import UsageError, os_reason

LOOPBACK = "127.0.0.1"
PORT = 8319
"""Tried first: what a browser keeps of the page (cards that were seen, their size) is of this port."""
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
    """Checks the host and the origin of what is asked, and the secret of this start where there is one, before any
    page; puts the security headers on every answer.

    Parameters
    ----------
    hosts : the only ones accepted, with their port. refused : what others are told, in HTML.
    token : the secret; the opening address holds it once, then the cookie `cookie` does.
    """

    def __init__(self, app: ASGIApp, hosts: Collection[str], refused: str, token: str = "", cookie: str = "") -> None:
        self.app, self.hosts, self.refused, self.token, self.cookie = app, hosts, refused, token, cookie

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See ASGI."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(HEADERS)
                headers.setdefault("Content-Security-Policy", POLICY)  # a page with a script of its own states its own
            await send(message)

        answer: ASGIApp = self._refusal(Request(scope)) or self.app
        await answer(scope, receive, send_guarded)

    def _refusal(self, request: Request) -> Response | None:
        headers = request.headers
        if headers.get("host") not in self.hosts or not is_same_origin(request.method, headers):
            return HTMLResponse(self.refused, status_code=403)
        if not self.token:
            return None
        given = request.query_params.get("jeton")
        if given is not None and request.method == "GET" and hmac.compare_digest(given.encode(), self.token.encode()):
            response = RedirectResponse(request.url.path, status_code=303)
            response.set_cookie(self.cookie, self.token, httponly=True, samesite="strict")
            return response
        if not hmac.compare_digest(request.cookies.get(self.cookie, "").encode(), self.token.encode()):
            return HTMLResponse(self.refused, status_code=403)
        return None


def is_same_origin(method: str, headers: Headers) -> bool:
    """A page of another origin may neither read nor act; an act must say where it comes from."""
    site = headers.get("sec-fetch-site", "none")
    origin = headers.get("origin")
    if method in ("GET", "HEAD"):
        is_navigation = headers.get("sec-fetch-mode", "navigate") == "navigate"
        return site in ("none", "same-origin") or is_navigation
    source = origin or headers.get("referer") or ""
    return site in ("none", "same-origin") and urlsplit(source).netloc == headers.get("host")


async def went_away(_: Request, __: Exception) -> Response:
    """What nobody reads: the browser closed what it was sending."""
    return Response(status_code=400)


def listening(hosts: Collection[str], port: int, usual: int) -> list[socket.socket]:
    """Sockets of addresses on one port, that listen already: a browser that comes before the server waits instead of
    being refused.

    Parameters
    ----------
    port : 0 for `usual`, or any free one when another program has it.

    Raises
    ------
    UsageError : an address is not one of this computer, or the port is taken.
    """
    told = ""
    for wanted in (port,) if port else (usual, 0):
        found: list[socket.socket] = []
        try:
            for host in hosts:
                found.append(socket.create_server((host, found[0].getsockname()[1] if found else wanted)))
            return found
        except OSError as error:
            told = os_reason(error)
            for listener in found:
                listener.close()
    raise UsageError(
        f"Impossible d’écouter sur {', '.join(hosts)}, port {port or 'libre'} ({told}). Choisissez une adresse de cet "
        "ordinateur (« rosace salle » les montre), ou un autre port."
    )


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
    path : the screen that the address opens on. port : 0 for `PORT`, or any free one.
    host : the interface listened to; all of them in a container, whose port is published on the host's loopback.
    """
    import uvicorn

    token = secrets.token_urlsafe(24)
    (listener,) = listening((host,), port, PORT)
    chosen = int(listener.getsockname()[1])
    config = uvicorn.Config(make(token, chosen), log_level="warning", access_log=False, server_header=False)
    announce(f"http://{LOOPBACK}:{chosen}{path}?jeton={token}")
    with listener:
        asyncio.run(uvicorn.Server(config).serve(sockets=[listener]))
