"""Fine-tuning the encoder of the `precis` model with PyTorch (extra `rosace[train]`).

The lowest layers and the word vectors stay as they are and are computed once; the upper layers and the axis head
learn. Targets are soft: a defensible second reading takes a fifth of the mass, and labels are smoothed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.axes import AXIS_CODES
from pipeline.classify.training.examples import SECONDARY_WEIGHT, WRITTEN, soft_rows
from pipeline.errors import UsageError

Arrays = dict[str, npt.NDArray[np.float32]]

REAL_WEIGHT = 1.5
"""Weight of a real text beside a written one: there are three written ones for each."""


@dataclass(frozen=True)
class Recipe:
    """How to fine-tune. Learning rates fall linearly after a warm-up over a tenth of the steps.

    Attributes
    ----------
    n_members : fine-tunings whose weights are averaged (`soup`).
    n_epochs : passes over the examples of each.
    n_written : ideas written for the project that are learnt beside the contrast sets; more of them moves no score on
        real texts.
    """

    n_members: int = 1
    n_epochs: int = 3
    n_written: int = 4000
    n_frozen_layers: int = 6
    batch_size: int = 16
    learning_rate: float = 1e-4
    head_learning_rate: float = 2e-3
    dropout: float = 0.1
    smoothing: float = 0.05
    context_dropout: float = 0.08
    seed: int = 0


def soft_targets(examples: pd.DataFrame, smoothing: float) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    """Target distribution of each example, shape (n, 5), and its weight, mean 1."""
    rows, labels, weights = soft_rows(examples)
    targets = np.zeros((len(examples), len(AXIS_CODES)), dtype=np.float32)
    np.add.at(targets, (rows, labels), np.asarray(weights, dtype=np.float32))
    totals = targets.sum(axis=1, keepdims=True)
    smooth = targets / totals * (1 - smoothing) + smoothing / len(AXIS_CODES)
    per_example = np.zeros(len(examples), dtype=np.float32)
    for row, label, weight in zip(rows, labels, weights, strict=True):
        if AXIS_CODES[label] == examples["axis"].iloc[row]:
            has_second = examples["secondary"].iloc[row] in AXIS_CODES
            per_example[row] = weight / (1 - SECONDARY_WEIGHT if has_second else 1)
    per_example[(examples["source"] != WRITTEN).to_numpy()] *= REAL_WEIGHT
    return smooth, per_example / per_example.mean()


def finetune(
    arrays: Arrays,
    pieces: Sequence[Sequence[int]],
    examples: pd.DataFrame,
    recipe: Recipe,
    tell: Callable[[str], None] = lambda _: None,
) -> Arrays:
    """Fine-tuned weights, with `head.weight` (5, 384) and `head.bias` (5,).

    Parameters
    ----------
    arrays : weights to start from (`pretrained_arrays`), with a head to go on from, or without.
    pieces : ids of each example, in order (`PreciseEncoder.pieces`).
    """
    torch = import_torch()
    from pipeline.classify.training.network import AxisNetwork, lower_states, padded_states

    torch.manual_seed(recipe.seed)
    network = AxisNetwork(arrays, recipe.n_frozen_layers, recipe.dropout)
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=computes_in_bfloat16(torch)):
        states = lower_states(network, pieces)
    lengths = [len(ids) for ids in pieces]
    learn(network, lambda batch: network.upper(*padded_states(states, batch))[0], lengths, examples, recipe, tell)
    return network.arrays()


def learn(
    network: Any,
    scores_of: Callable[[list[int]], Any],
    lengths: Sequence[int],
    examples: pd.DataFrame,
    recipe: Recipe,
    tell: Callable[[str], None] = lambda _: None,
) -> None:
    """Fit what learns in a network (`learnt`, `parameter_groups`) to the axes of the examples.

    Parameters
    ----------
    scores_of : rows of a batch → scores, shape (len(rows), 5), in the graph of the network.
    lengths : pieces of each example: batches are of near lengths.
    """
    torch = import_torch()
    random = np.random.default_rng(recipe.seed)
    is_half = computes_in_bfloat16(torch)
    targets, weights = (torch.from_numpy(value) for value in soft_targets(examples, recipe.smoothing))
    optimiser = torch.optim.AdamW(network.parameter_groups(recipe.learning_rate, recipe.head_learning_rate), fused=True)
    peaks = [group["lr"] for group in optimiser.param_groups]
    n_steps = recipe.n_epochs * -(-len(examples) // recipe.batch_size)
    step = 0
    network.train()
    for epoch in range(recipe.n_epochs):
        total = 0.0
        for batch in bucketed_batches(lengths, recipe.batch_size, random):
            share = learning_share(step, n_steps)
            for group, peak in zip(optimiser.param_groups, peaks, strict=True):
                group["lr"] = peak * share
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=is_half):
                scores = scores_of(batch)
            chances = torch.log_softmax(scores.float(), dim=-1)
            loss = (-(targets[batch] * chances).sum(dim=-1) * weights[batch]).mean()
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.learnt(), 1.0)
            optimiser.step()
            step += 1
            total += loss.item() * len(batch)
        tell(f"passage {epoch + 1}/{recipe.n_epochs} : perte {total / len(examples):.3f}")


def computes_in_bfloat16(torch: Any) -> bool:
    """Whether this processor multiplies matrices in bfloat16 by itself: learning is then two to three times faster."""
    return bool(torch.ops.mkldnn._is_mkldnn_bf16_supported())


def learning_share(step: int, n_steps: int) -> float:
    """Share of the peak learning rate at a step: up over the first tenth, then down to zero."""
    warm = max(1, n_steps // 10)
    return min((step + 1) / warm, (n_steps - step) / max(1, n_steps - warm))


def bucketed_batches(lengths: Sequence[int], size: int, random: np.random.Generator) -> list[list[int]]:
    """Rows in batches of near lengths, in random order."""
    order = random.permutation(len(lengths))
    batches: list[list[int]] = []
    for start in range(0, len(order), size * 40):
        rows = sorted(order[start : start + size * 40].tolist(), key=lambda row: lengths[row])
        batches += [rows[first : first + size] for first in range(0, len(rows), size)]
    return [batches[rank] for rank in random.permutation(len(batches))]


def without_some_contexts(examples: pd.DataFrame, share: float, seed: int) -> pd.DataFrame:
    """The examples with a share of their contexts emptied, so that the model reads ideas without a heading too."""
    drop = np.random.default_rng(seed).random(len(examples)) < share
    return examples.assign(context=examples["context"].where(~drop, ""))


def import_torch() -> Any:
    """PyTorch, or a sentence that says how to get it."""
    try:
        import torch
    except ImportError as error:
        raise UsageError(
            "Réapprendre le modèle précis demande PyTorch : pip install -e '.[train]'. "
            "Sans lui : rosace train --profile rapide."
        ) from error
    return torch
