"""The wall: columns of cards, by the mouse, by the keyboard and by buttons; every act in the same log."""

from __future__ import annotations

import re
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from html import unescape
from typing import TYPE_CHECKING, Any

import pytest
from browsing import HERE, base_of
from chromium import said
from reading import group_named
from starlette.testclient import TestClient

from pipeline.app.desk import Desk
from pipeline.app.places import WALL
from pipeline.app.titles import deciding
from pipeline.app.wall import KNOWN, cards_of, place_of
from pipeline.app.workspace import Message
from pipeline.review import session
from pipeline.review.log.decisions import NewTitle
from pipeline.review.log.replay import apply
from pipeline.review.session import Wish

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

BUS, TEMPS, PAPIERS = (
    "Pas assez de bus le soir",
    "Le temps manque pour se coordonner",
    "Des démarches en ligne qui perdent les gens",
)
STACK, ALONE = "Il n'y a plus de bus après 18 h", "Le bus ne passe pas dans les hameaux"


def group_of(desk: Desk, words: str) -> str | None:
    (item,) = [item for item in desk.session.state.items.values() if item.text == words]
    return desk.session.title_of(item.group_id)


def test_what_says_the_same_thing_is_one_card(desk: Desk) -> None:
    state = desk.session.state
    cards = cards_of(state.items_of(group_named(state, BUS)))
    assert [item.text for item in cards[0].items] == [STACK, "Pas de bus le dimanche, les jeunes restent chez eux"]
    assert [len(card.items) for card in cards] == [2, 1, 1, 1, 1]


def test_for_and_against_are_never_one_card(desk: Desk) -> None:
    state = desk.session.state
    first, second = cards_of(state.items_of(group_named(state, BUS)))[0].items
    second.stance = "contre"
    sides = [[item.stance for item in card.items] for card in cards_of([first, second])]
    assert sides == [["inconnu"], ["contre"]]


def test_home_that_is_read_during_an_act_keeps_the_wall_as_it_is_after(
    client: TestClient, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    acting = threading.Event()

    def slowly(*given: Any) -> Any:
        acting.set()
        time.sleep(0.5)
        return apply(*given)

    client.get("/mur")
    monkeypatch.setattr(session, "apply", slowly)
    state = desk.session.state
    card = next(item for item in state.items.values() if item.item_id not in desk.sorting().taken)
    form = {"op": "prendre", "item": card.item_id, "group_id": group_named(state, BUS)}
    before = desk.sorting().standing
    with ThreadPoolExecutor(1) as apart:
        done = apart.submit(client.post, "/acte", data=form, follow_redirects=False)
        assert acting.wait(10)
        assert client.get(f"{HERE}/").status_code == 200
        assert done.result().status_code == 303
    now = desk.sorting()
    assert card.item_id in now.taken
    assert now.standing.under == before.under + 1
    assert desk.run.load_json(WALL)["left"] == len(now.left)


def test_only_the_columns_that_changed_come_back(client: TestClient, desk: Desk) -> None:
    html = client.get("/mur?axe=est").text
    marks = re.findall(r'data-colonne="([^"]+)" data-marque="([^"]+)"', html)
    assert len(marks) == 4
    known = {KNOWN: ",".join(f"{key}:{mark}" for key, mark in marks)}
    assert client.get("/mur?axe=est", headers=known).text.count("data-connue") == 4
    bus, temps = (group_named(desk.session.state, title) for title in (BUS, TEMPS))
    stack = " ".join(item.item_id for item in cards_of(desk.session.state.items_of(bus))[0].items)
    form = {"op": "move", "item": stack, "group_id": temps, "retour": "/resultat/atelier/mur?axe=est"}
    html = client.post("/acte", data=form, headers=known).text
    assert set(re.findall(r'data-colonne="([^"]+)" data-marque', html)) == {bus, temps}
    assert STACK in unescape(html)
    assert group_of(desk, STACK) == TEMPS
    assert len(desk.session.log.decisions[-1].target.items) == 2
    assert [len(card.items) for card in cards_of(desk.session.state.items_of(temps))][:2] == [2, 2]


def test_how_many_are_to_be_placed_is_told_anew_when_a_card_leaves_a_proposal(client: TestClient, desk: Desk) -> None:
    client.post("/acte", data={"op": "titres", "titles": "Le soir"})
    (evening,) = deciding(desk.session.state)

    def left(**headers: str) -> str:
        html = client.get("/mur", headers=headers).text
        return re.findall(r'<section[^>]* id="colonne-aucun".*?</section>', html, re.S)[0]

    n, mark = len(desk.sorting().left), re.findall(r'data-marque="(\w+)"', left())[0]
    group = max(desk.session.state.groups.values(), key=lambda one: one.n_items).group_id
    item = desk.session.state.items_of(group)[0].item_id
    client.post("/acte", data={"op": "move", "item": item, "group_id": evening})
    assert f"{n - 1} à placer" in left(**{KNOWN: f"aucun:{mark}"})


def test_cards_taken_one_by_one_are_told_to_wait_for_their_title(client: TestClient, desk: Desk) -> None:
    bus, told = group_named(desk.session.state, BUS), "le texte compte alors toutes ses cartes"
    assert told not in client.get("/mur").text
    form = {"op": "prendre", "item": cards_of(desk.session.state.items_of(bus))[0].ids, "group_id": bus}
    n_left = len(cards_of(desk.session.state.items_of(bus))) - 1
    html = client.post("/acte", data={**form, "retour": "/resultat/atelier/mur"}).text
    assert told in html and f'Tout accepter</span> <span class="compte">{n_left}\u00a0cartes</span>' in html
    form["value"] = "oui"
    assert told not in client.post("/acte", data={**form, "retour": "/resultat/atelier/mur"}).text


def test_hostile_words_stay_words(client: TestClient) -> None:
    html = client.get("/mur?axe=est").text
    assert "<script>document.title" not in html
    assert "&lt;script&gt;document.title" in html


def test_buttons_alone_move_create_and_join(client: TestClient, desk: Desk) -> None:
    """As the page's forms send without scripts."""
    state = desk.session.state
    bus, temps = (group_named(state, title) for title in (BUS, TEMPS))
    assert "Cochez d’abord deux groupes" in client.post("/acte", data={"op": "merge", "group": bus}).text
    first, second = (item.item_id for item in state.items_of(bus)[2:4])
    client.post("/acte", data={"op": "create", "item": [first, second], "title": "Loin du bourg", "axis": "est"})
    client.post("/acte", data={"op": "merge", "group": [temps, bus]})
    assert group_of(desk, ALONE) == "Loin du bourg"
    assert group_of(desk, STACK) == TEMPS
    client.post("/acte", data={"op": "set_axis", "group": temps, "axis": "sud", "retour": "/resultat/atelier/mur"})
    assert desk.session.state.groups[temps].axis == "sud"


pytest_browser = pytest.mark.browser


def wall_of(page: Page, axis: str = "est") -> None:
    page.goto(f"{base_of(page)}/mur?axe={axis}")
    page.wait_for_selector("#mur.vif")


def column(page: Page, title: str) -> Locator:
    return page.get_by_role("region", name=title, exact=True)


def card(page: Page, words: str) -> Locator:
    return page.get_by_role("listitem").filter(has_text=words).first


def drag(what: Locator, there: Locator) -> None:
    mouse = what.page.mouse
    what.hover(position={"x": 30, "y": 10})
    mouse.down()
    what.hover(position={"x": 40, "y": 12})  # it is taken before the page scrolls under it
    for _ in range(2):  # what has scrolled under the mouse is met by its next move
        there.hover(position={"x": 90, "y": 60})
    mouse.up()


@pytest_browser
def test_with_the_mouse(page: Page, desk: Desk) -> None:
    from playwright.sync_api import expect

    wall_of(page)
    drag(card(page, ALONE), column(page, TEMPS))
    said(page, f"vers « {TEMPS} »".replace("« ", "«\u00a0").replace(" »", "\u00a0»"))
    assert group_of(desk, ALONE) == TEMPS
    expect(column(page, TEMPS)).to_contain_text(ALONE)
    expect(column(page, BUS)).not_to_contain_text(ALONE)

    # a drop on a card is a drop on its column
    drag(card(page, "On remplit trois fois"), card(page, "Sans voiture"))
    said(page, f"vers « {BUS} »".replace("« ", "«\u00a0").replace(" »", "\u00a0»"))
    assert group_of(desk, "On remplit trois fois le même dossier") == BUS
    page.get_by_role("checkbox", name=re.compile("Les horaires de bus")).check()
    page.get_by_role("checkbox", name=re.compile("Sans voiture")).check()
    page.get_by_role("button", name="Annuler", exact=True).click()
    said(page, "C’est annulé\u202f: vous aviez déplacé".replace("\u202f", " "))

    # several at once, still ticked, a stack among them, to the weak signals
    expect(page.get_by_text("2 cartes cochées")).to_be_visible()
    drag(card(page, "Sans voiture"), page.get_by_role("region", name="À placer"))
    said(page, "hors des titres")
    assert group_of(desk, "Sans voiture on ne peut pas venir aux ateliers") is None
    assert group_of(desk, "Les horaires de bus ne vont pas avec ceux du collège") is None

    # a new column, by drawing a card out
    drag(card(page, STACK), page.get_by_text("Glissez ici des cartes"))
    title = page.get_by_role("dialog", name="Nouvelle colonne").get_by_label("Titre")
    expect(title).to_be_focused()
    title.fill("Le soir et le dimanche")
    page.get_by_role("button", name="Créer").last.click()
    said(page, "vous avez ajouté")
    assert group_of(desk, STACK) == "Le soir et le dimanche"
    expect(column(page, "Le soir et le dimanche")).to_be_visible()

    # a column on another
    drag(column(page, PAPIERS).locator(".poignee"), column(page, TEMPS))
    expect(page.get_by_role("dialog", name="Réunir 2 colonnes")).to_be_visible()
    page.get_by_role("button", name="Réunir", exact=True).click()
    said(page, "vous avez réuni")
    expect(column(page, PAPIERS)).to_have_count(0)
    assert group_of(desk, "On remplit trois fois le même dossier") == TEMPS

    page.get_by_role("button", name="Annuler", exact=True).click()
    said(page, "C’est annulé")
    expect(column(page, PAPIERS)).to_be_visible()
    assert [decision.op for decision in desk.session.log.decisions] == "move move undo move titres merge undo".split()


@pytest_browser
def test_with_the_keyboard_alone(page: Page, desk: Desk) -> None:
    from playwright.sync_api import expect

    wall_of(page)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # what leads to the contents leads to the first card
    expect(page.locator(".post-it").first).to_be_focused()
    card(page, ALONE).focus()
    page.keyboard.press("m")
    expect(page.get_by_label("Déplacer vers")).to_be_focused()
    page.keyboard.type(TEMPS[:7])
    page.keyboard.press("Enter")
    said(page, "vous avez déplacé")
    assert group_of(desk, ALONE) == TEMPS
    page.keyboard.press("z")
    said(page, "C’est annulé")
    card(page, STACK).focus()
    page.keyboard.press("ArrowUp")  # the least typical is shown first
    expect(card(page, ALONE)).to_be_focused()
    page.keyboard.press("Shift+ArrowRight")
    said(page, "vous avez déplacé")
    assert group_of(desk, ALONE) == TEMPS
    expect(card(page, ALONE)).to_be_focused()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("c")
    expect(page.get_by_text("1 carte cochée")).to_be_visible()
    page.keyboard.press("n")
    page.keyboard.type("Une colonne de plus")
    page.keyboard.press("Enter")
    said(page, "Une colonne de plus")
    assert "Une colonne de plus" in {group.title for group in desk.session.state.groups.values()}
    # two columns are joined
    card(page, "On remplit trois fois").focus()
    page.keyboard.press("f")
    card(page, "Aucun temps payé").focus()
    page.keyboard.press("f")
    expect(page.get_by_text("2 colonnes cochées")).to_be_visible()
    page.get_by_role("button", name="Réunir les colonnes").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="Réunir 2 colonnes")).to_be_visible()
    page.keyboard.press("Enter")
    said(page, "vous avez réuni")
    # renamed where it stands
    field = column(page, TEMPS).get_by_label("Titre de la colonne")
    card(page, "Aucun temps payé").focus()
    page.keyboard.press("t")
    expect(field).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.type("Le temps et les papiers")
    page.keyboard.press("Enter")
    said(page, "vous avez renommé")
    expect(column(page, "Le temps et les papiers")).to_be_visible()
    page.get_by_role("main").focus()
    page.keyboard.press("-")
    expect(page.locator("body")).to_have_class(re.compile("cartes-petites"))


@pytest_browser
def test_what_was_done_is_told_under_the_cards(page: Page, desk: Desk) -> None:
    wall_of(page)
    page.locator("#vos-titres > summary").click()
    page.evaluate("scrollTo(0, 0)")
    page.locator(".post-it.proposee").first.focus()
    page.keyboard.press("x")
    said(page, "C’est enregistré")
    box, cards = page.locator(".message").bounding_box(), page.locator(".mur-et-cote").bounding_box()
    assert box and cards and box["height"] < 50
    assert cards["y"] + cards["height"] <= box["y"]
    desk.messages["Anne"] = desk.messages["Quelqu’un"] = Message("C’est enregistré.\n" + "un mot, " * 30)
    page.reload()
    page.locator("#vos-titres > summary").click()
    page.evaluate("scrollTo(0, 0)")
    box, cards = page.locator(".message").bounding_box(), page.locator(".mur-et-cote").bounding_box()
    assert box and cards and box["height"] > 50  # read whole
    assert cards["y"] + cards["height"] <= box["y"]


@pytest_browser
def test_a_title_whose_merge_is_undone_comes_back_to_its_place(page: Page, desk: Desk) -> None:
    desk.session.act("Anne", Wish("titres"), titles=tuple(NewTitle(title=one) for one in ("Un", "Deux", "Trois")))
    first, second, _ = deciding(desk.session.state)
    wall_of(page, "")
    order = "[...document.querySelectorAll('#colonnes-du-mur [data-colonne]')].map((one) => one.id)"
    before = page.evaluate(order)
    desk.session.act("Anne", Wish("merge", groups=(first, second)))
    page.reload()
    assert f"colonne-{second}" not in page.evaluate(order)
    page.keyboard.press("z")
    said(page, "Vous avez annulé")
    assert page.evaluate(order) == before


def test_the_wall_asks_to_write_the_text_again_only_when_it_is_not_up_to_date(client: TestClient, desk: Desk) -> None:
    client.post("/acte", data={"op": "move", "item": list(desk.session.state.items), "group_id": "aucun"})
    assert desk.sorting().standing.left == 0
    assert 'id="mur-relu"' in client.get("/mur").text
    desk.drafted = frozenset(one.decision_id for one in desk.session.log.decisions)
    assert 'id="mur-relu"' not in client.get("/mur").text


SEEN = """() => [...document.querySelectorAll(".post-it")].filter((card) => {
  const box = card.getBoundingClientRect(), inside = card.closest(".mur, .faibles").getBoundingClientRect();
  return box.height > 10 && box.top >= inside.top - 1 && box.bottom <= Math.min(inside.bottom, innerHeight) + 1
    && box.left >= inside.left - 1 && box.right <= Math.min(inside.right, innerWidth) + 1;
}).length"""
"""Cards that stand whole in sight."""
OUTSIDE = """() => [...document.querySelectorAll(".mur .post-it.proposee")].flatMap((card) => {
  card.focus();
  const box = card.getBoundingClientRect();
  const boxes = [...card.querySelectorAll(".gestes-carte button, .gestes-carte summary")];
  return boxes.map((one) => one.getBoundingClientRect()).filter((one) => one.width && (one.bottom > box.bottom + 1
    || one.top < box.top - 1 || one.left < box.left - 1 || one.right > box.right + 1));
}).length"""
"""Buttons of cards that stand out of their card, on another or on a title."""


@pytest_browser
def test_a_hundred_cards_at_a_glance(page: Page, desk: Desk) -> None:
    state = desk.session.state
    kinds = [item for item in state.items.values() if item.group_id is not None]
    for n in range(120):  # in the groups that are there, with words of all lengths
        own = kinds[n % len(kinds)]
        one = replace(own, item_id=f"i-{n}", text=f"Numéro {n}. {own.text}", stack_id=None)
        state.items[one.item_id] = one
        state.members[str(one.group_id)][one.item_id] = None
    page.set_viewport_size({"width": 1920, "height": 1080})
    of_one = Wish("titres", items=(kinds[0].item_id,))  # a column for a card: what the machine proposes stays
    desk.session.act("Anne", of_one, titles=(NewTitle(title="La nuit"),))
    page.goto(f"{base_of(page)}/mur")
    page.wait_for_selector("#mur.vif")
    near = page.evaluate(SEEN)
    page.keyboard.press("-")
    assert page.evaluate(SEEN) >= 100 > near
    assert page.evaluate(OUTSIDE) == 0
    whole = "all => all.every((one) => one.getClientRects().length === 1 && one.querySelector('.cartes-mur'))"
    assert page.locator(".mur > .colonne[data-marque]").evaluate_all(whole)  # under its title, or scrolled there
    first = page.locator(".post-it").first
    first.focus()  # the card that one stands on is read whole
    assert first.locator(".mots").evaluate("words => words.scrollHeight <= words.clientHeight + 2")
    page.get_by_role("button", name="Agrandir").click()
    assert page.evaluate(SEEN) < 100


@pytest_browser
def test_a_wall_is_finished_by_the_keys_that_it_tells(page: Page, desk: Desk) -> None:
    """`e` and `v` alone: each title is seen, then accepted; what is left is left out; then comes the text."""
    from playwright.sync_api import expect

    wall_of(page, "")
    page.keyboard.press("e")
    for _ in range(80):
        if page.locator("#mur-relu").count():
            break
        page.keyboard.press("v")
        page.wait_for_timeout(120)
    state, standing = desk.session.state, desk.sorting().standing
    assert (standing.proposed, standing.left) == (0, 0)
    assert standing.under + standing.out == len(state.items)
    assert {group.state for group in state.groups.values()} == {"accepte"}
    expect(page.get_by_role("button", name="récrire le texte")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Le texte est récrit", level=1)).to_be_visible()
    expect(page.get_by_role("link", name="Le document pour Word")).to_be_visible()


def test_a_wall_without_any_group_opens_on_titles(client: TestClient, desk: Desk) -> None:
    state = desk.session.state
    for group in list(state.groups):
        client.post("/acte", data={"op": "reject", "group": group})
    state.groups.clear()
    assert "Vos titres d’abord" in client.get("/mur").text


@pytest_browser
def test_cards_are_coloured_by_what_tells_them_apart_and_a_column_keeps_its_width(page: Page, desk: Desk) -> None:
    from playwright.sync_api import expect

    def colours() -> dict[str, str]:
        told = (
            "cards => cards.map(one => [one.className.match(/ (t[0-9])/)?.[1], getComputedStyle(one).borderLeftColor])"
        )
        return {str(table): colour for table, colour in page.locator(".post-it").evaluate_all(told)}

    wall_of(page)
    assert len(set(colours().values())) == 1
    page.get_by_label("Couleurs").select_option("table")
    by_table = colours()
    assert len(set(by_table.values())) == len(by_table) > 1
    expect(page.locator(".d-ou", has_text="table 2").first).to_be_visible()
    column = page.locator(".mur > .colonne[data-marque]").first
    column.evaluate("column => { column.style.width = '400px' }")  # as its corner is drawn
    wide = str(column.get_attribute("id"))
    column.locator(".post-it [name=non]").first.click()
    said(page, "vous avez écarté")
    assert page.locator(f"#{wide}").evaluate("column => column.offsetWidth") == 400
    page.locator(f"#{wide}").evaluate("column => column.classList.add('large')")  # as the column that is read
    page.get_by_role("button", name="Tout voir").click()
    widths = page.locator(".mur > .colonne").evaluate_all("all => all.map(one => getComputedStyle(one).width)")
    assert len(set(widths)) == 1
    assert float(widths[0].removesuffix("px")) < 170  # from afar all are narrow, whatever was drawn
    page.reload()
    expect(page.get_by_label("Couleurs")).to_have_value("table")
    page.evaluate("localStorage.setItem('rosace-couleurs', 'une autre')")  # that another wall alone tells
    page.reload()
    expect(page.get_by_label("Couleurs")).to_have_value("axe")
    assert page.evaluate("localStorage.getItem('rosace-couleurs')") == "une autre"


@pytest_browser
@pytest.mark.parametrize("width", [1280, 1400, 780, 390])
def test_notices_and_key_caps_have_their_room(page: Page, desk: Desk, width: int) -> None:
    """A notice is read on a phone as elsewhere; a cap lies on no words of its button, however long they are."""
    page.set_viewport_size({"width": width, "height": 800})
    desk.session.act("Anne", Wish("titres"), titles=(NewTitle(title="La nuit"),))
    wall_of(page, "")
    page.locator(".post-it.proposee [name=vers]").first.click()
    said(page, "C’est enregistré")
    told = page.locator(".message > div")
    told.hover()  # read whole
    box = page.locator(".message").bounding_box()
    assert box is not None and box["height"] < 250
    assert told.evaluate("div => div.getBoundingClientRect().width") > 250
    assert width > 390 or told.evaluate("div => div.scrollWidth <= div.clientWidth")
    widest = """button => {
        const words = document.createRange(), [told, n] = button.children;
        [told.textContent, n.textContent] = [button.dataset.tout, "12 vues sur 134"];
        words.setStart(told, 0);
        words.setEnd(n, 1);
        const cap = button.lastElementChild.getBoundingClientRect();
        const isBeside = (box) => box.left >= cap.right || box.right <= cap.left;
        const isOn = (box) => !isBeside(box) && box.top < cap.bottom && box.bottom > cap.top;
        return [...words.getClientRects()].some(isOn);
    }"""
    assert not page.locator("#tout-aucun").evaluate(widest)


def test_a_card_says_which_meeting_or_file_it_is_of_and_the_wall_is_read_by_it(client: TestClient, desk: Desk) -> None:
    state = desk.session.state
    bus = state.items_of(group_named(state, BUS))
    for item, (source, table) in zip(
        bus, (("Saint-Loup 8 mai.txt", None), ("a_b.md", "rencontre Aigrefeuille")), strict=False
    ):
        told = state.sources[item.contribution_id]
        state.sources[item.contribution_id] = replace(told, source=source, table=table)
    assert [place_of(state, item) for item in bus[:2]] == ["Saint-Loup 8 mai", "Aigrefeuille"]
    html = client.get("/mur?lieu=Aigrefeuille").text
    shown = [item for item in state.ideas if f'id="carte-{item.item_id}"' in html]
    assert shown == [item for item in state.ideas if place_of(state, item) == "Aigrefeuille"] and bus[1] in shown
    form = html[html.index(f'id="colonne-{group_named(state, BUS)}"') :]
    assert 'name="value" value="oui"' not in form[: form.index("</section>")]
    assert "Les ranger ici" in form
    assert len(client.get("/mur?lieu=ailleurs").text) > len(html)
