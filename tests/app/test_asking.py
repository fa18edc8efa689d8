"""« Est-ce la même chose ? »: the screen that asks, over HTTP and with the keyboard."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

import pytest
from chromium import PAUSE_MS, go, said
from starlette.testclient import TestClient

from pipeline.app.desk import Desk
from pipeline.review.log.on_pairs import best_question

if TYPE_CHECKING:
    from playwright.sync_api import Page

CAR, MEETINGS = "Sans voiture on ne peut pas venir aux ateliers", "Les réunions se chevauchent, personne ne vient"
COLD, PHONE = "Le local est froid en hiver", "Personne ne répond au téléphone de la préfecture"


def shown(client: TestClient, address: str = "/meme") -> str:
    return html.unescape(client.get(address).text).split("<main")[1].split("</main>")[0]


def asked_items(page: str) -> list[str]:
    return re.findall(r'name="item" value="([^"]+)"', page)


def answer(client: TestClient, page: str, **fields: str) -> str:
    data = {"op": "meme", "item": asked_items(page), "retour": "/resultat/atelier/meme", **fields}
    return html.unescape(client.post("/acte", data=data).text)


def test_the_best_question_is_asked_with_what_answers_would_do(client: TestClient, desk: Desk) -> None:
    page = shown(client)
    first = best_question(desk.session.state)
    assert first is not None
    assert set(asked_items(page)) == {first.one, first.other}
    assert CAR in page
    assert MEETINGS in page
    assert "Aucune réponse encore." in page
    assert re.search(r'id="effet-oui">déplace', page)
    assert 'id="effet-non">ne change aucun groupe' in page


def test_an_answer_ranges_the_groups_and_another_question_comes(client: TestClient, desk: Desk) -> None:
    page = shown(client)
    told = answer(client, page, value="oui")
    assert "vont ensemble" in told
    one, other = (desk.session.state.items[key].group_id for key in asked_items(page))
    assert one == other
    after = shown(client)
    assert set(asked_items(after)) != set(asked_items(page))
    assert "1\u00a0réponse</strong>." in after


def test_not_knowing_is_counted_and_not_asked_again(client: TestClient, desk: Desk) -> None:
    page = shown(client)
    answer(client, page, value="")
    after = shown(client)
    assert set(asked_items(after)) != set(asked_items(page))
    assert "(dont 1 «\u00a0je ne sais pas\u00a0»)" in after
    assert desk.session.log.decisions[0].after.value is None


def test_one_axis_alone(client: TestClient, desk: Desk) -> None:
    page = shown(client, "/meme?axe=sud")
    assert {desk.session.state.items[key].axis for key in asked_items(page)} == {"sud"}
    assert '/meme?axe=sud" aria-current="true"' in page


def test_a_group_that_she_accepted_is_shown_as_it_would_be_before_she_agrees(client: TestClient, desk: Desk) -> None:
    state = desk.session.state
    papers = str(state.items[state.by_text[PHONE][0]].group_id)
    client.post("/acte", data={"op": "accept", "group": papers})
    while set(asked_items(page := shown(client))) != {state.by_text[COLD][0], state.by_text[PHONE][0]}:
        answer(client, page, value="")
    assert "porte vos décisions" in page
    assert 'id="effet-oui">si vous cochez\u00a0: range cette idée dans' in page
    members = set(desk.session.state.members[papers])
    answer(client, page, value="oui")
    assert set(desk.session.state.members[papers]) == members
    client.post("/acte", data={"op": "undo"})
    answer(client, page, value="oui", agreed="oui")
    assert set(desk.session.state.members[papers]) == members | {state.by_text[COLD][0]}


def test_when_nothing_is_left_it_says_so(client: TestClient) -> None:
    for _ in range(200):
        page = shown(client)
        if not asked_items(page):
            break
        answer(client, page, value="")
    assert "Plus rien à demander" in shown(client)


@pytest.mark.browser
def test_answers_with_the_keyboard_alone(page: Page, desk: Desk) -> None:
    from playwright.sync_api import expect

    go(page, "4", "Est-ce la même chose ?")
    expect(page.get_by_text("Aucune réponse encore.")).to_be_visible()
    page.keyboard.press("o")
    said(page, "vont ensemble")
    expect(page.locator("#gagne")).to_contain_text("1 réponse")
    page.wait_for_timeout(PAUSE_MS)
    page.keyboard.press("n")
    said(page, "ne vont pas ensemble")
    page.wait_for_timeout(PAUSE_MS)
    page.keyboard.press("?")
    said(page, "ne pas savoir")
    expect(page.locator("#gagne")).to_contain_text("3 réponses (dont 1")
    assert [one.after.value for one in desk.session.log.decisions] == [True, False, None]
    for left in ("2 réponses", "1 réponse", "Aucune réponse encore"):
        page.keyboard.press("z")
        said(page, "C’est annulé")
        expect(page.locator("#gagne")).to_contain_text(left)


def test_a_run_of_an_earlier_version_has_nothing_to_ask(client: TestClient, desk: Desk) -> None:
    assert '/meme">Est-ce la même chose' in html.unescape(client.get("/brouillon").text)
    (desk.session.run.path / "near_pairs.parquet").unlink()
    desk.load()
    assert "Plus rien à demander" in shown(client)
    assert 'id="vers-meme"' not in client.get("/brouillon").text
