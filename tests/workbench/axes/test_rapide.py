"""The perceptron of `rapide` learns what its texts and their headings say, and reads texts without a heading."""

import numpy as np
import pandas as pd
import pytest

from pipeline.axes import compass
from pipeline.classify.reading.features import N_CUES, without_headings
from pipeline.classify.reading.model import BARE_LINEAR, LINEAR, linear_readings, read_facets
from pipeline.learned import Perceptron, packed, unpacked
from pipeline.workbench.axes.rapide import facet_heads, fit_perceptron

N, WIDTH = 3000, 12


def made(seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Ideas whose axis is told by the text, but for those of axes 3 and 4, which their heading alone tells apart."""
    random = np.random.default_rng(seed)
    truth = random.integers(0, 5, N)
    texts, headings = random.normal(0, 0.04, (2, N, WIDTH))
    texts[np.arange(N), np.minimum(truth, 3)] += 0.3
    headings[truth == 4, 0] += 0.4
    cues = np.zeros((N, N_CUES))
    return np.hstack([texts, headings, cues]).astype(np.float32), truth


@pytest.fixture(scope="module")
def learnt() -> Perceptron:
    features, truth = made(1)
    targets = np.eye(5, dtype=np.float32)[truth]
    return fit_perceptron(features, targets, np.ones(N, dtype=np.float32), WIDTH)


def test_it_learns_from_texts_and_from_headings(learnt: Perceptron) -> None:
    features, truth = made(2)
    readings = linear_readings(learnt, features, WIDTH)
    assert (readings[LINEAR].argmax(axis=1) == truth).mean() > 0.95
    told_by_text = truth < 3
    bare = readings[BARE_LINEAR].argmax(axis=1)
    assert (bare[told_by_text] == truth[told_by_text]).mean() > 0.95
    assert set(bare[~told_by_text].tolist()) <= {3, 4}
    assert np.array_equal(
        readings[BARE_LINEAR], linear_readings(learnt, without_headings(features, WIDTH), WIDTH)[LINEAR]
    )


def test_the_same_examples_give_the_same_weights_and_an_archive_gives_them_back(learnt: Perceptron) -> None:
    features, truth = made(1)
    again = fit_perceptron(features, np.eye(5, dtype=np.float32)[truth], np.ones(N, dtype=np.float32), WIDTH)
    assert np.array_equal(learnt.hidden.weights, again.hidden.weights)
    found = unpacked(packed({"cachee": again.hidden}))["cachee"]
    assert np.array_equal(found.weights, again.hidden.weights)


def test_examples_that_weigh_more_decide() -> None:
    features, truth = made(3)
    other = (truth + 1) % 5
    both = np.vstack([np.eye(5, dtype=np.float32)[truth], np.eye(5, dtype=np.float32)[other]])
    weights = np.r_[np.full(N, 1.8), np.full(N, 0.2)].astype(np.float32)
    found = fit_perceptron(np.vstack([features, features]), both, weights, WIDTH)
    assert (linear_readings(found, features, WIDTH)[LINEAR].argmax(axis=1) == truth).mean() > 0.9


def with_facets(axis: str, facets: list[str]) -> pd.DataFrame:
    return pd.DataFrame({"axis": axis, "facet": facets, "origin": "reel", "confidence": 3})


def test_facets_are_learnt_and_read_inside_their_axis() -> None:
    first, second = compass()["est"].facets[:2]
    features = np.array([[1.0], [1.2], [-1.0], [-1.1]], dtype=np.float32)
    heads = facet_heads(with_facets("est", [first, first, second, second]), features)
    assert set(heads) == {"est"}
    axes = np.array(["est", "est", "sud", "hors_axe"], dtype=object)
    found = read_facets(np.array([[2.0], [-2.0], [-2.0], [2.0]], dtype=np.float32), axes, heads)
    assert found.tolist() == [first, second, compass()["sud"].facets[0], None]


def test_an_axis_with_one_facet_alone_has_no_head() -> None:
    examples = with_facets("nord", [compass()["nord"].facets[0]] * 3)
    assert facet_heads(examples, np.ones((3, 1), np.float32)) == {}
