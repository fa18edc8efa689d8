"""What stands beside texts."""

from __future__ import annotations

import numpy as np

from pipeline.cluster.given import Beside, nothing_beside

TOPICS = np.arange(6, dtype=np.float16).reshape(3, 2)


def test_what_stands_beside_some_rows() -> None:
    beside = Beside(["a", "", "b"], TOPICS, -TOPICS, np.array([4, 5, 6]), np.array([0, -1, 1]), 2 * TOPICS, "est")
    found = beside.take(np.array([2, 0]))
    assert found.headings == ["b", "a"]
    assert found.topics.tolist() == [[4, 5], [0, 1]]
    assert found.of_headings.tolist() == [[-4, -5], [0, -1]]
    assert (found.places.tolist(), found.made.tolist()) == ([6, 4], [1, 0])
    assert (found.under.tolist(), found.axis) == ([[8, 10], [0, 2]], "est")


def test_where_nothing_is_known_there_is_no_order_and_no_group() -> None:
    found = nothing_beside(TOPICS)
    assert (found.places.tolist(), found.made.tolist()) == ([-1] * 3, [-1] * 3)
    assert found.headings == [""] * 3
    assert not found.of_headings.any()
