"""What kind of obstacle or action an idea tells."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from pipeline.classify.reading.beside.natures import NatureHead, load_natures, nature_features
from pipeline.language.models.encoders import load_encoder
from pipeline.learned import Linear
from pipeline.natures import natures


def read(texts: list[str], axes: list[str], least: float = 0.0) -> list[tuple[str | None, str | None]]:
    model = load_natures()
    heads = {axis: replace(head, least=least) for axis, head in model.heads.items()}
    topics = load_encoder().encode(texts).astype(np.float16)
    found = replace(model, heads=heads).read(texts, axes, topics)
    return list(zip(found["nature"], found["object"], strict=True))


def test_each_axis_has_its_natures_and_the_others_none() -> None:
    texts = ["Il n'y a plus de médecin au village", "Former les bénévoles au numérique", "Merci à tous", "Bonjour"]
    found = read(texts, ["est", "sud", "nord", "hors_axe"])
    assert found[0][0] == "manque" and found[1][0] == "former"
    assert found[2:] == [(None, None), (None, None)]


def test_no_nature_is_told_that_is_not_sure() -> None:
    assert read(["Il n'y a plus de médecin au village"], ["est"], least=1.01)[0][0] is None


def test_rows_do_not_depend_on_one_another() -> None:
    texts = ["Trop cher", "Plus de car le soir", "Créer un jardin partagé", "Mutualiser les achats"]
    axes = ["est", "est", "sud", "sud"]
    alone = [read([text], [axis])[0] for text, axis in zip(texts, axes, strict=True)]
    assert read(texts, axes) == alone


def test_features_count_each_stem_once_and_know_no_word() -> None:
    topics = np.zeros((2, 3), dtype=np.float16)
    one, other = nature_features(["bus bus bus", "bus"], topics).toarray()[:, -4096:]
    assert one.sum() == other.sum() == pytest.approx(0.25)


def test_chances_sum_to_one() -> None:
    n = len(natures()["sud"])
    head = NatureHead(Linear(np.zeros((n, 3), dtype=np.float32), np.zeros(n)), 0.0)
    assert head.chances(np.ones((2, 3), dtype=np.float32)).sum(axis=1) == pytest.approx([1.0, 1.0], abs=1e-3)
