"""Fine-tuning the encoders of `precis` with PyTorch (extra `rosace[train]`): their axis heads, and the idea branch.

The lowest layers and the word vectors stay as they are and are computed once; the upper layers and the head learn.
Targets of axes are soft: a defensible second reading takes a fifth of the mass, and labels are smoothed. In the idea
branch, two texts that say the same thing are pulled together and the others of their workshop pushed away (supervised
contrastive loss, Khosla et al. 2020); texts about the same subject count for a part.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.axes import AXIS_CODES
from pipeline.classify.reading.encoders import END, Pieces
from pipeline.extras import need
from pipeline.workbench.examples import WRITTEN, soft_targets

if TYPE_CHECKING:
    from pipeline.workbench.axes.networks import AxisNetwork, E5Network, IdeaBranch

REAL_WEIGHT = 1.5
"""Weight of a real text beside a written one: there are three written ones for each."""
TOLD_EVERY = 200
"""Steps after which the loss is told."""
Tell = Callable[[str], None]
Step = TypeVar("Step")


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
    batch_size: int = 16
    learning_rate: float = 1e-4
    head_learning_rate: float = 2e-3
    dropout: float = 0.1
    smoothing: float = 0.05
    context_dropout: float = 0.08
    seed: int = 0


GEMMA_RECIPE = Recipe(n_written=2500, learning_rate=7e-5)


@dataclass(frozen=True)
class IdeaRecipe:
    """How the idea branch learns."""

    n_layers: int = 4
    n_steps: int = 1500
    batch_size: int = 40
    n_workshops: int = 2
    texts_per_idea: int = 4
    family_weight: float = 0.3
    temperature: float = 0.07
    width: int = 128
    without_context: float = 0.4
    seed: int = 0


BRANCH_RATES = (2e-4, 1e-3)
"""Learning rates of a branch: of its layers, of its last matrix."""


def import_torch() -> Any:
    """PyTorch, or a sentence that says how to get it."""
    need("train", "Réapprendre le modèle précis (sans lui : rosace train --profile rapide)")
    import torch

    return torch


def without_some_contexts(examples: pd.DataFrame, share: float, seed: int) -> pd.DataFrame:
    """The examples with a share of their contexts emptied, so that the model reads ideas without a heading too."""
    drop = np.random.default_rng(seed).random(len(examples)) < share
    return examples.assign(context=examples["context"].where(~drop, ""))


def smoothed_targets(
    examples: pd.DataFrame, smoothing: float
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    """Target distribution of each example, shape (n, 5), and its weight, mean 1."""
    targets = soft_targets(examples)
    weights = targets.sum(axis=1)
    smooth = targets / weights[:, None] * (1 - smoothing) + smoothing / len(AXIS_CODES)
    weights = weights * np.where(examples["source"] == WRITTEN, 1.0, REAL_WEIGHT)
    return smooth.astype(np.float32), (weights / weights.mean()).astype(np.float32)


# one loop --------------------------------------------------------------------------------------------------------


def descend(
    optimiser: Any,
    steps: Sequence[Step],
    loss_of: Callable[[Step], Any],
    tell: Tell,
) -> None:
    """Move parameters down a loss, step by step; `optimiser` holds the peak rate of each group under `peak`."""
    torch = import_torch()
    total = 0.0
    for step, given in enumerate(steps):
        loss = loss_of(given)
        for group in optimiser.param_groups:
            group["lr"] = group["peak"] * learning_share(step, len(steps))
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_([value for group in optimiser.param_groups for value in group["params"]], 1.0)
        optimiser.step()
        total += float(loss.item())
        if (step + 1) % TOLD_EVERY == 0 or step + 1 == len(steps):
            tell(f"pas {step + 1} sur {len(steps)} : perte {total / (step % TOLD_EVERY + 1):.3f}")
            total = 0.0


def learning_share(step: int, n_steps: int) -> float:
    """Share of the peak learning rate at a step: up over the first tenth, then down to zero."""
    warm = max(1, n_steps // 10)
    return min((step + 1) / warm, (n_steps - step) / max(1, n_steps - warm))


def adam(torch: Any, learnt: Sequence[Any], head: Any, rate: float, head_rate: float) -> Any:
    """AdamW, with weight decay on matrices of layers only, and the peak rate of each group under `peak`."""
    of_head = list(head)
    upper = [value for value in learnt if not any(value is other for other in of_head)]
    groups = [
        {"params": [value for value in upper if value.ndim > 1], "lr": rate, "weight_decay": 0.01},
        {"params": [value for value in upper if value.ndim == 1], "lr": rate, "weight_decay": 0.0},
        {"params": of_head, "lr": head_rate, "weight_decay": 0.0},
    ]
    return torch.optim.AdamW([{**group, "peak": group["lr"]} for group in groups], fused=True)


def _device(torch: Any) -> Any:
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


def autocast(torch: Any, here: Any) -> Any:
    """Products of matrices in bfloat16, where the device computes them by itself: two to three times faster."""
    is_half = torch.cuda.is_bf16_supported() if here.type == "cuda" else torch.ops.mkldnn._is_mkldnn_bf16_supported()
    return torch.autocast(here.type, dtype=torch.bfloat16, enabled=bool(is_half))


# axes ------------------------------------------------------------------------------------------------------------


def finetune(
    network: AxisNetwork, pieces: Sequence[Pieces], examples: pd.DataFrame, recipe: Recipe, tell: Tell = lambda _: None
) -> None:
    """Fit what learns in a pretrained network to the axes of the examples.

    `pieces` : of each example, in order.
    """
    torch = import_torch()
    from pipeline.workbench.axes.networks import batch_of, lower_states

    torch.manual_seed(recipe.seed)
    here = _device(torch)
    network.to(here)
    with autocast(torch, here):
        states = lower_states(network, pieces)
    targets, weights = (torch.from_numpy(value).to(here) for value in smoothed_targets(examples, recipe.smoothing))
    random, lengths = np.random.default_rng(recipe.seed), [len(row.ids) for row in pieces]
    epochs = (bucketed_batches(lengths, recipe.batch_size, random) for _ in range(recipe.n_epochs))

    def loss_of(batch: list[int]) -> Any:
        with autocast(torch, here):
            scores, _ = network.upper(*batch_of(states, pieces, batch, here))
        chances = torch.log_softmax(scores.float(), dim=-1)
        return (-(targets[batch] * chances).sum(dim=-1) * weights[batch]).mean()

    head = network.head.parameters()
    optimiser = adam(torch, network.learnt(), head, recipe.learning_rate, recipe.head_learning_rate)
    network.train()
    descend(optimiser, list(chain.from_iterable(epochs)), loss_of, tell)


def bucketed_batches(lengths: Sequence[int], size: int, random: np.random.Generator) -> list[list[int]]:
    """Rows in batches of near lengths, in random order."""
    order = random.permutation(len(lengths))
    batches: list[list[int]] = []
    for start in range(0, len(order), size * 40):
        rows = sorted(order[start : start + size * 40].tolist(), key=lambda row: lengths[row])
        batches += [rows[first : first + size] for first in range(0, len(rows), size)]
    return [batches[rank] for rank in random.permutation(len(batches))]


# branches --------------------------------------------------------------------------------------------------------


def fit_branch(
    network: E5Network,
    branch: IdeaBranch,
    ids: Sequence[list[int]],
    batches: Sequence[tuple[list[int], Step]],
    loss_of: Callable[[Any, Step], Any],
    tell: Tell,
) -> None:
    """Fit a branch of a network by the unit vectors that it gives, shape (n, width): the layers below stay as they are.

    Parameters
    ----------
    ids : pieces of each text under its heading (`PieceReader.pieces`).
    batches : rows of `ids`, and what else the loss of their vectors needs.
    """
    torch = import_torch()
    from pipeline.workbench.axes.networks import batch_of, lower_states

    here = _device(torch)
    network.to(here)
    branch.to(here)
    pieces = [Pieces(row, 0) for row in ids]
    ends = torch.tensor([row.index(END) + 1 for row in ids])
    with autocast(torch, here):
        states = lower_states(network, pieces)

    def loss(batch: tuple[list[int], Step]) -> Any:
        rows, others = batch
        hidden, kept, _ = batch_of(states, pieces, rows, here)
        in_text = (torch.arange(hidden.shape[1])[None] < ends[rows][:, None]).float().to(here)
        with autocast(torch, here):
            hidden = network.through(network.dropout(hidden), kept, branch.layers, is_causal=False).float()
        return loss_of(branch(hidden, in_text), others)

    optimiser = adam(torch, list(branch.parameters()), branch.turn.parameters(), *BRANCH_RATES)
    network.dropout.train()
    branch.train()
    descend(optimiser, batches, loss, tell)


def learn_ideas(
    network: E5Network,
    branch: IdeaBranch,
    ideas: pd.DataFrame,
    pieces: Callable[[Sequence[tuple[str, str]]], list[list[int]]],
    aim: IdeaRecipe,
    tell: Tell = lambda _: None,
) -> None:
    """Fit the branch of a network, made before the network learnt axes: it starts from the pretrained layers.

    Parameters
    ----------
    ideas : texts to learn from, columns of `pipeline.workbench.examples.load_ideas`.
    pieces : pairs of text and context → ids (`PieceReader.pieces`).
    """
    torch = import_torch()
    torch.manual_seed(aim.seed)
    random = np.random.default_rng(aim.seed)
    texts, contexts = ideas["text"].tolist(), ideas["context"].tolist()
    # each text stands there twice, with and without its context
    ids = pieces([*zip(texts, contexts, strict=True), *((text, "") for text in texts)])
    batches = []
    for _ in range(aim.n_steps):
        rows = idea_batch(ideas, aim, random)
        batches.append(([row + len(ideas) * int(random.random() < aim.without_context) for row in rows], rows))

    def loss_of(vectors: Any, rows: list[int]) -> Any:
        shares = target_shares(ideas.iloc[rows], aim.family_weight)
        return contrastive_loss(torch, vectors, shares, aim.temperature)

    fit_branch(network, branch, ids, batches, loss_of, lambda told: tell(f"idées, {told}"))


def idea_batch(ideas: pd.DataFrame, aim: IdeaRecipe, random: np.random.Generator) -> list[int]:
    """Rows of a few workshops: some ideas of each, a few texts of each idea."""
    worlds = sorted(set(ideas["world"]))
    rows: list[int] = []
    for world in random.choice(worlds, min(aim.n_workshops, len(worlds)), replace=False):
        here = np.flatnonzero((ideas["world"] == world).to_numpy())
        keys = ideas["key"].to_numpy()[here]
        kept: list[int] = []
        for key in random.permutation(sorted(set(keys))):
            kept += random.permutation(here[keys == key])[: aim.texts_per_idea].tolist()
            if len(kept) >= aim.batch_size // aim.n_workshops:
                break
        rows += kept
    return rows


def target_shares(rows: pd.DataFrame, family_weight: float) -> npt.NDArray[np.float32]:
    """How much each text should resemble each other one, shape (n, n): 1 for the same idea, `family_weight` for the
    same subject, rows scaled to sum to 1; a row of zeros for a text without a like."""
    keys, families = (pd.factorize(rows[name])[0] for name in ("key", "family"))
    is_same, is_kin = keys[:, None] == keys[None], families[:, None] == families[None]
    shares = np.where(is_same, 1.0, np.where(is_kin, family_weight, 0.0))
    np.fill_diagonal(shares, 0.0)
    totals = shares.sum(axis=1, keepdims=True)
    scaled = np.divide(shares, totals, out=np.zeros_like(shares), where=totals > 0)
    return np.asarray(scaled, dtype=np.float32)


def contrastive_loss(torch: Any, vectors: Any, shares: npt.NDArray[np.float32], temperature: float) -> Any:
    """Cross-entropy between `shares` and the softmax of the likenesses of a batch, itself left out."""
    likeness = vectors @ vectors.T / temperature
    likeness = likeness.masked_fill(torch.eye(len(vectors), dtype=torch.bool, device=vectors.device), -1e4)
    wanted = torch.from_numpy(shares).to(vectors.device)
    has_like = wanted.sum(dim=1) > 0
    return -(wanted * torch.log_softmax(likeness, dim=1))[has_like].sum(dim=1).mean()
