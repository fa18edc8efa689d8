"""The page over HTTP: who may open it, what acts do, hostile words. No browser here."""

from __future__ import annotations

import asyncio
import html
import re
from dataclasses import replace
from typing import Any
from urllib.parse import unquote

import pytest
from starlette.testclient import TestClient
from workshop_words import HOSTILE

from pipeline.contracts.draft import Block, Draft, Section, Sentence, TextNode
from pipeline.review.app.desk import Desk
from pipeline.review.app.draft import compare_sections, read_draft
from pipeline.review.app.server import make_app
from pipeline.review.app.views import doubtful
from pipeline.review.exchange.own_words import asked_as

TOKEN, PORT = "secret-de-ce-jour", 8765
HERE = f"http://127.0.0.1:{PORT}"


@pytest.fixture
def client(desk: Desk) -> TestClient:
    """A browser that was opened by the address given at the start."""
    client = TestClient(make_app(desk, TOKEN, PORT), base_url=HERE, headers={"origin": HERE})
    assert client.get(f"/?jeton={TOKEN}").status_code == 200
    return client


def stranger(desk: Desk, **headers: str) -> TestClient:
    return TestClient(make_app(desk, TOKEN, PORT), base_url=HERE, headers=headers)


def test_without_the_token_nothing_opens(desk: Desk) -> None:
    for address in ("/", "/groupes", "/rose.svg", "/statique/page.css", "/?jeton=faux"):
        answer = stranger(desk).get(address)
        assert answer.status_code == 403
        assert "rosace review" in answer.text
        assert "Coopérer ici" not in answer.text


def test_a_forged_host_is_refused(client: TestClient) -> None:
    for host in ("pirate.example", f"pirate.example:{PORT}", "127.0.0.1:1", ""):
        assert client.get("/", headers={"host": host}).status_code == 403


@pytest.mark.parametrize("origin", ["http://pirate.example", "http://127.0.0.1:1", "null"])
def test_another_origin_cannot_act(client: TestClient, desk: Desk, origin: str) -> None:
    form = {"op": "reject", "group": next(iter(desk.session.state.groups))}
    assert client.post("/acte", data=form, headers={"origin": origin}).status_code == 403
    cross = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "cors"}
    assert client.post("/acte", data=form, headers=cross).status_code == 403
    assert client.get("/groupes", headers=cross).status_code == 403
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


def raw_get(desk: Desk, path: str) -> str:
    """Status and body of a GET whose path no client library tidied up first."""
    headers = [(b"host", HERE.removeprefix("http://").encode()), (b"cookie", f"rosace_{PORT}={TOKEN}".encode())]
    scope = {
        "type": "http", "http_version": "1.1", "method": "GET", "scheme": "http", "path": unquote(path),
        "raw_path": path.encode(), "query_string": b"", "root_path": "", "headers": headers,
        "client": ("127.0.0.1", 1), "server": ("127.0.0.1", PORT),
    }  # fmt: skip
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    asyncio.run(make_app(desk, TOKEN, PORT)(scope, receive, send))  # type: ignore[arg-type]
    return str(sent[0]["status"]) + b"".join(message.get("body", b"") for message in sent[1:]).decode()


def test_headers_close_the_page(client: TestClient) -> None:
    headers = client.get("/groupes").headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"


def test_no_screen_holds_inline_script_or_outside_address(client: TestClient, desk: Desk) -> None:
    group = next(iter(desk.session.state.groups))
    for address in ("/", "/groupes", f"/groupe/{group}", "/a-relire", "/liens", "/reste", "/noms", "/historique"):
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


def test_an_act_says_what_was_done_by_whom_and_can_be_undone(client: TestClient, desk: Desk) -> None:
    group = next(iter(desk.session.state.groups))
    client.post("/prenom", data={"prenom": "Zoé 🎺"})
    html = client.post("/acte", data={"op": "accept", "group": group, "retour": "/groupes"}).text
    assert "Zoé 🎺 a accepté" in html
    assert "1 groupe du brouillon relu sur 10" in html
    assert "décidé par Zoé 🎺" in html
    html = client.post("/acte", data={"op": "undo", "retour": "/groupes"}).text
    assert desk.session.state.groups[group].state == "machine"
    assert "annulé" in html


def test_a_title_sent_as_it_stands_is_no_act(client: TestClient, desk: Desk) -> None:
    (key, group) = next(iter(desk.session.state.groups.items()))
    told = client.post("/acte", data={"op": "rename", "group": key, "title": f" {group.title} ", "retour": "/"}).text
    assert "C’est déjà le titre de ce groupe" in told
    assert desk.session.log.decisions == ()


def test_anyone_may_undo_anyone_and_is_told(client: TestClient, desk: Desk) -> None:
    group = next(iter(desk.session.state.groups))
    client.post("/prenom", data={"prenom": "Zoé"})
    client.post("/acte", data={"op": "accept", "group": group})
    act = desk.session.log.decisions[-1].decision_id
    client.post("/prenom", data={"prenom": "Odile"})
    html = client.post("/acte", data={"op": "undo", "decision_id": act, "retour": "/historique"}).text
    assert "Odile a annulé l’acte de Zoé" in html
    assert "annulé par Odile" in html
    assert desk.session.state.groups[group].state == "machine"


def test_what_a_word_to_re_read_was_written_under_is_seen_at_once(client: TestClient, desk: Desk) -> None:
    sources, context = desk.session.state.sources, "Qu'est-ce qui freine, qu'est-ce qui aide ?"
    told = {source.channel: asked_as(source).split("\u00a0")[0] for source in sources.values()}
    assert told == {"enquete": "En réponse à", "postit": "Sous le titre", "transcript": "Sous le titre"}
    cards = html.unescape(client.get("/a-relire").text).split('<li class="carte')[1:]
    assert cards
    assert all(context in card.split("<details")[0] and card.count(context) == 1 for card in cards)


def test_blind_answers_are_the_analyst_s_and_can_be_taken_back(client: TestClient, desk: Desk) -> None:
    item = re.search(r'name="item" value="([^"]+)"', client.get("/controle").text)
    assert item is not None
    client.post("/acte", data={"op": "controle", "item": item[1], "axis": "sud"})
    assert "à l’aveugle pour" not in client.get("/historique").text.split("<main")[1].split("</ol>")[0]
    answers = client.get("/historique", params={"controle": "oui"}).text
    assert "a répondu au contrôle à l’aveugle pour" in answers
    assert "1\u00a0réponse sur" in client.get("/controle").text
    client.post("/acte", data={"op": "undo", "decision_id": desk.session.log.decisions[0].decision_id})
    assert "0\u00a0réponse sur" in client.get("/controle").text


def test_a_word_is_looked_up_then_masked_wherever_it_stands(client: TestClient, desk: Desk) -> None:
    html = client.get("/noms", params={"mot": "bus"}).text
    assert "endroits trouvés" in html
    span = re.search(r'name="span" value="([^"]+)"', html.split("endroits trouvés")[1])
    assert span is not None
    html = client.post("/acte", data={"op": "mask", "span": span[1], "text": "bus", "value": "oui"}).text
    assert "a masqué le nom «\u00a0bus\u00a0» partout" in html
    assert not re.search(r"\bbus\b", client.get("/retrouver-ma-parole.html").text)
    assert "n’est nulle part" in client.get("/noms", params={"mot": "<b>hélicoptère</b>"}).text
    assert client.get("/noms", params={"mot": "   "}).status_code == 200


def test_a_sentence_written_before_says_no_more_than_what_may_be_said(client: TestClient, desk: Desk) -> None:
    state, html = desk.session.state, client.get("/retrouver-ma-parole.html").text
    item = next(item for item in state.items.values() if item.text == "Le café associatif marche très bien")
    assert item.text in html
    client.post("/acte", data={"op": "ne_pas_citer", "item": item.item_id, "value": "oui"})
    assert item.text not in client.get("/retrouver-ma-parole.html").text


def test_the_review_opens_on_one_page_and_its_groups(client: TestClient, desk: Desk) -> None:
    section = desk.draft.sections[0]
    brief = replace(section, key="essentiel", title="L’essentiel")
    whole = Draft("Atelier", "fr-FR", (), (brief, *desk.draft.sections), (), (), {})
    draft = read_draft(whole, desk.session.state)
    assert len(draft.group_ids) == 2
    assert len(draft.text_group_ids) == 10
    desk.draft = draft
    html = client.get("/").text
    assert "0 groupe du brouillon relu sur 2" in html
    assert "8\u00a0autres groupes" in html
    assert client.get("/groupes").text.count('class="carte ') == 2
    assert client.get("/groupes?portee=texte").text.count('class="carte ') == 10
    effects = [draft.effect(item) for item in doubtful(desk.session, draft)]
    assert effects == sorted(effects)
    assert effects[0] < effects[-1]


def test_what_is_missing_is_said(client: TestClient, desk: Desk) -> None:
    group = next(iter(desk.session.state.groups))
    for form, told in (
        ({"op": "rename", "group": group, "title": "  "}, "titre"),
        ({"op": "split", "group": group, "title": "x"}, "Cochez"),
        ({"op": "accept", "group": "g-inconnu"}, "changer"),
        ({"op": "n’importe quoi"}, "inconnu"),
        ({"op": "mask", "span": "mal formé", "value": "oui"}, "incomplet"),
        ({"op": "order", "group": group, "position": "x"}, "incomplet"),
    ):
        assert told in client.post("/acte", data=form).text
    assert desk.session.run.decisions.lines() == []


def test_a_full_disk_is_said_and_nothing_is_done(
    client: TestClient, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", refuse)
    group = next(iter(desk.session.state.groups))
    html = client.post("/acte", data={"op": "accept", "group": group}).text
    assert "Faites de la place" in html
    assert desk.session.state.groups[group].state == "machine"
    assert desk.session.run.decisions.lines() == []


def test_regenerate_shows_what_changed(client: TestClient) -> None:
    assert "Rien n’a changé" in client.post("/regenerer").text
    assert "un avertissement." in client.get("/changements").text


def test_what_changed_in_the_text_is_told_section_by_section() -> None:
    def section(title: str, *texts: str) -> Section:
        sentences = tuple(Sentence((TextNode(text),), ()) for text in texts)
        return Section(title.lower(), title, (Block("paragraph", sentences),))

    before = (section("Est", "Un.", "Deux."), section("Sud", "Trois."))
    after = (section("Est", "Un.", "Deux bis."), section("Nord", "Quatre."))
    changes = compare_sections(before, after)
    assert [(change.title, change.added, change.removed) for change in changes] == [
        ("Est", ("Deux bis.",), ("Deux.",)),
        ("Nord", ("Quatre.",), ()),
        ("Sud", (), ("Trois.",)),
    ]
    assert compare_sections(before, before) == ()


def test_find_my_words(client: TestClient) -> None:
    html = client.get("/retrouver", params={"q": "BUS apres 18"}).text
    assert "Il n&#39;y a plus de bus après 18 h" in html
    assert "Elle est dans le texte." in html
    assert "Citée dans «\u00a0Axe Est\u00a0»" in html
    assert "revient à trois tables : «\u00a0Il n&#39;y a plus de bus après 18 h\u00a0»." in html
    assert "elle compte dans cette phrase" in client.get("/retrouver", params={"q": "pas de bus dans les hameaux"}).text
    assert "signaux faibles" in client.get("/retrouver", params={"q": "le local est froid"}).text
    assert "hors des quatre axes" in client.get("/retrouver", params={"q": "bonjour"}).text
    assert "Ces mots ne sont pas" in client.get("/retrouver", params={"q": "hélicoptère"}).text


def test_the_participants_file_hides_what_it_must(client: TestClient, desk: Desk) -> None:
    item = next(item for item in desk.session.state.items.values() if "Jeanne Morel" in item.text)
    start = item.text.index("Jeanne")
    span = f"{item.contribution_id}|{start}|{start + 12}|Jeanne Morel"
    client.post("/acte", data={"op": "mask", "span": span, "value": "oui"})
    html = client.get("/retrouver-ma-parole.html").text
    spoken = [i.text for i in desk.session.state.items.values()
              if desk.session.state.sources[i.contribution_id].channel == "transcript"]  # fmt: skip
    assert spoken
    assert not any(text in html for text in spoken)
    assert "Jeanne Morel" not in html
    assert "<script>document" not in html
    assert "http" not in html.replace("http-equiv", "")
