"""The table of decisions: each row holds together, the page knows it, and the offline page does the same."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from reading import group_named

from pipeline.review.app.rendering import make_environment
from pipeline.review.exchange.offline import Rose, offline_page
from pipeline.review.exchange.participants import PAGE
from pipeline.review.log.decisions import After, Decision
from pipeline.review.log.ops import OPS, flaw
from pipeline.review.session import Session, Wish

OFFLINE = {name for name, op in OPS.items() if op.is_offline}
STATE_SCRIPT = (PAGE / "revue-etat.js").read_text(encoding="utf-8")
PAGE_SCRIPT = (PAGE / "revue.js").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", OPS)
def test_a_row_names_fields_that_a_decision_has(name: str) -> None:
    op = OPS[name]
    assert {*op.needs, *op.fields, *op.asks} <= set(After.model_fields)
    assert set(op.asks) <= set(op.fields)
    told_by_hand = set(op.needs) - set(op.fields)
    assert told_by_hand == ({"group_id"} if op.opens_group else set())


@pytest.mark.parametrize("name", OPS)
def test_an_empty_act_is_refused_with_what_it_lacks(name: str) -> None:
    act = {"decision_id": "d", "ts": "", "author": "A", "op": name, "target": {}}
    told = flaw(Decision.model_validate(act))
    assert told.startswith("il y manque ")
    assert all(field in told for field in OPS[name].needs)


@pytest.mark.parametrize(
    ("op", "target", "after", "told"),
    [
        ("merge", {"groups": ["g"]}, {}, "il y manque deux groupes"),
        ("split", {"groups": ["g"]}, {"group_id": "h", "title": "t"}, "il y manque des paroles et leur groupe"),
        ("rename", {"theme_id": "t"}, {}, "il y manque title"),
        ("rename", {"theme_id": "t"}, {"title": "t"}, ""),
        ("accept", {"groups": ["g"]}, {}, ""),
        ("danser", {"groups": ["g"]}, {}, "op : « danser »"),
    ],
    ids=["one group", "no items", "no title", "theme", "whole", "unknown"],
)
def test_what_lacks_is_told_in_french(op: str, target: dict[str, object], after: dict[str, object], told: str) -> None:
    act = {"decision_id": "d", "ts": "", "author": "A", "op": op, "target": target, "after": after}
    assert flaw(Decision.model_validate(act)) == told


def test_the_page_offers_only_acts_that_exist() -> None:
    environment = make_environment()
    assert environment.loader is not None
    offered: set[str] = set()
    for name in environment.list_templates():
        source = environment.loader.get_source(environment, name)[0]
        offered |= set(re.findall(r'name="op" value="([a-z_]+)"', source))
        offered |= set(re.findall(r'hidden\(here, "([a-z_]+)"\)', source))
    assert len(offered) > 15
    assert offered <= set(OPS)


def test_the_offline_page_replays_what_the_table_says() -> None:
    verdicts = re.search(r"VERDICTS = \{([^}]+)\}", STATE_SCRIPT)
    assert verdicts is not None
    replayed = set(re.findall(r"(\w+):", verdicts[1])) | set(re.findall(r'op [!=]== "([a-z_]+)"', STATE_SCRIPT))
    assert replayed == OFFLINE
    asked = set(re.findall(r'\bact\("([a-z_]+)"', PAGE_SCRIPT))
    buttons = re.search(r"BUTTONS = \[(.+)\];", PAGE_SCRIPT)
    assert buttons is not None
    asked |= {"rouvrir", *re.findall(r'\["([a-z_]+)"', buttons[1])}
    assert len(asked) > 10
    assert asked <= OFFLINE


@pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")
def test_the_offline_page_does_the_same_as_the_log(session: Session, tmp_path: Path) -> None:
    """The same acts, replayed by the script of the page, leave the same groups, items and links."""
    page = offline_page(session.state, (), (), (), (), Rose(None, "", {}), "Atelier", "identité")
    data = re.search(r'<script type="application/json"[^>]*>(.*?)</script>', page, re.DOTALL)
    assert data is not None
    bus, temps, agenda = (
        group_named(session.state, title)
        for title in ("Pas assez de bus le soir", "Le temps manque pour se coordonner", "Tenir un agenda partagé")
    )
    of_bus, of_temps = ([item.item_id for item in session.state.items_of(group)] for group in (bus, temps))
    weak = tuple(item.item_id for item in session.state.weak_signals() if item.axis == "sud")
    link = next(iter(session.state.links))
    acts: list[tuple[Wish, dict[str, object]]] = [
        (Wish("rename", groups=(bus,)), {"title": "Le bus manque"}),
        (Wish("move", items=(of_bus[0],)), {"group_id": temps}),
        (Wish("move", items=(of_bus[1],)), {}),
        (Wish("split", items=tuple(of_temps[:2]), groups=(temps,)), {"title": "À part"}),
        (Wish("create", items=weak), {"title": "Du commun", "axis": "sud"}),
        (Wish("merge", groups=(bus, temps)), {"title": "Bus et temps"}),
        (Wish("set_axis", items=(of_bus[2],)), {"axis": "hors_axe"}),
        (Wish("accept", groups=(bus,)), {}),
        (Wish("revoir", groups=(agenda,)), {}),
        (Wish("rouvrir", groups=(agenda,)), {}),
        (Wish("reject", groups=(agenda,)), {}),
        (Wish("link", links=(link,)), {"state": "faux"}),
        (Wish("commenter", groups=(bus,)), {"text": "À voir"}),
        (Wish("commenter", items=(of_bus[3],)), {"text": "Moi aussi"}),
    ]
    done = [session.act("Anne", wish, **after)[0] for wish, after in acts]
    session.set_undone("Anne", done[2].decision_id, True)
    lines = session.run.decisions.lines()
    assert {json.loads(line)["op"] for line in lines} | {"mask", "redo"} == OFFLINE
    script = tmp_path / "replay.js"
    script.write_text(
        STATE_SCRIPT
        + f"\nconst acts = [{','.join(lines)}].map((act) => ({{ after: {{}}, ...act }}));"
        + f"\nconst review = new Review({data[1]}, acts);\n"
        + """console.log(JSON.stringify({
            groups: [...review.groups.values()].map((g) => [g.id, g.title, g.state, g.axis, [...g.members].sort()]),
            items: [...review.items.values()].map((i) => [i.id, i.axis, i.group, i.comments.map((c) => c.text)]),
            links: review.links.map((l) => [l.from_item, l.to_item, l.state]),
        }));""",
        encoding="utf-8",
    )
    told = json.loads(subprocess.run(["node", script], capture_output=True, check=True, timeout=60).stdout)
    state = session.state
    groups = [[g.group_id, g.title, g.state, g.axis, sorted(state.members[g.group_id])] for g in state.groups.values()]
    assert sorted(told["groups"]) == sorted(groups)
    assert sorted(told["items"]) == sorted(
        [i.item_id, i.axis, i.group_id, [comment.text for comment in i.comments]] for i in state.items.values()
    )
    assert sorted(told["links"]) == sorted([*pair, link.state] for pair, link in state.links.items())
