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
    """What axe finds that is more than minor: rule and element."""
    return [
        (str(fault["id"]), node["html"][:150])
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
