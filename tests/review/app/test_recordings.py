"""The recording beside a transcript: found there and nowhere else, heard on the page from its time code."""

from __future__ import annotations

import wave
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browsing import HERE, PORT, TOKEN
from chromium import SIZE, axe_run
from starlette.testclient import TestClient
from workshop_words import HOSTILE

from pipeline.review.app.desk import Desk
from pipeline.review.app.screens import recording_of
from pipeline.review.app.server import make_app
from pipeline.review.log.state import Source

if TYPE_CHECKING:
    from playwright.sync_api import Page

SPOKEN = "table2.vtt"
SECONDS = 8


@pytest.fixture
def recorded(desk: Desk, tmp_path: Path) -> tuple[Desk, str]:
    """The workshop whose table 2 has a recording of eight seconds, and an item said at the third."""
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / SPOKEN).write_text("WEBVTT", encoding="utf-8")
    with wave.open(str(corpus / "table2.wav"), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(1)
        sound.setframerate(8000)
        sound.writeframes(b"\x80" * 8000 * SECONDS)
    run = desk.session.run
    run.save_manifest({**run.load_manifest(), "corpus": str(corpus)})
    desk.load()
    state = desk.session.state
    for key, source in state.sources.items():
        state.sources[key] = replace(source, start_s=3.0) if source.source == SPOKEN else source
    item = next(item for item in state.items.values() if state.sources[item.contribution_id].source == SPOKEN)
    return desk, item.item_id


def test_it_is_found_beside_the_transcript_only(recorded: tuple[Desk, str]) -> None:
    desk, item_id = recorded
    corpus = Path(desk.session.run.load_manifest()["corpus"])
    source = desk.session.state.sources[desk.session.state.items[item_id].contribution_id]
    assert recording_of(source, corpus) == corpus / "table2.wav"
    others: list[Source] = [
        replace(source, source="../corpus/table2.vtt"),
        replace(source, source=str(corpus / SPOKEN)),
        replace(source, source="absent.vtt"),
        replace(source, start_s=None),
    ]
    assert [recording_of(other, corpus) for other in others] == [None] * 4


def test_it_is_given_by_parts_to_this_browser_alone(recorded: tuple[Desk, str]) -> None:
    desk, item_id = recorded
    stranger = TestClient(make_app(desk, TOKEN, PORT), base_url=HERE)
    assert stranger.get(f"/son/{item_id}").status_code == 403
    stranger.get(f"/?jeton={TOKEN}")
    part = stranger.get(f"/son/{item_id}", headers={"range": "bytes=0-3"})
    assert (part.status_code, part.content, part.headers["content-type"]) == (206, b"RIFF", "audio/wav")
    silent = next(item for item in desk.session.state.items.values() if item.text == HOSTILE[0])
    assert stranger.get(f"/son/{silent.item_id}").status_code == 404
    assert "<audio" not in stranger.get(f"/parole/{silent.item_id}").text


@pytest.mark.browser
def test_it_is_heard_from_its_time_code(recorded: tuple[Desk, str], page: Page) -> None:
    page.goto(page.url.rstrip("/") + f"/parole/{recorded[1]}")
    sound = page.get_by_label("Écouter à partir de")
    sound.evaluate(
        "sound => new Promise(done => sound.readyState > 1 ? done() : sound.addEventListener('canplay', done))"
    )
    assert sound.evaluate("sound => [Math.round(sound.duration), Math.round(sound.currentTime)]") == [SECONDS, 3]
    for width in (SIZE["width"], 390):
        page.set_viewport_size({"width": width, "height": 844})
        assert [fault["id"] for fault in axe_run(page) if fault["impact"] != "minor"] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
