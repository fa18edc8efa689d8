"""Who enters the room, what each role is served, and what one address or one table can do to the others."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import replace

import pytest
from starlette.testclient import TestClient

from pipeline.app.room.access import Allowance, Session, Settings, new_code, same_code
from pipeline.app.room.room import Room

Entered = Callable[..., TestClient]
KEY = "abcdefghijklmnop"
SEEN = {
    "/": {"animation", "table", "mur"},
    "/mur": {"animation", "table", "mur"},
    "/mur/cartes": {"animation", "table", "mur"},
    "/qr.svg": {"animation", "table", "mur"},
    "/paroles": {"table"},
    "/animation": {"animation"},
    "/animation/suite": {"animation"},
    "/document/restitution.docx": {"animation"},
}
DONE = {
    "/dire": {"table"},
    "/corriger": {"table"},
    "/retirer": {"table"},
    "/acte": {"animation"},
    "/regie": {"animation"},
}
HOSTILE = (
    "",
    "../../etc/passwd",
    "a" * 300,
    "<script>",
    "\x00",
    "é" * 40,
    "' OR 1=1",
    "{{7*7}}",
    "%2e%2e",
    "\ud83d".encode("utf-8", "surrogatepass").decode("latin1"),
)


def test_a_code_is_said_aloud_and_typed_as_one_hears_it() -> None:
    code = new_code()
    assert len(code) == 14
    assert same_code(f" {code.upper().replace('-', ' ')} ", code)
    assert not same_code(code[:-1], code)
    assert not same_code("", code)


def test_a_session_is_signed_and_ends_with_its_code() -> None:
    settings = Settings("ab" * 32, "jeton", new_code())
    session = Session("table", "t1", "3")
    cookie = settings.signed(session)
    assert settings.session(cookie) == session
    assert (
        settings.session(settings.signed(Session("animation", "t1")).split(".")[0] + "." + cookie.split(".")[1]) is None
    )
    for wrong in ("", ".", cookie[:-1], cookie + "x", "x" + cookie):
        assert settings.session(wrong) is None
    later = settings.with_new_code()
    assert later.session(cookie) == session
    assert not later.lets_in(session)
    assert (later.code, later.token) != (settings.code, settings.token)


def test_settings_are_kept_for_the_owner_of_the_folder_alone(room: Room) -> None:
    assert room.beside.stat().st_mode & 0o077 == 0
    assert Settings.load(room.beside) == room.settings


def test_each_role_is_served_what_it_may_see_and_nothing_else(entered: Entered, stranger: Entered) -> None:
    for path, roles in SEEN.items():
        assert stranger().get(path).status_code == (200 if path == "/" else 401)
        assert "fermée" not in (door := stranger().get(path, headers={"accept": "text/html"}).text)
        assert path == "/" or "Il faut le code de la salle" in door
        for role in ("animation", "table", "mur"):
            status = entered(role).get(path).status_code
            assert status == (404 if path.startswith("/document") else 200) if role in roles else status == 403
    for path, roles in DONE.items():
        assert stranger().post(path, data={"cle": KEY}).status_code == 401
        for role in {"animation", "table", "mur"} - roles:
            assert entered(role).post(path, data={"cle": KEY, "acte": "tout"}).status_code == 403


def test_five_hundred_hostile_requests_change_nothing_and_break_nothing(
    room: Room, entered: Entered, stranger: Entered
) -> None:
    draw = random.Random(8)
    browsers = [stranger("192.0.2.60"), *(entered(role, host="192.0.2.61") for role in ("table", "mur", "animation"))]
    before = room.settings
    paths = [*SEEN, *DONE, "/entrer", "/animer", "/statique/../server.py", "/statique/salle/..%2froom.py", "/fil2"]
    counts: dict[int, int] = {}
    for _ in range(500):
        client, path = draw.choice(browsers), draw.choice(paths)
        form = {
            name: draw.choice(HOSTILE) for name in ("cle", "texte", "acte", "code", "role", "table", "titres", "focus")
        }
        headers = draw.choice(
            ({}, {"origin": "http://pirate.example"}, {"host": "pirate.example"}, {"cookie": "rosace_salle_8321=x.y"})
        )
        if draw.random() < 0.5:
            answer = client.post(path, data=form, headers=headers)
        else:
            answer = client.get(path, params=form, headers=headers)
        counts[answer.status_code] = counts.get(answer.status_code, 0) + 1
        assert "import annotations" not in answer.text
        assert "Traceback" not in answer.text
    assert not [status for status in counts if status >= 500]
    assert room.settings == before
    assert not [word for word in room.words.typed.words.values() if word.owner == ""]
    assert "passwd" not in room.titles_text


def test_a_code_is_guessed_eight_times_then_hardly_even_by_luck(
    room: Room, stranger: Entered, entered: Entered
) -> None:
    thief = stranger("192.0.2.66")
    answers = [thief.post("/entrer", data={"code": f"ba-{n}"}).status_code for n in range(10)]
    assert answers == [403] * 8 + [429] * 2
    assert thief.post("/entrer", data={"code": room.settings.code}).status_code == 429
    assert thief.get("/paroles").status_code == 401
    entered("table", host="192.0.2.67")  # others enter as before
    for _ in range(20):
        entered("table", host="192.0.2.68")


def test_a_stolen_code_is_changed_and_tables_come_back_with_their_words(room: Room, entered: Entered) -> None:
    table, facilitator = entered("table"), entered("animation")
    table.post("/dire", data={"cle": KEY, "texte": "Un banc"})
    stolen = room.settings.code, room.settings.token
    assert facilitator.post("/regie", data={"acte": "code"}).status_code == 200
    assert facilitator.get("/animation").status_code == 200
    assert table.get("/paroles").status_code == 401
    assert table.post("/entrer", data={"code": stolen[0], "role": "table"}).status_code == 403
    assert table.get(f"/animer?jeton={stolen[1]}").status_code == 403
    table.post("/entrer", data={"code": room.settings.code, "role": "table", "table": "3"})
    assert "Un banc" in table.get("/paroles").text


def test_words_that_cannot_be_taken_are_told(room: Room, entered: Entered) -> None:
    table = entered("table")
    for text, status in (("  ", 422), ("…", 422), ("a" * 2001, 422), ("a" * 70_000, 413)):
        answer = table.post("/dire", data={"cle": KEY, "texte": text})
        assert (answer.status_code, answer.json()["fait"]) == (status, False)
    assert table.post("/dire", data={"cle": "../x", "texte": "Un banc"}).status_code == 422
    assert table.post("/dire", json={"cle": KEY}).status_code == 400
    room.change(replace(room.settings, is_open=False))
    assert table.post("/dire", data={"cle": KEY, "texte": "Un banc"}).status_code == 409
    assert not room.words.typed.words


def test_a_loud_table_waits_and_the_others_do_not(entered: Entered) -> None:
    loud, quiet = entered("table", host="192.0.2.70"), entered("table", host="192.0.2.71")
    answers = [
        loud.post(
            "/dire",
            data={"cle": KEY[:-2] + "abcdefghijklmnop"[n // 16] + "abcdefghijklmnop"[n % 16], "texte": "encore"},
        )
        for n in range(60)
    ]
    assert answers[0].status_code == 200
    assert answers[-1].status_code == 429
    assert int(answers[-1].headers["retry-after"]) >= 1
    assert quiet.post("/dire", data={"cle": KEY, "texte": "Un banc"}).status_code == 200


def test_an_allowance_fills_again_and_forgets_names(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    allowance = Allowance(2.0, 0.5, n_names_max=3)
    assert [allowance.take("a") for _ in range(3)] == [0.0, 0.0, 2.0]
    now[0] += 2.0
    assert allowance.take("a") == 0.0
    for name in "bcde":
        allowance.take(name)
    assert allowance.take("a") == 0.0
