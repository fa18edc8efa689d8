"""The map of ideas: all that may be shown is in it and nothing else, and no word of it can run."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from atelier import with_words
from axe_playwright_python.sync_playwright import Axe
from decided_workshop import DECIDED, HIDDEN, said
from playwright.sync_api import Browser

from pipeline.axes import AXIS_CODES
from pipeline.restitution.exports import Contents, carte
from pipeline.restitution.exports.carte import positions
from pipeline.restitution.quoting.quotes import masked

NASTY = "</script><script>document.title='prise'</script> & « oui »"


def page_of(contents: Contents) -> str:
    [(name, content)] = carte.write(contents).items()
    assert name == "atelier-carte.html"
    return content.decode()


def data_of(page: str) -> dict[str, list[object]]:
    found = re.search(r'<script type="application/json" id="donnees">(.*?)</script>', page, re.DOTALL)
    assert found is not None
    data = json.loads(found[1])
    columns = {
        name: np.frombuffer(base64.b64decode(data[name]), dtype="<u2") for name in ("x", "y", "axis", "group", "place")
    }
    return data | {name: column.tolist() for name, column in columns.items()}


def test_each_idea_has_its_axis_its_group_and_its_place(contents: Contents) -> None:
    data, material = data_of(page_of(contents)), contents.material
    items = list(material.items.values())
    assert data["texts"] == [masked(item) for item in items]
    assert [AXIS_CODES[rank] for rank in data["axis"]] == [item.axis for item in items]
    titles = [group["title"] for group in data["groups"]]  # type: ignore[index]
    named = [material.groups[item.group].title if item.group else None for item in items]
    assert [titles[rank] if rank != carte.NO_GROUP else None for rank in data["group"]] == named
    assert data["places"][data["place"][list(material.items).index(said(0))]] == "Table\u00a01"
    ids = list(material.items)
    assert AXIS_CODES[data["axis"][ids.index(said(DECIDED))]] == "est"
    assert said(HIDDEN) not in ids
    assert len({*zip(data["x"], data["y"], strict=True)}) > 20


def test_only_the_style_and_the_script_of_the_page_may_run(contents: Contents) -> None:
    page = page_of(contents)
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert policy is not None
    for tag in ("style", "script"):
        found = re.search(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        assert found is not None
        digest = base64.b64encode(hashlib.sha256(found[1].encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy[1]
    assert policy[1].startswith("default-src 'none'; ")
    assert not re.search(r"""(?:src|href)=["'](?!#)""", page)


def test_a_large_corpus_is_taken_evenly_and_said_so(contents: Contents, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(carte, "ITEMS_MAX", 10)
    page = page_of(contents)
    assert len(data_of(page)["texts"]) == 10
    assert "La carte montre 10 idées sur 30, prises à intervalles réguliers." in page


@pytest.mark.browser
def test_the_page_in_a_browser(contents: Contents, browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "carte.html"
    path.write_text(page_of(replace(contents, tables=with_words(contents.tables, 0, NASTY))), encoding="utf-8")
    page = browser.new_page(viewport={"width": 1200, "height": 900})
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    page.on("pageerror", lambda error: told.append(str(error)))
    page.on("request", lambda request: told.append(request.url) if request.url != path.as_uri() else None)
    page.goto(path.as_uri())
    assert page.title() == "Carte des idées · Atelier des quatre tables"
    assert page.inner_text("#total") == "29 idées montrées sur 30"
    page.locator("#legende button").nth(1).click()
    assert page.inner_text("#total") == "16 idées montrées sur 30"
    page.fill("#q", "minibus")
    page.wait_for_selector("#choix:not([hidden])")
    assert page.inner_text("#choix-titre") == "3 idées pour « minibus »"
    assert page.locator("#choix li").count() == 3
    page.click("#fermer")
    page.get_by_role("button", name="Pas de car le soir pour les jeunes").press("Enter")
    assert page.inner_text("#choix-titre") == "Pas de car le soir pour les jeunes : 5 idées"
    assert NASTY in page.inner_text("#choix-liste")
    box = page.locator("#carte").bounding_box()
    assert box is not None
    shown = [
        page.mouse.move(box["x"] + x, box["y"] + y) or page.is_visible("#bulle")
        for x in range(200, 1000, 24)
        for y in range(100, 500, 24)
        if not page.is_visible("#bulle")
    ]
    assert shown[-1]
    assert "Est · Pas de car le soir pour les jeunes" in page.inner_text("#bulle")
    page.locator("#carte").press("Escape")
    assert page.locator("#choix").is_hidden()
    assert not [v["id"] for v in Axe().run(page).response["violations"]]
    page.close()
    assert told == []


def subjects(n: int, n_subjects: int = 6) -> tuple[np.ndarray, list[str]]:
    """Ideas of some subjects, of which every fifth one is in no group."""
    lot = np.random.default_rng(3)
    centres = lot.normal(size=(n_subjects, 20))
    of = np.arange(n) % n_subjects
    points = centres[of] + lot.normal(scale=0.5, size=(n, 20))
    units = (points / np.linalg.norm(points, axis=1, keepdims=True)).astype(np.float32)
    return units, [f"g{subject}" if row % 5 else "" for row, subject in enumerate(of)]


def share_together(plane: np.ndarray, n_subjects: int = 6) -> float:
    """Of the three nearest of each idea, how many are of its subject."""
    far = np.linalg.norm(plane[:, None] - plane[None], axis=2)
    near = np.argsort(far, axis=1)[:, 1:4]
    of = np.arange(len(plane)) % n_subjects
    return float((of[near] == of[:, None]).mean())


@pytest.mark.parametrize("n_landmarks", [1_000, 40], ids=["all together", "among landmarks"])
def test_ideas_of_one_subject_stand_together(n_landmarks: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(carte, "N_LANDMARKS", n_landmarks)
    plane = positions(*subjects(120))
    assert plane.shape == (120, 2)
    assert plane.min() >= 0 and plane.max() <= 1
    assert share_together(plane) > 0.9
    assert np.array_equal(positions(*subjects(120)), plane)


def test_a_group_draws_its_ideas_together() -> None:
    lot = np.random.default_rng(5).normal(size=(80, 20)).astype(np.float32)
    groups = ["a" if row % 8 == 0 else "" for row in range(80)]

    def width(of: list[str]) -> float:
        own = positions(lot, of)[::8]
        return float(np.linalg.norm(own - own.mean(axis=0), axis=1).mean())

    assert width(groups) < 0.5 * width([""] * 80)


def test_the_same_words_are_side_by_side_and_not_one_on_the_other() -> None:
    units, groups = subjects(60)
    units[30:] = units[0]
    plane = positions(units, groups[:30] + [groups[0]] * 30)
    assert len({tuple(place) for place in plane.round(6)}) == 60
    assert np.linalg.norm(plane[30:] - plane[30], axis=1).max() < 0.05


@pytest.mark.parametrize("n", [0, 1, 2, 3, 15])
def test_a_few_ideas_have_places_too(n: int) -> None:
    plane = positions(np.ones((n, 4), dtype=np.float32), [""] * n)
    assert plane.shape == (n, 2)
    assert np.isfinite(plane).all()
