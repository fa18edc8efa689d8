"""Workshops where ideas are said many times: what is kept aside, and how likes are found."""

import numpy as np
import pandas as pd
import pytest

from pipeline.errors import UsageError
from pipeline.workbench.examples import load_ideas, retrieval

ROWS = pd.DataFrame(
    {
        "world": ["w"] * 6,
        "family": ["w/bus", "w/bus", "w/bus", "w/soin", "w/soin", "~w/seul"],
        "key": ["w/rare", "w/rare", "w/cher", "w/medecin", "w/medecin", "w/seul"],
    }
)


def test_the_nearest_text_is_counted_by_idea_and_by_subject() -> None:
    vectors = np.array(
        [[1, 0, 0], [0.9, 0.1, 0], [0.8, 0.3, 0], [0, 0, 1], [0, 0.1, 1], [-1, -1, -1]], dtype=np.float32
    )
    found = retrieval(vectors, ROWS)
    assert found["n"] == 4  # the texts that have a like
    assert found["meme_idee"] == 1.0
    swapped = retrieval(vectors[[0, 3, 2, 1, 4, 5]], ROWS)
    assert swapped["meme_idee"] == 0.0


def test_the_corpus_keeps_whole_workshops_aside_and_its_names_are_its_own() -> None:
    ideas = load_ideas()
    assert ideas.groupby("world")["is_held_out"].nunique().max() == 1
    assert 0.1 < ideas["is_held_out"].mean() < 0.25
    assert ideas.groupby("key")["world"].nunique().max() == 1
    assert not ideas.duplicated(["world", "text"]).any()
    assert set(ideas["axis"]) == {"nord", "est", "sud", "ouest"}


def test_no_idea_is_told_in_french(tmp_path: object) -> None:
    with pytest.raises(UsageError, match="Aucune idée"):
        load_ideas(tmp_path)  # type: ignore[arg-type]
