"""The fine-tuned encoders at run time: tokenizers and onnxruntime, both imported when first needed. The first has three
branches above the layers that stay as they were pretrained: for the axes, for ideas, and, in a file of its own, for
titles; the second one is optional."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache, cached_property
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from pipeline.language.models.encoders import n_threads_here

MAX_TEXT_PIECES, MAX_CONTEXT_PIECES = 75, 24
START, PAD, END = 0, 1, 2
BATCH_SIZE = 8
"""What a layer gives of them stays in the cache of a core."""
LENGTH_STEP = 4
PREFIX = "query: "
N_TRUNK_LAYERS = 6
"""Layers of the first encoder that stay as they were pretrained, below its branches."""
AXES, IDEAS, TRUNK, TITLES = ("scores", "vectors"), "ideas", "trunk", "titles"
"""What the branch of axes gives, what that of ideas does; the states after those layers, which the branch of titles is
learnt on, and what it gives."""
MAX_TEXT_CHARACTERS, MAX_CONTEXT_CHARACTERS = 2000, 600


class PreciseReading(NamedTuple):
    """Scores of the axes, shape (n, 5); vectors for the facets, shape (n, 384); vectors of what is said, then those
    that titles are compared with, unit rows side by side, shape (n, 2d), d = 0 for an encoder without those branches.
    """

    scores: npt.NDArray[np.float64]
    vectors: npt.NDArray[np.float32]
    ideas: npt.NDArray[np.float32]


class PieceReader:
    """Texts and contexts → ids of the pieces of `<s> query: text </s> context </s>`, by a tokenizer file alone: at most
    75 of text (its prefix included) and 24 of context, see `kept_of_context`."""

    def __init__(self, tokenizer_path: Path) -> None:
        from tokenizers import Tokenizer

        self._tokenizer: Any = Tokenizer.from_file(str(tokenizer_path))

    def pieces(self, pairs: Sequence[tuple[str, str]]) -> list[list[int]]:
        """Ids of the pieces of each (text, context)."""
        texts = self._tokenizer.encode_batch([PREFIX + text[:MAX_TEXT_CHARACTERS] for text, _ in pairs])
        contexts = self._tokenizer.encode_batch([context[:MAX_CONTEXT_CHARACTERS] for _, context in pairs])
        found = []
        for (_, context), text_pieces, context_pieces in zip(pairs, texts, contexts, strict=True):
            ids = [START, *text_pieces.ids[:MAX_TEXT_PIECES], END]
            if context_pieces.ids:
                ids += [*kept_of_context(context, context_pieces.ids, MAX_CONTEXT_PIECES), END]
            found.append(ids)
        return found


def kept_of_context(context: str, ids: list[int], most: int) -> list[int]:
    """At most so many pieces of a context: the last ones of a path of headings, the first ones of a question."""
    return ids[-most:] if ">" in context else ids[:most]


def read_in_batches(lengths: Sequence[int], size: int, read: Callable[[list[int]], None]) -> None:
    """Read rows in batches of near lengths, each by one thread: no digit depends on the number of cores."""
    order = sorted(range(len(lengths)), key=lambda row: (lengths[row], row))
    batches = [order[start : start + size] for start in range(0, len(order), size)]
    with ThreadPoolExecutor(n_threads_here()) as threads:
        list(threads.map(read, reversed(batches)))  # the longest first, so that all end together


class PreciseEncoder:
    """Text and context → scores of the five axes, the pooled vector that the facet heads read, what is said.

    `read_model` : gives the ONNX file, when it is first needed. `tokenizer_path` : the file of its pieces.
    `read_titles` : gives the file of the branch of titles; None without one.
    """

    def __init__(
        self, read_model: Callable[[], bytes], tokenizer_path: Path, read_titles: Callable[[], bytes] | None = None
    ) -> None:
        self._read_model, self._read_titles = read_model, read_titles
        self._pieces = PieceReader(tokenizer_path)

    @cached_property
    def _axes(self) -> Any:
        return one_thread_session(axes_part(self._read_model()))

    @cached_property
    def _branches(self) -> Any:
        titles = b"" if self._read_titles is None else self._read_titles()
        return one_thread_session(branches_part(self._read_model()) + titles)

    def open(self) -> None:
        """Read the model now; it is read when it is first asked otherwise."""
        _ = self._axes, self._branches

    def encode(self, texts: Sequence[str], contexts: Sequence[str], with_ideas: bool = True) -> PreciseReading:
        """The reading of each text under its context: each distinct pair is read once, in batches of near lengths, and
        no digit depends on the number of cores, nor on the other pairs (see `padded`)."""
        pairs = sorted(set(zip(texts, contexts, strict=True)))
        rows = {pair: row for row, pair in enumerate(pairs)}
        pieces = self._pieces.pieces(pairs)
        axes, branches = self._axes, self._branches if with_ideas else None
        widths = {name: _widths(axes)[name] for name in AXES}
        beyond = {} if branches is None else _widths(branches)
        found = {name: np.zeros((len(pairs), width), dtype=np.float32) for name, width in (widths | beyond).items()}

        def read(batch: list[int]) -> None:
            ids = padded([pieces[row] for row in batch])
            answers = axes.run([*widths, *([TRUNK] if beyond else [])], {"ids": ids})
            if branches is not None:
                answers += branches.run(list(beyond), {"ids": ids, TRUNK: answers.pop()})
            for matrix, answer in zip(found.values(), answers, strict=True):
                matrix[batch] = answer[: len(batch)]

        read_in_batches([len(row) for row in pieces], BATCH_SIZE, read)
        back = [rows[pair] for pair in zip(texts, contexts, strict=True)]
        ideas = found.get("ideas", np.zeros((len(pairs), 0), dtype=np.float32))
        both = np.hstack([ideas, found.get(TITLES, np.zeros_like(ideas))])
        return PreciseReading(found["scores"][back].astype(np.float64), found["vectors"][back], both[back])


def _widths(session: Any) -> dict[str, int]:
    return {output.name: output.shape[-1] for output in session.get_outputs()}


def one_thread_session(model: bytes) -> Any:
    """An ONNX model opened for one thread: batches are read side by side instead."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # threads that share a product wait for each other more than they compute
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def padded(rows: list[list[int]], pad: int = PAD) -> npt.NDArray[np.int64]:
    """Ids in one matrix, filled with `pad`, whose shape moves no digit of what is read: products sum in another order
    for a single row (the first one comes twice) and at the end of a length that is no multiple of four."""
    longest = max(map(len, rows))
    matrix = np.full((max(2, len(rows)), -(-longest // LENGTH_STEP) * LENGTH_STEP), pad, dtype=np.int64)
    for row, ids in enumerate(rows if len(rows) > 1 else rows * 2):
        matrix[row, : len(ids)] = ids
    return matrix


GEMMA_START, GEMMA_PAD = 2, 0
GEMMA_MAX_TEXT_PIECES, GEMMA_MAX_CONTEXT_PIECES = 80, 28
HEADING, IDEA = "Rubrique :", "Idée :"
EMPTY = "…"
GEMMA_BATCH_SIZE = 4


class Pieces(NamedTuple):
    """Ids of an idea under its heading, and the place of the first piece of the text."""

    ids: list[int]
    text_start: int


class GemmaPieces:
    """Texts and contexts → ids of `Rubrique : context⏎Idée : text`, by the content of a tokenizer file alone: at most
    80 pieces of text and 28 of context, see `kept_of_context`."""

    def __init__(self, tokenizer: bytes) -> None:
        from tokenizers import Tokenizer

        self._tokenizer: Any = Tokenizer.from_buffer(tokenizer)

    def pieces(self, pairs: Sequence[tuple[str, str]]) -> list[Pieces]:
        """Ids of the pieces of each (text, context)."""
        texts = self._ids([_after_space(text[:MAX_TEXT_CHARACTERS].strip() or EMPTY) for text, _ in pairs])
        contexts = self._ids([_after_space(context[:MAX_CONTEXT_CHARACTERS].strip()) for _, context in pairs])
        heading, idea, after = self._ids([HEADING, IDEA, f"\n{IDEA}"])
        found = []
        for (_, context), text_ids, context_ids in zip(pairs, texts, contexts, strict=True):
            kept = kept_of_context(context, context_ids, GEMMA_MAX_CONTEXT_PIECES)
            before = [GEMMA_START, *heading, *kept, *after] if kept else [GEMMA_START, *idea]
            found.append(Pieces([*before, *text_ids[:GEMMA_MAX_TEXT_PIECES]], len(before)))
        return found

    def _ids(self, texts: Sequence[str]) -> list[list[int]]:
        return [found.ids for found in self._tokenizer.encode_batch(list(texts), add_special_tokens=False)]


class GemmaEncoder:
    """Text and context → scores of the five axes.

    `read_model` : gives the ONNX file, when it is first needed. `tokenizer` : the file of its pieces.
    """

    def __init__(self, read_model: Callable[[], bytes], tokenizer: bytes) -> None:
        self._read_model = read_model
        self._pieces = GemmaPieces(tokenizer)

    @cached_property
    def _session(self) -> Any:
        return one_thread_session(self._read_model())

    def open(self) -> None:
        """Read the model now; it is read when it is first asked otherwise."""
        _ = self._session

    def forget(self) -> None:
        """Free what it reads by, two hundred megabytes; it is opened again when it is asked."""
        self.__dict__.pop("_session", None)

    def scores(self, texts: Sequence[str], contexts: Sequence[str]) -> npt.NDArray[np.float64]:
        """Scores of the axes, shape (n, 5). Each distinct pair is read once, in batches of near lengths."""
        pairs = sorted(set(zip(texts, contexts, strict=True)))
        rows = {pair: row for row, pair in enumerate(pairs)}
        pieces = self._pieces.pieces(pairs)
        found = np.zeros((len(pairs), 5), dtype=np.float64)
        session = self._session

        def read(batch: list[int]) -> None:
            found[batch] = session.run(["scores"], gemma_inputs([pieces[row] for row in batch]))[0][: len(batch)]

        read_in_batches([len(row.ids) for row in pieces], GEMMA_BATCH_SIZE, read)
        return found[[rows[pair] for pair in zip(texts, contexts, strict=True)]]


def gemma_inputs(rows: Sequence[Pieces]) -> dict[str, npt.NDArray[Any]]:
    """Inputs of the graph: `ids` int64 (n, length) padded with `GEMMA_PAD`, `text_starts` (n,); two rows at least."""
    starts = [row.text_start for row in (rows if len(rows) > 1 else [*rows, *rows])]
    return {"ids": padded([row.ids for row in rows], GEMMA_PAD), "text_starts": np.array(starts, dtype=np.int64)}


def _after_space(text: str) -> str:
    return f" {text}" if text else ""


_TEXT, _BYTES = 9, 12  # as protobuf numbers the types of fields
_MESSAGES: Mapping[str, Mapping[str, tuple[int, int | str]]] = {
    "Model": {"graph": (7, "Graph")},
    "Graph": {"node*": (1, "Node"), "initializer*": (5, "Tensor"), "input*": (11, "Value"), "output*": (12, "Value")},
    "Node": {"input*": (1, _TEXT), "output*": (2, _TEXT), "op_type": (4, _TEXT)},
    "Tensor": {"name": (8, _TEXT)},
    "Value": {"name": (1, _TEXT), "type": (2, _BYTES)},
}
"""Of the messages of ONNX, the fields that are read, with their numbers and types; `*` for those that come again. The
others are kept as they are."""
_STATES = b"\x0a\x0a\x08\x01\x12\x06" + b"\x0a\x00" * 3
"""The type of a tensor of floating-point numbers that has three dimensions."""


def axes_part(model: bytes, n_layers: int = N_TRUNK_LAYERS) -> bytes:
    """What of a model gives `AXES`, and `TRUNK`: the states after its lower layers.

    Raises ValueError: not a serialised ONNX model, or one of fewer layers.
    """
    part, states = _opened(model, n_layers)
    _keep(part.graph, {*AXES, states}, "")
    part.graph.node.add(op_type="Identity", input=[states], output=[TRUNK])
    part.graph.output.add(name=TRUNK, type=_STATES)
    return bytes(part.SerializeToString())


def branches_part(model: bytes, n_layers: int = N_TRUNK_LAYERS) -> bytes:
    """What of a model gives `IDEAS` from `TRUNK`. Two serialised messages one after the other are one message that
    holds the nodes of both: another branch may follow.

    Raises ValueError: not a serialised ONNX model, or one of fewer layers.
    """
    part, states = _opened(model, n_layers)
    _keep(part.graph, {IDEAS}, states)
    part.graph.node.insert(0, type(part.graph.node[0])(op_type="Identity", input=[TRUNK], output=[states]))
    part.graph.input.add(name=TRUNK, type=_STATES)
    return bytes(part.SerializeToString())


def _opened(model: bytes, n_layers: int) -> tuple[Any, str]:
    from google.protobuf.message import DecodeError

    try:
        whole = _model_message().FromString(model)
    except DecodeError as error:
        raise ValueError(f"not a serialised ONNX model: {error}") from error
    norms = [node for node in whole.graph.node if node.op_type == "LayerNormalization"]
    if len(norms) <= 2 * n_layers:  # one for the pieces, then two a layer
        raise ValueError(f"{len(norms)} normalisations")
    return whole, norms[2 * n_layers].output[0]


def _keep(graph: Any, outputs: set[str], given: str) -> None:
    needed = set(outputs)
    for place in range(len(graph.node) - 1, -1, -1):  # they stand in the order in which they are computed
        if needed & {*graph.node[place].output} - {given, ""}:
            needed |= {*graph.node[place].input}
        else:
            del graph.node[place]
    for values, kept in ((graph.initializer, needed), (graph.output, outputs)):
        for place in range(len(values) - 1, -1, -1):
            if values[place].name not in kept:
                del values[place]


@cache
def _model_message() -> Any:
    from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

    file = descriptor_pb2.FileDescriptorProto(name="onnx.proto", package="onnx")
    for name, fields in _MESSAGES.items():
        message = file.message_type.add(name=name)
        for field, (number, kind) in fields.items():
            told = {"type_name": f".onnx.{kind}"} if isinstance(kind, str) else {"type": kind}
            message.field.add(name=field.rstrip("*"), number=number, label=3 if field[-1] == "*" else 1, **told)
    pool = descriptor_pool.DescriptorPool()
    pool.AddSerializedFile(file.SerializeToString())
    return message_factory.GetMessageClass(pool.FindMessageTypeByName("onnx.Model"))
