"""The finer reading inside an axis: each axis by its own head, the first facet where there is none."""

from __future__ import annotations

import numpy as np

from pipeline.axes import compass
from pipeline.classify.reading.facets import fit_facet_heads, read_facets


def test_facets_are_learnt_and_read_inside_their_axis() -> None:
    first, second = compass()["est"].facets[:2]
    features = np.array([[1.0], [1.2], [-1.0], [-1.1]], dtype=np.float32)
    axes = np.array(["est"] * 4, dtype=object)
    heads = fit_facet_heads(features, axes, np.array([first, first, second, second], dtype=object), np.ones(4), 10.0)
    assert set(heads) == {"est"}
    found = read_facets(np.array([[2.0], [-2.0], [-2.0], [2.0]], dtype=np.float32),
                        np.array(["est", "est", "sud", "hors_axe"], dtype=object), heads)  # fmt: skip
    assert found.tolist() == [first, second, compass()["sud"].facets[0], None]


def test_an_axis_with_one_facet_alone_has_no_head() -> None:
    facet = compass()["nord"].facets[0]
    found = fit_facet_heads(np.ones((3, 1), np.float32), np.array(["nord"] * 3, object), np.array([facet] * 3, object),
                            np.ones(3), 1.0)  # fmt: skip
    assert found == {}
