"""What is learnt, and the sources that are never learnt from."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from pipeline.workbench.axes.examples import WRITTEN
from pipeline.workbench.axes.mixture import MAX_SHARE, left_out, mixture, most_of_a_source, source_folds


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
