"""Groups that people's answers made are named as the stage that groups would name them."""

from types import SimpleNamespace

import pandas as pd

from pipeline.config import load_config
from pipeline.run.stages import names_of

TEXTS = ("Il manque des bancs au parc", "Pas assez de bancs dans le parc", "On veut une fontaine sur la place")


def test_each_group_gets_a_title_of_its_own_words_wherever_its_items_were() -> None:
    ids = ["i1", "i2", "i3"]
    machine = SimpleNamespace(
        items=pd.DataFrame({"item_id": ids, "contribution_id": ids, "text": TEXTS}),
        tags=pd.DataFrame({"item_id": ids, "axis": ["est", "est", "sud"], "status": "sur"}),
        contributions=pd.DataFrame({"contribution_id": ids, "channel": "postit", "voice": None}),
        memberships=pd.DataFrame({"item_id": ids[:2], "stance": "inconnu"}),  # the third was off the axes
    )
    titles = names_of(machine, load_config().cluster, [["i2", "i1"], ["i3"]])  # type: ignore[arg-type]
    assert [type(title) for title, _, _ in titles] == [str, str]
    assert "banc" in titles[0][0].lower()
    assert "fontaine" in titles[1][0].lower()
    assert [coverage for _, _, coverage in titles] == [1.0, 1.0]
