"""The lower layers of Gemma 3 as a PyTorch module: the first half frozen and causal as it was pretrained, the second
half learning with every piece seen by every other, then the mean over the pieces of the text and the axis head.

Layout of a layer (Gemma 3 technical report, 2025): RMS normalisation before and after each block, queries and keys
normalised, one key head for four query heads, rotary positions (base 10,000; 1,000,000 each sixth layer), perceptron
gated by GELU.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from torch import nn
from torch.nn import functional

from pipeline.workbench.axes.finetune import device
from pipeline.workbench.axes.gemma_pretrained import (
    EPSILON,
    HEAD_WIDTH,
    INNER,
    N_FROZEN,
    N_HEADS,
    SCALE,
    WIDTH,
    Arrays,
    rotary_base,
)
from pipeline.workbench.axes.network import rates_of

LOWER_BATCH = 32
HALF_RANGE = 60_000.0
"""States are kept in float16: a few go beyond what it holds, and are cut there."""


class Norm(nn.Module):  # type: ignore[misc]  # torch ships no types here
    """RMS normalisation; the file already holds 1 + weight."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))

    def forward(self, hidden: Any) -> Any:
        return functional.rms_norm(hidden.float(), (hidden.shape[-1],), self.weight, EPSILON)


class Layer(nn.Module):  # type: ignore[misc]  # torch ships no types here
    """One layer; names of parts as in the file of weights."""

    def __init__(self, base: float) -> None:
        super().__init__()
        self.base = base
        keys = HEAD_WIDTH
        sizes = {
            "attn_q": (WIDTH, N_HEADS * HEAD_WIDTH),
            "attn_k": (WIDTH, keys),
            "attn_v": (WIDTH, keys),
            "attn_output": (N_HEADS * HEAD_WIDTH, WIDTH),
            "ffn_gate": (WIDTH, INNER),
            "ffn_up": (WIDTH, INNER),
            "ffn_down": (INNER, WIDTH),
        }
        for name, size in sizes.items():
            setattr(self, name, nn.Linear(*size, bias=False))
        for name in ("attn_norm", "post_attention_norm", "ffn_norm", "post_ffw_norm"):
            setattr(self, name, Norm(WIDTH))
        self.attn_q_norm, self.attn_k_norm = Norm(HEAD_WIDTH), Norm(HEAD_WIDTH)

    def forward(self, hidden: Any, mask: Any) -> Any:
        """`hidden` (n, length, 640), boolean `mask` (n, 1, length, length), True where a piece is seen."""
        n_rows, length, _ = hidden.shape
        shown = self.attn_norm(hidden)
        query = self.attn_q(shown).view(n_rows, length, N_HEADS, HEAD_WIDTH).transpose(1, 2)
        key = self.attn_k(shown).view(n_rows, length, 1, HEAD_WIDTH).transpose(1, 2)
        value = self.attn_v(shown).view(n_rows, length, 1, HEAD_WIDTH).transpose(1, 2)
        cosine, sine = _turns(length, self.base, hidden.device)
        query, key = _turned(self.attn_q_norm(query), cosine, sine), _turned(self.attn_k_norm(key), cosine, sine)
        shape = (n_rows, N_HEADS, length, HEAD_WIDTH)
        value = value.expand(shape)
        mixed = functional.scaled_dot_product_attention(
            query.to(value.dtype), key.expand(shape).to(value.dtype), value, attn_mask=mask, scale=SCALE
        )
        mixed = self.attn_output(mixed.transpose(1, 2).reshape(n_rows, length, -1))
        hidden = hidden + self.post_attention_norm(mixed)
        shown = self.ffn_norm(hidden)
        inner = functional.gelu(self.ffn_gate(shown), approximate="tanh") * self.ffn_up(shown)
        return hidden + self.post_ffw_norm(self.ffn_down(inner))


class GemmaNetwork(nn.Module):  # type: ignore[misc]  # torch ships no types here
    """Lower layers, mean pooling over the text, axis head."""

    def __init__(self, arrays: Arrays, dropout: float) -> None:
        super().__init__()
        self.word = nn.Embedding(*arrays["word.weight"].shape)
        n_layers = 1 + max(int(name.split(".")[0]) for name in arrays if name[0].isdigit())
        self.layers = nn.ModuleList(Layer(rotary_base(layer)) for layer in range(n_layers))
        self.norm = Norm(WIDTH)
        self.dropout = nn.Dropout(dropout)
        self.head = nn.Linear(WIDTH, 5)
        nn.init.normal_(self.head.weight, std=0.02)
        nn.init.zeros_(self.head.bias)
        state = {_module_name(name): torch.from_numpy(value.copy()) for name, value in arrays.items()}
        self.load_state_dict(state, strict=False)

    def lower(self, ids: Any, n_pieces: Any) -> Any:
        """States after the frozen layers, shape (n, length, 640), of padded `ids` (n, length)."""
        length = ids.shape[1]
        hidden = self.word(ids) * WIDTH**0.5
        is_kept = torch.arange(length, device=ids.device)[None] < n_pieces[:, None]
        mask = is_kept[:, None, None, :] & torch.ones_like(is_kept[0].expand(length, length)).tril()[None, None]
        for layer in self.layers[:N_FROZEN]:
            hidden = layer(hidden, mask)
        return hidden

    def upper(self, hidden: Any, is_kept: Any, is_text: Any) -> Any:
        """Scores (n, 5); `is_kept` and `is_text` (n, length) tell what is no padding, and what is the text."""
        mask = is_kept.bool()[:, None, None, :].expand(-1, 1, hidden.shape[1], -1)
        for layer in self.layers[N_FROZEN:]:
            hidden = layer(hidden, mask)
        share = is_text[..., None]
        mean = (self.norm(hidden) * share).sum(dim=1) / share.sum(dim=1)
        return self.head(self.dropout(mean))

    def learnt(self) -> list[Any]:
        """The parameters that learn."""
        return [*self.layers[N_FROZEN:].parameters(), *self.norm.parameters(), *self.head.parameters()]

    def parameter_groups(self, rate: float, head_rate: float) -> list[dict[str, Any]]:
        """Parameters with their learning rate and weight decay (matrices only)."""
        upper = [*self.layers[N_FROZEN:].parameters(), *self.norm.parameters()]
        return rates_of(upper, list(self.head.parameters()), rate, head_rate)

    def arrays(self) -> Arrays:
        """All weights as NumPy arrays, named as those that it was made from, and `head.weight`, `head.bias`."""
        return {name.removeprefix("layers."): value.detach().cpu().numpy() for name, value in self.state_dict().items()}


def lower_states(network: GemmaNetwork, pieces: Sequence[Sequence[int]]) -> list[Any]:
    """States of each example after the frozen layers, float16, shape (length, 640)."""
    network.eval()
    states: list[Any] = [None] * len(pieces)
    order = sorted(range(len(pieces)), key=lambda row: len(pieces[row]))
    with torch.no_grad():
        for start in range(0, len(order), LOWER_BATCH):
            rows = order[start : start + LOWER_BATCH]
            counts = torch.tensor([len(pieces[row]) for row in rows])
            ids = torch.zeros(len(rows), int(counts.max()), dtype=torch.long)
            for place, row in enumerate(rows):
                ids[place, : len(pieces[row])] = torch.tensor(pieces[row])
            here = network.word.weight.device
            hidden = network.lower(ids.to(here), counts.to(here)).float().clamp(-HALF_RANGE, HALF_RANGE)
            hidden = hidden.to("cpu", torch.float16)
            for place, row in enumerate(rows):
                states[row] = hidden[place, : len(pieces[row])].clone()
    return states


def padded_states(states: Sequence[Any], text_starts: Sequence[int], rows: Sequence[int]) -> tuple[Any, Any, Any]:
    """A batch: states (n, length, 640), what is no padding (n, length), what is the text (n, length)."""
    length = max(len(states[row]) for row in rows)
    hidden = torch.zeros(len(rows), length, WIDTH)
    is_kept, is_text = torch.zeros(len(rows), length), torch.zeros(len(rows), length)
    for place, row in enumerate(rows):
        hidden[place, : len(states[row])] = states[row].float()
        is_kept[place, : len(states[row])] = 1
        is_text[place, text_starts[row] : len(states[row])] = 1
    here = device(torch)
    return hidden.to(here), is_kept.to(here), is_text.to(here)


def _module_name(name: str) -> str:
    return name if name.startswith(("word.", "norm.", "head.")) else f"layers.{name}"


def _turns(length: int, base: float, here: Any) -> tuple[Any, Any]:
    """Cosines and sines of the rotary positions, shape (length, 256)."""
    steps = 1.0 / base ** (torch.arange(0, HEAD_WIDTH, 2, device=here).float() / HEAD_WIDTH)
    angles = torch.arange(length, device=here).float()[:, None] * steps[None]
    angles = torch.cat([angles, angles], dim=-1)
    return angles.cos(), angles.sin()


def _turned(value: Any, cosine: Any, sine: Any) -> Any:
    left, right = value[..., : HEAD_WIDTH // 2], value[..., HEAD_WIDTH // 2 :]
    return value * cosine + torch.cat([-right, left], dim=-1) * sine
