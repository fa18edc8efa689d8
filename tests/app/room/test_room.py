"""What a table types, what a facilitator does with it, what each role sees, and what a run makes of it."""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from html import unescape
from types import SimpleNamespace

import pandas as pd
import pytest
from starlette.testclient import TestClient

import rosace
from pipeline.app.room.live import Reader
from pipeline.app.room.room import Room
from pipeline.app.room.words import Words
from pipeline.ingest.formats.typed import HIDE, SHOW, WAIT, WITHDRAW, Typed
from pipeline.ingest.workshop import read_sheet

Entered = Callable[..., TestClient]
KEY = "abcdefghijklmnop"
OTHER = KEY[::-1]


def say(client: TestClient, key: str, text: str, **more: str) -> int:
    return int(client.post("/dire", data={"cle": key, "texte": text, **more}).status_code)


def read(room: Room) -> None:
    room.found = Reader(room.folder, room.config).read(Typed(dict(room.words.typed.words)))


def test_words_wait_for_a_nod_then_are_seen_by_all_until_they_are_removed(room: Room, entered: Entered) -> None:
    table, wall, facilitator = entered("table"), entered("mur"), entered("animation")
    text = "Le car du soir ne passe plus, appelez le 06 12 34 56 78"
    assert say(table, KEY, text, rubrique="Ce qui freine") == 200
    assert "lecture en cours" in table.get("/paroles").text
    read(room)
    assert "appelez" not in wall.get("/mur/cartes").text
    assert "attend un accord" in table.get("/paroles").text
    assert "06 12 34 56 78" in facilitator.get("/animation/suite").text
    facilitator.post("/acte", data={"acte": SHOW, "cle": KEY})
    shown = wall.get("/mur").text
    assert "appelez le [téléphone]" in shown
    assert "06 12" not in shown
    assert "Des cars trop rares" in shown
    facilitator.post("/acte", data={"acte": HIDE, "cle": KEY})
    assert "appelez" not in wall.get("/mur/cartes").text
    assert "pas au mur" in table.get("/paroles").text
    facilitator.post("/acte", data={"acte": "annuler"})
    assert "appelez" in wall.get("/mur/cartes").text
    facilitator.post("/acte", data={"acte": WITHDRAW, "cle": KEY})
    assert "appelez" not in wall.get("/mur/cartes").text + table.get("/paroles").text
    assert "retirée par l’animation" in table.get("/paroles").text
    assert "appelez" not in room.words.path.read_text(encoding="utf-8")


def test_a_table_corrects_and_withdraws_its_own_words_alone(room: Room, entered: Entered) -> None:
    table, other = entered("table", "3"), entered("table", "3")
    say(table, KEY, "Un banc")
    assert say(other, KEY, "Autre chose") == 200  # the key is known: nothing is written
    for act in ("corriger", "retirer"):
        assert other.post(f"/{act}", data={"cle": KEY, "texte": "volé"}).status_code == 422
    assert room.words.typed.words[KEY].text == "Un banc"
    room.sort("animation 1", SHOW, [KEY])
    assert table.post("/corriger", data={"cle": KEY, "texte": "Un banc à l’ombre"}).json() == {"fait": True, "dit": ""}
    assert (room.words.typed.words[KEY].text, room.words.typed.words[KEY].state) == ("Un banc à l’ombre", WAIT)
    assert table.post("/retirer", data={"cle": KEY}).status_code == 200
    assert "banc" not in room.words.path.read_text(encoding="utf-8")
    assert Words(room.folder).typed.words[KEY].is_withdrawn


def test_a_script_is_shown_as_it_was_typed_and_runs_nowhere(room: Room, entered: Entered) -> None:
    table, facilitator = entered("table", "<b>3"), entered("animation")
    say(table, KEY, "<script>alert(1)</script> <img src=x onerror=alert(1)> Il manque un car", rubrique="<i>")
    read(room)
    room.change(replace(room.settings, shows_all=True))
    pages = [table.get("/").text, table.get("/paroles?garder").text, entered("mur").get("/mur").text]
    for page in (*pages, facilitator.get("/animation").text):
        assert "&lt;script&gt;alert(1)" in page
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "<b>3" not in page
    assert room.words.typed.words[KEY].heading == ""


def test_two_facilitators_undo_their_own_acts_and_hear_of_each_other(room: Room, entered: Entered) -> None:
    table, one, two = entered("table"), entered("animation"), entered("animation")
    say(table, KEY, "Un banc")
    say(table, OTHER, "Un arbre")
    one.post("/acte", data={"acte": SHOW, "cle": f"{KEY} {OTHER}"})
    two.post("/acte", data={"acte": HIDE, "cle": KEY})
    assert "par animation 2" in one.get("/animation/suite").text
    one.post("/acte", data={"acte": "annuler"})
    states = {key: word.state for key, word in room.words.typed.words.items()}
    assert states == {KEY: HIDE, OTHER: WAIT}
    assert one.post("/acte", data={"acte": "annuler"}).status_code == 422  # the other has done something since
    one.post("/acte", data={"acte": SHOW, "cle": f"{KEY} {OTHER}"})
    one.post("/acte", data={"acte": "annuler"})  # both at once
    assert {key: word.state for key, word in room.words.typed.words.items()} == states
    first = one.post("/regie", data={"acte": "titres", "titres": "# Est\nDes cars rares", "avant": room.titles_text})
    assert first.status_code == 200
    late = two.post("/regie", data={"acte": "titres", "titres": "Plus de cars", "avant": "# Est\nDes cars trop rares"})
    assert late.status_code == 422
    assert "Plus de cars" in late.json()["dit"]
    assert "Des cars rares" in late.json()["dit"]
    assert room.titles_text == "# Est\nDes cars rares\n"


def test_the_wall_follows_the_eyes_of_the_facilitator(room: Room, entered: Entered) -> None:
    table, wall, facilitator = entered("table"), entered("mur"), entered("animation")
    say(table, KEY, "Il n’y a pas assez de cars le soir")
    say(table, OTHER, "On pourrait partager les voitures")
    room.change(replace(room.settings, shows_all=True))
    read(room)
    assert "assez de cars" in wall.get("/mur/cartes").text
    facilitator.post("/acte", data={"acte": "regarder", "focus": "sud"})
    seen = wall.get("/mur/cartes").text
    assert "partager les voitures" in seen
    assert "assez de cars" not in seen
    assert facilitator.post("/acte", data={"acte": "regarder", "focus": "<b>"}).status_code == 422


def test_who_is_told_of_what(room: Room, entered: Entered) -> None:
    async def told() -> list[set[str]]:
        sessions = [room.settings.session(entered(role).cookies[f"rosace_salle_{8321}"]) for role in ("table", "mur")]
        topics = (frozenset({"paroles"}), frozenset({"mur"}))
        one, two = (room.listen(session, topic) for session, topic in zip(sessions, topics, strict=True) if session)
        other = room.listen(room.settings.session(entered("table").cookies["rosace_salle_8321"]), topics[0])  # type: ignore[arg-type]
        room.say(one.session, KEY, "Un banc", "")
        seen = [set(one.waiting), set(two.waiting), set(other.waiting)]
        room.sort("animation", SHOW, [KEY])
        room.change(room.settings.with_new_code())
        return [*seen, set(two.waiting), {str(page.is_closed) for page in (one, two, other)}]

    with ThreadPoolExecutor(1) as pool:  # the thread of the tests may hold the browser's loop
        found = pool.submit(asyncio.run, told()).result()
    assert found == [{"paroles"}, set(), set(), {"mur"}, {"True"}]


def test_the_closing_of_the_room_is_told_to_every_page(room: Room, entered: Entered) -> None:
    pages = [entered("table"), entered("mur")]
    with ThreadPoolExecutor(2) as pool:
        threads = [pool.submit(page.get, "/fil") for page in pages]
        deadline = time.monotonic() + 10
        while len(room.listeners) < 2 and time.monotonic() < deadline:
            time.sleep(0.02)
        room.end()
        assert all(thread.result(10).text.endswith("event: fermeture\ndata: \n\n") for thread in threads)


def test_the_end_of_typing_is_seen_by_tables_and_on_the_wall(room: Room, entered: Entered) -> None:
    table, wall, facilitator = entered("table"), entered("mur"), entered("animation")
    assert "saisie est close" not in table.get("/paroles").text + wall.get("/mur/cartes").text
    facilitator.post("/regie", data={"acte": "clore"})
    assert all("saisie est close" in text for text in (table.get("/paroles").text, wall.get("/mur/cartes").text))
    assert '<fieldset id="champs" disabled>' in table.get("/").text
    facilitator.post("/regie", data={"acte": "ouvrir"})
    assert '<fieldset id="champs" >' in table.get("/").text


def test_the_heading_that_a_table_chose_decides_the_axis(room: Room, entered: Entered) -> None:
    table = entered("table")
    text = "Comment apprendre à rouler à vélo quand on a passé l’âge ?"
    for key, heading in ((KEY, "Ce que l’on se demande"), (OTHER, "Ce qui freine")):
        say(table, key, text, rubrique=heading)
    read(room)
    ideas = {key: room.found.ideas[key][0] for key in (KEY, OTHER)}
    assert {key: (idea.axis, idea.status) for key, idea in ideas.items()} == {
        KEY: ("ouest", "sur"),
        OTHER: ("est", "sur"),
    }


def test_the_sheet_of_a_room_gets_its_title_and_the_day_of_its_words_where_nobody_gave_them(
    room: Room, entered: Entered, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.app.room.room.run_apart", lambda *_: SimpleNamespace(stdout=(), wait=lambda: 0))
    monkeypatch.setattr("pipeline.app.room.room.now", lambda: "2026-03-12T12:00:00Z")
    say(entered("table"), KEY, "Il n’y a plus de car le soir")
    room.restitute()
    path = room.folder / "atelier.toml"
    header = read_sheet(path).atelier
    assert (header.titre, header.date) == ("atelier", "2026-03-12")
    path.write_text('# de ma main\n[atelier]\ntitre = "Vivre ici"\ndate = 2026-03-01\n', encoding="utf-8")
    before = path.read_bytes()
    room._keep_header()
    assert path.read_bytes() == before
    path.write_text('[atelier]\ntitre = "Vivre ici"\n', encoding="utf-8")
    room._keep_header()
    assert (read_sheet(path).atelier.titre, read_sheet(path).atelier.date) == ("Vivre ici", "2026-03-12")


def test_words_taken_away_say_what_their_axis_is_and_the_heading_that_the_table_chose(
    room: Room, entered: Entered
) -> None:
    table = entered("table")
    say(table, KEY, "Il n’y a plus de car le soir", rubrique="Ce qui freine")
    read(room)
    kept = unescape(table.get("/paroles?garder").text)
    assert "écrit sous la rubrique «\u00a0Ce qui freine\u00a0»" in kept
    assert "→ Est (résoudre des problèmes" in kept
    assert "sous le titre «\u00a0Des cars trop rares\u00a0»" in kept


def card_of(page: str, rank: int = 0) -> str:
    """The value of a card's box."""
    return str(re.findall(r'name="idee"[^>]*value="([^"]+)"', page)[rank])


def test_ideas_are_put_under_titles_by_hand_and_two_hands_are_told(room: Room, entered: Entered) -> None:
    table, one, two = entered("table"), entered("animation"), entered("animation")
    assert one.post("/regie", data={"acte": "prenom", "prenom": "Anne"}, follow_redirects=False).status_code == 303
    assert two.post("/regie", data={"acte": "prenom", "prenom": "Anne"}).status_code == 422
    two.post("/regie", data={"acte": "prenom", "prenom": "Marc"})
    say(table, KEY, "Il n’y a plus de car le soir")
    room.change(replace(room.settings, shows_all=True))
    read(room)
    cars, sharing = (title.title_id for title in room.found.titles)
    seen = card_of(one.get("/animation/suite").text)
    assert one.post("/acte", data={"acte": "ranger", "idee": seen, "sous": sharing}).json()["fait"]
    assert room.ideas_of(room.words.typed.words[KEY])[0].title_id == sharing
    told = one.get("/animation/suite").text
    assert "rangée par Anne" in told
    assert "Partager les voitures" in table.get("/paroles").text
    late = two.post("/acte", data={"acte": "ranger", "idee": seen, "sous": "aucun"})  # he saw it where it was
    assert late.status_code == 422
    told = late.json()["dit"]
    assert "Anne l’a rangée sous" in told and "Marc la rangerait sous" in told
    now = card_of(two.get("/animation/suite").text)
    assert two.post("/acte", data={"acte": "ranger", "idee": now, "sous": "aucun"}).status_code == 200
    assert room.ideas_of(room.words.typed.words[KEY])[0].title_id is None
    assert one.post("/acte", data={"acte": "annuler"}).status_code == 422  # Marc has done something since
    two.post("/acte", data={"acte": "annuler"})
    assert room.ideas_of(room.words.typed.words[KEY])[0].title_id == sharing
    assert Words(room.folder).typed.words[KEY].put == room.words.typed.words[KEY].put
    for wrong in (f"{KEY}:7:", f"{OTHER}:0:", f"{KEY}:x:"):
        assert one.post("/acte", data={"acte": "ranger", "idee": wrong, "sous": cars}).status_code == 422
    table.post("/retirer", data={"cle": KEY})
    assert "car le soir" not in unescape(one.get("/animation/suite").text)


@pytest.mark.slow
def test_where_ideas_were_put_is_an_act_of_the_run(
    room: Room, entered: Entered, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.app.room.room.run_apart", lambda *_: SimpleNamespace(stdout=(), wait=lambda: 0))
    table, facilitator = entered("table"), entered("animation")
    text = "Il n’y a plus de car le soir. Le local est trop petit."
    say(table, KEY, text)
    say(entered("table", "12"), OTHER, text)
    room.change(replace(room.settings, shows_all=True))
    read(room)
    sharing = room.found.titles[1].title_id
    for rank, idea in enumerate(room.ideas_of(room.words.typed.words[KEY])):
        card, under = f"{KEY}:{rank}:{idea.title_id or ''}", sharing if rank else "aucun"
        facilitator.post("/acte", data={"acte": "ranger", "idee": card, "sous": under})

    def acts() -> list[str]:
        room.restitute()
        assert room.launch is not None
        room.launch.is_over = True
        lines = (room.results / "decisions.jsonl").read_text(encoding="utf-8").splitlines()
        return [json.loads(line)["op"] for line in lines]

    assert acts() == acts() == ["move", "prendre"]  # asked for twice, written once
    run = rosace.synthesize(room.folder, room.results, profile="rapide")
    held = run.table("reviewed_memberships").merge(run.table("items"), on="item_id")
    mine = held[held["decided_by"] == "animation 1"].sort_values("start")
    assert mine["contribution_id"].nunique() == 1  # the same words of another table stay where the machine reads them
    assert [None if one is pd.NA else one for one in mine["group_id"]] == [None, sharing]
    facilitator.post("/acte", data={"acte": "annuler"})
    assert acts() == ["move", "prendre", "undo"]


@pytest.mark.slow
def test_the_next_run_finds_what_was_read_live(room: Room, entered: Entered) -> None:
    table, other = entered("table", "Table 3"), entered("table", "12")
    reader = Reader(room.folder, room.config)
    said = (
        "Il n’y a plus de car le soir. On pourrait partager les voitures du village.",
        "Le marché du samedi fait venir du monde",
        "Les cars sont trop rares",
        "Merci",
        "This is written in another language and we will not read it",
    )
    for rank, text in enumerate(said):  # read as they come, and each by a browser of its own
        say((table, other)[rank % 2], KEY[:-1] + "abcdefgh"[rank], text, rubrique="Ce qui freine")
        found = reader.read(Typed(dict(room.words.typed.words)))
    assert list(found.aside.values()) == ["texte en anglais"]
    run = rosace.synthesize(room.folder, room.results, profile="rapide")
    items, placings = run.table("items"), run.table("placings").set_index("item_id")
    live = {idea.item_id: idea for ideas in found.ideas.values() for idea in ideas}
    assert set(live) == set(items["item_id"])
    assert len(live) > len(found.ideas)
    for item_id, idea in live.items():
        row = placings.loc[item_id]
        assert (idea.axis, idea.title_id or None) == (row["axis"], None if row.isna()["title_id"] else row["title_id"])
        assert idea.chance == row["chance"]
    assert any(idea.title_id for idea in live.values())
    assert run.table("contributions")["table"].unique().tolist() == ["3", "12"]
    room.retitle("# Est\nDes transports trop rares\n# Nord\nLe marché", room.titles_text)
    again = reader.read(Typed(dict(room.words.typed.words)))
    assert again == Reader(room.folder, room.config).read(Typed(dict(room.words.typed.words)))
    assert {idea.title_id for ideas in again.ideas.values() for idea in ideas} - {
        idea.title_id for ideas in found.ideas.values() for idea in ideas
    }
