"""The weights of the pair model: what is read is what was learnt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from pipeline.cluster.pairs.features import Pairs, pairs_of
from pipeline.cluster.pairs.model import (
    CONTEXT_NAMES,
    WEIGHTS,
    context_features,
    load_metrics,
    load_pairs,
    pairs_sha256,
    save_pairs,
)
from pipeline.cluster.pairs.views import Ideas
from pipeline.errors import ModelError


def test_the_shipped_weights_are_of_the_features_in_their_order(ideas: Callable[..., Ideas]) -> None:
    names = pairs_of(ideas(["Un four à pain", "Un potager", "Une ruche"])).names
    assert load_pairs().alone.names == names
    assert load_pairs().among_others.names == (*names, *CONTEXT_NAMES)


def test_ideas_that_go_with_the_same_ones_are_told() -> None:
    one, other = np.array([0, 0, 1]), np.array([1, 2, 2])
    pairs = Pairs(4, one, other, np.zeros((3, 1), dtype=np.float32), ("nothing",))
    found = context_features(pairs, np.array([0.5, 0.9, 0.9]))
    third = CONTEXT_NAMES.index("going_with_others")
    assert found.shape == (3, len(CONTEXT_NAMES))
    assert found[0, third] == pytest.approx(np.log(0.81 + 1e-3), abs=1e-4)
    assert found[0, CONTEXT_NAMES.index("below_likeliest")] == pytest.approx(-0.4, abs=1e-4)


def test_what_is_saved_is_read_again(tmp_path: Path) -> None:
    save_pairs(tmp_path, load_pairs())
    again = load_pairs(tmp_path)
    assert again.among_others.weights.tolist() == load_pairs().among_others.weights.tolist()
    assert (again.cut, again.cut_bare) == (load_pairs().cut, load_pairs().cut_bare)


@pytest.mark.parametrize("content", [None, "", "{}", '{"format": 0}'])
def test_weights_that_are_missing_or_altered_are_refused(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / WEIGHTS).write_text(content, encoding="utf-8")
    with pytest.raises(ModelError, match="train --profile groupes"):
        load_pairs(tmp_path)


def test_measures_that_are_missing_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError):
        load_metrics(tmp_path)


def test_the_sha256_is_of_the_weights(tmp_path: Path) -> None:
    with pytest.raises(ModelError):
        pairs_sha256(tmp_path)
    save_pairs(tmp_path, load_pairs())
    before = pairs_sha256(tmp_path)
    save_pairs(tmp_path, replace(load_pairs(), cut=0.3))
    assert pairs_sha256(tmp_path) != before


def test_the_chosen_cuts_are_no_worse_than_the_consensus() -> None:
    """Whole walls and small ones, with headings and without, in both profiles; draws of small ones differ by 0.02."""
    found = load_metrics()
    rows = {(r["profile"], r["headings"], r["small"], r["method"]): r["ami"] for r in found["means"]}
    for profile, headings, small, method in rows:
        if method == "consensus":
            cut = found["cuts"]["headings" if headings else "bare"]
            assert rows[profile, headings, small, f"{cut:.2f}"] >= rows[profile, headings, small, method] - 0.02 * small
