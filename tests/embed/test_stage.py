"""Embed with the real encoder: once per distinct text, whatever the order and the number of workers."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from pipeline.embed.stage import embed
from pipeline.execution import LocalExecutor
from pipeline.language.models.encoders import Encoder, load_encoder

TEXTS = ["Pas de bus le soir", "Ouvrir la salle des fêtes", "Pas de bus le soir", "", "Merci à toute l'équipe"]
CONTEXTS = ["Freins", "", "Mobilité", "Freins", ""]


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return load_encoder()


def frames(order: list[int]) -> tuple[pd.DataFrame, pd.DataFrame]:
    ids = [f"c{row}" for row in order]
    contributions = pd.DataFrame({"contribution_id": ids, "context": [CONTEXTS[row] for row in order]})
    items = pd.DataFrame(
        {"item_id": [f"i{row}" for row in order], "contribution_id": ids, "text": [TEXTS[row] for row in order]}
    )
    return items, contributions


def test_rows_follow_items_and_equal_texts_share_a_vector(encoder: Encoder) -> None:
    result = embed(*frames([0, 1, 2, 3, 4]), encoder, 2)
    assert result.item_ids.tolist() == ["i0", "i1", "i2", "i3", "i4"]
    assert result.texts().shape == (5, 512)
    assert (result.texts()[0] == result.texts()[2]).all()
    assert not result.texts()[3].any()
    assert result.vectors.shape == (6, 512)  # four distinct texts, two contexts
    assert result.context_rows.tolist()[1] == -1
    assert np.linalg.norm(result.texts()[4].astype(float)) == pytest.approx(1, abs=1e-2)


def test_the_order_of_rows_moves_no_digit(encoder: Encoder) -> None:
    order = [4, 2, 0, 3, 1]
    straight, shuffled = embed(*frames([0, 1, 2, 3, 4]), encoder, 2), embed(*frames(order), encoder, 2)
    assert (straight.texts()[order] == shuffled.texts()).all()
    assert (straight.contexts()[order] == shuffled.contexts()).all()


def test_no_item_gives_an_empty_matrix(encoder: Encoder) -> None:
    items, contributions = frames([])
    result = embed(items, contributions, encoder, 2)
    assert result.texts().shape == (0, 512)


def many(n: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    ids = [f"c{row}" for row in range(n)]
    contributions = pd.DataFrame({"contribution_id": ids, "context": ["" if row % 3 else "Freins" for row in range(n)]})
    texts = [f"Il manque {row} places au parking de la gare" for row in range(n)]
    return contributions, pd.DataFrame(
        {"item_id": [f"i{row}" for row in range(n)], "contribution_id": ids, "text": texts}
    )


def test_what_an_earlier_run_encoded_serves_again_to_the_bit(encoder: Encoder) -> None:
    (before, old_items), (after, new_items) = many(180), many(200)
    earlier = embed(old_items, before, encoder, 64)
    fresh = embed(new_items, after, encoder, 50)
    executor = CountingExecutor()
    again = embed(new_items, after, encoder, 50, executor, known=earlier)
    assert (again.texts() == fresh.texts()).all()
    assert (again.contexts() == fresh.contexts()).all()
    assert executor.n_texts == 20


def test_rows_that_many_answers_hold_come_in_order(encoder: Encoder) -> None:
    contributions, items = many(90)
    whole = embed(items, contributions, encoder, 64)
    part = np.r_[5:20:3, 40:47]
    known = replace(whole, keys=whole.keys[part], vectors=whole.vectors[part])
    executor = CountingExecutor()
    again = embed(items, contributions, encoder, 7, executor, known=known)
    assert executor.n_texts == len(whole.keys) - len(part)
    assert (again.texts() == whole.texts()).all()
    assert (again.contexts() == whole.contexts()).all()
    embed(items, contributions, encoder, 64, executor, known=replace(known, encoder_sha256="another"))
    assert executor.n_texts == 2 * len(whole.keys) - len(part)


def test_workers_move_no_digit(encoder: Encoder) -> None:
    contributions, items = many(120)
    one = embed(items, contributions, encoder, 40)
    two = embed(items, contributions, encoder, 40, LocalExecutor(2))
    assert (one.texts() == two.texts()).all()


class CountingExecutor:
    """A loop that counts the texts it was given to encode."""

    def __init__(self) -> None:
        self.n_texts = 0

    def map(self, function, parts):  # type: ignore[no-untyped-def]
        for part in parts:
            self.n_texts += len(part)
            yield function(part)
