"""The line to a model's server: bounded in seconds and in bytes, to one place, and nothing but the question on it.

Redirections are not followed and proxies are not used, since both would lead texts elsewhere. Imported when a model is
asked, and never before: the packages behind it take a second to load.
"""

from __future__ import annotations

import socket
import threading
import time
from contextlib import suppress
from typing import Any

import httpx2

from pipeline.assistant.address import is_loopback

ANSWER_BYTES_MAX = 262_144
_SENT = ("host", "authorization", "content-type", "content-length", "accept")
"""Headers that are sent; what a library adds about this machine is not."""


class TooLong(httpx2.ReadError):
    """The server sends without end."""


class Elsewhere(httpx2.ConnectError):
    """The name of this machine led to another one."""


class Line(httpx2.HTTPTransport):
    """One connection for each question.

    Parameters
    ----------
    seconds : for the whole of a question and its answer.
    stays_here : whether the other end must be this machine, by the address that was reached.
    """

    def __init__(self, seconds: float, stays_here: bool) -> None:
        super().__init__(trust_env=False, limits=httpx2.Limits(max_keepalive_connections=0))
        self._seconds, self._stays_here = seconds, stays_here

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send and read whole, or raise."""
        for name in [name for name in request.headers if name.lower() not in _SENT]:
            del request.headers[name]
        request.headers["accept-encoding"] = "identity"
        watch = _Watch(self._seconds, self._stays_here)
        request.extensions = {**request.extensions, "trace": watch}
        try:
            response = super().handle_request(request)
            content = watch.whole(response)
        except httpx2.TransportError as error:
            if watch.is_over and not isinstance(error, TooLong | Elsewhere):
                raise httpx2.ReadTimeout(str(error)) from error
            raise
        finally:
            watch.stop()
        headers = {"content-type": response.headers.get("content-type", "")}
        return httpx2.Response(response.status_code, headers=headers, content=content)


class _Watch:
    """Sees a connection open, and closes it when its time is over: a server that sends one byte now and then never
    meets the time-out of a socket."""

    def __init__(self, seconds: float, stays_here: bool) -> None:
        self._end = time.monotonic() + seconds
        self._stays_here = stays_here
        self._timer: threading.Timer | None = None

    def __call__(self, event: str, info: dict[str, Any]) -> None:
        if event != "connection.connect_tcp.complete":
            return
        line = info["return_value"].get_extra_info("socket")
        if self._stays_here and not is_loopback(line.getpeername()[0]):
            raise Elsewhere("not this machine")
        self._timer = threading.Timer(max(0.0, self._end - time.monotonic()), _hang_up, (line,))
        self._timer.daemon = True
        self._timer.start()

    @property
    def is_over(self) -> bool:
        return time.monotonic() >= self._end

    def whole(self, response: httpx2.Response) -> bytes:
        content = bytearray()
        try:
            for block in response.iter_raw():
                content += block
                if len(content) > ANSWER_BYTES_MAX:
                    raise TooLong("too long")
        finally:
            response.close()
        if self.is_over:
            raise httpx2.ReadTimeout("too slow")
        return bytes(content)

    def stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()


def _hang_up(line: socket.socket) -> None:
    with suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)


def http_client(seconds: float, stays_here: bool) -> httpx2.Client:
    """A client on such a line."""
    return httpx2.Client(transport=Line(seconds, stays_here), follow_redirects=False, trust_env=False, timeout=seconds)
