"""Fine-tuning killed on its way goes on from what it had set down, and comes to the same weights."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from pipeline.classify.reading.gemma import Pieces
from pipeline.workbench.axes import finetune as learning
from pipeline.workbench.axes.finetune import Arrays, Recipe, finetune
from pipeline.workbench.axes.gemma_finetune import finetune_gemma
from tests.workbench.axes.test_export import model
from tests.workbench.axes.test_gemma_export import made_arrays

pytest.importorskip("torch")

RECIPE = Recipe(n_epochs=2, batch_size=2, n_frozen_layers=1)
N_EXAMPLES = 9
EXAMPLES = pd.DataFrame(
    {
        "text": [f"idée {row}" for row in range(N_EXAMPLES)],
        "context": "",
        "axis": ["nord", "est", "sud", "ouest", "hors_axe", "est", "sud", "est", "nord"],
        "secondary": "",
        "confidence": 3,
        "source": "ecrit",
    }
)
IDS = [[0, *range(3, 5 + row % 4), 2] for row in range(N_EXAMPLES)]


class KilledError(Exception):
    """What stops a fine-tuning on its way."""


def learnt_first(kept: Path | None, tell: Callable[[str], None], recipe: Recipe) -> Arrays:
    return finetune(model(1, 2, 12), IDS, EXAMPLES, recipe, tell, kept)


def learnt_second(kept: Path | None, tell: Callable[[str], None], recipe: Recipe) -> Arrays:
    return finetune_gemma(made_arrays(), [Pieces(ids, 1) for ids in IDS], EXAMPLES, recipe, tell, kept)


@pytest.mark.parametrize("learnt", [learnt_first, learnt_second])
def test_a_killed_fine_tuning_goes_on_to_the_same_weights(
    learnt: Callable[..., Arrays], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(learning, "STEPS_BETWEEN", 2)
    whole = learnt(None, lambda _: None, RECIPE)
    kept = tmp_path / "reprise" / "encodeur.pt"
    told: list[str] = []

    def killed(message: str) -> None:
        raise KilledError(message)

    with pytest.raises(KilledError, match="passage 1/2"):
        learnt(kept, killed, RECIPE)
    again = learnt(kept, told.append, RECIPE)
    assert told[0] == "repris au pas 4 sur 10"  # the fifth step was made, and not set down
    assert [message[:11] for message in told[1:]] == ["passage 1/2", "passage 2/2"]
    assert set(whole) == set(again)
    for name, value in whole.items():
        np.testing.assert_array_equal(value, again[name])
    learnt(kept, told.append, RECIPE)
    assert told[-1] == "repris au pas 10 sur 10"


def test_what_was_set_down_for_another_learning_or_torn_is_left_aside(tmp_path: Path) -> None:
    kept = tmp_path / "encodeur.pt"
    learnt_first(kept, lambda _: None, RECIPE)
    other = Recipe(n_epochs=1, batch_size=2, n_frozen_layers=1)
    told: list[str] = []
    learnt_first(kept, told.append, other)
    assert [message[:11] for message in told] == ["passage 1/1"]
    kept.write_bytes(kept.read_bytes()[:1000])
    learnt_first(kept, told.append, other)
    assert [message[:11] for message in told] == ["passage 1/1"] * 2
