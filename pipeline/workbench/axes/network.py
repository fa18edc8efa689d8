"""The encoder as a PyTorch module, split into frozen lower layers and upper layers that learn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import nn
from torch.nn import functional

from pipeline.workbench.axes.finetune import device

N_HEADS, WIDTH, INNER, EPSILON, PAD = 12, 384, 1536, 1e-12, 1
Arrays = dict[str, npt.NDArray[np.float32]]
LOWER_BATCH = 32


class Layer(nn.Module):  # type: ignore[misc]  # torch ships no types here
    """One layer of BERT: attention, then a two-layer perceptron, each with dropout, residual and normalisation."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.qkv, self.ao = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
        self.fi, self.fo = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.aln, self.oln = nn.LayerNorm(WIDTH, EPSILON), nn.LayerNorm(WIDTH, EPSILON)
        self.dropout = nn.Dropout(dropout)

    def forward(self, hidden: Any, mask: Any) -> Any:
        """`hidden` (n, length, 384), additive `mask` (n, 1, 1, length)."""
        n_rows, length, _ = hidden.shape
        query, key, value = self.qkv(hidden).view(n_rows, length, 3, N_HEADS, WIDTH // N_HEADS).permute(2, 0, 3, 1, 4)
        rate = self.dropout.p if self.training else 0.0
        mixed = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask, dropout_p=rate)
        hidden = self.aln(hidden + self.dropout(self.ao(mixed.transpose(1, 2).reshape(n_rows, length, WIDTH))))
        return self.oln(hidden + self.dropout(self.fo(functional.gelu(self.fi(hidden)))))


class AxisNetwork(nn.Module):  # type: ignore[misc]  # torch ships no types here
    """Encoder, mean pooling and axis head."""

    def __init__(self, arrays: Arrays, n_frozen: int, dropout: float) -> None:
        super().__init__()
        n_layers = 1 + max(int(name.split(".")[1]) for name in arrays if name.startswith("layers."))
        self.n_frozen = n_frozen
        self.word = nn.Embedding(*arrays["word.weight"].shape)
        self.pos = nn.Embedding(*arrays["pos.weight"].shape)
        self.eln = nn.LayerNorm(WIDTH, EPSILON)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(n_layers))
        self.dropout = nn.Dropout(dropout)
        self.head = nn.Linear(WIDTH, 5)
        nn.init.normal_(self.head.weight, std=0.02)
        nn.init.zeros_(self.head.bias)
        state = {name: torch.from_numpy(np.array(value)) for name, value in arrays.items()}
        self.load_state_dict(state, strict=False)

    def lower(self, ids: Any) -> Any:
        """States after the frozen layers, shape (n, length, 384)."""
        hidden = self.eln(self.word(ids) + self.pos(torch.arange(ids.shape[1], device=ids.device))[None])
        mask = ((ids == PAD).float() * -1e4)[:, None, None, :]
        for layer in self.layers[: self.n_frozen]:
            hidden = layer(hidden, mask)
        return hidden

    def upper(self, hidden: Any, kept: Any) -> tuple[Any, Any]:
        """Scores (n, 5) and pooled vectors (n, 384); `kept` (n, length) is 1 for pieces, 0 for padding."""
        mean = pooled(self.upper_states(hidden, kept), kept)
        return self.head(self.dropout(mean)), mean

    def upper_states(self, hidden: Any, kept: Any) -> Any:
        """States after the layers that learn, shape (n, length, 384)."""
        mask = ((1 - kept) * -1e4)[:, None, None, :]
        hidden = self.dropout(hidden)
        for layer in self.layers[self.n_frozen :]:
            hidden = layer(hidden, mask)
        return hidden

    def learnt(self) -> list[Any]:
        """The parameters that learn."""
        return [*self.layers[self.n_frozen :].parameters(), *self.head.parameters()]

    def parameter_groups(self, rate: float, head_rate: float) -> list[dict[str, Any]]:
        """Parameters with their learning rate and weight decay (matrices only)."""
        upper = list(self.layers[self.n_frozen :].parameters())
        return rates_of(upper, list(self.head.parameters()), rate, head_rate)

    def arrays(self) -> Arrays:
        """All weights as NumPy arrays."""
        return {name: value.detach().cpu().numpy().astype(np.float32) for name, value in self.state_dict().items()}


def rates_of(upper: Sequence[Any], head: Sequence[Any], rate: float, head_rate: float) -> list[dict[str, Any]]:
    """Parameters of upper layers and of a head with their learning rate and weight decay (matrices of layers only)."""
    return [
        {"params": [value for value in upper if value.ndim > 1], "lr": rate, "weight_decay": 0.01},
        {"params": [value for value in upper if value.ndim == 1], "lr": rate, "weight_decay": 0.0},
        {"params": list(head), "lr": head_rate, "weight_decay": 0.0},
    ]


def pooled(hidden: Any, kept: Any) -> Any:
    """Mean of `hidden` (n, length, 384) over the places where `kept` (n, length) is 1."""
    return (hidden * kept[..., None]).sum(dim=1) / kept.sum(dim=1, keepdim=True)


def lower_states(network: AxisNetwork, pieces: Sequence[Sequence[int]]) -> list[Any]:
    """States of each example after the frozen layers, float16, shape (length, 384)."""
    network.eval()
    states: list[Any] = [None] * len(pieces)
    order = sorted(range(len(pieces)), key=lambda row: len(pieces[row]))
    with torch.no_grad():
        for start in range(0, len(order), LOWER_BATCH):
            rows = order[start : start + LOWER_BATCH]
            ids = torch.full((len(rows), max(len(pieces[row]) for row in rows)), PAD)
            for place, row in enumerate(rows):
                ids[place, : len(pieces[row])] = torch.tensor(pieces[row])
            hidden = network.lower(ids.to(network.pos.weight.device)).to("cpu", torch.float16)
            for place, row in enumerate(rows):
                states[row] = hidden[place, : len(pieces[row])].clone()
    return states


def padded_states(states: Sequence[Any], rows: Sequence[int]) -> tuple[Any, Any]:
    """States of a batch, shape (n, length, 384), and what is not padding, shape (n, length), where learning is done."""
    length = max(len(states[row]) for row in rows)
    hidden, kept = torch.zeros(len(rows), length, WIDTH), torch.zeros(len(rows), length)
    for place, row in enumerate(rows):
        hidden[place, : len(states[row])] = states[row].float()
        kept[place, : len(states[row])] = 1
    return hidden.to(device(torch)), kept.to(device(torch))
