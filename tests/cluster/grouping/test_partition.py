"""Who groups the texts of an axis: the model of pairs where headings tell them apart or where they are many."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.cluster.grouping.partition import N_FEW, N_MANY, Beside, are_paired


def under(headings: list[str]) -> Beside:
    nothing = np.zeros((len(headings), 2), dtype=np.float16)
    return Beside(headings, nothing, nothing)


@pytest.mark.parametrize(
    ("headings", "paired"),
    [
        pytest.param(["Freins", "Envies"] * 10, True, id="two headings"),
        pytest.param(["Freins", "Envies", "", ""] * 5, True, id="half of them"),
        pytest.param(["Freins", "Envies", "", "", ""] * 4, False, id="fewer than half"),
        pytest.param([""] * 20, False, id="no heading"),
        pytest.param(["Que changer ?"] * 20, False, id="one question"),
        pytest.param(["Que changer ?"] * N_MANY, True, id="one question, many answers"),
        pytest.param([""] * N_MANY, True, id="many"),
        pytest.param(["Freins", "Envies"], False, id="too few"),
        pytest.param(["Freins", "Envies"] * 3, N_FEW <= 2 * 3, id="enough"),
    ],
)
def test_pairs_are_read_where_they_agree_better_with_people(headings: list[str], paired: bool) -> None:
    assert are_paired(under(headings)) is paired
