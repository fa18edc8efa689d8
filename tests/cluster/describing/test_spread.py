"""Counts that cannot be inflated."""

import pandas as pd
import pytest

from pipeline.cluster.describing.describe import counts_of


def counts(texts: list[str], **columns: list[object]) -> dict[str, object]:
    """The columns of a group; what is not given is unknown."""
    n = len(texts)
    unknown = dict.fromkeys(("tied_to", "voice", "table"), [pd.NA] * n)
    known = {"workshop": ["atelier"] * n, "channel": ["postit"] * n, "stance": ["inconnu"] * n}
    ids = {"item_id": [f"i{row}" for row in range(n)], "text": texts}
    return counts_of({**ids, **unknown, **known, **columns})


def recurrence(voices: list[object], tables: list[object], **columns: list[object]) -> float:
    found = counts(["Une navette"] * len(voices), voice=voices, table=tables, **columns)["recurrence"]
    assert isinstance(found, float)
    return found


def test_many_ideas_of_one_voice_or_one_table_weigh_less_than_those_of_several() -> None:
    assert recurrence(["a"] * 12, ["1"] * 12) < recurrence(["a", "b", "c"], ["1", "2", "3"])
    assert recurrence([pd.NA] * 4, ["1"] * 4) < recurrence([pd.NA] * 4, ["1", "2", "3", "4"])


def test_a_tied_set_is_one_idea_and_voices_of_notes_are_unknown() -> None:
    texts = ["Une navette"] * 3
    found = counts(texts, tied_to=[pd.NA, "i0", "i0"], voice=[pd.NA, pd.NA, "a"])
    assert (found["n_items"], found["n_ideas"], found["n_people"]) == (3, 1, 1)
    assert pd.isna(counts(texts)["n_people"])


def test_votes_weigh_less_than_people_and_are_none() -> None:
    nobody: list[object] = [pd.NA] * 3
    assert recurrence(nobody, ["1"] * 3, votes=[4, pd.NA, pd.NA]) - recurrence(nobody, ["1"] * 3) == pytest.approx(
        2.0, abs=0.001
    )
    voted = counts(["Une navette"] * 3, votes=[4, pd.NA, pd.NA])
    assert (voted["votes"], voted["n_ideas"]) == (4, 3)
