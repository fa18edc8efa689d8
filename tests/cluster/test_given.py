"""What participants gave besides their words: headings, groups of theirs, the order in which they spoke."""

import numpy as np
import pandas as pd
import pytest

from pipeline.cluster.given import made_titles, numbered, reading_order, themes_of_groups
from pipeline.cluster.pairs import Beside

TOPICS = np.arange(6, dtype=np.float16).reshape(3, 2)


def test_what_stands_beside_some_rows() -> None:
    beside = Beside(["a", "", "b"], TOPICS, -TOPICS, np.array([4, 5, 6]), 2 * TOPICS, "est")
    found = beside.take(np.array([2, 0]))
    assert found.headings == ["b", "a"]
    assert found.topics.tolist() == [[4, 5], [0, 1]]
    assert found.of_headings.tolist() == [[-4, -5], [0, -1]]
    assert found.places.tolist() == [6, 4]
    assert (found.under.tolist(), found.axis) == ([[8, 10], [0, 2]], "est")


def given(*titles: str | None) -> pd.DataFrame:
    return pd.DataFrame({"given_group": pd.array(titles, dtype="string[pyarrow]")})


def items(*rows: tuple[str, str | None, str | None]) -> pd.DataFrame:
    """Items from (axis, group, title by the participants)."""
    return pd.DataFrame(rows, columns=["axis", "group_id", "made"], dtype="string[pyarrow]")


@pytest.mark.parametrize(
    ("titles", "kept"),
    [
        pytest.param(["Venir sans voiture", None, "Le pain"], ["Venir sans voiture", None, "Le pain"], id="two"),
        pytest.param(["3", "Le pain", "…"], [None, "Le pain", None], id="no word"),
        pytest.param(["Vivre ici"] * 3, [None] * 3, id="everything is in one"),
        pytest.param(["Vivre ici", None, None], ["Vivre ici", None, None], id="one among the rest"),
    ],
)
def test_titles_that_tell_ideas_apart_are_kept(titles: list[str | None], kept: list[str | None]) -> None:
    assert [None if pd.isna(one) else one for one in made_titles(given(*titles))] == kept


def test_numbers_do_not_depend_on_the_order_of_rows() -> None:
    titles = given("Pain", None, "Eau", "Pain")["given_group"]
    assert numbered(titles).tolist() == [1, -1, 0, 1]
    assert numbered(titles.iloc[::-1]).tolist() == [1, 0, -1, 1]


def test_what_has_become_several_groups_is_a_theme() -> None:
    sources = items(
        ("est", "g", "Pain"), ("sud", "h", "Pain"), ("sud", "h", None), ("est", "i", "Eau"), ("est", "j", None)
    )
    assert themes_of_groups(sources) == {"g": "Pain", "h": "Pain"}


def test_a_few_of_their_ideas_do_not_make_a_group_theirs() -> None:
    sources = items(("est", "g", "Pain"), ("sud", "h", "Pain"), ("sud", "h", None), ("sud", "h", None))
    assert themes_of_groups(sources) == {}


N = 24
TEXTS = [f"{'zyxwvutsrqponmlkjihgfedcba'[(7 * row) % 26]} idée" for row in range(N)]


def sources(channel: str = "note", source: str = "a.md") -> pd.DataFrame:
    return pd.DataFrame({"text": TEXTS, "source": source, "channel": channel, "position": range(N), "start": 0})


def test_minutes_are_read_in_their_order_whatever_the_order_of_rows() -> None:
    assert reading_order(sources()).tolist() == list(range(N))
    rows = np.random.default_rng(1).permutation(N)
    assert reading_order(sources().iloc[rows].reset_index(drop=True)).tolist() == rows.tolist()


@pytest.mark.parametrize(
    "given",
    [
        pytest.param(sources("enquete"), id="a survey"),
        pytest.param(sources("postit"), id="a wall"),
        pytest.param(sources().drop(columns="position"), id="not known"),
    ],
)
def test_rows_in_any_order_have_none(given: pd.DataFrame) -> None:
    assert set(reading_order(given).tolist()) == {-1}


def test_nothing_of_a_file_follows_what_another_one_said() -> None:
    both = pd.concat([sources(), sources(source="b.md")], ignore_index=True)
    found = reading_order(both)
    assert found[N] - found[N - 1] > 100
