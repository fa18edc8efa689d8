"""A context that repeats somebody's words shows of them what may be shown."""

from __future__ import annotations

from dataclasses import replace

import pytest
from atelier import frame, workshop

from pipeline.restitution.material.load import read_material


@pytest.mark.parametrize("cut", [0, 4])
@pytest.mark.parametrize("is_hidden", [True, False])
def test_the_words_of_another_are_shown_under_it_as_they_are_elsewhere(is_hidden: bool, cut: int) -> None:
    tables = workshop()
    row = tables.items[tables.items["text"].str.contains("Martine")].iloc[0]
    words = str(row["text"]).strip()
    part = " ".join(words.split()[:-1]) + "…" if cut else words
    above = tables.contributions["contribution_id"] == row["contribution_id"]
    contexts = tables.contributions["context"].where(above, f"Pistes > {part}")
    decided = {"item_id": row["item_id"], "is_hidden": is_hidden, "is_quotable": True, "masks": [], "named": []}
    tables = replace(
        tables,
        contributions=tables.contributions.assign(context=contexts),
        reviewed_items=frame("reviewed_items", [decided]),
    )
    told = {item.context for item in read_material(tables).items.values()} - {""}
    masked = part.replace("Martine Quéhan", "[…]").replace("Martine…", "[…]…")
    assert "Martine" not in masked
    assert told == ({"Pistes"} if is_hidden else {f"Pistes > {masked}"})
