"""No screen and no file for people has a serious fault, at any zoom; the page works without its scripts."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browsing import base_of, serving, workspace_of
from chromium import PAUSE_MS, SIZE, faults_of, layout_of, moved, open_folds, said, spilt, too_wide_at
from click.testing import CliRunner
from workshop_words import HOSTILE

from pipeline.app.desk import Desk
from pipeline.cli import app
from pipeline.review.log.decisions import NewTitle
from pipeline.review.session import Wish

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
PHONE, ZOOMED = {"width": 390, "height": 844}, {"width": 640, "height": 450}
"""A phone, and 1280 by 900 at 200 %."""
SIZES = ({"width": 1920, "height": 1080}, SIZE, PHONE)
LAYOUT = Path(__file__).with_name("disposition.json")
"""Where each screen puts its parts, in three sizes."""


def screens(desk: Desk) -> list[str]:
    state = desk.session.state
    first = state.ordered_groups("est")[0].group_id
    hostile = next(item.item_id for item in state.items.values() if item.text == HOSTILE[3])
    return ["/brouillon", "/noms?mot=bus",
            f"/groupe/{first}",
            "/mur", "/mur?axe=est", "/meme",
            "/paroles", "/paroles?q=bus&axe=est",
            "/noms", f"/parole/{hostile}", "/historique", "/controle",
            "/changements", "/echanger"]  # fmt: skip


def outside(page: Page, desk: Desk) -> dict[str, str]:
    """Home, and the screens of a workshop that nothing has read yet: name → address."""
    files = desk.run.path.parent / "Rosace" / "Vivre ici" / "fichiers"
    files.mkdir(parents=True)
    (files / "notes.txt").write_text("- Le lavoir fuit\n- Planter une haie\n", encoding="utf-8")
    page.screenshot(path=files / "mur.png")
    home = base_of(page).rpartition("/resultat/")[0]
    there = f"{home}/atelier/Vivre%20ici"
    return {
        "accueil": f"{home}/",
        "fiche": there,
        "lecture": f"{there}/lecture",
        "saisie": f"{there}/saisie?nom=mur.png",
    }


def test_every_screen_is_accessible_and_fits(page: Page, desk: Desk) -> None:
    for one in desk.session.state.groups.values():
        one.title_coverage = 0.2  # all that may be told of a title is shown
    group = desk.session.state.ordered_groups("est")[0]
    base = base_of(page)
    page.goto(f"{base}/groupe/{group.group_id}")
    page.get_by_role("button", name=f"Accepter {group.title}").click()
    said(page, "vous avez accepté")
    for address in (*(base + one for one in screens(desk)), *outside(page, desk).values()):
        page.goto(address)
        page.wait_for_timeout(PAUSE_MS)  # the wall is laid out by its script
        assert page.title() != "pirate"
        open_folds(page)
        assert faults_of(page) == [], address
        assert too_wide_at(page, 1366, 1280, 683, PHONE["width"]) == [], address  # 683 is 1366 at 200 % zoom


def test_every_screen_is_laid_out_as_it_was(page: Page, desk: Desk) -> None:
    """In three sizes; `ROSACE_DISPOSITION=ecrire` keeps what is seen as what is wanted."""
    kept: dict[str, dict[str, dict[str, list[list[int]]]]] = json.loads(LAYOUT.read_text(encoding="utf-8"))
    desk.session.act("Anne", Wish("titres"), titles=(NewTitle(title="Pas de bus le soir"), NewTitle(title="Le café")))
    base, seen, wrong = base_of(page), dict[str, dict[str, dict[str, list[list[int]]]]](), list[str]()
    named = {one.split("?")[0].split("/")[1] + ("?" if "?" in one else ""): base + one for one in screens(desk)}
    for name, address in (named | outside(page, desk)).items():
        page.goto(address)
        page.wait_for_selector("#page:not(:has([data-encours]))", timeout=60_000)
        for size in SIZES:
            page.set_viewport_size(size)  # type: ignore[arg-type]
            page.wait_for_timeout(PAUSE_MS // 3)
            now = seen.setdefault(name, {})[str(size["width"])] = layout_of(page)
            told = moved(kept.get(name, {}).get(str(size["width"]), {}), now)
            wrong += [f"{name} at {size['width']}: {one}" for one in (*told, *spilt(page))]
    if os.environ.get("ROSACE_DISPOSITION") == "ecrire":
        LAYOUT.write_text(json.dumps(seen, indent=None, separators=(",", ":")) + "\n", encoding="utf-8")
    assert wrong == []


def test_what_moves_by_more_than_a_cell_is_told() -> None:
    before = {"main": [[2, 20]], "aside": [[18, 5]]}
    assert moved(before, {"main": [[2, 21]], "aside": [[18, 5]]}) == []
    assert moved(before, {"main": [[2, 15]]}) == ["aside: 1 → 0", "main: [2, 20] → [2, 15]"]


def test_the_file_for_participants_is_accessible_and_fits(page: Page, desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "retrouver.html"
    command = ["review", "export", str(desk.session.run.path), str(file), "--participants"]
    assert CliRunner().invoke(app, command).exit_code == 0
    page.goto(file.as_uri())
    page.get_by_label("Mots à retrouver").fill("bus")
    open_folds(page)
    assert faults_of(page) == []
    assert too_wide_at(page, 1366, 683) == []


@pytest.mark.parametrize(("size", "share"), [(PHONE, 0.08), (ZOOMED, 0.45)], ids=["phone", "200 %"])
def test_the_header_leaves_room_for_the_text(page: Page, desk: Desk, size: dict[str, int], share: float) -> None:
    base = base_of(page)
    page.set_viewport_size(size)  # type: ignore[arg-type]
    page.goto(f"{base}/groupe/{desk.session.state.ordered_groups('est')[0].group_id}")
    assert page.locator("#contenu").bounding_box()["y"] <= share * size["height"]  # type: ignore[index]
    for box in page.locator("header button, header input:not([type=hidden])").all():
        place = box.bounding_box()
        assert place is not None
        assert place["x"] >= 0
        assert place["x"] + place["width"] <= size["width"]


def test_a_key_shown_in_a_button_is_no_part_of_its_name(page: Page, desk: Desk) -> None:
    group = desk.session.state.ordered_groups("est")[0]
    page.goto(f"{base_of(page)}/groupe/{group.group_id}")
    button = page.get_by_role("button", name=f"Accepter {group.title}", exact=True)
    assert button.inner_text().strip() == "Accepter"
    assert button.locator("kbd").evaluate("key => getComputedStyle(key, '::before').content") == '"a"'


def test_the_page_works_without_its_scripts(desk: Desk, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False, viewport=SIZE)
    page = context.new_page()
    page.goto(serving(*workspace_of(desk)))
    page.get_by_role("link", name="Le mur", exact=True).click()
    page.get_by_role("link", name="Ouvrir le groupe").first.click()
    page.get_by_role("button", name="Accepter").click()
    assert "vous avez accepté" in page.locator(".annonce").inner_text()
    context.close()
