"""What each screen shows."""

from __future__ import annotations

import html
import re

from starlette.testclient import TestClient

from pipeline.review.app.desk import Desk
from pipeline.review.exchange.own_words import asked_as


def test_what_a_word_to_re_read_was_written_under_is_seen_at_once(client: TestClient, desk: Desk) -> None:
    sources, context = desk.session.state.sources, "Qu'est-ce qui freine, qu'est-ce qui aide ?"
    told = {source.channel: asked_as(source).split("\u00a0")[0] for source in sources.values()}
    assert told == {"enquete": "En réponse à", "postit": "Sous le titre", "transcript": "Sous le titre"}
    cards = html.unescape(client.get("/a-relire").text).split('<li class="carte')[1:]
    assert cards
    assert all(context in card.split("<details")[0] and card.count(context) == 1 for card in cards)


def test_a_word_to_re_read_says_which_axes_hesitate_and_why(client: TestClient) -> None:
    cards = html.unescape(client.get("/a-relire").text).split('<li class="carte')[1:]
    told = re.compile(
        r"La machine penche pour <strong>([^<]+)</strong>\u00a0: entre ([^,]+) et ([^,]+), presque à égalité\."
    )
    found = [told.search(card) for card in cards]
    assert all(match is not None and match[1] == match[2] != match[3] for match in found)


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


def test_regenerate_shows_what_changed(client: TestClient) -> None:
    assert "Rien n’a changé" in client.post("/regenerer").text
    assert "un avertissement." in client.get("/changements").text


def test_titles_to_look_at_are_walked_through_and_leave_once_accepted(client: TestClient, desk: Desk) -> None:
    group = desk.session.state.ordered_groups("est")[0]
    listed, told = "/groupes?portee=tous&etat=titre", f"titre vrai d’une seule parole sur {group.n_items}"
    assert client.get(listed).text.count('<li class="carte') == 0
    group.title_coverage = round(1 / group.n_items, 4)
    assert client.get(listed).text.count('<li class="carte') == 1
    for screen in (listed, f"/groupe/{group.group_id}", "/mur?axe=est"):
        assert client.get(screen).text.count(told) == 1
    page = client.get("/").text
    assert "1\u00a0titre à revoir" in page
    assert "La machine ne le croit vrai que d’une partie des paroles de son groupe." in page
    client.post("/acte", data={"op": "accept", "group": group.group_id})
    assert told not in client.get("/groupes?portee=tous").text
    assert "titre à revoir</a>" not in client.get("/").text


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


def test_an_id_names_one_thing_of_a_screen(client: TestClient, desk: Desk) -> None:
    """A label leads to the first of its name: the header may take no name of a screen."""
    state = desk.session.state
    first, second = [group.group_id for group in state.ordered_groups("est")][:2]
    item = next(iter(state.members[first]))
    for address in (
        "/", "/texte", "/groupes", f"/groupe/{first}", f"/fusion?garder={first}&avec={second}", f"/parole/{item}",
        f"/relier?groupe={first}", "/mur", "/mur?axe=est", "/meme", "/a-relire", "/liens", "/paroles", "/noms?mot=bus",
        "/historique", "/controle", "/retrouver?q=bus", "/changements", "/echanger",
    ):  # fmt: skip
        ids = re.findall(r'\sid="([^"]+)"', client.get(address).text)
        assert len(ids) > 10
        assert sorted(ids) == sorted(set(ids)), address
