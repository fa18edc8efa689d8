"""Whatever is asked of the page, it answers, and what was decided stays readable; nothing is written elsewhere."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from browsing import HERE, PORT, TOKEN, workspace_of
from hypothesis import given
from hypothesis import strategies as st
from starlette.routing import Route
from starlette.testclient import TestClient

from pipeline.app.desk import Desk
from pipeline.app.places import AWAY, WALL
from pipeline.app.server import make_app
from pipeline.folder.artifacts import DECISIONS
from pipeline.folder.integrity import MANIFEST
from pipeline.folder.kept import EXPORTS
from pipeline.folder.locks import LOCKS
from pipeline.review.log.decisions import After, Decision
from pipeline.review.log.ops import OPS
from tests.fuzz.strategies import ODD, count, drawn, forms, paths

SEEN = ("/brouillon", "/mur", "/historique")
FIELDS = [*After.model_fields, "item", "group", "lien", "nature", "theme", "span", "decision_id", "retour"]


def known_of(desk: Desk) -> list[str]:
    """Ids and values that a form of the page may bear."""
    state = desk.session.state
    pair = next(iter(state.links), ("i", "j"))
    item = next(iter(state.items.values()))
    span = f"{item.contribution_id}|{item.start}|{item.end}|{item.text}"
    return [*list(state.groups)[:4], *list(state.items)[:6], *list(state.themes)[:2], " ".join(pair), span,
            "est", "pour", "juste", "bannie", "oui", "non", "3", "Un titre"]  # fmt: skip


def test_any_request_is_answered(desk: Desk, tmp_path: Path) -> None:
    workspace, place = workspace_of(desk)
    app = make_app(workspace, TOKEN, PORT)
    base = HERE + place.address
    client = TestClient(app, base_url=base, headers={"origin": HERE}, raise_server_exceptions=False)
    assert client.get(f"/brouillon?jeton={TOKEN}").status_code == 200
    known = known_of(desk)
    templates = sorted({route.path for route in _routes(app) if route.path not in ("/regenerer",)})
    before = {path for path in tmp_path.rglob("*") if path.is_file()}

    @drawn(60, 1_500)
    @given(
        st.one_of(
            st.tuples(st.just("GET"), paths(templates, known), st.none()),
            st.tuples(st.just("POST"), st.just("/acte"), forms(sorted(OPS), FIELDS, known)),
            st.tuples(st.sampled_from(("POST", "PUT", "DELETE")), paths(templates, known), st.dictionaries(ODD, ODD)),
        )
    )
    def asked(request: tuple[str, str, dict[str, list[str]] | None]) -> None:
        method, path, form = request
        count("requests")
        answer = client.request(method, path, data=form, follow_redirects=False)
        assert answer.status_code < 500, (method, path, form)
        assert "<script>alert(1)</script>" not in answer.text
        assert "Traceback" not in answer.text
        assert "set-cookie" not in answer.headers or "a=b" not in answer.headers["set-cookie"]

    asked()
    for line in desk.session.run.decisions.lines():
        assert Decision.model_validate_json(line).op in OPS
    for path in SEEN:
        assert client.get(path, follow_redirects=True).status_code in (200, 404)
    written = {path for path in tmp_path.rglob("*") if path.is_file()} - before
    assert {path.name for path in written} <= {AWAY, DECISIONS, EXPORTS, MANIFEST, f"{WALL}.json", *LOCKS}


def _routes(app: object) -> list[Route]:
    found = getattr(app, "routes", None)
    if found is None:
        return _routes(app.app)  # type: ignore[attr-defined]
    return [route for route in found if isinstance(route, Route)]


@pytest.fixture
def held(desk: Desk) -> Iterator[Callable[[], object]]:
    """Another program works in the run, until this is called."""
    holder = "from pathlib import Path\nfrom pipeline.folder.locks import working\n"
    holder += f"with working(Path({str(desk.session.run.path)!r}), 'rosace synthesize'):\n print(flush=True)\n input()"
    run = subprocess.Popen([sys.executable, "-c", holder], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert run.stdout is not None
    run.stdout.readline()
    try:
        yield lambda: run.communicate(b"\n", timeout=20)
    finally:
        run.kill()


def test_what_is_decided_while_a_run_works_waits_then_is_done_or_told(
    client: TestClient, desk: Desk, held: Callable[[], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    group = next(iter(desk.session.state.groups))
    form = {"op": "accept", "group": group, "retour": "/resultat/atelier/mur"}
    monkeypatch.setattr("pipeline.app.addresses.PATIENCE_S", 0.1)
    told = client.post("/acte", data=form).text
    assert "est occupé" in told and "rosace synthesize y travaille" in told
    assert desk.session.log.decisions == ()
    monkeypatch.setattr("pipeline.app.addresses.PATIENCE_S", 20)
    threading.Timer(0.5, held).start()
    assert "vous avez accepté" in client.post("/acte", data=form).text


def test_who_only_looks_while_the_text_is_written_is_refused_nothing(
    client: TestClient, desk: Desk, held: Callable[[], object]
) -> None:
    desk.seen = ()
    told = client.get("/brouillon").text
    assert "ce qui se voit ici est d’avant" in told and "message erreur" not in told and "processus" not in told
    held()
    assert "est d’avant" not in client.get("/brouillon").text


def test_the_rose_beside_the_text_is_the_one_drawn_last(client: TestClient, desk: Desk) -> None:
    rose, shown = desk.run.path / "rose_carre.svg", []
    for n in range(2):
        rose.write_text(f"<svg><!--{n}--></svg>", encoding="utf-8")
        os.utime(rose, (n + 1, n + 1))
        shown += re.findall(r'src="[^"]*(rose\.svg\?\d+)"', client.get("/brouillon").text)
        assert f"<!--{n}-->" in client.get(f"/{shown[n]}").text
    assert shown[0] != shown[1]
