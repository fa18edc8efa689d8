"""Labelled ideas: held-out themes, references of real texts, weights."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from pipeline.axes import AXIS_CODES, compass
from pipeline.errors import UsageError
from pipeline.workbench.axes.evaluate import baselines, by_group, expected_calibration_error, macro_f1, measure
from pipeline.workbench.axes.examples import load_corpus, load_extra, soft_rows, split_themes, text_sha256


def test_the_corpus_is_labelled_with_the_compass_and_its_ids_are_unique() -> None:
    corpus = load_corpus()
    assert len(corpus) >= 8000
    assert corpus["id"].is_unique
    assert set(corpus["axis"]) == set(AXIS_CODES)
    for axis, facets in corpus.groupby("axis")["facet"]:
        assert set(facets) <= set(compass()[str(axis)].facets or ("",))


def test_themes_held_out_are_never_learned_from() -> None:
    learnt, held_out = split_themes(load_corpus())
    assert not set(learnt["theme"]) & set(held_out["theme"])
    assert 0.05 < len(held_out) / (len(learnt) + len(held_out)) < 0.15


def write_extra(folder: Path, text: str, known: str) -> tuple[Path, Path]:
    row = {"id": "x-1", "source": "s", "context": "", "text": text, "axis": "sud"}
    pd.DataFrame([row]).to_csv(folder / "extra.csv", index=False)
    pd.DataFrame([{"id": "x-1", "sha256": text_sha256(known)}]).to_csv(folder / "references.csv", index=False)
    return folder / "extra.csv", folder / "references.csv"


def test_a_referenced_text_may_be_learned_from(tmp_path: Path) -> None:
    assert load_extra(*write_extra(tmp_path, "Plus de bus", "Plus de bus"))["axis"].tolist() == ["sud"]


def test_a_text_outside_the_references_is_refused_by_id(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="x-1"):
        load_extra(*write_extra(tmp_path, "Plus de bus", "Moins de bus"))


def test_a_second_reading_takes_a_fifth_of_the_weight() -> None:
    examples = pd.DataFrame({"axis": ["est", "est"], "secondary": ["", "sud"], "confidence": [3, 3]})
    rows, labels, weights = soft_rows(examples)
    assert (rows, labels) == ([0, 1, 1], [1, 1, 2])
    assert weights[1] == pytest.approx(0.8 * weights[0])
    assert weights[2] == pytest.approx(0.2 * weights[0])


def test_measures_of_a_perfect_and_of_a_wrong_reading() -> None:
    tags = pd.DataFrame({"axis": ["est", "sud"] * 20, "confidence": 1.0, "status": "sur"})
    perfect = measure(["est", "sud"] * 20, tags, 1)
    wrong = measure(["sud", "est"] * 20, tags, 1)
    assert (perfect["macro_f1"], perfect["ece"], perfect["accuracy_surest_60"]) == (1.0, 0.0, 1.0)
    assert (wrong["macro_f1"], wrong["ece"]) == (0.0, 1.0)
    assert by_group(["est", "sud"] * 20, tags, ["a", "b"] * 20) == {
        "a": {"n": 20, "macro_f1": 1.0, "accuracy": 1.0},
        "b": {"n": 20, "macro_f1": 1.0, "accuracy": 1.0},
    }


def test_baselines_stay_under_the_models() -> None:
    _, held_out = split_themes(load_corpus())
    scores = baselines(held_out["axis"].tolist(), held_out["text"].tolist())
    assert 0 < max(scores.values()) < 0.5
    assert macro_f1(held_out["axis"].to_numpy(dtype=object), held_out["axis"].to_numpy(dtype=object)) == 1.0
    assert expected_calibration_error(pd.Series([0.5, 0.5]).to_numpy(), pd.Series([True, False]).to_numpy()) == 0.0
