"""From a form to an act, and what is said afterwards."""

from __future__ import annotations

import re
from html import unescape

import pytest
from starlette.testclient import TestClient

from pipeline.app.desk import Desk
from pipeline.app.screens import names_to_check
from pipeline.app.workspace import FOLLOWING
from pipeline.review.log.on_items import places_of
from pipeline.review.session import Wish

ODD = ("x", "²", "-1", "1e3", "9" * 20, "9" * 5000)
"""Numbers that no form of ours sends."""


def test_an_act_says_what_was_done_by_whom_and_can_be_undone(client: TestClient, desk: Desk) -> None:
    group = next(iter(desk.session.state.groups))
    client.post("/prenom", data={"prenom": "Zoé 🎺"})
    form = {"op": "accept", "group": group, "retour": f"/resultat/atelier/groupe/{group}"}
    html = client.post("/acte", data=form).text
    assert "vous avez accepté" in html
    assert "décidé par Zoé 🎺" in html
    html = client.post("/acte", data={"op": "undo", "retour": "/resultat/atelier/mur"}).text
    assert desk.session.state.groups[group].state == "machine"
    assert "annulé" in html


def test_what_is_said_waits_for_who_asks_not_for_a_page_that_follows_a_run(client: TestClient) -> None:
    client.post("/acte", data={"op": "inconnu"}, follow_redirects=False)
    assert "Cet acte est inconnu" not in client.get("/historique", headers={FOLLOWING: "oui"}).text
    assert "Cet acte est inconnu" in client.get("/historique").text
    assert "Cet acte est inconnu" not in client.get("/historique").text


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
    html = client.post("/acte", data={"op": "undo", "decision_id": act, "retour": "/resultat/atelier/historique"}).text
    assert "Vous avez annulé l’acte de Zoé" in html
    assert "annulé par Odile" in html
    assert desk.session.state.groups[group].state == "machine"


def test_what_is_missing_is_said(client: TestClient, desk: Desk) -> None:
    group = next(iter(desk.session.state.groups))
    for form, told in (
        ({"op": "rename", "group": group, "title": "  "}, "titre"),
        ({"op": "split", "group": group, "title": "x"}, "Cochez"),
        ({"op": "accept", "group": "g-inconnu"}, "changer"),
        ({"op": "n’importe quoi"}, "inconnu"),
        ({"op": "mask", "span": "mal formé", "value": "oui"}, "incomplet"),
        *(({"op": "order", "group": group, "position": value}, "incomplet") for value in ODD),
        *(({"op": "mask", "span": f"c|{value}|3|mots", "value": "oui"}, "incomplet") for value in ODD),
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


def test_a_word_is_looked_up_then_masked_wherever_it_stands(client: TestClient, desk: Desk) -> None:
    html = client.get("/noms", params={"mot": "bus"}).text
    assert "endroits trouvés" in html
    span = re.search(r'name="span" value="([^"]+)"', html.split("endroits trouvés")[1])
    assert span is not None
    html = client.post("/acte", data={"op": "mask", "span": span[1], "text": "bus", "value": "oui"}).text
    assert "vous avez masqué le nom «\u00a0bus\u00a0» partout" in html
    assert not re.search(r"\bbus\b", client.get("/retrouver-ma-parole.html").text)
    assert "n’est nulle part" in client.get("/noms", params={"mot": "<b>hélicoptère</b>"}).text
    assert client.get("/noms", params={"mot": "   "}).status_code == 200


def test_all_names_of_a_public_meeting_are_named_in_one_act_that_says_what_it_writes(
    client: TestClient, desk: Desk
) -> None:
    texts = desk.session.state.texts.values()
    more = [one for word in ("bus", "temps") for one in places_of(word, texts)]
    assert len(more) > 3
    desk.names = [*desk.names, *({**one.model_dump(), "reason": "prénom"} for one in more)]
    desk.session.act("Anne", Wish("mask", spans=(more[0],)), value=True)
    before = {
        card.name: sum(not place.decided for place in card.places) for card in names_to_check(desk.session, desk.names)
    }
    assert len(before) == 3
    html = client.get("/noms").text
    fold = html.partition('id="nommer-tous"')[2].partition("</details>")[0]
    assert "nommer ces 3 personnes" in fold and all(name in fold for name in before)
    spans = [unescape(one) for one in re.findall(r'name="span" value="([^"]+)"', fold)]
    assert len(spans) == sum(before.values())
    told = client.post("/acte", data={"op": "nommer", "value": "oui", "span": spans}).text
    assert "vous avez noté l’accord pour nommer trois noms" in told
    cards = names_to_check(desk.session, desk.names)
    decided = {place.anchor: place.decided for card in cards for place in card.places}
    assert decided.pop(more[0]) == "masqué"
    assert {*decided.values()} == {"nommé avec accord"}
    assert "nommer-tous" not in client.get("/noms").text
    client.post("/acte", data={"op": "undo"})
    cards = names_to_check(desk.session, desk.names)
    assert [place.anchor for card in cards for place in card.places if place.decided] == more[:1]


def test_a_name_that_stands_in_several_places_is_named_in_all_of_them(client: TestClient, desk: Desk) -> None:
    places = places_of("bus", desk.session.state.texts.values())
    form = (
        client.get("/noms", params={"mot": "bus"}).text.partition('id="nommer-oui-cherche"')[0].rpartition("<form")[2]
    )
    spans = [unescape(one) for one in re.findall(r'name="span" value="([^"]+)"', form)]
    assert len(spans) == len(places) > 1
    assert "nommer «\u00a0bus\u00a0»" in client.post("/acte", data={"op": "nommer", "value": "oui", "span": spans}).text


def test_a_title_in_the_field_is_kept_by_a_verdict(client: TestClient, desk: Desk) -> None:
    group = next(iter(desk.session.state.groups))
    told = client.post("/acte", data={"op": "accept", "group": group, "title": "Mon  titre"}).text
    assert "puis accepté" in told
    assert (desk.session.state.groups[group].title, desk.session.state.groups[group].state) == ("Mon titre", "accepte")
    client.post("/acte", data={"op": "revoir", "group": group, "title": "Mon titre"})
    client.post("/acte", data={"op": "reject", "group": group, "title": " "})
    assert [decision.op for decision in desk.session.log.decisions] == ["rename", "accept", "revoir", "reject"]
    assert desk.session.state.groups[group].title == "Mon titre"


def test_a_page_of_text_is_no_title(client: TestClient, desk: Desk) -> None:
    group, text = next(iter(desk.session.state.groups)), "Le quai glisse dès qu’il pleut, et personne ne vient. " * 8
    for form in ({"op": "rename", "group": group, "title": text}, {"op": "titres", "titles": text}):
        told = unescape(client.post("/acte", data=form).text)
        assert "caractères\u00a0: c’est un texte, pas un titre" in told and 'class="message erreur"' in told
    assert desk.session.log.decisions == ()
    told = unescape(client.post("/acte", data={"op": "titres", "titles": f"Le quai\n{text}"}).text)
    assert "avez ajouté «\u00a0Le quai\u00a0»" in told and 'class="message erreur"' in told  # what is left is a refusal
    assert len(desk.session.log.decisions) == 1


def test_moving_words_says_which(client: TestClient, desk: Desk) -> None:
    group = next(iter(desk.session.state.groups))
    item = desk.session.state.items_of(group)[0]
    form = {"op": "move", "group": group, "item": item.item_id, "group_id": "aucun"}
    assert f"vous avez déplacé «\u00a0{item.text}\u00a0» hors des titres" in unescape(
        client.post("/acte", data=form).text
    )


def test_the_address_of_a_merged_group_leads_to_what_it_became(client: TestClient, desk: Desk) -> None:
    kept, gone = (group.group_id for group in desk.session.state.ordered_groups("est")[:2])
    titles = [desk.session.state.groups[key].title for key in (kept, gone)]
    told = unescape(client.post("/acte", data={"op": "merge", "group": [kept, gone]}).text)
    assert f"vous avez réuni «\u00a0{titles[0]}\u00a0» et «\u00a0{titles[1]}\u00a0»" in told
    response = client.get(f"/groupe/{gone}", follow_redirects=False)
    assert (response.status_code, response.headers["location"]) == (303, f"/resultat/atelier/groupe/{kept}")
    assert client.get("/groupe/g-inconnu").status_code == 404
