"""Who may open the page, and what it never holds."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from browsing import HERE, PORT, TOKEN, raw_get, stranger, workspace_of
from starlette.testclient import TestClient
from starlette.types import Message
from workshop_words import HOSTILE

from pipeline.app.desk import Desk
from pipeline.app.server import make_app


def test_without_the_token_nothing_opens(desk: Desk) -> None:
    for address in ("/brouillon", "/mur", "/rose.svg", f"{HERE}/", f"{HERE}/statique/page.css", "/?jeton=faux"):
        answer = stranger(desk).get(address)
        assert answer.status_code == 403
        assert "rosace review" in answer.text
        assert "Coopérer ici" not in answer.text


def test_a_forged_host_is_refused(client: TestClient) -> None:
    for host in ("pirate.example", f"pirate.example:{PORT}", "127.0.0.1:1", ""):
        assert client.get("/brouillon", headers={"host": host}).status_code == 403


@pytest.mark.parametrize("origin", ["http://pirate.example", "http://127.0.0.1:1", "null"])
def test_another_origin_cannot_act(client: TestClient, desk: Desk, origin: str) -> None:
    form = {"op": "reject", "group": next(iter(desk.session.state.groups))}
    assert client.post("/acte", data=form, headers={"origin": origin}).status_code == 403
    cross = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "cors"}
    assert client.post("/acte", data=form, headers=cross).status_code == 403
    assert client.get("/mur", headers=cross).status_code == 403
    assert desk.session.run.decisions.lines() == []


def test_an_act_that_does_not_say_where_it_comes_from_is_refused(desk: Desk) -> None:
    silent = stranger(desk)
    silent.get(f"/?jeton={TOKEN}")
    assert silent.post("/acte", data={"op": "undo"}).status_code == 403


@pytest.mark.parametrize(
    "path",
    [
        "/statique/../server.py",
        "/statique/..%2fserver.py",
        "/statique/%2e%2e/%2e%2e/decisions.py",
        "/../decisions.jsonl",
        "/groupe/..%2f..%2fmanifest.json",
        "/statique//etc/passwd",
    ],
)
def test_a_path_outside_is_refused(desk: Desk, path: str) -> None:
    answer = raw_get(desk, path)
    assert answer.startswith(("403", "404"))
    assert "import" not in answer
    assert "root:" not in answer


def test_headers_close_the_page(client: TestClient) -> None:
    headers = client.get("/mur").headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"


def test_no_screen_holds_inline_script_or_outside_address(client: TestClient, desk: Desk) -> None:
    group = next(iter(desk.session.state.groups))
    for address in ("/brouillon", f"/groupe/{group}", "/paroles", "/mur", "/noms", "/historique"):
        html = client.get(address).text
        assert not re.search(r"<script(?! src=\"/statique/)|<style| style=| on\w+=|javascript:", html)
        assert not re.search(r"(?:src|href|action)=\"(?!/|#)", html)


def test_hostile_words_are_shown_as_words(client: TestClient, desk: Desk) -> None:
    for text in HOSTILE:
        item = next(item for item in desk.session.state.items.values() if item.text == text)
        html = client.get(f"/parole/{item.item_id}").text
        assert "<script>document" not in html
        assert "49" not in re.sub(r"[0-9a-f-]{10,}", "", html.split("contexte")[1].split("</blockquote>")[0])
    form = {"op": "rename", "group": next(iter(desk.session.state.groups)), "title": "<img src=x onerror=alert(1)> 🎺"}
    html = client.post("/acte", data=form).text
    assert "<img src=x" not in html
    assert "&lt;img src=x onerror=alert(1)&gt; 🎺" in html


def test_where_an_act_leads_back_to_is_ours(client: TestClient) -> None:
    for target in ("//pirate.example", "http://pirate.example", "/\\pirate.example"):
        answer = client.post("/acte", data={"op": "undo", "retour": target}, follow_redirects=False)
        assert answer.headers["location"] == "/"


def test_a_browser_that_goes_away_while_it_sends_is_no_error(desk: Desk) -> None:
    app = make_app(workspace_of(desk)[0], TOKEN, PORT)
    said = [{"type": "http.request", "body": b"--x\r\nContent-Disp", "more_body": True}, {"type": "http.disconnect"}]
    headers = {
        "host": f"127.0.0.1:{PORT}",
        "origin": f"http://127.0.0.1:{PORT}",
        "cookie": f"rosace_{PORT}={TOKEN}",
        "content-type": "multipart/form-data; boundary=x",
    }
    for path in ("/resultat/atelier/acte", "/resultat/atelier/prenom", "/resultat/atelier/echanger"):
        coming = iter(said)
        sent: list[Message] = []

        async def receive(coming: Iterator[Message] = coming) -> Message:
            return next(coming)

        async def send(message: Message, sent: list[Message] = sent) -> None:
            sent.append(message)

        scope = {
            "type": "http", "http_version": "1.1", "method": "POST", "path": path, "raw_path": path.encode(),
            "query_string": b"", "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
            "server": ("127.0.0.1", PORT), "client": ("127.0.0.1", 1), "scheme": "http", "root_path": "",
        }  # fmt: skip
        with ThreadPoolExecutor(1) as apart:  # a browser of another test may have its loop in this thread
            apart.submit(asyncio.run, app(scope, receive, send)).result()
        assert sent[0]["status"] == 400
