"""The fine-tuned second encoder as an ONNX graph with 8-bit weights, written node by node: the same bytes each time.

Products of matrices take weights in blocks of 32 with a scale of their own, and code their inputs in blocks as they
come (`MatMulNBits`): nothing has to be measured beforehand, and no row depends on another.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from pipeline.classify.reading.gemma import PAD
from pipeline.workbench.axes.export import GraphWriter
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

BLOCK = 32
N_POSITIONS = 128
IN_INTEGERS = 4
"""Accuracy level of `MatMulNBits`: inputs coded in 8 bits too."""
HIDDEN_BY_MASK = -1e9


def gemma_bytes(arrays: Arrays) -> bytes:
    """The whole model: inputs `ids` int64 (n, length), padded with 0, and `text_starts` int64 (n,); output `scores`
    (n, 5)."""
    from onnx import TensorProto, helper

    writer = _Writer()
    is_kept = writer.op("Not", writer.op("Equal", "ids", writer.numbers("pad", PAD)))
    length = writer.op("Gather", writer.op("Shape", "ids"), writer.numbers("one", 1))
    places = writer.op("Range", writer.numbers("start", 0), length, writer.numbers("step", 1))
    seen = _masks(writer, is_kept, places)
    hidden = _embedded(writer, arrays)
    for layer in range(n_layers(arrays)):
        hidden = _layer(writer, hidden, seen[layer >= N_FROZEN], places, layer, arrays)
    starts = writer.op("Unsqueeze", "text_starts", writer.numbers("starts.axes", [1]))
    is_text = writer.op("And", is_kept, writer.op("GreaterOrEqual", places, starts))
    share = writer.op("Cast", writer.op("Unsqueeze", is_text, writer.numbers("share.axes", [2])), to=TensorProto.FLOAT)
    total = writer.op(
        "ReduceSum",
        writer.op("Mul", writer.normalised(hidden, "norm", arrays), share),
        writer.numbers("total.axes", [1]),
        keepdims=0,
    )
    mean = writer.op("Div", total, writer.op("ReduceSum", share, writer.numbers("n.axes", [1]), keepdims=0))
    head = writer.op("MatMul", mean, writer.constant("head.weight", arrays["head.weight"].T))
    scores = writer.op("Add", head, writer.constant("head.bias", arrays["head.bias"]))
    writer.nodes.append(helper.make_node("Identity", [scores], ["scores"]))
    graph = helper.make_graph(
        writer.nodes,
        "axes",
        [
            helper.make_tensor_value_info("ids", TensorProto.INT64, ["n", "length"]),
            helper.make_tensor_value_info("text_starts", TensorProto.INT64, ["n"]),
        ],
        [helper.make_tensor_value_info("scores", TensorProto.FLOAT, ["n", 5])],
        writer.constants,
    )
    opsets = [helper.make_opsetid("", 20), helper.make_opsetid("com.microsoft", 1)]
    content = helper.make_model(graph, opset_imports=opsets, ir_version=10).SerializeToString(deterministic=True)
    return bytes(content)


def n_layers(arrays: Arrays) -> int:
    """How many layers the weights hold."""
    return sum(name.endswith(".attn_q.weight") for name in arrays)


class _Writer(GraphWriter):
    """Writes the parts that the first encoder does not have."""

    def __init__(self) -> None:
        super().__init__(None)

    def numbers(self, name: str, value: int | Sequence[int]) -> str:
        """A stored integer, or several."""
        return self.constant(name, np.array(value, dtype=np.int64))

    def in_blocks(self, value: str, name: str, weight: npt.NDArray[np.float32]) -> str:
        """`value @ weight.T` in blocks of 8 bits; `weight` has shape (n_out, n_in)."""
        codes, scales = coded_in_blocks(weight)
        return self.op(
            "MatMulNBits",
            value,
            self.constant(f"{name}.codes", codes),
            self.constant(f"{name}.scales", scales),
            domain="com.microsoft",
            K=weight.shape[1],
            N=weight.shape[0],
            bits=8,
            block_size=BLOCK,
            accuracy_level=IN_INTEGERS,
        )

    def normalised(self, value: str, name: str, arrays: Arrays) -> str:
        """RMS normalisation over the last axis."""
        square = self.op("ReduceMean", self.op("Mul", value, value), self.numbers(f"{name}.axes", [-1]), keepdims=1)
        size = self.op("Sqrt", self.op("Add", square, self.constant(f"{name}.epsilon", np.array(EPSILON, np.float32))))
        weight = self.constant(f"{name}.weight", arrays[f"{name}.weight"])
        return self.op("Mul", self.op("Div", value, size), weight)


def coded_in_blocks(weight: npt.NDArray[np.float32]) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.float32]]:
    """Codes uint8 (n_out, n_blocks, 32), 128 for zero, and their scales float32 (n_out, n_blocks), of (n_out, n_in)."""
    blocks = weight.reshape(len(weight), -1, BLOCK)
    scales = np.abs(blocks).max(axis=2) / 127
    codes = np.round(blocks / np.where(scales == 0, 1, scales)[..., None]) + 128
    return codes.astype(np.uint8), scales.astype(np.float32)


def _masks(writer: _Writer, is_kept: str, places: str) -> tuple[str, str]:
    """Additive masks: what was said before (n, 1, length, length), and everything (n, 1, 1, length)."""
    zero = writer.constant("shown", np.array(0, np.float32))
    low = writer.constant("hidden", np.array(HIDDEN_BY_MASK, np.float32))
    whole = writer.op("Unsqueeze", is_kept, writer.numbers("mask.axes", [1, 2]))
    is_before = writer.op("GreaterOrEqual", writer.op("Unsqueeze", places, writer.numbers("place.axes", [1])), places)
    return (
        writer.op("Where", writer.op("And", whole, is_before), zero, low),
        writer.op("Where", whole, zero, low),
    )


def _embedded(writer: _Writer, arrays: Arrays) -> str:
    """Vectors of the pieces, their table in 8 bits with a scale a piece."""
    from onnx import TensorProto

    words = arrays["word.weight"]
    scales = np.abs(words).max(axis=1, keepdims=True) / 127
    codes = np.round(words / np.where(scales == 0, 1, scales)).astype(np.int8)
    picked = writer.op("Cast", writer.op("Gather", writer.constant("words", codes), "ids"), to=TensorProto.FLOAT)
    scale = writer.constant("word_scales", (scales * WIDTH**0.5).astype(np.float32))
    return writer.op("Mul", picked, writer.op("Gather", scale, "ids"))


def _layer(writer: _Writer, hidden: str, mask: str, places: str, layer: int, arrays: Arrays) -> str:
    shown = writer.normalised(hidden, f"{layer}.attn_norm", arrays)
    parts = [arrays[f"{layer}.attn_{part}.weight"] for part in "qkv"]
    sizes = writer.numbers(f"{layer}.sizes", [len(part) for part in parts])
    merged = writer.in_blocks(shown, f"{layer}.qkv", np.concatenate(parts))
    query = writer.op("Split", merged, sizes, axis=2, n_outputs=3)
    key, value = f"{query}.1", f"{query}.2"
    turns = _turns(writer, places, layer)
    query = _turned(writer, _by_heads(writer, query, N_HEADS, f"{layer}.q"), turns, f"{layer}.attn_q_norm", arrays)
    key = _turned(writer, _by_heads(writer, key, 1, f"{layer}.k"), turns, f"{layer}.attn_k_norm", arrays)
    scaled = writer.op("Mul", query, writer.constant(f"{layer}.scale", np.array(SCALE, np.float32)))
    seen = writer.op("Add", writer.op("MatMul", scaled, writer.op("Transpose", key, perm=[0, 1, 3, 2])), mask)
    mixed = writer.op("MatMul", writer.op("Softmax", seen, axis=-1), _by_heads(writer, value, 1, f"{layer}.v"))
    whole = writer.numbers(f"{layer}.whole", [0, 0, N_HEADS * HEAD_WIDTH])
    joined = writer.op("Reshape", writer.op("Transpose", mixed, perm=[0, 2, 1, 3]), whole)
    attended = writer.in_blocks(joined, f"{layer}.attn_output", arrays[f"{layer}.attn_output.weight"])
    hidden = writer.op("Add", hidden, writer.normalised(attended, f"{layer}.post_attention_norm", arrays))
    shown = writer.normalised(hidden, f"{layer}.ffn_norm", arrays)
    doors = np.concatenate([arrays[f"{layer}.ffn_{part}.weight"] for part in ("gate", "up")])
    gate = writer.op(
        "Split",
        writer.in_blocks(shown, f"{layer}.ffn", doors),
        writer.numbers(f"{layer}.halves", [INNER, INNER]),
        axis=2,
        n_outputs=2,
    )
    inner = writer.op("Mul", writer.op("Gelu", gate, approximate="tanh"), f"{gate}.1")
    outer = writer.in_blocks(inner, f"{layer}.ffn_down", arrays[f"{layer}.ffn_down.weight"])
    return writer.op("Add", hidden, writer.normalised(outer, f"{layer}.post_ffw_norm", arrays))


def _by_heads(writer: _Writer, value: str, n_heads: int, name: str) -> str:
    """(n, length, heads · 256) → (n, heads, length, 256)."""
    shape = writer.numbers(f"{name}.heads", [0, 0, n_heads, HEAD_WIDTH])
    return writer.op("Transpose", writer.op("Reshape", value, shape), perm=[0, 2, 1, 3])


def _turns(writer: _Writer, places: str, layer: int) -> tuple[str, str]:
    """Cosines and sines of the rotary positions, shape (length, 256)."""
    base = rotary_base(layer)
    steps = 1.0 / base ** (np.arange(0, HEAD_WIDTH, 2) / HEAD_WIDTH)
    angles = np.arange(N_POSITIONS)[:, None] * steps[None]
    angles = np.concatenate([angles, angles], axis=1)
    return (
        writer.op("Gather", writer.constant(f"{layer}.cosines", np.cos(angles).astype(np.float32)), places),
        writer.op("Gather", writer.constant(f"{layer}.sines", np.sin(angles).astype(np.float32)), places),
    )


def _turned(writer: _Writer, value: str, turns: tuple[str, str], name: str, arrays: Arrays) -> str:
    """Normalised heads turned by their positions."""
    value = writer.normalised(value, name, arrays)
    halves = writer.numbers(f"{name}.halves", [HEAD_WIDTH // 2, HEAD_WIDTH // 2])
    left = writer.op("Split", value, halves, axis=3, n_outputs=2)
    crossed = writer.op("Concat", writer.op("Neg", f"{left}.1"), left, axis=-1)
    return writer.op("Add", writer.op("Mul", value, turns[0]), writer.op("Mul", crossed, turns[1]))
