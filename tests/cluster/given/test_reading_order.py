"""The order in which ideas were said, where it says something."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from pipeline.cluster.given import reading_order

N = 24
RANDOM = np.random.default_rng(3)
SUBJECTS = np.repeat(RANDOM.normal(size=(6, 16)), 4, axis=0) + 0.3 * RANDOM.normal(size=(N, 16))
TEXTS = [f"{'zyxwvutsrqponmlkjihgfedcba'[(7 * row) % 26]} idée" for row in range(N)]


def sources(channel: str = "note", texts: list[str] = TEXTS, source: str = "a.md") -> pd.DataFrame:
    return pd.DataFrame({"text": texts, "source": source, "channel": channel, "position": range(N), "start": 0})


def test_minutes_are_read_in_their_order_whatever_the_order_of_rows() -> None:
    assert reading_order(sources(), SUBJECTS.astype(np.float16)).tolist() == list(range(N))
    rows = np.random.default_rng(1).permutation(N)
    again = reading_order(sources().iloc[rows].reset_index(drop=True), SUBJECTS[rows].astype(np.float16))
    assert again.tolist() == rows.tolist()


@pytest.mark.parametrize(
    ("given", "vectors"),
    [
        pytest.param(sources(texts=[f"{row:02d} idée" for row in range(N)]), SUBJECTS, id="sorted"),
        pytest.param(sources(texts=[f"{N - row:02d} idée" for row in range(N)]), SUBJECTS, id="sorted from z to a"),
        pytest.param(sources(), SUBJECTS[np.arange(N) * 5 % N], id="drawn"),
        pytest.param(sources("enquete"), SUBJECTS, id="a survey"),
        pytest.param(sources().head(6), SUBJECTS[:6], id="too few"),
        pytest.param(sources().drop(columns="position"), SUBJECTS, id="not known"),
        pytest.param(sources(), np.ones((N, 16)), id="all the same"),
    ],
)
def test_an_order_that_says_nothing_is_not_read(given: pd.DataFrame, vectors: np.ndarray) -> None:
    assert set(reading_order(given, vectors.astype(np.float16)).tolist()) == {-1}


def test_nothing_of_a_file_follows_what_another_one_said() -> None:
    both = pd.concat([sources(), sources(source="b.md")], ignore_index=True)
    found = reading_order(both, np.vstack([SUBJECTS, SUBJECTS]).astype(np.float16))
    assert found[N] - found[N - 1] > 100
