"""The table of decisions: each row holds together, and the page knows it."""

from __future__ import annotations

import re

import pytest

from pipeline.review.app.rendering import make_environment
from pipeline.review.log.decisions import After, Decision
from pipeline.review.log.ops import OPS, flaw


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
