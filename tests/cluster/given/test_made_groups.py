"""Groups that participants made themselves."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from pipeline.cluster.given import made_titles, numbered, themes_of_groups, titles_of_groups, with_held


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


def test_a_corpus_without_the_column_has_none() -> None:
    assert made_titles(pd.DataFrame({"text": ["a", "b"]})).isna().all()


def test_numbers_do_not_depend_on_the_order_of_rows() -> None:
    titles = given("Pain", None, "Eau", "Pain")["given_group"]
    assert numbered(titles).tolist() == [1, -1, 0, 1]
    assert numbered(titles.iloc[::-1]).tolist() == [1, 0, -1, 1]


def test_what_is_held_together_is_a_group_of_its_own_unless_it_is_alone() -> None:
    labels, weights = np.array([0, 0, 0, 1, 1, -1]), np.array([1, 1, 1, 1, 1, 1])
    found = with_held(labels, np.array([-1, -1, 5, 5, 6, -1]), weights)
    assert found[0] == found[1] >= 0
    assert found[2] == found[3] >= 0
    assert found[0] != found[2]
    assert found[4] == found[5] == -1


def test_a_group_has_the_title_of_the_participants_when_it_holds_all_of_theirs() -> None:
    sources = items(("est", "g", "Pain"), ("est", "g", "Pain"), ("est", "g", None), ("sud", "h", "Pain"))
    assert titles_of_groups(sources) == {"g": "Pain"}
    assert titles_of_groups(items(("est", "g", "Pain"), ("est", "h", "Pain"))) == {}
    assert titles_of_groups(items(("est", "g", "Pain"), *[("est", None, "Pain")] * 2)) == {}


def test_what_has_become_several_groups_is_a_theme() -> None:
    sources = items(
        ("est", "g", "Pain"), ("sud", "h", "Pain"), ("sud", "h", None), ("est", "i", "Eau"), ("est", "j", None)
    )
    assert themes_of_groups(sources) == {"g": "Pain", "h": "Pain"}


def test_a_few_of_their_ideas_do_not_make_a_group_theirs() -> None:
    sources = items(("est", "g", "Pain"), ("sud", "h", "Pain"), ("sud", "h", None), ("sud", "h", None))
    assert themes_of_groups(sources) == {}
