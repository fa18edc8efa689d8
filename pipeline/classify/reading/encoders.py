"""The fine-tuned encoders at run time: tokenizers and onnxruntime, both imported when first needed.

The second one is an optional part: without its folder, the first one reads alone. The first has three branches above
the layers that stay as they were pretrained: its own, for the axes, that of ideas, and that of titles, which is learnt
by itself and stands in a file of its own.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
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
    """Texts and contexts → ids of their pieces, by a tokenizer file alone.

    Gives `<s> query: text </s> context </s>`: at most 75 pieces of text (its prefix included) and 24 of context, the
    last ones of a path of headings, the first ones of a question.
    """

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

    Parameters
    ----------
    read_model : gives the ONNX file, when it is first needed.
    tokenizer_path : the file of its pieces.
    read_titles : gives the file of the branch of titles; None without one.
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
        """What reads the states of the trunk; opened for who wants what is said."""
        branches = branches_part(self._read_model()) + (b"" if self._read_titles is None else self._read_titles())
        return one_thread_session(branches)

    def open(self) -> None:
        """Read the model now; it is read when it is first asked otherwise."""
        _ = self._axes, self._branches

    @property
    def n_idea_dimensions(self) -> int:
        """Width of the vectors of what is said."""
        return _widths(self._branches)["ideas"]

    def encode(self, texts: Sequence[str], contexts: Sequence[str], with_ideas: bool = True) -> PreciseReading:
        """The reading of each text under its context. Each distinct pair is read once.

        Pairs are sorted by length and cut into batches, each read by one thread: no digit depends on the number of
        cores, nor on the other pairs (see `padded`).
        """
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


def padded(rows: list[list[int]]) -> npt.NDArray[np.int64]:
    """Ids in one matrix, filled with `PAD`, whose shape moves no digit of what is read.

    Products of matrices sum in another order for a single row and at the end of a length that is no multiple of four:
    there are two rows at least (the first one twice), and the length is such a multiple.
    """
    longest = max(map(len, rows))
    matrix = np.full((max(2, len(rows)), -(-longest // LENGTH_STEP) * LENGTH_STEP), PAD, dtype=np.int64)
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
    """Texts and contexts → ids of `Rubrique : context⏎Idée : text`, by the content of a tokenizer file alone.

    At most 80 pieces of text and 28 of context, the last ones of a path of headings, the first ones of a question.
    """

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

    Parameters
    ----------
    read_model : gives the ONNX file, when it is first needed.
    tokenizer : the file of its pieces.
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
    kept = rows if len(rows) > 1 else [*rows, *rows]
    ids = np.full((len(kept), -(-max(len(row.ids) for row in kept) // 4) * 4), GEMMA_PAD, dtype=np.int64)
    for place, row in enumerate(kept):
        ids[place, : len(row.ids)] = row.ids
    return {"ids": ids, "text_starts": np.array([row.text_start for row in kept], dtype=np.int64)}


def _after_space(text: str) -> str:
    """The text as it stands after a colon; nothing for nothing."""
    return f" {text}" if text else ""


_MODEL_GRAPH, _GRAPH_NODE, _GRAPH_INPUT, _GRAPH_OUTPUT = 7, 1, 11, 12
_NODE_INPUT, _NODE_OUTPUT, _NODE_TYPE, _VALUE_NAME, _VALUE_TYPE = 1, 2, 4, 1, 2
_CONSTANT, _CONSTANT_NAME = 5, 8
_STATES = b"\x0a\x0a\x08\x01\x12\x06" + b"\x0a\x00" * 3
"""The type of a tensor of floating-point numbers that has three dimensions."""
_VARINT, _FIXED_64, _BYTES, _FIXED_32 = 0, 1, 2, 5
Piece = bytes | memoryview


def axes_part(model: Piece, n_layers: int = N_TRUNK_LAYERS) -> bytes:
    """What of a model gives `AXES`, and `TRUNK`: the states after its lower layers.

    Raises ValueError: not a serialised ONNX model, or one of fewer layers.
    """
    named = _renamed(_states(model, n_layers), TRUNK) + _value(_GRAPH_OUTPUT, TRUNK)
    return _part(model, AXES, _states(model, n_layers)) + _field(_MODEL_GRAPH, named)


def branches_part(model: Piece, n_layers: int = N_TRUNK_LAYERS) -> bytes:
    """What of a model gives `IDEAS` from `TRUNK`. Two serialised messages one after the other are one message that
    holds the nodes of both: another branch may follow.

    Raises ValueError: not a serialised ONNX model, or one of fewer layers.
    """
    states = _states(model, n_layers)
    named = _value(_GRAPH_INPUT, TRUNK) + _renamed(TRUNK, states)
    return _field(_MODEL_GRAPH, named) + _part(model, (IDEAS,), given=states)


def _states(model: Piece, n_layers: int) -> str:
    """The name of the states after so many layers."""
    norms = [
        content
        for number, graph, _ in _fields(model)
        if number == _MODEL_GRAPH
        for field, content, _ in _fields(graph)
        if field == _GRAPH_NODE and "LayerNormalization" in _names(content, _NODE_TYPE)
    ]
    if len(norms) <= 2 * n_layers:  # one for the pieces, then two a layer
        raise ValueError(f"{len(norms)} normalisations")
    return next(iter(_names(norms[2 * n_layers], _NODE_OUTPUT)))


def _renamed(name: str, other: str) -> bytes:
    """The node that gives a value another name."""
    named = _field(_NODE_INPUT, name.encode()) + _field(_NODE_OUTPUT, other.encode())
    return _field(_GRAPH_NODE, named + _field(_NODE_TYPE, b"Identity"))


def _value(field: int, name: str) -> bytes:
    return _field(field, _field(_VALUE_NAME, name.encode()) + _field(_VALUE_TYPE, _STATES))


def _part(model: Piece, outputs: Collection[str], wanted: str = "", given: str = "") -> bytes:
    """What a model needs for some outputs and one value more, those that make what is given left out."""
    return b"".join(
        _field(number, _part_of_graph(content, outputs, wanted, given)) if number == _MODEL_GRAPH else whole
        for number, content, whole in _fields(model)
    )


def _part_of_graph(graph: Piece, outputs: Collection[str], wanted: str, given: str) -> bytes:
    fields = list(_fields(graph))
    needed = {*outputs, wanted}
    kept: set[int] = set()
    for place in range(len(fields) - 1, -1, -1):  # nodes stand in the order in which they are computed
        number, content, _ = fields[place]
        if number == _GRAPH_NODE and needed & _names(content, _NODE_OUTPUT) - {given}:
            needed |= _names(content, _NODE_INPUT)
            kept.add(place)
        elif number == _GRAPH_OUTPUT:
            kept |= {place} if _names(content, _VALUE_NAME) & set(outputs) else set()
        elif number != _GRAPH_NODE:
            kept.add(place)
    unused = {at for at in kept if fields[at][0] == _CONSTANT and not needed & _names(fields[at][1], _CONSTANT_NAME)}
    return b"".join(fields[place][2] for place in sorted(kept - unused))


def _names(message: Piece, number: int) -> set[str]:
    return {bytes(content).decode() for found, content, _ in _fields(message) if found == number and content}


def _field(number: int, content: bytes) -> bytes:
    return b"".join((_varint(number << 3 | _BYTES), _varint(len(content)), content))


def _fields(message: Piece) -> Iterator[tuple[int, Piece, Piece]]:
    """Number, content (of those that have a length, else nothing) and whole bytes of each field, none copied."""
    message, place = memoryview(message), 0
    while place < len(message):
        start = place
        tag, place = _read_varint(message, place)
        number, kind, content = tag >> 3, tag & 7, message[:0]
        if kind == _VARINT:
            _, place = _read_varint(message, place)
        elif kind == _BYTES:
            length, place = _read_varint(message, place)
            content = message[place : place + length]
            place += length
        elif kind in (_FIXED_64, _FIXED_32):
            place += 8 if kind == _FIXED_64 else 4
        else:
            raise ValueError(f"unexpected wire type {kind}")
        if place > len(message):
            raise ValueError("message cut short")
        yield number, content, message[start:place]


def _read_varint(message: Piece, place: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        if place >= len(message):
            raise ValueError("message cut short")
        byte = message[place]
        place += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, place
        shift += 7


def _varint(value: int) -> bytes:
    coded = bytearray()
    while value > 0x7F:
        coded.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*coded, value])
