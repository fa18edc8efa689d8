"""A real HTTP server in place of a language model's, that speaks its protocol and answers as each test says."""

import json
import threading
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from pipeline.config import Config, ModelConfig, TasksConfig, load_config

Reply = Callable[[BaseHTTPRequestHandler, dict[str, Any]], None]
TASKS = tuple(TasksConfig.model_fields)


class Server:
    """A server on a free port that answers as `reply` says, and remembers what it was asked."""

    def __init__(self, reply: Reply) -> None:
        asked: list[dict[str, Any]] = []

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                asked.append({"path": self.path, "headers": {k.lower(): v for k, v in self.headers.items()}, **body})
                try:
                    reply(self, body)
                except OSError:
                    self.close_connection = True  # the client hung up, as it should

            def do_GET(self) -> None:
                send(self, json.dumps({"object": "list", "data": [{"id": "essai-8b"}]}).encode())

            def log_message(self, format: str, *args: Any) -> None:
                pass

        self.asked = asked
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}/v1"
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


Serve = Callable[[Reply], Server]


def send(handler: BaseHTTPRequestHandler, body: bytes, status: int = 200, **headers: str) -> None:
    handler.send_response(status)
    for name, value in {"Content-Type": "application/json", "Content-Length": str(len(body)), **headers}.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(body)


def saying(answer: str, ending: str = "stop") -> Reply:
    """Always the same words."""
    return lambda handler, _: say(handler, answer, ending)


def say(handler: BaseHTTPRequestHandler, answer: str, ending: str = "stop") -> None:
    choice = {"index": 0, "message": {"role": "assistant", "content": answer}, "finish_reason": ending}
    usage = {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120}
    body = {"id": "1", "object": "chat.completion", "created": 1, "model": "essai", "choices": [choice], "usage": usage}
    send(handler, json.dumps(body).encode())


def shown(body: Mapping[str, Any]) -> dict[str, Any]:
    """The data that a question shows."""
    text = body["messages"][1]["content"]
    found: dict[str, Any] = json.loads(text[text.index("{") : text.rindex("}") + 1])
    return found


def playing(**answers: Callable[[dict[str, Any]], Any]) -> Reply:
    """By what each answer must hold (`titre`, `texte`…), what to answer to the data shown; {} when nothing is said."""

    def reply(handler: BaseHTTPRequestHandler, body: dict[str, Any]) -> None:
        asked = body["response_format"]["json_schema"]["schema"]["properties"]
        answer = next((make(shown(body)) for name, make in answers.items() if name in asked), {})
        say(handler, json.dumps(answer, ensure_ascii=False))

    return reply


def settings(url: str, *tasks: str, **values: Any) -> ModelConfig:
    """`[modele]` at an address, with these tasks alone."""
    base = load_config().modele
    chosen = TasksConfig(**{name: name in tasks for name in TASKS})
    return ModelConfig.model_validate(base.model_dump() | {"url": url, "delai_s": 5.0, "taches": chosen} | values)


def config_of(url: str, *tasks: str, **values: Any) -> Config:
    """A whole configuration with that."""
    return load_config().model_copy(update={"modele": settings(url, *tasks, **values)})


class Kept(dict[str, Mapping[str, Any]]):
    """Answers kept in memory."""

    def put(self, key: str, value: Mapping[str, Any]) -> None:
        self[key] = value
