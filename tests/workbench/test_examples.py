"""Labelled ideas: how they are loaded, weighed and mixed, and which are left out."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from pipeline.axes import AXIS_CODES, compass
from pipeline.errors import UsageError
from pipeline.workbench.examples import (
    COLUMNS,
    MAX_SHARE,
    WRITTEN,
    corrected_examples,
    left_out,
    load_corpus,
    load_extra,
    mixture,
    most_of_a_source,
    soft_targets,
    source_folds,
    split_themes,
    text_sha256,
)


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
    whole, shared = soft_targets(examples)
    assert shared == pytest.approx(whole[1] * np.array([0, 0.8, 0.2, 0, 0]))


def test_decided_items_alone_are_examples_with_their_heading() -> None:
    tags = pd.DataFrame(
        {"item_id": ["b", "a"], "axis": ["sud", "est"], "facet": [None, "frein"], "decided_by": ["L", None]}
    )
    items = pd.DataFrame(
        {"item_id": ["a", "b"], "contribution_id": ["c", "c"], "text": ["Trop cher", "Un prêt de vélos"]}
    )
    contributions = pd.DataFrame({"contribution_id": ["c"], "context": ["Mobilités"]})
    found = corrected_examples(tags, items, contributions)
    assert list(found.columns) == list(COLUMNS)
    assert found[["text", "context", "axis", "facet", "source"]].values.tolist() == [
        ["Un prêt de vélos", "Mobilités", "sud", "", "corrections"]
    ]


def test_no_decision_gives_no_example() -> None:
    tags = pd.DataFrame({"item_id": ["a"], "axis": ["est"], "facet": ["frein"], "decided_by": [None]})
    items = pd.DataFrame({"item_id": ["a"], "contribution_id": ["c"], "text": ["Trop cher"]})
    contributions = pd.DataFrame({"contribution_id": ["c"], "context": [""]})
    assert len(corrected_examples(tags, items, contributions)) == 0


def examples(counts: dict[str, int], n_written: int = 0, n_contrast: int = 0) -> pd.DataFrame:
    rows = [(source, "reel", f"{source} {n}") for source, count in counts.items() for n in range(count)]
    rows += [(WRITTEN, "reunions", f"écrit {n}") for n in range(n_written)]
    rows += [(WRITTEN, "memes_mots", f"contraste {n}") for n in range(n_contrast)]
    table = pd.DataFrame(rows, columns=["source", "origin", "text"])
    return table.assign(theme=[f"thème {'x' * (n % 7)}" for n in range(len(table))])


def walls(folder: Path, *names: str) -> Path:
    aside = pd.DataFrame({"repo": names, "aside": "1"})
    learnt = pd.DataFrame({"repo": ["s1"], "aside": ["0"]})  # a wall that groups alone learn from
    pd.concat([aside, learnt]).to_csv(folder / "murs.csv", index=False)
    return folder / "murs.csv"


def test_whole_sources_are_left_out_those_of_walls_first(tmp_path: Path) -> None:
    table = examples({f"s{n}": 10 for n in range(20)}, n_written=50)
    out = left_out(table, walls(tmp_path, "s3", "s17"))
    gone = set(table.loc[out, "source"])
    assert {"s3", "s17"} <= gone
    assert not gone & set(table.loc[~out, "source"])
    assert WRITTEN not in gone
    assert out.sum() == 40


def test_without_real_texts_themes_are_left_out(tmp_path: Path) -> None:
    table = examples({}, n_written=70)
    out = left_out(table, walls(tmp_path))
    assert 0 < out.sum() < 35
    assert not set(table.loc[out, "theme"]) & set(table.loc[~out, "theme"])


def test_folds_are_of_about_one_size_and_do_not_depend_on_the_order() -> None:
    counts = {f"s{n:02}": n + 1 for n in range(40)}
    table = examples(counts)
    folds = source_folds(table, set())
    sizes = table["source"].map(folds).value_counts()
    assert sizes.max() - sizes.min() <= 2
    assert source_folds(table.iloc[::-1].reset_index(drop=True), set()) == folds


def test_no_source_weighs_more_than_its_share() -> None:
    table = examples({"grande": 5000} | {f"s{n}": 20 for n in range(100)}, n_written=30, n_contrast=7)
    kept = mixture(table, 10)
    real = kept[kept["source"] != WRITTEN]
    assert (real["source"] == "grande").sum() <= MAX_SHARE * len(real) + 1
    assert real["source"].nunique() == 101
    assert (kept["origin"] == "memes_mots").sum() == 7
    assert (kept["origin"] == "reunions").sum() == 10
    shuffled = mixture(table.sample(frac=1, random_state=3).reset_index(drop=True), 10)
    assert set(shuffled["text"]) == set(kept["text"])


def test_too_few_sources_are_kept_whole() -> None:
    assert most_of_a_source([900, 10, 5]) == 900
