"""How quick the review page is on a run of 5,000 items: `python tests/bench/review_page.py`.

Prints, per request, seconds of clock and seconds of processor: on a busy computer only the second means something.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "review"))

from starlette.testclient import TestClient
from workshop_run import desk_of, write_run

from pipeline.folder.artifacts import RunFolder
from pipeline.review.app.desk import Desk
from pipeline.review.app.server import make_app

PORT, TOKEN = 8765, "secret"
HERE = f"http://127.0.0.1:{PORT}"


def measured(name: str, call: Callable[[], object], times: int = 3) -> None:
    """The quickest of some calls."""
    best = (9.0, 9.0)
    for _ in range(times):
        clock, work = time.perf_counter(), time.process_time()
        call()
        best = min(best, (time.process_time() - work, time.perf_counter() - clock))
    sys.stdout.write(f"{name:<34} {1000 * best[1]:7.0f} ms   processor {1000 * best[0]:7.0f} ms\n")


def acts_of(desk: Desk) -> list[tuple[str, dict[str, str | list[str]]]]:
    """One act of each kind, and the screen that it comes back to."""
    groups, items = list(desk.session.state.groups), list(desk.session.state.items)
    member = next(iter(desk.session.state.members[groups[3]]))
    span = next(item for item in desk.session.state.items.values() if "minibus" in item.text)
    start = span.text.index("minibus")
    return [
        ("accept", {"group": groups[0], "retour": "/groupes?portee=tous"}),
        ("rename", {"group": groups[1], "title": "Autre", "retour": f"/groupe/{groups[1]}"}),
        ("split", {"group": groups[3], "item": member, "title": "À part", "retour": f"/groupe/{groups[3]}"}),
        ("merge", {"group": groups[:2], "retour": "/groupes?portee=tous"}),
        ("set_axis", {"item": items[0], "axis": "sud", "retour": "/a-relire"}),
        ("move", {"item": items[9], "group_id": groups[5], "retour": "/paroles?voir=signaux"}),
        ("mask", {"span": f"{span.contribution_id}|{start}|{start + 7}|minibus", "text": "minibus", "value": "oui",
                  "retour": "/noms"}),
        ("undo", {"retour": "/historique"}),
        ("redo", {"retour": "/historique"}),
    ]  # fmt: skip


def main() -> None:
    with tempfile.TemporaryDirectory() as place:
        run = RunFolder.create(Path(place) / "grand")
        write_run(run, n_copies=160)
        started = time.process_time()
        desk = desk_of(run)
        seconds = time.process_time() - started
        sys.stdout.write(f"{len(desk.session.state.items)} items, opened in {seconds:.2f} s of processor\n")
        client = TestClient(make_app(desk, TOKEN, PORT), base_url=HERE, headers={"origin": HERE})
        measured("first page", lambda: client.get(f"/?jeton={TOKEN}"), 1)
        for address in ("/", "/groupes", "/a-relire", "/liens", "/paroles?voir=signaux", "/noms", "/retrouver?q=bus"):
            measured(f"page {address}", lambda address=address: client.get(address))
        for op, form in acts_of(desk):
            measured(f"act {op}", lambda op=op, form=form: client.post("/acte", data={"op": op, **form}), 1)


if __name__ == "__main__":
    main()
