"""Fine-tuning the encoder of the `precis` model with PyTorch (extra `rosace[train]`).

The lowest layers and the word vectors stay as they are and are computed once; the upper layers and the axis head
learn. Targets are soft: a defensible second reading takes a fifth of the mass, and labels are smoothed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.axes import AXIS_CODES
from pipeline.extras import need
from pipeline.workbench.axes.checkpoints import STEPS_BETWEEN, Checkpoints, Reached, owner_of
from pipeline.workbench.axes.examples import SECONDARY_WEIGHT, WRITTEN, soft_rows

Arrays = dict[str, npt.NDArray[np.float32]]

REAL_WEIGHT = 1.5
"""Weight of a real text beside a written one: there are three written ones for each."""


@dataclass(frozen=True)
class Recipe:
    """How to fine-tune. Learning rates fall linearly after a warm-up over a tenth of the steps.

    Attributes
    ----------
    n_epochs : passes over the examples.
    n_written : ideas written for the project that are learnt beside the contrast sets; more of them moves no score on
        real texts.
    """

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
    kept: Path | None = None,
) -> Arrays:
    """Fine-tuned weights, with `head.weight` (5, 384) and `head.bias` (5,).

    Parameters
    ----------
    arrays : weights to start from (`pretrained_arrays`).
    pieces : ids of each example, in order (`PreciseEncoder.pieces`).
    kept : where what is reached is set down, and found again after a kill.
    """
    torch = import_torch()
    from pipeline.workbench.axes.network import AxisNetwork, lower_states, padded_states

    torch.manual_seed(recipe.seed)
    network = AxisNetwork(arrays, recipe.n_frozen_layers, recipe.dropout)
    network.to(device(torch))
    with autocast(torch):
        states = lower_states(network, pieces)
    lengths = [len(ids) for ids in pieces]
    learn(network, lambda batch: network.upper(*padded_states(states, batch))[0], lengths, examples, recipe, tell, kept)
    return network.arrays()


def learn(
    network: Any,
    scores_of: Callable[[list[int]], Any],
    lengths: Sequence[int],
    examples: pd.DataFrame,
    recipe: Recipe,
    tell: Callable[[str], None] = lambda _: None,
    kept: Path | None = None,
) -> None:
    """Fit what learns in a network (`learnt`, `parameter_groups`) to the axes of the examples.

    Parameters
    ----------
    scores_of : rows of a batch → scores, shape (len(rows), 5), in the graph of the network.
    lengths : pieces of each example: batches are of near lengths.
    kept : see `finetune`.
    """
    torch = import_torch()
    random = np.random.default_rng(recipe.seed)
    optimiser = torch.optim.AdamW(network.parameter_groups(recipe.learning_rate, recipe.head_learning_rate), fused=True)
    peaks = [group["lr"] for group in optimiser.param_groups]
    step_on = _step(torch, network, scores_of, optimiser, soft_targets(examples, recipe.smoothing))
    n_batches = -(-len(examples) // recipe.batch_size)
    n_steps = recipe.n_epochs * n_batches
    at = Reached(0, 0.0, dict(random.bit_generator.state))
    file = None if kept is None else Checkpoints(kept, owner_of(recipe, examples, network.learnt()))
    if file is not None and (found := file.resume(torch, network.learnt(), optimiser)) is not None:
        at = found
        tell(f"repris au pas {at.step} sur {n_steps}")
    network.train()
    while at.step < n_steps:
        random.bit_generator.state = at.random
        for batch in bucketed_batches(lengths, recipe.batch_size, random)[at.step % n_batches :]:
            for group, peak in zip(optimiser.param_groups, peaks, strict=True):
                group["lr"] = peak * learning_share(at.step, n_steps)
            at = Reached(at.step + 1, at.total + step_on(batch), at.random)
            if at.step % n_batches == 0:
                tell(f"passage {at.step // n_batches}/{recipe.n_epochs} : perte {at.total / len(examples):.3f}")
                at = Reached(at.step, 0.0, dict(random.bit_generator.state))
            if file is not None and (at.step % STEPS_BETWEEN == 0 or at.step % n_batches == 0):
                file.keep(torch, network.learnt(), optimiser, at)


def _step(
    torch: Any,
    network: Any,
    scores_of: Callable[[list[int]], Any],
    optimiser: Any,
    aims: tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]],
) -> Callable[[list[int]], float]:
    """One step of learning from a batch; gives its loss times its rows."""
    targets, weights = (torch.from_numpy(value).to(device(torch)) for value in aims)

    def step_on(batch: list[int]) -> float:
        with autocast(torch):
            scores = scores_of(batch)
        chances = torch.log_softmax(scores.float(), dim=-1)
        loss = (-(targets[batch] * chances).sum(dim=-1) * weights[batch]).mean()
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.learnt(), 1.0)
        optimiser.step()
        return float(loss.item()) * len(batch)

    return step_on


def device(torch: Any) -> Any:
    """Where learning is done: a graphics card where there is one."""
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


def autocast(torch: Any) -> Any:
    """Products of matrices in bfloat16, where the device computes them by itself: learning is then two to three times
    faster."""
    here = device(torch)
    is_half = torch.cuda.is_bf16_supported() if here.type == "cuda" else torch.ops.mkldnn._is_mkldnn_bf16_supported()
    return torch.autocast(here.type, dtype=torch.bfloat16, enabled=bool(is_half))


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
    need("train", "Réapprendre le modèle précis (sans lui : rosace train --profile rapide)")
    import torch

    return torch
