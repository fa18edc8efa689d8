"""Fine-tuning the second encoder: the same loop as the first one's, on states of the frozen layers computed once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pandas as pd

from pipeline.classify.reading.gemma import Pieces
from pipeline.workbench.axes.finetune import Recipe, autocast, device, import_torch, learn
from pipeline.workbench.axes.gemma_pretrained import Arrays

GEMMA_RECIPE = Recipe(n_written=2500, learning_rate=7e-5)


def finetune_gemma(
    arrays: Arrays,
    pieces: Sequence[Pieces],
    examples: pd.DataFrame,
    recipe: Recipe = GEMMA_RECIPE,
    tell: Callable[[str], None] = lambda _: None,
    kept: Path | None = None,
) -> Arrays:
    """Fine-tuned weights, with `head.weight` (5, 640) and `head.bias` (5,).

    Parameters
    ----------
    arrays : weights to start from (`pretrained_arrays`).
    pieces : ids of each example, in order (`GemmaPieces.pieces`).
    kept : where what is reached is set down, and found again after a kill.
    """
    torch = import_torch()
    from pipeline.workbench.axes.gemma_network import GemmaNetwork, lower_states, padded_states

    torch.manual_seed(recipe.seed)
    network = GemmaNetwork(arrays, recipe.dropout)
    network.to(device(torch))
    with autocast(torch):
        states = lower_states(network, [row.ids for row in pieces])
    starts = [row.text_start for row in pieces]
    lengths = [len(row.ids) for row in pieces]
    learn(
        network,
        lambda batch: network.upper(*padded_states(states, starts, batch)),
        lengths,
        examples,
        recipe,
        tell,
        kept,
    )
    return network.arrays()
