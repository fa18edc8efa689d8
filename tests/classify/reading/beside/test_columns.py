"""What is read beside the axis is read by the models that the run names, or not at all."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from pipeline.classify.reading.beside.columns import beside_sha256, read_beside, readers_of
from pipeline.errors import ModelError
from pipeline.language.models.encoders import load_encoder

TEXTS = ["Il n'y a plus de médecin au village", "Bonjour"]
TAGS = pd.DataFrame({"axis": ["est", "hors_axe"]})


def columns(wanted: dict[str, str]) -> pd.DataFrame:
    vectors = load_encoder().encode(TEXTS).astype(np.float16)
    return read_beside(TAGS, TEXTS, ["", ""], vectors, vectors, wanted)[["nature", "object", "worth"]]


def test_all_is_read_of_an_axis_and_nothing_off_them() -> None:
    wanted = readers_of(load_encoder().sha256)
    assert wanted == beside_sha256()
    found = columns(wanted)
    assert found.notna().loc[0, ["nature", "worth"]].all()
    assert found.loc[1].isna().all()


def test_vectors_of_another_encoder_tell_nothing() -> None:
    assert readers_of("another") == {}
    assert columns({}).isna().all(axis=None)


@pytest.mark.parametrize("name", ["natures", "worth"])
def test_the_model_of_another_machine_is_refused(name: str) -> None:
    with pytest.raises(ModelError, match=f"« {name} » de cette machine"):
        columns({**beside_sha256(), name: "0" * 64})
