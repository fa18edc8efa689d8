"""The fine-tuned encoder as an ONNX graph with 8-bit weights, written node by node: the same bytes each time.

Linear layers compute in integers (see `integers`); word vectors keep the 4-bit blocks that they came in, as 8-bit
integers: they are exact.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from pipeline.workbench.axes.integers import Arrays, Ranges, coded_linear, coded_wide

BLOCK = 32
N_HEADS = 12
WIDTH = 384
N_POSITIONS = 112
EPSILON = 1e-12
WIDE_LAYERS = ".fo"
"""End of the names of the layers whose inputs spread too widely for integers alone: the second of each perceptron."""
N_SHARED = 6
"""Layers that the axis head and the idea branch share: they stay as they were pretrained."""
IDEA_HEAD = "ideas.proj"

_CODED_PARTS = ("smooth", "step", "middle", "codes", "scales", "wide", "wide_weight")
_BELOW_IDEAS = ("ideas.layers.", *(f"layers.{layer}." for layer in range(N_SHARED)))
_BRANCH_PARTS = ("weight", "bias", *_CODED_PARTS)


class GraphWriter:
    """Collects nodes and constants of a graph; each method returns the name of the tensor that it makes."""

    def __init__(self, ranges: Ranges | None) -> None:
        self.nodes: list[Any] = []
        self.constants: list[Any] = []
        self.inputs_of_linear: dict[str, str] = {}
        self._ranges = ranges
        self._n = 0

    def constant(self, name: str, value: npt.NDArray[Any]) -> str:
        """A stored tensor."""
        from onnx import numpy_helper

        self.constants.append(numpy_helper.from_array(np.asarray(value, order="C"), name))
        return name

    def op(self, kind: str, *inputs: str, domain: str = "", n_outputs: int = 1, **attributes: Any) -> str:
        """A node; the name of its first output, the others are that name with `.1`, `.2`."""
        from onnx import helper

        self._n += 1
        name = f"t{self._n}"
        outputs = [name, *(f"{name}.{rank}" for rank in range(1, n_outputs))]
        self.nodes.append(helper.make_node(kind, list(inputs), outputs, domain=domain, **attributes))
        return name

    def linear(self, value: str, name: str, arrays: Arrays) -> str:
        """`value @ weight.T + bias`, in integers when the range of `value` is known or the weights are integers."""
        bias = self.constant(f"{name}.bias", arrays[f"{name}.bias"])
        self.inputs_of_linear[name] = value
        coded = self._coded(name, arrays)
        if coded is None:
            return self.op(
                "Add", self.op("MatMul", value, self.constant(f"{name}.weight", arrays[f"{name}.weight"].T)), bias
            )
        stored = {part: self.constant(f"{name}.{part}", array) for part, array in coded.items()}
        in_integers = self.op(
            "MatMulIntegerToFloat",
            self.op("QuantizeLinear", self.op("Mul", value, stored["smooth"]), stored["step"], stored["middle"]),
            stored["codes"],
            stored["step"],
            stored["scales"],
            stored["middle"],
            "",
            bias,
            domain="com.microsoft",
        )
        if "wide" not in stored:
            return in_integers
        in_floats = self.op("MatMul", self.op("Gather", value, stored["wide"], axis=2), stored["wide_weight"])
        return self.op("Add", in_integers, in_floats)

    def _coded(self, name: str, arrays: Arrays) -> Arrays | None:
        """The constants of a linear layer beside its bias; None for a layer that stays in float32."""
        if f"{name}.codes" in arrays:
            return {part: arrays[f"{name}.{part}"] for part in _CODED_PARTS if f"{name}.{part}" in arrays}
        if self._ranges is None:
            return None
        coded = coded_wide if name.endswith(WIDE_LAYERS) else coded_linear
        return coded(arrays[f"{name}.weight"], *self._ranges[name])

    def normalised(self, value: str, name: str, arrays: Arrays) -> str:
        """Layer normalisation."""
        weight = self.constant(f"{name}.weight", arrays[f"{name}.weight"])
        bias = self.constant(f"{name}.bias", arrays[f"{name}.bias"])
        return self.op("LayerNormalization", value, weight, bias, axis=-1, epsilon=EPSILON)


def coded_branch(model: bytes) -> Arrays:
    """The weights of the idea branch of an exported model and of the layers below it, as they are stored: exported
    again with another axis head, what the branch gives stays the same to the bit. Empty without that branch."""
    from onnx import load_model_from_string, numpy_helper

    found: Arrays = {}
    for constant in load_model_from_string(model).graph.initializer:
        if constant.name == IDEA_HEAD:
            found[IDEA_HEAD] = numpy_helper.to_array(constant).T
        elif constant.name.startswith(_BELOW_IDEAS) and constant.name.rsplit(".", 1)[-1] in _BRANCH_PARTS:
            found[constant.name] = numpy_helper.to_array(constant)
    return found if IDEA_HEAD in found else {}


def encoder_bytes(arrays: Arrays, n_layers: int, ranges: Ranges | None = None) -> bytes:
    """The whole model, input `ids` int64 (n, length) padded with 1.

    Outputs `scores` (n, 5), `vectors` (n, 384) and, when the weights hold that branch, `ideas` (n, 128), of length 1.

    Parameters
    ----------
    arrays : weights of the encoder and of the axis head; those of the idea branch start with `ideas.`, and may be coded
        already (`coded_branch`).
    ranges : per linear layer, the range of its input (`measured_ranges`); without, the graph computes in float32 and
        also gives the inputs of its linear layers, named after them.
    """
    from onnx import TensorProto, helper

    writer = GraphWriter(ranges)
    mask, keep = _masks(writer)
    hidden = _embedded(writer, arrays)
    named: dict[str, str] = {}
    shapes: dict[str, list[str | int] | None] = {"scores": ["n", 5], "vectors": ["n", WIDTH]}
    for layer in range(n_layers):
        if layer == N_SHARED and IDEA_HEAD in arrays:
            named["ideas"] = _ideas(writer, hidden, mask, keep, arrays)
            shapes["ideas"] = ["n", arrays[IDEA_HEAD].shape[0]]
        hidden = _layer(writer, hidden, mask, f"layers.{layer}", arrays)
    named["scores"], named["vectors"] = _read_out(writer, hidden, keep, arrays)
    if ranges is None:
        named |= {f"in:{name}": tensor for name, tensor in writer.inputs_of_linear.items()}
    for name, tensor in named.items():
        writer.nodes.append(helper.make_node("Identity", [tensor], [name]))
    graph = helper.make_graph(
        writer.nodes,
        "axes",
        [helper.make_tensor_value_info("ids", TensorProto.INT64, ["n", "length"])],
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, shapes.get(name)) for name in named],
        writer.constants,
    )
    opsets = [helper.make_opsetid("", 20), helper.make_opsetid("com.microsoft", 1)]
    content = helper.make_model(graph, opset_imports=opsets, ir_version=10).SerializeToString(deterministic=True)
    return bytes(content)


def measured_ranges(float_graph: bytes, batches: Sequence[npt.NDArray[np.int64]]) -> Ranges:
    """Smallest and largest value of the input of each linear layer over batches of padded ids, padding left out."""
    import onnxruntime

    session = onnxruntime.InferenceSession(float_graph, providers=["CPUExecutionProvider"])
    names = [output.name for output in session.get_outputs() if output.name.startswith("in:")]
    ranges: Ranges = {}
    for ids in batches:
        kept = ids != 1
        for name, value in zip(names, session.run(names, {"ids": ids}), strict=True):
            low, high = value[kept].min(axis=0), value[kept].max(axis=0)
            before = ranges.get(name[3:], (low, high))
            ranges[name[3:]] = (np.minimum(before[0], low), np.maximum(before[1], high))
    return ranges


def _ideas(writer: GraphWriter, hidden: str, mask: str, keep: str, arrays: Arrays) -> str:
    """The branch that tells which ideas are the same: layers of its own, mean over the pieces of the text alone."""
    from onnx import TensorProto

    for layer in range(n_idea_layers(arrays)):
        hidden = _layer(writer, hidden, mask, f"ideas.layers.{layer}", arrays)
    is_end = writer.op("Equal", "ids", writer.constant("ideas.end", np.array(2, dtype=np.int64)))
    places = writer.constant("ideas.axis", np.array(1, dtype=np.int64))
    n_ends = writer.op("CumSum", writer.op("Cast", is_end, to=TensorProto.INT64), places, exclusive=1)
    in_text = writer.op("Equal", n_ends, writer.constant("ideas.none", np.array(0, dtype=np.int64)))
    in_text = writer.op("Unsqueeze", writer.op("Cast", in_text, to=TensorProto.FLOAT), _axes(writer, "ideas.keep", 2))
    mean = _mean(writer, hidden, writer.op("Mul", in_text, keep), "ideas.pool")
    turned = writer.op("MatMul", mean, writer.constant(IDEA_HEAD, arrays[IDEA_HEAD].T))
    length = writer.op("ReduceL2", turned, _axes(writer, "ideas.norm", 1), keepdims=1)
    return writer.op("Div", turned, writer.op("Max", length, writer.constant("ideas.tiny", np.array(1e-6, np.float32))))


def n_idea_layers(arrays: Arrays) -> int:
    """How many layers the idea branch has of its own."""
    return len({name.split(".")[2] for name in arrays if name.startswith("ideas.layers.")})


def _read_out(writer: GraphWriter, hidden: str, keep: str, arrays: Arrays) -> tuple[str, str]:
    """Mean over the pieces, then the axis head."""
    vectors = _mean(writer, hidden, keep, "pool")
    head = writer.constant("head.weight", arrays["head.weight"].T)
    scores = writer.op("Add", writer.op("MatMul", vectors, head), writer.constant("head.bias", arrays["head.bias"]))
    return scores, vectors


def _mean(writer: GraphWriter, hidden: str, keep: str, name: str) -> str:
    """Mean of `hidden` (n, length, 384) over the places where `keep` (n, length, 1) is 1."""
    total = writer.op("ReduceSum", writer.op("Mul", hidden, keep), _axes(writer, name, 1), keepdims=0)
    return writer.op("Div", total, writer.op("ReduceSum", keep, f"{name}.axes", keepdims=0))


def _axes(writer: GraphWriter, name: str, axis: int) -> str:
    return writer.constant(f"{name}.axes", np.array([axis], dtype=np.int64))


def _masks(writer: GraphWriter) -> tuple[str, str]:
    """An additive mask (n, 1, 1, length) and a factor (n, length, 1)."""
    from onnx import TensorProto

    is_pad = writer.op("Equal", "ids", writer.constant("pad", np.array(1, dtype=np.int64)))
    low, zero = writer.constant("low", np.array(-1e4, np.float32)), writer.constant("zero", np.array(0, np.float32))
    additive = writer.op("Where", is_pad, low, zero)
    shaped = writer.op("Unsqueeze", additive, writer.constant("mask.axes", np.array([1, 2], dtype=np.int64)))
    kept = writer.op("Cast", writer.op("Not", is_pad), to=TensorProto.FLOAT)
    return shaped, writer.op("Unsqueeze", kept, _axes(writer, "keep", 2))


def _embedded(writer: GraphWriter, arrays: Arrays) -> str:
    from onnx import TensorProto

    words = arrays["word.weight"].reshape(-1, WIDTH // BLOCK, BLOCK)
    scales = np.abs(words).max(axis=2, keepdims=True) / 8
    codes = np.round(words / np.where(scales == 0, 1, scales)).astype(np.int8)
    picked = writer.op("Cast", writer.op("Gather", writer.constant("words", codes), "ids"), to=TensorProto.FLOAT)
    scale = writer.op("Gather", writer.constant("word_scales", scales.astype(np.float32)), "ids")
    shape = writer.constant("word_shape", np.array([0, 0, WIDTH], dtype=np.int64))
    vectors = writer.op("Reshape", writer.op("Mul", picked, scale), shape)
    length = writer.op("Gather", writer.op("Shape", "ids"), writer.constant("one", np.array(1, dtype=np.int64)))
    start, step = writer.constant("start", np.array(0, np.int64)), writer.constant("step", np.array(1, np.int64))
    places = writer.op("Range", start, length, step)
    positions = writer.op("Gather", writer.constant("positions", arrays["pos.weight"][:N_POSITIONS]), places)
    return writer.normalised(writer.op("Add", vectors, positions), "eln", arrays)


def _layer(writer: GraphWriter, hidden: str, mask: str, name: str, arrays: Arrays) -> str:
    size = WIDTH // N_HEADS
    merged = writer.linear(hidden, f"{name}.qkv", arrays)
    shape = writer.constant(f"{name}.split", np.array([0, 0, 3, N_HEADS, size], dtype=np.int64))
    parted = writer.op("Transpose", writer.op("Reshape", merged, shape), perm=[2, 0, 3, 1, 4])
    query, key, value = (
        writer.op("Gather", parted, writer.constant(f"{name}.{rank}", np.array(rank, dtype=np.int64)), axis=0)
        for rank in range(3)
    )
    scale = writer.constant(f"{name}.scale", np.array(size**-0.5, dtype=np.float32))
    scaled = writer.op("Mul", query, scale)
    weights = writer.op("Add", writer.op("MatMul", scaled, writer.op("Transpose", key, perm=[0, 1, 3, 2])), mask)
    mixed = writer.op("MatMul", writer.op("Softmax", weights, axis=-1), value)
    whole = writer.constant(f"{name}.whole", np.array([0, 0, WIDTH], dtype=np.int64))
    joined = writer.op("Reshape", writer.op("Transpose", mixed, perm=[0, 2, 1, 3]), whole)
    attended = writer.linear(joined, f"{name}.ao", arrays)
    hidden = writer.normalised(writer.op("Add", hidden, attended), f"{name}.aln", arrays)
    inner = writer.linear(hidden, f"{name}.fi", arrays)
    outer = writer.linear(writer.op("Gelu", inner), f"{name}.fo", arrays)
    return writer.normalised(writer.op("Add", hidden, outer), f"{name}.oln", arrays)
