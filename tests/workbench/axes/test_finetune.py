"""Fine-tuning: what the idea branch learns from, what it is pulled towards, how it is measured."""

import numpy as np
import pandas as pd
import pytest

from pipeline.errors import UsageError
from pipeline.workbench.axes.finetune import IdeaRecipe, idea_batch, target_shares
from pipeline.workbench.examples import load_ideas, retrieval

ROWS = pd.DataFrame(
    {
        "world": ["w"] * 6,
        "family": ["w/bus", "w/bus", "w/bus", "w/soin", "w/soin", "~w/seul"],
        "key": ["w/rare", "w/rare", "w/cher", "w/medecin", "w/medecin", "w/seul"],
    }
)


def test_the_same_idea_counts_full_the_same_subject_a_part_and_an_isolated_idea_nothing() -> None:
    shares = target_shares(ROWS, 0.3)
    assert shares[0] == pytest.approx([0, 1 / 1.3, 0.3 / 1.3, 0, 0, 0])
    assert shares[2] == pytest.approx([0.5, 0.5, 0, 0, 0, 0])
    assert shares[3] == pytest.approx([0, 0, 0, 0, 1, 0])
    assert not shares[5].any()


def test_a_batch_holds_whole_workshops_parts_without_a_row_twice() -> None:
    ideas = load_ideas()
    aim = IdeaRecipe(batch_size=24, n_workshops=2, texts_per_idea=3)
    rows = idea_batch(ideas, aim, np.random.default_rng(1))
    found = ideas.iloc[rows]
    assert len(set(rows)) == len(rows)
    assert found["world"].nunique() == 2
    assert found["key"].value_counts().max() <= 3


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
