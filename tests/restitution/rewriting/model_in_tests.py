"""A real HTTP server in place of a language model, that answers as each test says."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from draft_to_rewrite import (
    config_of,
    draft_of,
)

from pipeline.contracts.draft import (
    Sentence,
)
from pipeline.restitution.rewriting.rewrite import RewriteResult, rewrite_draft

Reply = Callable[[BaseHTTPRequestHandler, dict[str, Any]], None]


class Server:
    """A real HTTP server on a free port that answers as `reply` says, and remembers what it was asked."""

    def __init__(self, reply: Reply) -> None:
        asked: list[dict[str, Any]] = []

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                asked.append({"path": self.path, **body})
                try:
                    reply(self, body)
                except OSError:
                    self.close_connection = True  # the client hung up, as it should

            def log_message(self, format: str, *args: Any) -> None:
                pass

        self.asked = asked
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/v1"
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


def send(handler: BaseHTTPRequestHandler, body: bytes, status: int = 200, **headers: str) -> None:
    handler.send_response(status)
    for name, value in {"Content-Type": "application/json", "Content-Length": str(len(body)), **headers}.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(body)


def saying(answer: str, ending: str = "stop") -> Reply:
    choice = {"message": {"role": "assistant", "content": answer}, "finish_reason": ending}
    return lambda handler, _: send(handler, json.dumps({"choices": [choice]}).encode())


def rewritten(server_url: str, *sentences: Sentence, timeout_s: float = 5.0) -> RewriteResult:
    return rewrite_draft(draft_of(*sentences), config_of(server_url, timeout_s), lambda _: "")
