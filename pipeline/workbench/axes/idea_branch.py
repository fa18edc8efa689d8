"""The idea branch of the `precis` encoder: layers of its own above the shared ones, learnt on ideas said in many ways.

Two texts that say the same thing are pulled together and the others of their workshop pushed away (supervised
contrastive loss, Khosla et al. 2020); texts about the same subject count for a part.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.classify.reading.precise import END
from pipeline.workbench.axes.export import IDEA_HEAD, N_SHARED
from pipeline.workbench.axes.finetune import autocast, device, import_torch, learning_share

Arrays = dict[str, npt.NDArray[np.float32]]
TOLD_EVERY = 200


@dataclass(frozen=True)
class IdeaRecipe:
    """How the branch learns."""

    n_layers: int = 4
    n_steps: int = 1500
    batch_size: int = 40
    n_workshops: int = 2
    texts_per_idea: int = 4
    family_weight: float = 0.3
    temperature: float = 0.07
    width: int = 128
    learning_rate: float = 2e-4
    head_learning_rate: float = 1e-3
    dropout: float = 0.1
    without_context: float = 0.4
    seed: int = 0


def learn_ideas(
    arrays: Arrays,
    ideas: pd.DataFrame,
    pieces: Callable[[Sequence[tuple[str, str]]], list[list[int]]],
    recipe: IdeaRecipe | None = None,
    tell: Callable[[str], None] = lambda _: None,
) -> Arrays:
    """Weights of the branch, `ideas.layers.<k>.*` and `ideas.proj` (width, 384).

    Parameters
    ----------
    arrays : pretrained weights (`pretrained_arrays`); the branch starts from the layers above the shared ones.
    ideas : texts to learn from, columns of `pipeline.workbench.idea_corpus.load_ideas`.
    pieces : pairs of text and context → ids (`PreciseEncoder.pieces`).
    """
    torch = import_torch()
    aim = recipe if recipe is not None else IdeaRecipe()
    torch.manual_seed(aim.seed)
    random = np.random.default_rng(aim.seed)
    branch = _Branch(torch, arrays, ideas, pieces, aim)
    optimiser = torch.optim.AdamW(branch.groups, fused=True)
    peaks = [group["lr"] for group in optimiser.param_groups]
    total = 0.0
    for step in range(aim.n_steps):
        for group, peak in zip(optimiser.param_groups, peaks, strict=True):
            group["lr"] = peak * learning_share(step, aim.n_steps)
        rows = idea_batch(ideas, aim, random)
        vectors = branch.vectors([row + len(ideas) * int(random.random() < aim.without_context) for row in rows])
        loss = contrastive_loss(torch, vectors, target_shares(ideas.iloc[rows], aim.family_weight), aim.temperature)
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_([value for group in branch.groups for value in group["params"]], 1.0)
        optimiser.step()
        total += loss.item()
        if (step + 1) % TOLD_EVERY == 0:
            tell(f"idées, pas {step + 1}/{aim.n_steps} : perte {total / TOLD_EVERY:.3f}")
            total = 0.0
    return _branch_arrays(branch.network.arrays(), branch.turn.weight.detach().cpu().numpy())


class _Branch:
    """The layers that learn, above states computed once; each text stands there twice, with and without its context."""

    def __init__(
        self,
        torch: Any,
        arrays: Arrays,
        ideas: pd.DataFrame,
        pieces: Callable[[Sequence[tuple[str, str]]], list[list[int]]],
        aim: IdeaRecipe,
    ) -> None:
        from pipeline.workbench.axes.network import AxisNetwork, lower_states

        self._torch = torch
        lower = _lower_part(arrays, N_SHARED + aim.n_layers)
        self.network = AxisNetwork(lower, N_SHARED, aim.dropout).to(device(torch))
        self.turn = torch.nn.Linear(arrays["word.weight"].shape[1], aim.width, bias=False).to(device(torch))
        torch.nn.init.orthogonal_(self.turn.weight)
        texts, contexts = ideas["text"].tolist(), ideas["context"].tolist()
        ids = pieces([*zip(texts, contexts, strict=True), *((text, "") for text in texts)])
        self._n_text = [row.index(END) + 1 for row in ids]
        with autocast(torch):
            self._states = lower_states(self.network, ids)
        self.groups = self.network.parameter_groups(aim.learning_rate, aim.head_learning_rate)[:2]
        self.groups.append({"params": [self.turn.weight], "lr": aim.head_learning_rate, "weight_decay": 0.0})
        self.network.train()

    def vectors(self, places: Sequence[int]) -> Any:
        """Unit vectors of texts, shape (len(places), width)."""
        from pipeline.workbench.axes.network import padded_states, pooled

        torch = self._torch
        with autocast(torch):
            hidden = self.network.upper_states(*padded_states(self._states, places)).float()
        in_text = hidden.new_zeros(len(places), hidden.shape[1])
        for row, place in enumerate(places):
            in_text[row, : self._n_text[place]] = 1
        return torch.nn.functional.normalize(self.turn(pooled(hidden, in_text)), dim=1)


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


def _lower_part(arrays: Arrays, n_layers: int) -> Arrays:
    return {
        name: value
        for name, value in arrays.items()
        if not name.startswith("layers.") or int(name.split(".")[1]) < n_layers
    }


def _branch_arrays(arrays: Arrays, turn: npt.NDArray[np.float32]) -> Arrays:
    found: Arrays = {IDEA_HEAD: np.asarray(turn, dtype=np.float32)}
    for name, value in arrays.items():
        parts = name.split(".")
        if parts[0] == "layers" and int(parts[1]) >= N_SHARED:
            found[".".join(["ideas", "layers", str(int(parts[1]) - N_SHARED), *parts[2:]])] = value
    return found
