"""A facilitator's twenty minutes in real Chromium, by role and label, keyboard only; no screen with a serious fault."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner
from workshop_words import HOSTILE

from pipeline.cli import app
from pipeline.review.app.desk import Desk
from pipeline.review.app.server import serve
from pipeline.review.log.state import ReviewState

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
PAUSE_MS = 150  # keys wait while an act is on its way; a person reads longer than this
SIZE = {"width": 1366, "height": 768}


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def page(desk: Desk, browser: object) -> Iterator[Page]:
    addresses: list[str] = []
    threading.Thread(target=serve, args=(desk, addresses.append), daemon=True).start()
    while not addresses:
        time.sleep(0.02)
    faults: list[str] = []
    opened = browser.new_page(viewport=SIZE)  # type: ignore[attr-defined]
    opened.set_default_timeout(8000)
    opened.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on(
        "request",
        lambda request: (
            faults.append(request.url) if not re.match("http://127.0.0.1|file:|data:", request.url) else None
        ),
    )
    opened.goto(addresses[0])
    yield opened
    opened.close()
    assert faults == []


def tab_to(page: Page, role: str, name: str) -> None:
    """Reach a control with the tab key alone."""
    target = page.get_by_role(role, name=re.compile(name)).first  # type: ignore[arg-type]
    for _ in range(120):
        if target.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{role} {name!r} is not reached with the tab key")


def said(page: Page, text: str) -> None:
    from playwright.sync_api import expect

    expect(page.locator(".annonce")).to_contain_text(text)
    page.wait_for_timeout(PAUSE_MS)


def go(page: Page, key: str, heading: str) -> None:
    """Open a tab by its key, and wait as a person does."""
    from playwright.sync_api import expect

    page.wait_for_timeout(PAUSE_MS)
    page.keyboard.press(key)
    expect(page.get_by_role("heading", name=heading, level=1)).to_be_visible()
    expect(page.locator("#contenu")).to_be_focused()


def test_twenty_minutes_with_the_keyboard_alone(page: Page, desk: Desk) -> None:
    from playwright.sync_api import expect

    expect(page.get_by_role("article", name="Brouillon de la restitution")).to_be_visible()
    expect(page.get_by_role("img", name=re.compile("Rose des vents"))).to_be_visible()
    tab_to(page, "textbox", "Vous êtes")
    page.keyboard.type("Odile")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Vous êtes")).to_have_value("Odile")

    tab_to(page, "link", "Relire le premier groupe")
    page.keyboard.press("Enter")
    title = page.get_by_label("Titre du groupe")
    expect(title).to_have_value("Le café associatif rassemble")
    tab_to(page, "textbox", "Titre du groupe")
    page.keyboard.press("Control+A")
    page.keyboard.type("Le café nous rassemble")
    page.keyboard.press("Enter")
    said(page, "Odile a renommé")
    page.get_by_role("main").focus()
    page.keyboard.press("a")
    said(page, "a accepté")
    expect(page.get_by_text("1 groupe du brouillon relu sur 10")).to_be_visible()
    page.keyboard.press("z")
    said(page, "C’est annulé")
    page.keyboard.press("y")
    said(page, "C’est rétabli")
    page.keyboard.press("g")
    expect(title).to_have_value("Le minibus du centre social existe")
    page.wait_for_timeout(PAUSE_MS)
    page.keyboard.press("x")
    said(page, "a rejeté")
    expect(page.get_by_text("2 groupes du brouillon relus sur 10")).to_be_visible()
    page.keyboard.press("x")  # the key again does nothing
    page.wait_for_timeout(PAUSE_MS)
    expect(page.get_by_text("2 groupes du brouillon relus sur 10")).to_be_visible()
    tab_to(page, "button", "Rejeter Le minibus")
    page.keyboard.press("Enter")
    said(page, "a remis")
    expect(page.get_by_text("1 groupe du brouillon relu sur 10")).to_be_visible()

    go(page, "3", "À relire")
    before = sum(item.status == "a_relire" for item in desk.session.state.items.values())
    page.keyboard.press("j")
    page.keyboard.press("o")
    said(page, "sur l’axe Ouest")
    assert sum(item.status == "a_relire" for item in desk.session.state.items.values()) == before - 1
    page.keyboard.press("h")
    said(page, "hors axe")
    page.keyboard.press("a")
    said(page, "sur l’axe")
    assert sum(item.status == "a_relire" for item in desk.session.state.items.values()) == before - 3

    go(page, "4", "Liens et positions")
    page.keyboard.press("j")
    page.keyboard.press("x")
    said(page, "a jugé faux")

    go(page, "5", "Le reste")
    tab_to(page, "checkbox", "Cocher : Planter une haie")
    page.keyboard.press("Space")
    tab_to(page, "textbox", "Créer un groupe")
    page.keyboard.type("Des haies")
    tab_to(page, "combobox", "sur l’axe")
    page.keyboard.press("s")
    tab_to(page, "button", "Créer")
    page.keyboard.press("Enter")
    said(page, "a créé")
    assert any(group.title == "Des haies" and group.axis == "sud" for group in desk.session.state.groups.values())

    page.get_by_role("main").focus()
    go(page, "6", "Noms à vérifier")
    page.keyboard.press("j")
    page.keyboard.press("x")
    said(page, "a masqué le nom")
    page.keyboard.press("/")
    page.keyboard.type("bus")
    page.keyboard.press("Enter")
    expect(page.get_by_text("endroits trouvés")).to_be_visible()
    for _ in range(3):  # the page takes the focus back when its places are drawn: a person presses again
        page.get_by_role("main").focus()
        page.wait_for_timeout(PAUSE_MS)
        page.keyboard.press("j")
        page.keyboard.press("x")
        page.wait_for_timeout(10 * PAUSE_MS)
        if page.locator(".annonce").inner_text().strip():
            break
    said(page, "partout")
    assert "bus" in {
        item.text[slice(*item.masks[0])].lower() for item in desk.session.state.items.values() if item.masks
    }

    go(page, "7", "Historique")
    expect(page.locator(".historique li")).to_have_count(11)
    written = desk.session.run.decisions.lines()
    page.reload()
    expect(page.locator(".historique li")).to_have_count(11)
    assert desk.session.run.decisions.lines() == written
    for _ in range(11):
        page.keyboard.press("z")
        said(page, "C’est annulé")
    assert facts_of(desk.session.state) == facts_of(desk.session.start)
    page.keyboard.press("z")
    expect(page.get_by_role("button", name="Annuler z")).to_be_disabled()


def test_split_move_and_merge_with_a_preview(page: Page, desk: Desk) -> None:
    from playwright.sync_api import expect

    page.get_by_role("link", name="Les groupes", exact=True).click()
    expect(page.get_by_role("heading", name="Les groupes", level=1)).to_be_visible()
    page.get_by_role("link", name="Pas assez de bus le soir").click()
    page.get_by_role("checkbox", name="Cocher : Il n'y a plus de bus").check()
    page.get_by_label("Nouveau groupe").fill("Le soir")
    page.get_by_role("button", name="Séparer").click()
    said(page, "a séparé")
    page.get_by_role("checkbox", name="Cocher : Pas de bus le dimanche").check()
    page.get_by_label("Déplacer vers").select_option(label="Le soir")
    page.get_by_role("button", name="Déplacer").click()
    said(page, "a déplacé")
    page.get_by_label("Titre du groupe", exact=True).fill("Un titre en cours")
    page.get_by_role("main").focus()
    page.keyboard.press("r")
    said(page, "à revoir")
    expect(page.get_by_label("Titre du groupe", exact=True)).to_have_value("Un titre en cours")
    page.keyboard.press("z")
    said(page, "annulé")
    page.get_by_label("Fusionner avec").select_option(label="Le soir")
    page.get_by_role("button", name="Aperçu").click()
    expect(page.get_by_text("Rien n’est fait tant que")).to_be_visible()
    assert len(desk.session.run.decisions.lines()) == 4
    page.get_by_label("Titre du groupe réuni").fill("Le bus, matin et soir")
    page.get_by_role("button", name="Fusionner").click()
    said(page, "a réuni")
    expect(page.get_by_label("Titre du groupe", exact=True)).to_have_value("Le bus, matin et soir")


def test_keys_can_be_switched_off(page: Page, desk: Desk) -> None:
    from playwright.sync_api import expect

    go(page, "2", "Les groupes")
    page.get_by_text("Touches du clavier").click()
    page.get_by_label("Utiliser les touches").uncheck()
    page.get_by_role("main").focus()
    page.keyboard.press("a")
    page.keyboard.press("3")
    page.wait_for_timeout(200)
    expect(page.get_by_role("heading", name="Les groupes", level=1)).to_be_visible()
    assert desk.session.run.decisions.lines() == []
    page.reload()
    expect(page.locator("body")).to_have_class(re.compile("sans-touches"))


def facts_of(state: ReviewState) -> tuple[object, ...]:
    """All that the machine said, ready to compare."""
    return state.items, state.groups, {key: set(ids) for key, ids in state.members.items()}, state.links, state.pins


def screens(desk: Desk) -> list[str]:
    state = desk.session.state
    first, second = [group.group_id for group in state.ordered_groups("est")][:2]
    hostile = next(item.item_id for item in state.items.values() if item.text == HOSTILE[3])
    return ["/", "/texte", "/noms?mot=bus", "/groupes", f"/groupe/{first}", f"/fusion?garder={first}&avec={second}",
            "/a-relire",
            "/liens", "/reste", "/noms", f"/parole/{hostile}", "/historique", "/controle",
            "/retrouver?q=bus", "/changements"]  # fmt: skip


def test_every_screen_is_accessible_and_fits(page: Page, desk: Desk) -> None:

    group = desk.session.state.ordered_groups("est")[0]
    base = page.url.rstrip("/")
    page.goto(f"{base}/groupe/{group.group_id}")
    page.get_by_role("button", name=f"Accepter {group.title}").click()
    said(page, "a accepté")
    for address in screens(desk):
        page.set_viewport_size(SIZE)
        page.goto(base + address)
        page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
        assert page.title() != "pirate"
        faults = [
            (violation["id"], node["html"][:150])
            for violation in axe_run(page)
            if violation["impact"] in ("serious", "critical")
            for node in violation["nodes"][:3]
        ]
        assert faults == [], (address, faults)
        for width in (1366, 683):  # 683 is 1366 at 200 % zoom
            page.set_viewport_size({"width": width, "height": 768})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (address, width)


def test_files_for_people_are_accessible_and_fit(page: Page, desk: Desk, tmp_path: Path) -> None:
    for name, options in (("revue.html", ()), ("retrouver.html", ("--participants",))):
        file = tmp_path / name
        assert (
            CliRunner().invoke(app, ["review", "export", str(desk.session.run.path), str(file), *options]).exit_code
            == 0
        )
        page.goto(file.as_uri())
        tabs = page.locator("[data-tab]").count()
        for tab in range(max(tabs, 1)):
            page.set_viewport_size(SIZE)
            if tabs:
                page.locator("[data-tab]").nth(tab).click()
            else:
                page.get_by_label("Mots à retrouver").fill("bus")
            page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
            bad = [fault["id"] for fault in axe_run(page) if fault["impact"] in ("serious", "critical")]
            assert bad == [], (name, tab)
            for width in (1366, 683):
                page.set_viewport_size({"width": width, "height": 768})
                assert page.evaluate("document.documentElement.scrollWidth") <= width, (name, tab, width)


def axe_run(page: Page) -> list[dict[str, object]]:
    """Axe's violations, read through the browser's protocol: the page's own policy lets no script of ours in."""
    import axe_playwright_python

    source = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
    page.evaluate(source)
    found: list[dict[str, object]] = page.evaluate("axe.run().then(results => results.violations)")
    return found


def test_the_page_works_without_its_scripts(desk: Desk, browser: object) -> None:
    addresses: list[str] = []
    threading.Thread(target=serve, args=(desk, addresses.append), daemon=True).start()
    while not addresses:
        time.sleep(0.02)
    context = browser.new_context(java_script_enabled=False, viewport=SIZE)  # type: ignore[attr-defined]
    page = context.new_page()
    page.goto(addresses[0])
    page.get_by_role("link", name="Les groupes", exact=True).click()
    page.get_by_role("button", name="Accepter Le café associatif rassemble").click()
    assert "a accepté" in page.locator(".annonce").inner_text()
    context.close()
