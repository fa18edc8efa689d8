"""A facilitator's twenty minutes in real Chromium, by role and label, keyboard only."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from browsing import base_of
from chromium import PAUSE_MS, go, said, tab_to
from reading import group_named

from pipeline.app.desk import Desk
from pipeline.review.log.state import ReviewState

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


def test_twenty_minutes_with_the_keyboard_alone(page: Page, desk: Desk) -> None:
    from playwright.sync_api import expect

    expect(page.get_by_role("article", name="La restitution")).to_be_visible()
    page.get_by_text("Plus", exact=True).click()
    tab_to(page, "textbox", "Vous êtes")
    page.keyboard.type("Odile")
    page.keyboard.press("Enter")
    expect(page.locator("#prenom")).to_have_value("Odile")

    tab_to(page, "link", "Le café associatif rassemble")
    page.keyboard.press("Enter")
    title = page.get_by_label("Titre du groupe")
    expect(title).to_have_value("Le café associatif rassemble")
    tab_to(page, "textbox", "Titre du groupe")
    page.keyboard.press("Control+A")
    page.keyboard.type("Le café nous rassemble")
    page.keyboard.press("Enter")
    said(page, "vous avez renommé")
    page.get_by_role("main").focus()
    page.keyboard.press("a")
    said(page, "vous avez accepté")
    page.keyboard.press("z")
    said(page, "C’est annulé")
    page.keyboard.press("y")
    said(page, "C’est rétabli")
    page.keyboard.press("g")
    expect(title).to_have_value("Le minibus du centre social existe")
    page.wait_for_timeout(PAUSE_MS)
    page.keyboard.press("x")
    said(page, "vous avez rejeté")
    page.keyboard.press("x")  # the key again does nothing
    page.wait_for_timeout(PAUSE_MS)
    tab_to(page, "button", "Rejeter Le minibus")
    page.keyboard.press("Enter")
    said(page, "vous avez remis")

    go(page, "5", "Les idées")
    tab_to(page, "checkbox", "Cocher : Planter une haie")
    page.keyboard.press("Space")
    tab_to(page, "textbox", "Un nouveau titre")
    page.keyboard.type("Des haies")
    tab_to(page, "button", "Créer")
    page.keyboard.press("Enter")
    said(page, "vous avez ajouté")
    assert any(group.title == "Des haies" and group.axis == "sud" for group in desk.session.state.groups.values())

    page.get_by_role("main").focus()
    go(page, "6", "Noms à vérifier")
    page.keyboard.press("j")
    page.keyboard.press("x")
    said(page, "vous avez masqué le nom")
    page.keyboard.press("/")
    page.keyboard.type("bus")
    page.keyboard.press("Enter")
    expect(page.get_by_text("endroits trouvés")).to_be_visible()
    page.get_by_role("main").focus()
    page.keyboard.press("j")
    page.keyboard.press("x")
    said(page, "partout")
    assert "bus" in {
        item.text[slice(*item.masks[0])].lower() for item in desk.session.state.items.values() if item.masks
    }

    go(page, "7", "Historique")
    expect(page.locator(".historique li")).to_have_count(7)
    written = desk.session.run.decisions.lines()
    page.reload()
    expect(page.locator(".historique li")).to_have_count(7)
    assert desk.session.run.decisions.lines() == written
    for n in range(7):
        page.keyboard.press("z")
        expect(page.locator(".historique .annule")).to_have_count(n + 1)
        said(page, "C’est annulé")
    assert facts_of(desk.session.state) == facts_of(desk.session.start)
    page.keyboard.press("z")
    expect(page.get_by_role("button", name="Annuler", exact=True)).to_be_disabled()


def test_what_is_typed_while_an_act_is_on_its_way_stays(page: Page, desk: Desk) -> None:
    from playwright.sync_api import expect

    page.goto(f"{base_of(page)}/noms")
    field = page.get_by_role("searchbox")
    late = """() => {
        const send = XMLHttpRequest.prototype.send;
        XMLHttpRequest.prototype.send = function (...told) { setTimeout(() => send.apply(this, told), 700); };
    }"""
    page.evaluate(late)
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.keyboard.press("/")
    page.keyboard.type("bus")
    page.keyboard.press("ArrowLeft")
    said(page, "vous avez masqué le nom")
    expect(field).to_be_focused()
    page.keyboard.type("e")
    expect(field).to_have_value("bues")
    page.keyboard.press("Enter")
    page.get_by_role("main").focus()
    expect(page.get_by_text("«\N{NO-BREAK SPACE}bues")).to_be_visible()
    expect(field).not_to_be_focused()


def test_a_title_for_some_words_then_one_group_again(page: Page, desk: Desk) -> None:
    from playwright.sync_api import expect

    page.goto(f"{base_of(page)}/groupe/{group_named(desk.session.state, 'Pas assez de bus le soir')}")
    page.get_by_role("checkbox", name="Cocher : Il n'y a plus de bus").check()
    page.get_by_label("Nouveau titre").fill("Le soir")
    page.get_by_role("button", name="Créer").click()
    said(page, "vous avez ajouté")
    page.get_by_role("checkbox", name="Cocher : Pas de bus le dimanche").check()
    page.get_by_label("Déplacer vers").select_option(label="Le soir")
    page.get_by_role("button", name="Déplacer").click()
    said(page, "vous avez déplacé")
    page.get_by_label("Titre du groupe", exact=True).fill("Un titre en cours")
    page.get_by_role("main").focus()
    said(page, "vous avez renommé")
    page.keyboard.press("r")
    said(page, "à revoir")
    expect(page.get_by_label("Titre du groupe", exact=True)).to_have_value("Un titre en cours")
    page.keyboard.press("z")
    said(page, "annulé")
    page.get_by_label("Réunir avec").select_option(label="Le soir")
    page.get_by_role("button", name="Réunir").click()
    said(page, "vous avez réuni")
    expect(page.get_by_label("Titre du groupe", exact=True)).to_have_value("Un titre en cours")
    assert "Le soir" not in {group.title for group in desk.session.state.groups.values()}


def test_keys_can_be_switched_off(page: Page, desk: Desk) -> None:
    from playwright.sync_api import expect

    go(page, "5", "Les idées")
    page.get_by_text("Touches du clavier").click()
    page.get_by_label("Utiliser les touches").uncheck()
    page.get_by_role("main").focus()
    page.keyboard.press("a")
    page.keyboard.press("4")
    page.wait_for_timeout(200)
    expect(page.get_by_role("heading", name="Les idées", level=1)).to_be_visible()
    assert desk.session.run.decisions.lines() == []
    page.reload()
    expect(page.locator("body")).to_have_class(re.compile("sans-touches"))


def facts_of(state: ReviewState) -> tuple[object, ...]:
    """All that the machine said, ready to compare."""
    return state.items, state.groups, {key: set(ids) for key, ids in state.members.items()}, state.links, state.pins


def test_a_title_that_was_typed_is_kept_however_one_leaves_it(page: Page, desk: Desk) -> None:
    from playwright.sync_api import expect

    groups = desk.session.state.ordered_groups("est")
    base, field = base_of(page), page.get_by_label("Titre du groupe", exact=True)
    page.goto(f"{base}/groupe/{groups[0].group_id}")
    field.fill("Par un verdict")
    page.get_by_role("button", name="Accepter").click()
    said(page, "puis accepté")
    expect(field).to_have_value("Par un verdict")
    page.goto(f"{base}/groupe/{groups[1].group_id}")
    field.fill("Par un lien")
    page.get_by_role("link", name="← Le mur").click()
    expect(page.get_by_role("heading", name="Le mur", level=1)).to_be_visible()
    page.goto(f"{base}/groupe/{groups[2].group_id}")
    field.fill("Par la touche Entrée")
    page.keyboard.press("Enter")
    said(page, "vous avez renommé")
    expect(field).to_have_value("Par la touche Entrée")
    field.fill("En quittant la page")
    page.goto(f"{base}/paroles")
    page.wait_for_timeout(5 * PAUSE_MS)
    group = desk.session.state.ordered_groups("sud")[0]
    group.title_coverage = round(1 / group.n_items, 4)
    page.goto(f"{base}/groupe/{group.group_id}")
    page.keyboard.press("t")
    expect(field).to_be_focused()
    expect(field).to_have_accessible_description(f"titre vrai d’une seule idée sur {group.n_items}")
    page.keyboard.press("Control+A")
    page.keyboard.type("Par la touche t")
    page.keyboard.press("Enter")
    said(page, "vous avez renommé")
    titles = [decision.after.title for decision in desk.session.log.decisions if decision.op == "rename"]
    assert titles == ["Par un verdict", "Par un lien", "Par la touche Entrée", "En quittant la page", "Par la touche t"]
    assert [decision.op for decision in desk.session.log.decisions].count("accept") == 1


def test_ticks_survive_an_act_that_was_refused(page: Page, desk: Desk) -> None:
    from playwright.sync_api import expect

    group = desk.session.state.ordered_groups("est")[0]
    page.goto(f"{base_of(page)}/groupe/{group.group_id}")
    tick = page.get_by_role("checkbox", name="Cocher").first
    tick.check()
    page.get_by_role("button", name="Créer").click()
    said(page, "Écrivez d’abord un titre")
    expect(tick).to_be_checked()
