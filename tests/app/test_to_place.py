"""Titles on the page: typed, accepted whole or card by card; « À placer » holds what no title takes."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from browsing import HERE, PORT, TOKEN, base_of, workspace_of
from chromium import PAUSE_MS, said
from starlette.testclient import TestClient

from pipeline.app.desk import Desk
from pipeline.app.rendering import n_of
from pipeline.app.server import make_app
from pipeline.app.titles import Sorter, Sorting, deciding, items_to_place
from pipeline.axes import COMPASS_CODES
from pipeline.place.titles import Title, title_table
from pipeline.review.agreement import N_PLACINGS, drawn, judgements, precisions
from pipeline.review.log.decisions import NewTitle
from pipeline.review.log.replay import Log, read_log, replay
from pipeline.review.log.state import ReviewState
from pipeline.review.reviewed_tables import to_tables
from pipeline.review.session import Session, Wish
from pipeline.workshop.records import MachineTables

if TYPE_CHECKING:
    from playwright.sync_api import Page


@pytest.fixture
def titled(machine: MachineTables) -> MachineTables:
    """The workshop with two titles that take nothing: every idea is to be placed."""
    titles = (
        Title("Des cars trop rares", "est", "Se déplacer", title_id="g-cars"),
        Title("La nuit", title_id="g-nuit", order=1),
    )
    tags = machine.tags
    placings = pd.DataFrame(
        {
            "item_id": tags["item_id"], "title_id": None, "likeliest": "g-cars", "chance": 0.2,
            "also": [[]] * len(tags), "second_title": "g-nuit", "second_chance": 0.1, "axis": tags["axis"],
            "placed_by": "machine",
        }
    )  # fmt: skip
    return replace(machine, titles=title_table(titles), placings=placings)


def sorted_as_run(state: ReviewState) -> Sorting:
    """Where ideas are when no chance can be computed again."""
    return Sorter(None, (), {}).sort(state, object())


def test_every_idea_is_shown_hors_axe_included(titled: MachineTables) -> None:
    state = ReviewState.from_machine(titled)
    sorting = sorted_as_run(state)
    shown = items_to_place(state, sorting)
    assert {item.item_id for item in shown} == set(state.items)
    groups = [item.group_id for item in shown if item.group_id]
    assert groups == sorted(groups, key=groups.index)  # what goes together follows


def test_a_title_that_held_nothing_opens_when_an_idea_is_put_there_and_the_act_replays(
    session: Session, titled: MachineTables
) -> None:
    titled_session = Session(session.run, titled)
    item = items_to_place(titled_session.state, sorted_as_run(titled_session.state))[0]
    decision, outcome = titled_session.act("Anne", Wish("move", items=(item.item_id,)), group_id="g-cars")
    assert outcome.state == "rejouee"
    group = titled_session.state.groups["g-cars"]
    assert (group.title, group.axis, group.origin, group.n_items) == ("Des cars trop rares", "est", "personne", 1)
    left = items_to_place(titled_session.state, sorted_as_run(titled_session.state))
    assert item.item_id not in {one.item_id for one in left}
    again = replay(ReviewState.from_machine(titled), read_log([decision.to_line()]))
    assert again.outcomes[decision.decision_id].state == "rejouee"
    assert list(again.state.members["g-cars"]) == [item.item_id]


def test_an_act_on_a_title_stands_whatever_its_ideas(session: Session, titled: MachineTables) -> None:
    titled_session = Session(session.run, titled)
    one, other = items_to_place(titled_session.state, sorted_as_run(titled_session.state))[:2]
    titled_session.act("Anne", Wish("move", items=(one.item_id,)), group_id="g-cars")
    decision, _ = titled_session.act("Anne", Wish("rename", groups=("g-cars",)), title="Trop peu de cars")
    placings = titled.placings.copy()
    placings.loc[placings["item_id"] == other.item_id, "title_id"] = "g-cars"
    memberships = titled.memberships.copy()
    memberships.loc[memberships["item_id"] == other.item_id, "group_id"] = "g-cars"
    model = titled.groups.iloc[:1].assign(group_id="g-cars", axis="est", title="Des cars trop rares", origin="personne")
    later = replace(titled, placings=placings, memberships=memberships, groups=pd.concat([titled.groups, model]))
    again = replay(ReviewState.from_machine(later), Log((decision,), ()))
    assert again.outcomes[decision.decision_id].state == "rejouee"
    assert again.state.groups["g-cars"].title == "Trop peu de cars"


def test_placings_are_checked_blind_one_by_one_without_the_choice_of_the_machine(
    client: TestClient, desk: Desk, titled: MachineTables
) -> None:
    desk.session = Session(desk.run, replace(titled, placings=titled.placings.assign(title_id="g-cars")))
    asked = drawn(desk.session.start.found, desk.settings.graine, N_PLACINGS)
    for rank, key in enumerate(asked):
        html = client.get("/controle").text
        assert f"{rank}\u00a0réponse" in html and re.findall(r'name="item" value="([^"]+)"', html) == [key]
        buttons = re.findall(r'<button id="controle-[^>]*>', html)
        values = [value[1] for one in buttons if (value := re.search(r'value="([^"]*)"', one))]
        assert values == ["g-cars", "g-nuit", "aucun"]
        like = {re.sub(r'(id|value|data-key)="[^"]*"|axe-\w+', "", one) for one in buttons[:2]}
        assert len(like) == 1  # nothing tells the one of the machine
        client.post("/acte", data={"op": "controle_titre", "item": key, "group_id": values[rank % 3]})
    assert "Toutes les idées tirées ont une réponse" in client.get("/controle").text
    (row,) = precisions(judgements(desk.session.state, desk.session.log))
    assert (row.axis, row.n, row.share) == ("titres", 20, 0.35)
    client.post("/acte", data={"op": "undo"})
    assert f'value="{asked[-1]}"' in client.get("/controle").text
    assert "a répondu au contrôle à l’aveugle pour" in client.get("/historique").text
    client.post("/acte", data={"op": "titres", "titles": "Tapé plus tard"})
    assert re.search(r'<button id="controle-[^>]*>Tapé plus tard', client.get("/controle").text)


# by the page --------------------------------------------------------------------------------------------------


PASTED = "# Est\r\nPlus assez de bus\r\nDes démarches en ligne\r\n\r\n# Sud\r\n- Un agenda commun\r\nDivers\r\n"


def test_titles_that_are_pasted_are_columns_before_any_card(client: TestClient, desk: Desk) -> None:
    html = unescape(
        client.post("/acte", data={"op": "titres", "titles": PASTED, "retour": "/resultat/atelier/mur"}).text
    )
    titles = deciding(desk.session.state)
    assert [(one.text, one.axis) for one in titles.values()] == [
        ("Plus assez de bus", "est"),
        ("Des démarches en ligne", "est"),
        ("Un agenda commun", "sud"),
    ]
    assert "« Divers » irait à toutes les idées" in html.replace("\u00a0", " ")
    for key in titles:
        assert f'data-colonne="{key}"' in html
    client.post("/acte", data={"op": "undo"})
    assert deciding(desk.session.state) == {}


def test_a_title_of_one_axis_or_of_all(client: TestClient, desk: Desk) -> None:
    client.post("/acte", data={"op": "titres", "titles": "Le soir", "axis": "est"})
    client.post("/acte", data={"op": "titres", "titles": "La nuit", "axis": ""})
    assert [one.axis for one in deciding(desk.session.state).values()] == ["est", ""]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "Écrivez d’abord un titre"),
        ("x " * 200, "c'est un texte, pas un titre"),
        ("1\n2\n", "aucun titre n'y est écrit"),
    ],
    ids=["nothing", "a page", "numbers"],
)
def test_what_is_no_title_is_told_and_nothing_is_written(client: TestClient, desk: Desk, typed: str, told: str) -> None:
    html = unescape(client.post("/acte", data={"op": "titres", "titles": typed}).text).replace("’", "'")
    assert told.replace("’", "'") in html
    assert desk.session.log.decisions == ()


def test_three_hundred_titles_are_taken_and_no_more(client: TestClient, desk: Desk) -> None:
    lines = "\n".join(f"Le chemin numéro {n} de la ville" for n in range(305))
    html = client.post("/acte", data={"op": "titres", "titles": lines}).text
    assert len(deciding(desk.session.state)) == 300
    assert "plus de 300 titres" in html


def test_words_that_are_hostile_stay_words_in_a_title(client: TestClient) -> None:
    html = client.post("/acte", data={"op": "titres", "titles": "<script>alert(1)</script> du soir"}).text
    assert "<script>alert" not in html
    assert "<script>alert" not in client.get("/mur").text


def test_a_whole_title_is_accepted_in_one_act_with_what_it_shows(client: TestClient, desk: Desk) -> None:
    group = next(key for key, one in desk.session.state.groups.items() if one.n_items > 2)
    html = client.get("/mur").text
    form = next(one for one in re.findall(r"<form class=\"tout-prendre\".*?</form>", html, re.S) if group in one)
    fields: dict[str, list[str]] = {}
    for name, value in re.findall(r'name="(\w+)" value="([^"]*)"', form):
        fields.setdefault(name, []).append(unescape(value))
    client.post("/acte", data=fields)
    state = desk.session.state
    assert state.groups[group].state == "accepte"
    assert set(state.members[group]) <= state.placed
    assert len(desk.session.log.decisions) == 1


def test_a_card_goes_to_the_next_title_or_to_none_and_is_not_proposed_again(client: TestClient, desk: Desk) -> None:
    client.post("/acte", data={"op": "titres", "titles": "Le soir\nLa nuit"})
    evening, night = deciding(desk.session.state)
    item = next(iter(desk.session.state.items))
    client.post("/acte", data={"vers": night, "op": "", "item": item, "group": evening, "group_id": evening})
    decision = desk.session.log.decisions[-1]
    assert (decision.op, decision.after.group_id, decision.target.groups) == ("move", night, (evening,))
    client.post("/acte", data={"op": "refuser", "item": item, "group": night})
    assert desk.session.state.refused[item] == frozenset({night})


def test_a_card_to_place_tells_where_it_comes_from_and_names_no_title_that_is_unlikely(
    client: TestClient, desk: Desk
) -> None:
    client.post("/acte", data={"op": "titres", "titles": "Le soir\nLa nuit"})
    (evening, _), sorting = deciding(desk.session.state), desk.sorting()
    item = next(one for one in items_to_place(desk.session.state, sorting) if not one.group_id)
    sorting.likeliest[item.item_id] = [(evening, 0.19)]  # type: ignore[index]
    html = client.get("/mur").text
    card = next(one for one in re.findall('<li class="post-it.*?</form>', html, re.S) if f"carte-{item.item_id}" in one)
    assert f'data-likeliest="{evening}"' in card and re.findall('name="vers" value="([^"]+)"', card) == ["aucun"]
    source = desk.session.state.sources[item.contribution_id]
    assert source.source == "enquete.csv" and f"Enquete · {source.context[:60]}" in unescape(card)


def test_no_is_final_for_its_title_and_said_of_the_card_that_is_read_alone(client: TestClient, desk: Desk) -> None:
    client.post("/acte", data={"op": "titres", "titles": "Le soir\nLa nuit"})
    _, night = deciding(desk.session.state)
    one, twin = list(desk.session.state.items)[:2]
    client.post("/acte", data={"op": "prendre", "item": f"{one} {twin}", "group_id": night})
    client.post("/acte", data={"non": one, "item": f"{one} {twin}", "group": night, "group_id": night})
    state = desk.session.state
    assert state.refused == {one: frozenset({night})}
    assert (state.items[one].group_id, state.titled[str(state.items[twin].group_id)].title_id) == (None, night)
    assert night not in dict(desk.sorting().likeliest[one])


@pytest.mark.browser
def test_a_card_to_place_goes_under_a_title_of_the_list_that_it_opens(page: Page, desk: Desk) -> None:
    from playwright.sync_api import expect

    titles = tuple(NewTitle(title=one) for one in ("Le soir", "Le café", "La nuit"))
    desk.session.act("Anne", Wish("titres"), titles=titles)
    night = list(deciding(desk.session.state))[-1]
    item = next(one for one in items_to_place(desk.session.state, desk.sorting()) if not one.group_id)
    desk.sorting().likeliest[item.item_id] = [(night, 0.2)]  # type: ignore[index]
    page.goto(f"{base_of(page)}/mur")
    card = page.locator(f"#carte-{item.item_id}")
    card.focus()
    page.keyboard.press("s")
    expect(card.locator(".sous button")).to_have_text(["La nuit", "Le café", "Le soir"])
    expect(card.get_by_role("button", name="La nuit")).to_be_focused()
    page.keyboard.press("Escape")
    expect(card).to_be_focused()
    card.locator("summary", has_text="Sous…").click()
    expect(card.get_by_role("button", name="La nuit")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    said(page, "vous avez déplacé")
    given = desk.session.state.titled[str(desk.session.state.items[item.item_id].group_id)]
    assert given.text == "Le café" and page.url.endswith("/mur")
    first = page.locator("[data-colonne=aucun] .post-it.proposee").first
    key = str(first.get_attribute("id")).removeprefix("carte-")
    page.locator("[data-colonne=aucun] .post-it.proposee").nth(1).focus()
    page.keyboard.press("ArrowUp")  # the list is laid on the card that keys reach, and a figure chooses
    chosen = str(first.locator(".sous button").nth(1).text_content())
    expect(first).to_be_focused()
    assert page.evaluate("scrollY") < 100  # its column is scrolled, not the whole page
    n_acts = len(desk.session.log.decisions)
    first.locator(".sous summary").evaluate("summary => { summary.parentElement.open = false }")
    page.keyboard.press("2")  # a list that is closed chooses nothing: it opens
    expect(first.locator(".sous[open]")).to_have_count(1)
    assert len(desk.session.log.decisions) == n_acts
    first.focus()
    page.keyboard.press("2")
    expect(page.locator(f"[data-colonne=aucun] #carte-{key}")).to_have_count(0)
    assert desk.session.state.titled[str(desk.session.state.items[key].group_id)].text == chosen
    expect(page.locator("[data-colonne=aucun] .sous[open]")).to_have_count(1)  # the next card is ready


def test_a_title_typed_for_a_card_takes_its_twins_like_any_title(client: TestClient, desk: Desk) -> None:
    item = next(iter(desk.session.state.items))
    client.post("/acte", data={"op": "titres", "item": item, "titles": "Le soir"})
    (key,) = deciding(desk.session.state)
    given = desk.session.state.titled[str(desk.session.state.items[item].group_id)]
    assert (given.title_id, given.text) == (key, "Le soir")
    decision = desk.session.log.decisions[-1]
    assert decision.after.group_id == key  # the next run reads the card as an example of the title
    assert len(desk.session.log.decisions) == 1
    client.post("/acte", data={"op": "undo"})
    assert deciding(desk.session.state) == {}


def test_what_a_machine_proposes_is_to_be_placed_once_a_person_gave_titles(client: TestClient, desk: Desk) -> None:
    proposed = 'class="position">proposition'
    assert client.get("/mur").text.count(proposed) > 3
    client.post("/acte", data={"op": "titres", "titles": "Le soir venu"})
    html = client.get("/mur").text
    assert html.count(proposed) == 0
    columns = set(re.findall('data-colonne="([^"]+)"', html))
    assert columns == {*deciding(desk.session.state), "aucun"}
    assert 'data-avec="' in html  # what would have been a column is ticked with one key


def told_and_held(html: str) -> tuple[int, int]:
    """How many ideas are said to be to place, and how many are on the cards there."""
    beside = html.partition('id="colonne-aucun"')[2].replace("\u00a0", " ")
    told = re.search(r'<p class="compte-cartes">(\d+) à placer', beside)
    assert told is not None
    return int(told[1]), sum(len(ids.split()) for ids in re.findall(CARD, beside))


CARD = r'class="post-it[^"]*proposee.*?name="item" value="([^"]+)" form="cochees"'


def test_what_is_to_place_is_counted_as_it_is_listed(client: TestClient, desk: Desk) -> None:
    """Above the wall and beside it, on all axes or one, whatever became of the groups of the machine."""
    group = next(iter(desk.session.state.groups))
    assert f'id="tout-{group}"' in client.get("/mur").text
    for act in ({"op": "reject", "group": group}, {"op": "titres", "titles": "Le soir venu"}):
        html = client.post("/acte", data={**act, "retour": "/resultat/atelier/mur"}).text
        assert f'id="tout-{group}"' not in html  # a rejected one is not offered whole
        for axis in ("", *COMPASS_CODES):
            html = client.get(f"/mur?axe={axis}").text
            told, held = told_and_held(html)
            assert told == held
            whole = f"{n_of(len(desk.session.state.items), 'idée')}{' sur tout le mur' * bool(axis)}, dont <a"
            assert whole in html and f">{desk.sorting().standing.left} à placer</a>" in html
    assert desk.sorting().standing.left >= desk.session.state.groups[group].n_items


def test_titles_that_say_the_same_are_put_together(client: TestClient, desk: Desk) -> None:
    client.post("/acte", data={"op": "titres", "titles": "Des cars trop rares\nLe local du club\nLes cars trop rares"})
    first, club, again = deciding(desk.session.state)
    one, other, third = list(desk.session.state.items)[:3]
    client.post("/acte", data={"op": "prendre", "item": [one, third], "group_id": again})
    client.post("/acte", data={"op": "prendre", "item": other, "group_id": club})
    client.post("/acte", data={"op": "merge", "group": [first, again]})
    assert list(deciding(desk.session.state)) == [first, club]
    held = {desk.session.state.titled[str(desk.session.state.items[key].group_id)].title_id for key in (one, third)}
    assert held == {first}
    client.post("/acte", data={"op": "undo"})
    assert list(deciding(desk.session.state)) == [first, club, again]


def test_two_people_on_one_title_are_told_of_each_other(desk: Desk) -> None:
    workspace, place = workspace_of(desk)
    app = make_app(workspace, TOKEN, PORT)
    one, two = (TestClient(app, base_url=HERE + place.address, headers={"origin": HERE}) for _ in range(2))
    for client, name in ((one, "Anne"), (two, "Marc")):
        client.get(f"/brouillon?jeton={TOKEN}")
        client.post("/prenom", data={"prenom": name})
    one.post("/acte", data={"op": "titres", "titles": "Le soir"})
    n_acts = len(desk.session.log.decisions)
    there = "« Le soir » existe déjà, sur tous les axes : "
    for typed, then in (
        ({"op": "titres", "titles": "le soir."}, "il n’est pas ajouté."),
        ({"op": "titres", "titles": "Le soir", "item": next(iter(desk.session.state.items))}, "choisissez-le dans"),
        ({"op": "rename", "group": next(iter(desk.session.state.groups)), "title": "LE SOIR"}, "rien n’est changé."),
    ):
        assert there + then in unescape(two.post("/acte", data=typed).text).replace("\u00a0", " ")
    assert len(desk.session.log.decisions) == n_acts
    (key,) = deciding(desk.session.state)
    one.post("/acte", data={"op": "rename", "group": key, "title": "Le soir venu"})
    two.post("/acte", data={"op": "rename", "group": key, "title": "La nuit tombée"})
    assert desk.session.title_of(key) == "La nuit tombée"
    told = unescape(one.get("/historique").text)
    assert "Anne a renommé" in told and "Marc a renommé" in told


def test_what_is_nobodys_words_is_set_aside_with_a_word_why_and_counts_follow(
    client: TestClient, desk: Desk, machine: MachineTables
) -> None:
    def counted(html: str) -> int:
        told = re.search(r'aria-label="Idées rangées"></progress> (\d+)', html.replace("\u00a0", " "))
        assert told is not None
        return int(told[1])

    state, n = desk.session.state, len(desk.session.state.items)
    group = max(state.groups.values(), key=lambda one: one.n_items)
    n_there, (first, second) = group.n_items, (item.item_id for item in state.items_of(group.group_id)[:2])
    act = {"op": "pas_une_parole", "item": [first, second], "retour": f"/resultat/atelier/parole/{first}"}
    assert "Dites d’un mot pourquoi" in client.post("/acte", data=act).text
    said = unescape(client.post("/acte", data={**act, "text": "des consignes"}).text).replace("\u00a0", " ")
    assert "Pas une parole : des consignes." in said and "ce n’est pas une parole (des consignes)" in said
    assert counted(client.get("/mur").text) == n - 2 and "2\u00a0mises de côté" in client.get("/mur").text
    assert sum(desk.sorting().standing) == n - 2
    assert desk.session.state.groups[group.group_id].n_items == n_there - 2
    assert first not in client.get("/paroles").text and first in client.get("/paroles?voir=de_cote").text
    shown = to_tables(desk.session.state, machine).reviewed_items.set_index("item_id")["is_hidden"]
    assert shown[first] and shown[second]
    assert "Reprendre les 2\u00a0idées" in client.get(f"/parole/{first}").text
    client.post("/acte", data={"op": "undo", "decision_id": desk.session.log.decisions[-1].decision_id})
    assert counted(client.get("/mur").text) == n and not desk.session.state.items[first].is_hidden
    client.post("/acte", data={**act, "text": "un titre"})
    client.post("/acte", data={"op": "move", "item": first, "group_id": group.group_id})  # put under a title: it is one
    assert counted(client.get("/mur").text) == n - 1 and not desk.session.state.items[first].is_hidden


@pytest.mark.browser
def test_what_goes_together_goes_under_one_title_with_two_keys(page: Page, desk: Desk) -> None:
    from playwright.sync_api import expect

    desk.session.act("Anne", Wish("titres"), titles=(NewTitle(title="Le soir"), NewTitle(title="Le café")))
    evening, coffee = deciding(desk.session.state)
    packed = [one for one in desk.sorting().left if not one.group_id][:3]
    for item in packed[:2]:
        desk.sorting().likeliest[item.item_id] = [(coffee, 0.3), (evening, 0.2)]  # type: ignore[index]
    desk.sorting().likeliest[packed[2].item_id] = [(evening, 0.19)]  # type: ignore[index]
    page.goto(f"{base_of(page)}/mur")
    for item in packed[:2]:
        expect(page.locator(f"#carte-{item.item_id}")).to_have_attribute("data-avec", coffee)
    card = page.locator(f"#carte-{packed[1].item_id}")
    card.focus()
    n_acts = len(desk.session.log.decisions)
    card.evaluate(  # two keys sooner than the browser can say that the list is open
        "one => ['b', '1'].forEach(key => one.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true })))"
    )
    expect(page.locator(".annonce")).to_contain_text("vers «\u00a0Le café")
    page.wait_for_timeout(PAUSE_MS)
    assert len(desk.session.log.decisions) == n_acts + 1
    under = {desk.session.state.titled[str(desk.session.state.items[one.item_id].group_id)].text for one in packed[:2]}
    assert under == {"Le café"} and desk.session.state.items[packed[2].item_id].group_id is None
    page.keyboard.press("z")
    said(page, "C’est annulé")


@pytest.mark.browser
def test_several_cards_are_ticked_from_one_to_another_and_one_act_does_for_all(page: Page, desk: Desk) -> None:
    from playwright.sync_api import expect

    desk.session.act("Anne", Wish("titres"), titles=(NewTitle(title="Le soir"), NewTitle(title="Le café")))
    _, coffee = deciding(desk.session.state)
    page.goto(f"{base_of(page)}/mur")
    cards = page.locator("[data-colonne=aucun] .post-it.proposee")
    shown = [str(cards.nth(n).get_attribute("id")).removeprefix("carte-") for n in range(5)]
    n_acts = len(desk.session.log.decisions)

    def under(key: str) -> str:
        return desk.session.state.titled[str(desk.session.state.items[key].group_id)].text

    cards.nth(0).focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Shift+Space")
    expect(page.locator("#n-cochees")).to_have_text("3 cartes cochées")
    page.keyboard.press("n")
    page.locator("#nouveau-titre").fill("La nuit")
    page.keyboard.press("Enter")
    said(page, "vous avez ajouté")
    assert [under(key) for key in shown[:3]] == ["La nuit"] * 3 and len(desk.session.log.decisions) == n_acts + 1
    page.keyboard.press("z")
    said(page, "C’est annulé")
    expect(page.locator(f"[data-colonne=aucun] #carte-{shown[0]}")).to_have_count(1)

    cards.nth(1).locator("input").first.click()
    cards.nth(4).locator(".mots").click(modifiers=["Shift"])
    expect(page.locator("#n-cochees")).to_have_text("4 cartes cochées")
    cards.nth(1).locator(".mots").click(modifiers=["ControlOrMeta"])
    expect(page.locator("#n-cochees")).to_have_text("3 cartes cochées")
    page.locator("#destination").select_option(coffee)
    page.locator("#deplacer").click()
    said(page, "vers «\u00a0Le café")
    assert {under(key) for key in shown[2:5]} == {"Le café"}

    cards.nth(0).locator("input").first.check()
    page.get_by_role("button", name="Toute la colonne").click()
    n = cards.count()
    expect(page.locator("#n-cochees")).to_have_text(f"{n} cartes cochées")
    page.keyboard.press("Escape")
    cards.nth(0).focus()
    page.keyboard.press("ControlOrMeta+a")
    expect(page.locator("#n-cochees")).to_have_text(f"{n} cartes cochées")


@pytest.mark.browser
def test_no_does_for_all_that_are_ticked_under_a_title(page: Page, desk: Desk) -> None:
    group = max(desk.session.state.groups.values(), key=lambda one: one.n_items).group_id
    page.goto(f"{base_of(page)}/mur")
    cards = page.locator(f"[data-colonne={group}] .post-it.proposee")
    rows = [str(cards.nth(n).locator("input").first.get_attribute("value")).split() for n in range(3)]
    cards.nth(0).focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Shift+Space")
    page.keyboard.press("x")
    said(page, "C’est enregistré")
    assert len(desk.session.log.decisions) == 1
    assert {key for row in rows[:2] for key in row}.isdisjoint(desk.session.state.members[group])
    assert set(rows[2]) <= set(desk.session.state.members[group])


def test_words_are_moved_under_titles_of_people_alone_once_there_are_some(client: TestClient, desk: Desk) -> None:
    item = next(iter(desk.session.state.items))

    def offered(address: str) -> set[str]:
        html = unescape(re.search(r'<select id="destination".*?</select>', client.get(address).text, re.S)[0])  # type: ignore[index]
        return set(re.findall('<option value="([^"]+)"', html)) - {"aucun"}

    for address in ("/mur", "/paroles", f"/parole/{item}"):
        assert offered(address) == set(desk.session.state.groups)
    client.post("/acte", data={"op": "titres", "titles": "Zone calme\n# Est\nAbri de bus"})
    for address in ("/mur", "/paroles", f"/parole/{item}"):
        assert offered(address) == set(deciding(desk.session.state))


@pytest.mark.browser
def test_titles_first_by_the_keyboard_alone(page: Page, desk: Desk) -> None:
    from playwright.sync_api import expect

    page.set_viewport_size({"width": 1366, "height": 480})
    page.goto(f"{base_of(page)}/mur")
    page.get_by_label("Titres, un par ligne").fill("Pas de bus le soir\nLe café")
    page.get_by_role("button", name="Ajouter", exact=True).press("Enter")
    said(page, "vous avez ajouté")
    titles = {one.text: key for key, one in deciding(desk.session.state).items()}
    expect(page.locator(f"#colonne-{titles['Le café']}")).to_be_visible()
    assert desk.sorter is not None and desk.sorter.live is None  # the hand-made run has no vectors
    card = page.locator(".post-it").first
    item = str(card.get_attribute("id")).removeprefix("carte-")
    card.focus()
    page.keyboard.press("m")
    page.get_by_label("Déplacer vers").select_option(titles["Le café"])
    page.keyboard.press("Enter")
    said(page, "vous avez déplacé")
    given = desk.session.state.titled[str(desk.session.state.items[item].group_id)]
    assert given.title_id == titles["Le café"]
    n_before = len(desk.session.state.placed)
    column = page.locator("#colonne-aucun")  # longer than what is seen at once
    column.locator(".post-it").first.focus()
    expect(column.locator("[data-tout]")).to_have_attribute("title", re.compile("jamais montrée"))
    page.keyboard.press("v")  # what was never shown is shown first, and nothing is left out
    page.wait_for_timeout(PAUSE_MS)
    assert len(desk.session.state.placed) == n_before
    for _ in range(40):
        if column.locator("[data-tout]").get_attribute("title") == "":
            break
        page.keyboard.press("v")
        page.wait_for_timeout(PAUSE_MS)
    page.keyboard.press("v")
    said(page, "hors des titres")
    assert len(desk.session.state.placed) > n_before
    page.keyboard.press("z")
    said(page, "C’est annulé")
    assert len(desk.session.state.placed) == n_before
