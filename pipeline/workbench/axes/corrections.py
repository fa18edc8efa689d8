"""Facilitators' corrections as examples to learn from."""

from __future__ import annotations

import pandas as pd

from pipeline.workbench.axes.examples import COLUMNS


def corrected_examples(reviewed_tags: pd.DataFrame, items: pd.DataFrame, contributions: pd.DataFrame) -> pd.DataFrame:
    """The items whose axis a person decided, columns as `examples.COLUMNS`; their source is the workshop's."""
    decided = reviewed_tags[reviewed_tags["decided_by"].notna()]
    rows = decided.merge(items[["item_id", "contribution_id", "text"]], on="item_id").merge(
        contributions[["contribution_id", "context"]], on="contribution_id"
    )
    rows = rows.sort_values("item_id", kind="stable")
    examples = pd.DataFrame(
        {
            "id": rows["item_id"].astype(object),
            "text": rows["text"].astype(object),
            "context": rows["context"].astype(object),
            "axis": rows["axis"].astype(object),
            "secondary": "",
            "facet": rows["facet"].fillna("").astype(object),
            "register": "",
            "theme": "",
            "source": "corrections",
            "confidence": 3,
            "origin": "corrections",
            "path": "",
        }
    )
    return examples[list(COLUMNS)].reset_index(drop=True)
