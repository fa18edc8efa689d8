"""Where texts may go; a server that misbehaves in every way, and what is told of it."""

import json
import time
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest
from labelled import each
from model_server import Reply, Serve, say, saying, send, settings

from pipeline.assistant.server import Server as Client
from pipeline.assistant.server import ServerError, checked_address, is_loopback
from pipeline.config import MAY_LEAVE
from pipeline.errors import UsageError

MESSAGES = [{"role": "user", "content": "Que dit-on de la piscine ?"}]
SCHEMA = {"type": "object", "properties": {"texte": {"type": "string"}}}


def ask(url: str, **values: Any) -> str:
    return Client.of(settings(url, **values), 20).ask(MESSAGES, SCHEMA).text


@pytest.mark.parametrize(
    "url",
    [
        "http://192.0.2.7:8080/v1",
        "https://modele.example/v1",
        "http://127.0.0.1.example/v1",
        "http://0.0.0.0:8080/v1",
        "http://127.0.0.1@modele.example/v1",
        "http://[2001:db8::1]/v1",
        "http://localhost.example/v1",
        "ftp://127.0.0.1/v1",
        "127.0.0.1:8080",
        "http://127.0.0.1:port/v1",
        "http://[127.0.0.1/v1",
        "",
    ],
)
def test_an_address_that_leaves_this_machine_is_refused_in_french(url: str) -> None:
    with pytest.raises(UsageError, match="Modèle de langue"):
        checked_address(settings(url))


def test_the_network_is_used_only_when_the_configuration_says_so_in_words() -> None:
    url = "https://modele.example/v1/"
    assert checked_address(settings(url, textes=MAY_LEAVE)) == "https://modele.example/v1"
    with pytest.raises(UsageError, match=MAY_LEAVE):
        checked_address(settings(url))


test_this_machine_is_known_by_its_very_address = each(
    is_loopback,
    ("localhost", True),
    ("127.0.0.1", True),
    ("127.8.8.8", True),
    ("::1", True),
    ("0.0.0.0", False),
    ("10.0.0.1", False),
)


def _slow(handler: BaseHTTPRequestHandler, _: dict[str, Any]) -> None:
    time.sleep(1.5)
    send(handler, b"{}")


def _drip(handler: BaseHTTPRequestHandler, _: dict[str, Any]) -> None:
    handler.send_response(200)
    handler.end_headers()
    for _ in range(120):
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.1)


def _huge(handler: BaseHTTPRequestHandler, _: dict[str, Any]) -> None:
    handler.send_response(200)
    handler.end_headers()
    for _ in range(10_000):
        handler.wfile.write(b"x" * 65_536)


def _cut(handler: BaseHTTPRequestHandler, _: dict[str, Any]) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "5000")
    handler.send_header("Content-Type", "application/json")
    handler.end_headers()
    handler.wfile.write(b'{"choices": [')
    handler.close_connection = True


def _hang_up(handler: BaseHTTPRequestHandler, _: dict[str, Any]) -> None:
    handler.close_connection = True


def _not_http(handler: BaseHTTPRequestHandler, _: dict[str, Any]) -> None:
    handler.wfile.write(b"\x00\xff" * 100 + b"\r\n\r\n")
    handler.close_connection = True


def _redirect(handler: BaseHTTPRequestHandler, _: dict[str, Any]) -> None:
    send(handler, b"", 307, Location="http://192.0.2.1/v1/chat/completions")


MISBEHAVIOURS: list[tuple[str, Reply, str]] = [
    ("silence", _slow, "réponse trop lente"),
    ("one byte now and then", _drip, "réponse trop lente"),
    ("endless", _huge, "réponse démesurée"),
    ("half an answer", _cut, "serveur injoignable ou interrompu"),
    ("hangs up", _hang_up, "serveur injoignable ou interrompu"),
    ("not http", _not_http, "serveur injoignable ou interrompu"),
    ("500", lambda handler, _: send(handler, b"oups", 500), "le serveur a répondu 500"),
    ("403", lambda handler, _: send(handler, b"{}", 403), "le serveur a répondu 403"),
    ("redirects elsewhere", _redirect, "le serveur renvoie vers une autre adresse"),
    ("a page", lambda handler, _: send(handler, b"<html>", Content_Type="text/html"), "réponse illisible"),
    ("not json", lambda handler, _: send(handler, b"<html>"), "réponse illisible"),
    ("not utf-8", lambda handler, _: send(handler, b'{"choices": "\xff\xfe'), "réponse illisible"),
    ("deep json", lambda handler, _: send(handler, b"[" * 60_000), "réponse illisible"),
    ("json of another kind", lambda handler, _: send(handler, b'{"choices": []}'), "réponse illisible"),
    ("a list", lambda handler, _: send(handler, b"[1, 2]"), "réponse illisible"),
    ("a number", lambda h, _: send(h, b'{"choices": [{"message": {"content": 3}}]}'), "réponse illisible"),
    ("null", lambda h, _: send(h, b'{"choices": [{"message": {"content": null}}]}'), "réponse illisible"),
]


@pytest.mark.parametrize(("reply", "reason"), [m[1:] for m in MISBEHAVIOURS], ids=[m[0] for m in MISBEHAVIOURS])
def test_a_server_that_misbehaves_is_told_in_french_and_in_time(serve: Serve, reply: Reply, reason: str) -> None:
    url = serve(reply).url
    client = Client.of(settings(url, delai_s=0.6), 20)
    started = time.monotonic()
    with pytest.raises(ServerError) as found:
        client.ask(MESSAGES, SCHEMA)
    assert found.value.reason == reason
    assert time.monotonic() - started < 8


def test_an_answer_out_of_tokens_is_said_to_be_cut(serve: Serve) -> None:
    url = serve(saying('{"texte": "On dit que', "length")).url
    said = Client.of(settings(url, nom="essai"), 20).ask(MESSAGES, SCHEMA)
    assert said.is_cut and said.text.endswith("On dit que")


def test_nobody_at_the_address() -> None:
    with pytest.raises(ServerError, match="injoignable"):
        ask("http://127.0.0.1:9/v1", nom="essai")


def test_a_server_that_stumbles_once_is_asked_again(serve: Serve) -> None:
    answers = iter([503, 200])

    def stumble(handler: BaseHTTPRequestHandler, _: dict[str, Any]) -> None:
        if next(answers) == 503:
            send(handler, b"", 503)
        else:
            say(handler, "oui")

    assert ask(serve(stumble).url) == "oui"


def test_answers_by_schema_are_asked_for_until_a_server_refuses_them(serve: Serve) -> None:
    def refuse(handler: BaseHTTPRequestHandler, body: dict[str, Any]) -> None:
        send(handler, b"{}", 400) if "response_format" in body else say(handler, "oui")

    server = serve(refuse)
    client = Client.of(settings(server.url), 20)
    assert [client.ask(MESSAGES, SCHEMA).text for _ in range(2)] == ["oui", "oui"]
    assert ["response_format" in asked for asked in server.asked] == [True, False, False]


def test_nothing_of_this_machine_goes_with_a_question(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    server = serve(saying("oui"))
    for name in ("OPENAI_API_KEY", "OPENAI_ORG_ID", "OPENAI_PROJECT_ID"):
        monkeypatch.setenv(name, "secret-de-la-maison")
    monkeypatch.setenv("HTTP_PROXY", "http://192.0.2.1:9")
    ask(server.url)
    (asked,) = server.asked
    assert "secret" not in json.dumps(asked)
    assert set(asked["headers"]) <= {
        "host", "authorization", "content-type", "content-length", "accept", "accept-encoding",
        "x-stainless-raw-response",
    }  # fmt: skip


def test_the_key_is_read_where_the_configuration_says(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    server = serve(saying("oui"))
    monkeypatch.setenv("CLE_DU_SERVICE", "abracadabra")
    ask(server.url, cle="CLE_DU_SERVICE")
    assert server.asked[0]["headers"]["authorization"] == "Bearer abracadabra"
    monkeypatch.delenv("CLE_DU_SERVICE")
    with pytest.raises(ServerError, match="CLE_DU_SERVICE"):
        ask(server.url, cle="CLE_DU_SERVICE")


def test_the_first_model_of_the_server_is_asked_when_none_is_named(serve: Serve) -> None:
    server = serve(saying("oui"))
    ask(server.url)
    ask(server.url, nom="un-autre")
    assert [asked["model"] for asked in server.asked] == ["essai-8b", "un-autre"]
    assert {(asked["path"], asked["temperature"], asked["seed"]) for asked in server.asked} == {
        ("/v1/chat/completions", 0, 20)
    }
