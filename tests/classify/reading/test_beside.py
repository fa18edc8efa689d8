"""What is read of an idea beside its axis: its worth, and the model that a run names."""

import numpy as np
import pandas as pd
import pytest

from pipeline.classify.reading.beside import (
    N_MADE,
    WORTH,
    expected_worth,
    load_worth,
    with_worth,
    worth_above,
    worth_features,
)
from pipeline.classify.reading.features import Headed
from pipeline.errors import ModelError
from pipeline.language.models.encoders import load_encoder
from pipeline.learned import Linear

TEXTS = ["Il n'y a plus de médecin au village", "Bonjour"]
TAGS = pd.DataFrame({"axis": ["est", "hors_axe"]})


def columns(wanted: str) -> pd.DataFrame:
    vectors = load_encoder().encode(TEXTS).astype(np.float16)
    return with_worth(TAGS, Headed(TEXTS, ["", ""], vectors, vectors), wanted)[["worth"]]


def test_all_is_read_of_an_axis_and_nothing_off_them() -> None:
    wanted = worth_above(load_encoder().sha256)
    assert wanted == WORTH.sha256()
    found = columns(wanted)
    assert found.notna().loc[0].all()
    assert found.loc[1].isna().all()


def test_vectors_of_another_encoder_tell_nothing() -> None:
    assert worth_above("another") == ""
    assert columns("").isna().all(axis=None)


def test_the_model_of_another_machine_is_refused() -> None:
    with pytest.raises(ModelError, match="« worth » de cette machine"):
        columns("0" * 64)


WHOLE = "Il n'y a plus de médecin au village, et les personnes âgées renoncent à se soigner."
PIECE = "et pour ceux de"
NOTHING = np.zeros((1, 2), dtype=np.float16)


def worth_of(texts: list[str], axes: list[str]) -> list[float]:
    encoder = load_encoder()
    headings = ["Les difficultés"] * len(texts)
    vectors = [encoder.encode(said).astype(np.float16) for said in (texts, headings)]
    return load_worth().read(Headed(texts, headings, *vectors), axes).tolist()


def made(text: str) -> np.ndarray:
    return worth_features(Headed([text], [""], NOTHING, NOTHING), ["est"])[0, -N_MADE:]


def test_a_whole_idea_is_worth_more_than_a_piece_of_one() -> None:
    whole, piece = worth_of([WHOLE, PIECE], ["est", "est"])
    assert 0 <= piece < 0.3 < 0.5 < whole <= 1


def test_what_is_on_no_axis_has_no_worth_and_rows_do_not_depend_on_one_another() -> None:
    texts, axes = [WHOLE, PIECE, WHOLE, "Créer un jardin partagé"], ["est", "hors_axe", "sud", "sud"]
    alone = [worth_of([text], [axis])[0] for text, axis in zip(texts, axes, strict=True)]
    assert np.isnan(alone[1])
    assert np.array_equal(worth_of(texts, axes), alone, equal_nan=True)
    assert alone[0] != alone[2]  # the same words under another axis


def test_worth_is_the_expected_label_over_the_best() -> None:
    head = Linear(np.zeros((2, 1)), np.array([50.0, -50.0]))  # surely acceptable, surely not gladly
    assert expected_worth(np.ones((2, 1), dtype=np.float32), head).tolist() == [0.5, 0.5]


@pytest.mark.parametrize(
    ("text", "place", "expected"),
    [
        ("Ils partent", 9, 1), ("Les gens partent", 9, 0), ("Mais trop tard", 10, 1), ("Trop tard", 10, 0),
        ("On perd nos bus", 12, 1), ("Un manque de", 13, 1), ("Les bus roulent", 14, 1), ("Des bus", 14, 0),
        ("Pourquoi ?", 3, 1), ("pourquoi", 2, 1),
    ],
)  # fmt: skip
def test_features_tell_how_a_text_is_made(text: str, place: int, expected: int) -> None:
    assert made(text)[place] == pytest.approx(0.3 * expected)
