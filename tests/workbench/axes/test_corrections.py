"""What facilitators decided becomes examples; what the machine read does not."""

from __future__ import annotations

import pandas as pd

from pipeline.workbench.axes.corrections import corrected_examples
from pipeline.workbench.axes.examples import COLUMNS


def test_decided_items_alone_are_examples_with_their_heading() -> None:
    tags = pd.DataFrame(
        {"item_id": ["b", "a"], "axis": ["sud", "est"], "facet": [None, "frein"], "decided_by": ["L", None]}
    )
    items = pd.DataFrame(
        {"item_id": ["a", "b"], "contribution_id": ["c", "c"], "text": ["Trop cher", "Un prêt de vélos"]}
    )
    contributions = pd.DataFrame({"contribution_id": ["c"], "context": ["Mobilités"]})
    found = corrected_examples(tags, items, contributions)
    assert list(found.columns) == list(COLUMNS)
    assert found[["text", "context", "axis", "facet", "source"]].values.tolist() == [
        ["Un prêt de vélos", "Mobilités", "sud", "", "corrections"]
    ]


def test_no_decision_gives_no_example() -> None:
    tags = pd.DataFrame({"item_id": ["a"], "axis": ["est"], "facet": ["frein"], "decided_by": [None]})
    items = pd.DataFrame({"item_id": ["a"], "contribution_id": ["c"], "text": ["Trop cher"]})
    contributions = pd.DataFrame({"contribution_id": ["c"], "context": [""]})
    assert len(corrected_examples(tags, items, contributions)) == 0
