"""A person in real Chromium: her size of screen, her pace, her keyboard; what axe finds."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

PAUSE_MS = 150  # keys wait while an act is on its way; a person reads longer than this
SIZE = {"width": 1366, "height": 768}


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


def axe_run(page: Page) -> list[dict[str, object]]:
    """Axe's violations, its rule on visible labels too.

    Its source goes through the browser's protocol: the page's own policy lets no script of ours in.
    """
    import axe_playwright_python

    source = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
    page.evaluate(source)
    rules = "{rules: {'label-content-name-mismatch': {enabled: true}}}"
    found: list[dict[str, object]] = page.evaluate(f"axe.run({rules}).then(results => results.violations)")
    return found


def open_folds(page: Page) -> None:
    """Show what folds hide."""
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")


def faults_of(page: Page) -> list[tuple[str, str]]:
    """What axe finds that is more than minor: rule, element, and what it measured there.

    Motion is off, and stays so on this page: words that fade in have no contrast yet.
    """
    page.emulate_media(reduced_motion="reduce")
    return [
        (str(fault["id"]), node["html"][:150] + str(node["any"])[:600])
        for fault in axe_run(page)
        if fault["impact"] != "minor"
        for node in fault["nodes"][:3]  # type: ignore[index]
    ]


def too_wide_at(page: Page, *widths: int) -> list[int]:
    """The widths at which something stands beyond the edge; the page comes back to its size."""
    size = page.viewport_size or SIZE
    beyond = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": size["height"]})
        if page.evaluate("document.documentElement.scrollWidth") > width:
            beyond.append(width)
    page.set_viewport_size(size)
    return beyond


LAID_OUT = (
    "header, main, aside, section, article, table, h1, h2, .onglets, .barre-mur, .filtres, .colonne, .carte, .parole"
)
"""What the layout places, rather than the length of its words."""
CELLS = 24
"""Columns of the grid that places are told on: a font or another Chromium moves nothing by two of them."""


def layout_of(page: Page) -> dict[str, list[list[int]]]:
    """Kind of element → where each starts and how wide it is, in cells, in the order of the page."""
    found: dict[str, list[list[int]]] = page.evaluate(
        """([wanted, cells]) => {
            const found = {};
            for (const one of document.querySelectorAll(wanted)) {
                const box = one.getBoundingClientRect();
                if (box.width < 2 || box.height < 2 || !one.checkVisibility()) continue;
                const kind = one.tagName.toLowerCase() + (one.classList.length ? "." + one.classList[0] : "");
                (found[kind] ||= []).push([box.left, box.width].map((n) => Math.round(n * cells / innerWidth)));
            }
            return found;
        }""",
        [LAID_OUT, CELLS],
    )
    return found


def moved(before: dict[str, list[list[int]]], now: dict[str, list[list[int]]]) -> list[str]:
    """What came, went, or stands elsewhere by more than a cell."""
    told = [
        f"{kind}: {len(before.get(kind, []))} → {len(now.get(kind, []))}"
        for kind in {**before, **now}
        if len(before.get(kind, [])) != len(now.get(kind, []))
    ]
    pairs = ((kind, *pair) for kind in before for pair in zip(before[kind], now.get(kind, []), strict=False))
    far = [f"{kind}: {old} → {new}" for kind, old, new in pairs if max(abs(old[n] - new[n]) for n in (0, 1)) > 1]
    return [*told, *far]


def spilt(page: Page) -> list[str]:
    """Words that stand out of the box that holds them."""
    found: list[str] = page.evaluate(
        """(holders) => [...document.querySelectorAll(holders)].flatMap((holder) => {
            const right = holder.getBoundingClientRect().right + 2, words = document.createRange();
            const isOut = (one) => {
                if (one.childElementCount || !one.textContent.trim() || !one.checkVisibility()) return false;
                if (one.closest(".cache, .table-large")) return false;
                if (getComputedStyle(one).textOverflow === "ellipsis") return false;
                words.selectNodeContents(one);
                return words.getBoundingClientRect().right > right;
            };
            return [...holder.querySelectorAll("*")].filter(isOut).map((one) => one.outerHTML.slice(0, 120));
        })""",
        ".colonne, .carte, .parole, .feuille, .gestes, .barre-mur",
    )
    return found
