"""Whether a title is true of an idea is learnt from walls, and measured on those that it did not see."""

from pathlib import Path

import numpy as np
import pandas as pd

from pipeline.cluster.naming.coverage import NAMES, features, load_coverage, save_coverage
from pipeline.cluster.naming.coverage import TITLES as MODEL
from pipeline.workbench.reports import CARD
from pipeline.workbench.titles import TITLES_CARD, learn, measure, read_titles
from tests.workbench.test_pairs import THINGS

TITLES = {
    "parc": "Des bancs dans le parc", "bruit": "Le bruit à la cantine", "sport": "Ouvrir le gymnase le soir",
    "pain": "Construire un four à pain", "livres": "Des livres sur la place",
}  # fmt: skip


def walls() -> dict[str, pd.DataFrame]:
    rows = [
        {"text": f"{text}{end}", "axis": "sud", "issue": thing, "issue_title": TITLES[thing]}
        for thing, texts in THINGS.items()
        for text in texts
        for end in ("", " cette année")
    ]
    return {left: pd.DataFrame([row for row in rows if row["issue"] != left]) for left in list(THINGS)[:3]}


SOURCES = {left: f"source {left}" for left in list(THINGS)[:3]}


def reads(texts: object) -> np.ndarray:
    rng = np.random.default_rng(0)
    return rng.normal(size=(len(list(texts)), 8)).astype(np.float16)  # type: ignore[call-overload]


def test_a_title_is_true_of_its_column_and_of_no_other() -> None:
    pairs = read_titles(walls(), SOURCES, reads)
    assert pairs.features.shape == (len(pairs.is_true), len(NAMES))
    assert set(pairs.sources.tolist()) == set(SOURCES.values())
    assert int(pairs.is_true.sum()) == sum(len(wall) for wall in walls().values())
    model = learn(pairs)
    told = features(["Des bancs dans le parc"], [*THINGS["parc"], *THINGS["pain"]], np.zeros((1, 6), dtype=np.float32))
    chances = model(told)[0]
    assert min(chances[:3]) > max(chances[3:])


def test_what_was_measured_is_written_beside_the_weights(tmp_path: Path) -> None:
    pairs = read_titles(walls(), SOURCES, reads)
    metrics = measure(pairs)
    assert metrics.keys() == MODEL.metrics().keys()  # what is published is what is measured
    assert (metrics["n_walls"], metrics["n_sources"], len(metrics["folds"])) == (3, 3, 3)
    assert 0.9 < metrics["average_precision"] <= 1.0
    save_coverage(tmp_path, learn(pairs))
    TITLES_CARD.write(tmp_path, metrics)
    load_coverage.cache_clear()
    found = load_coverage(tmp_path)
    load_coverage.cache_clear()
    assert np.array_equal(found.head.weights, learn(pairs).head.weights)
    assert f"{metrics['n_pairs']} paires" in (tmp_path / CARD).read_text(encoding="utf-8")
