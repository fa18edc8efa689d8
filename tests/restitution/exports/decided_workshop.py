"""The hand-made workshop as a format is given it: what people hid, masked, decided, and words that would run."""

from dataclasses import replace

from atelier import SAID, frame, with_words, workshop

from pipeline.workshop.tables import RestitutionTables

HIDDEN, FORMULA, DECIDED, MASKED = 20, 15, 17, 24
"""Ranks in `SAID`: an idea that a person hid, one that looks like a formula, whose axis a person gave, masked."""
RUNS = '=HYPERLINK("x") * que la _Région_ remette un car'


def said(index: int) -> str:
    """The id of an idea of the workshop."""
    return str(workshop().items["item_id"].iloc[index])


def decided() -> RestitutionTables:
    """The workshop after people's acts."""
    tables = with_words(workshop(), FORMULA, RUNS)
    usual = {"is_quotable": True, "named": []}
    masks = [[0, SAID[MASKED][-1].index(" ")]]
    rows = [
        usual | {"item_id": said(HIDDEN), "is_hidden": True, "masks": []},
        usual | {"item_id": said(MASKED), "is_hidden": False, "masks": masks},
    ]
    tags = tables.reviewed_tags.copy()
    at = tags["item_id"] == said(DECIDED)
    tags.loc[at, ["axis", "decided_by"]] = ["est", "Awa"]
    tags.loc[at, "facet"] = "frein"
    return replace(tables, reviewed_items=frame("reviewed_items", rows), reviewed_tags=tags)
