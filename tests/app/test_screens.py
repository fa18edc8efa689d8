"""The screens: what each shows, lists in pages."""

from __future__ import annotations

import html
import re
from itertools import pairwise

import pytest
from starlette.testclient import TestClient

from pipeline.app.desk import Desk, cut
from pipeline.app.screens import names_to_check
from pipeline.review.session import Wish


def test_a_word_to_re_read_says_which_axes_hesitate_and_why(client: TestClient, desk: Desk) -> None:
    ids = [key for key, item in desk.session.state.items.items() if item.status == "a_relire"]
    assert all(f"/parole/{key}" in client.get("/paroles?voir=a_relire").text for key in ids) and ids
    cards = [html.unescape(client.get(f"/parole/{key}").text) for key in ids]
    told = re.compile(
        r"La machine penche pour <strong>([^<]+)</strong>\u00a0: entre ([^,]+) et ([^,]+), presque à égalité\."
    )
    found = [told.search(card) for card in cards]
    assert all(match is not None and match[1] == match[2] != match[3] for match in found)


def test_whose_words_they_are_is_told_with_what_was_said_before_and_after(client: TestClient, desk: Desk) -> None:
    sources = list(desk.session.state.sources.values())
    assert desk.around(sources[0])[0] is None and desk.around(sources[-1])[1] is None
    met = set()
    for source, other in pairwise(sources):
        is_same = source.source == other.source
        met.add(is_same)
        beside = (other, source) if is_same else (None, None)
        assert (desk.around(source)[1], desk.around(other)[0]) == beside
        for item in desk.session.state.by_contribution.get(source.contribution_id, ())[:1]:
            shown = html.unescape(client.get(f"/parole/{item}").text)
            assert f"{source.source}, {source.locator}" in shown and (source.voice or "") in shown
            told = shown.partition("Ce qui est dit avant et après")[2].split("</details>")[0]
            assert (other.text[:60] in told and f"({other.locator})" in told) == is_same
    assert met == {True, False}


def test_regenerate_shows_what_changed(client: TestClient) -> None:
    assert "Rien n’a changé" in client.post("/regenerer").text
    assert "un avertissement." in client.get("/changements").text


def test_a_title_that_is_true_of_few_says_so_until_it_is_accepted(client: TestClient, desk: Desk) -> None:
    group, told = desk.session.state.ordered_groups("est")[0], "titre vrai d’une seule idée sur"
    assert told not in client.get(f"/groupe/{group.group_id}").text
    group.title_coverage = round(1 / group.n_items, 4)
    for screen in (f"/groupe/{group.group_id}", "/mur?axe=est"):
        assert client.get(screen).text.count(f"{told} {group.n_items}") == 1
    client.post("/acte", data={"op": "accept", "group": group.group_id})
    assert told not in client.get(f"/groupe/{group.group_id}").text


def test_an_id_names_one_thing_of_a_screen(client: TestClient, desk: Desk) -> None:
    """A label leads to the first of its name: the header may take no name of a screen."""
    state = desk.session.state
    first = state.ordered_groups("est")[0].group_id
    item = next(iter(state.members[first]))
    for address in (
        "/brouillon", f"/groupe/{first}",
        f"/parole/{item}",
        "/mur", "/mur?axe=est", "/meme", "/paroles", "/noms?mot=bus",
        "/historique", "/controle", "/changements", "/echanger",
    ):  # fmt: skip
        ids = re.findall(r'\sid="([^"]+)"', client.get(address).text)
        assert len(ids) > 10
        assert sorted(ids) == sorted(set(ids)), address


@pytest.mark.parametrize(
    ("number", "rows", "shown"),
    [(1, [0, 1, 2], 1), (3, [6], 3), (9, [6], 3), (0, [0, 1, 2], 1)],
    ids=["first", "last", "beyond", "before"],
)
def test_a_page_of_a_list(number: int, rows: list[int], shown: int) -> None:
    page = cut(range(7), number, 3)
    assert (list(page.rows), page.number, page.n_pages, page.total) == (rows, shown, 3, 7)


def test_an_empty_list_has_one_page() -> None:
    assert (cut([], 1, 3).n_pages, cut([], 1, 3).total) == (1, 0)


def test_names_are_settled_once_something_was_decided_about_each(desk: Desk) -> None:
    session = desk.session
    (card,) = names_to_check(session, desk.names)
    assert (card.name, card.is_settled, card.places[0].reason) == ("Jeanne Morel", False, "prénom")
    session.act("Anne", Wish("mask", spans=(card.places[0].anchor,)), value=True)
    (card,) = names_to_check(session, desk.names)
    assert (card.is_settled, card.places[0].decided) == (True, "masqué")


def test_a_name_of_a_contribution_that_is_gone_is_not_asked_about(desk: Desk) -> None:
    gone = [{**row, "contribution_id": "c-gone"} for row in desk.names]
    assert names_to_check(desk.session, gone) == []


def test_a_card_shows_no_name_that_was_masked(client: TestClient, desk: Desk) -> None:
    (card,) = names_to_check(desk.session, desk.names)
    (item,) = desk.session.state.by_contribution[card.places[0].anchor.contribution_id]
    screens = (f"/parole/{item}", "/paroles?q=Morel", "/mur")
    assert any("Jeanne Morel" in client.get(screen).text for screen in screens)
    data = {"op": "mask", "value": "oui", "text": card.name, "span": card.places[0].span}
    client.post("/acte", data=data)
    told = [html.unescape(client.get(screen).text) for screen in screens]
    assert "[…]" in told[0] and not any("Jeanne Morel" in one for one in told)
