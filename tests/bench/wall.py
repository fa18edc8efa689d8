"""The wall of the review in Chromium: frames while it scrolls, and how long acts take, at 300 and 5,000 ideas.

    python tests/bench/wall.py            # writes tests/bench/wall.json

A frame is what `requestAnimationFrame` gives between two calls while the wall scrolls both ways for two seconds. An act
lasts from the key to the frame after the columns that it changed are drawn; on a busy computer only the processor's
milliseconds of Chromium mean something.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "review"))

from workshop_run import desk_of, write_run

from pipeline.axes import COMPASS_CODES
from pipeline.folder.artifacts import RunFolder
from pipeline.review.app.desk import Desk
from pipeline.review.app.server import serve
from pipeline.review.session import Wish

HERE = Path(__file__).parent
PACK, N_ACTS = 12, 12
SIZES = {"300": 9, "5000": 161}
"""Ideas, and how many times the small workshop is repeated for them."""
SCROLL = """() => new Promise(done => {
  const wall = document.getElementById("colonnes-du-mur");
  const deltas = []; let last = performance.now(), start = last, way = 1;
  function step(now) {
    deltas.push(now - last); last = now;
    wall.scrollLeft += 24 * way; wall.scrollTop += 9 * way;
    if (wall.scrollLeft <= 0 || wall.scrollLeft + wall.clientWidth >= wall.scrollWidth - 1) way = -way;
    if (now - start < 2000) requestAnimationFrame(step); else done(deltas.slice(2));
  }
  requestAnimationFrame(step);
})"""
ACT = """keys => new Promise(done => {
  const card = document.querySelector(".post-it:focus") || document.querySelector(".post-it");
  card.focus();
  const start = performance.now();
  new MutationObserver((_, watch) => {
    watch.disconnect();
    requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)));
  }).observe(document.querySelector(".annonce"), {childList: true, subtree: true, characterData: true});
  card.dispatchEvent(new KeyboardEvent("keydown", {key: keys, shiftKey: true, bubbles: true, cancelable: true}));
})"""


def gather(desk: Desk) -> None:
    """Columns of some thirty cards, as a wall of 5,000 ideas has: the copies of a group are joined by twelve."""
    for axis in COMPASS_CODES:
        by_title: dict[str, list[str]] = {}
        for group in desk.session.state.ordered_groups(axis):
            by_title.setdefault(group.title, []).append(group.group_id)
        for ids in by_title.values():
            for start in range(0, len(ids), PACK):
                pack = tuple(ids[start : start + PACK])
                if len(pack) > 1:
                    desk.session.act("bench", Wish("merge", groups=pack))


@contextmanager
def opened(n_copies: int) -> Iterator[tuple[Any, Desk]]:
    """The wall of a workshop, in Chromium."""
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        run = RunFolder.create(Path(folder) / "atelier")
        write_run(run, n_copies)
        desk, addresses = desk_of(run), list[str]()
        gather(desk)
        threading.Thread(target=serve, args=(desk, addresses.append), daemon=True).start()
        while not addresses:
            time.sleep(0.02)
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = chromium.new_page(viewport={"width": 1366, "height": 768})
        page.goto(addresses[0])
        page.goto(f"{page.url.rstrip('/')}/mur?axe=est")
        page.wait_for_selector("#mur.vif")
        yield page, desk
        chromium.close()


def processor_ms() -> float:
    """Milliseconds of processor of Chromium and all that it started, so far."""
    children: dict[int, list[int]] = {}
    spent: dict[int, float] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text(encoding="utf-8").rsplit(")", 1)[1].split()
        except OSError:  # it ended meanwhile
            continue
        pid = int(path.parent.name)
        children.setdefault(int(fields[1]), []).append(pid)
        spent[pid] = (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")
    todo, total = [*children.get(os.getpid(), [])], 0.0
    while todo:
        pid = todo.pop()
        total += spent.get(pid, 0.0)
        todo += children.get(pid, [])
    return total


def measure(n_copies: int) -> dict[str, Any]:
    """Frames and acts of one size."""
    with opened(n_copies) as (page, desk):
        frames = sorted(page.evaluate(SCROLL))
        before = processor_ms()
        acts = [page.evaluate(ACT, "ArrowRight" if n % 2 == 0 else "ArrowLeft") for n in range(N_ACTS)]
        processor = (processor_ms() - before) / N_ACTS
        undo = []
        for _ in range(3):
            start = time.perf_counter()
            desk.session.set_undone("bench", str(desk.session.undoable().decision_id), True)  # type: ignore[union-attr]
            undo.append(1000 * (time.perf_counter() - start))
        return {
            "ideas": len(desk.session.state.items),
            "cards": page.locator(".post-it").count(),
            "columns": page.locator(".colonne").count(),
            "frame_ms_median": round(median(frames), 1),
            "frame_ms_p95": round(frames[int(0.95 * len(frames))], 1),
            "act_ms_median": round(median(acts), 1),
            "act_ms_max": round(max(acts), 1),
            "act_processor_ms": round(processor, 1),
            "undo_ms_median": round(median(undo), 1),
        }


def main() -> None:
    """Measure both sizes, write and print them."""
    found = {name: measure(n_copies) for name, n_copies in SIZES.items()}
    (HERE / "wall.json").write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(found, indent=2))


if __name__ == "__main__":
    main()
