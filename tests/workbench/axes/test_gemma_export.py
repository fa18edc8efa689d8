"""The exported graph of the second encoder computes what its layers say, written here once more in NumPy."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

from pipeline.classify.reading.gemma import Pieces, padded
from pipeline.classify.reading.precise import one_thread_session
from pipeline.workbench.axes.gemma_export import coded_in_blocks, gemma_bytes
from pipeline.workbench.axes.gemma_pretrained import (
    EPSILON,
    HEAD_WIDTH,
    INNER,
    N_FROZEN,
    N_HEADS,
    WIDTH,
    Arrays,
    rotary_base,
)

N_LAYERS = N_FROZEN + 1
"""One layer that sees every piece, above those that see what was said before."""

Floats = npt.NDArray[np.float64]


def made_arrays() -> Arrays:
    """Random weights of a whole model."""
    random = np.random.default_rng(1)

    def drawn(*shape: int) -> npt.NDArray[np.float32]:
        return random.normal(0, 0.05, shape).astype(np.float32)

    found = {"word.weight": drawn(30, WIDTH), "norm.weight": 1 + drawn(WIDTH)}
    found |= {"head.weight": drawn(5, WIDTH), "head.bias": drawn(5)}
    shapes = {
        "attn_q": (N_HEADS * HEAD_WIDTH, WIDTH),
        "attn_k": (HEAD_WIDTH, WIDTH),
        "attn_v": (HEAD_WIDTH, WIDTH),
        "attn_output": (WIDTH, N_HEADS * HEAD_WIDTH),
        "ffn_gate": (INNER, WIDTH),
        "ffn_up": (INNER, WIDTH),
        "ffn_down": (WIDTH, INNER),
    }
    for layer in range(N_LAYERS):
        found |= {f"{layer}.{name}.weight": drawn(*shape) for name, shape in shapes.items()}
        for name in ("attn_norm", "post_attention_norm", "ffn_norm", "post_ffw_norm"):
            found[f"{layer}.{name}.weight"] = 1 + drawn(WIDTH)
        found |= {f"{layer}.attn_{part}_norm.weight": 1 + drawn(HEAD_WIDTH) for part in "qk"}
    return found


@pytest.fixture(scope="module")
def arrays() -> Arrays:
    return made_arrays()


def normalised(value: Floats, weight: npt.NDArray[np.float32]) -> Floats:
    return np.asarray(value / np.sqrt((value**2).mean(-1, keepdims=True) + EPSILON) * weight)


def turned(heads: Floats, base: float) -> Floats:
    half = HEAD_WIDTH // 2
    angles = np.arange(heads.shape[1])[:, None] / base ** (np.arange(half) / half)
    left, right = heads[..., :half], heads[..., half:]
    cosine, sine = np.cos(angles), np.sin(angles)
    return np.concatenate([left * cosine - right * sine, right * cosine + left * sine], axis=-1)


def scores_of(ids: list[int], text_start: int, arrays: Arrays) -> Floats:
    """One text, in double precision."""
    hidden = arrays["word.weight"][ids].astype(np.float64) * WIDTH**0.5
    length = len(ids)
    for layer in range(N_LAYERS):

        def of(name: str, layer: int = layer) -> Floats:
            return arrays[f"{layer}.{name}.weight"].astype(np.float64)

        shown = normalised(hidden, of("attn_norm"))
        query = (shown @ of("attn_q").T).reshape(length, N_HEADS, HEAD_WIDTH).transpose(1, 0, 2)
        key = (shown @ of("attn_k").T)[None]
        value = shown @ of("attn_v").T
        query = turned(normalised(query, of("attn_q_norm")), rotary_base(layer))
        key = turned(normalised(key, of("attn_k_norm")), rotary_base(layer))
        seen = query @ key.transpose(0, 2, 1) / HEAD_WIDTH**0.5
        if layer < N_FROZEN:
            seen = np.where(np.tril(np.ones((length, length))) > 0, seen, -np.inf)
        share = np.exp(seen - seen.max(-1, keepdims=True))
        share /= share.sum(-1, keepdims=True)
        mixed = (share @ value).transpose(1, 0, 2).reshape(length, -1) @ of("attn_output").T
        hidden = hidden + normalised(mixed, of("post_attention_norm"))
        shown = normalised(hidden, of("ffn_norm"))
        gate = shown @ of("ffn_gate").T
        gate = 0.5 * gate * (1 + np.tanh(np.sqrt(2 / np.pi) * (gate + 0.044715 * gate**3)))
        hidden = hidden + normalised(gate * (shown @ of("ffn_up").T) @ of("ffn_down").T, of("post_ffw_norm"))
    mean = normalised(hidden, arrays["norm.weight"])[text_start:].mean(axis=0)
    return np.asarray(mean @ arrays["head.weight"].T + arrays["head.bias"])


def test_the_graph_computes_its_layers_whatever_stands_beside_in_the_batch(arrays: Arrays) -> None:
    rows = [Pieces([2, 5, 9, 12, 7, 3, 21, 4, 17], 4), Pieces([2, 11, 6, 29], 2), Pieces([2, 8, 8], 1)]
    session = one_thread_session(gemma_bytes(arrays))
    together = session.run(["scores"], padded(rows))[0]
    expected = np.array([scores_of(*row, arrays) for row in rows])
    assert np.abs(together - expected).max() < 0.05 * np.abs(expected).max()
    alone = session.run(["scores"], padded(rows[1:2]))[0]
    np.testing.assert_allclose(alone[0], together[1], atol=1e-4)


def test_the_same_weights_give_the_same_bytes(arrays: Arrays) -> None:
    assert gemma_bytes(arrays) == gemma_bytes(dict(reversed(arrays.items())))


def test_blocks_of_codes_give_back_their_weights() -> None:
    weight = np.random.default_rng(2).normal(size=(3, 128)).astype(np.float32)
    weight[1, :32] = 0
    codes, scales = coded_in_blocks(weight)
    assert (codes.shape, scales.shape) == ((3, 4, 32), (3, 4))
    back = (codes.astype(np.float32) - 128) * scales[..., None]
    assert np.abs(back.reshape(3, 128) - weight).max() <= scales.max() / 2 + 1e-6
    assert (codes[1, 0] == 128).all()
