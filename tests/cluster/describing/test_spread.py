"""Counts that cannot be inflated."""

from __future__ import annotations

import pandas as pd
import pytest

from pipeline.cluster.describing.spread import Spread, measure_spread


def spread(
    voices: list[str | None],
    tables: list[str | None],
    tied: list[str | None] | None = None,
    stacks: list[str] | None = None,
) -> Spread:
    n = len(voices)
    return measure_spread(
        pd.DataFrame(
            {
                "item_id": [f"i{row}" for row in range(n)],
                "stack_id": stacks or [f"i{row}" for row in range(n)],
                "tied_to": pd.array(tied or [None] * n, dtype="string"),
                "voice": pd.array(voices, dtype="string"),
                "table": pd.array(tables, dtype="string"),
                "workshop": "atelier",
                "channel": "postit",
            }
        )
    )


def test_twelve_items_of_one_voice_do_not_beat_three_voices() -> None:
    assert spread(["a"] * 12, ["1"] * 12).recurrence < spread(["a", "b", "c"], ["1", "2", "3"]).recurrence


def test_a_tied_set_is_one_idea() -> None:
    counts = spread([None, None, "a"], ["1", "1", "1"], [None, "i0", "i0"])
    assert (counts.n_items, counts.n_ideas, counts.n_voices) == (3, 1, 1)


def test_ideas_of_one_stack_are_one_stack_and_still_so_many_ideas() -> None:
    counts = spread([None] * 4, ["1", "2", "3", "3"], stacks=["i0", "i0", "i2", "i0"])
    assert (counts.n_items, counts.n_ideas, counts.n_stacks) == (4, 4, 2)


def test_voices_are_unknown_for_anonymous_notes() -> None:
    assert spread([None, None], ["1", "2"]).n_voices is None


def test_the_same_number_of_ideas_weighs_more_from_more_tables() -> None:
    assert spread([None] * 4, ["1"] * 4).recurrence < spread([None] * 4, ["1", "2", "3", "4"]).recurrence


def test_votes_weigh_once_a_contribution_and_are_no_voices() -> None:
    members = pd.DataFrame(
        {
            "item_id": ["i0", "i1", "i2"],
            "contribution_id": ["c0", "c0", "c1"],
            "stack_id": ["i0", "i1", "i2"],
            "tied_to": pd.array([None] * 3, dtype="string"),
            "voice": pd.array([None] * 3, dtype="string"),
            "table": pd.array(["1"] * 3, dtype="string"),
            "workshop": "atelier",
            "channel": "postit",
        }
    )
    bare, voted = (measure_spread(members.assign(votes=pd.array(n, dtype="Int64"))) for n in ([None] * 3, [4, 4, None]))
    assert voted.recurrence - bare.recurrence == pytest.approx(2.0, abs=0.001)
    assert (voted.votes, bare.votes) == (4, 0)
    assert (voted.n_voices, voted.n_ideas) == (bare.n_voices, bare.n_ideas)
    assert bare.recurrence == measure_spread(members).recurrence
