"""The fine-tuned encoder at run time: tokenizers and onnxruntime, both imported when first needed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from pipeline.classify.reading.pruning import pruned
from pipeline.execution import n_threads_here

MAX_TEXT_PIECES, MAX_CONTEXT_PIECES = 75, 24
START, PAD, END = 0, 1, 2
BATCH_SIZE = 32
LENGTH_STEP = 4
PREFIX = "query: "
MAX_TEXT_CHARACTERS, MAX_CONTEXT_CHARACTERS = 2000, 600


class PreciseReading(NamedTuple):
    """Scores of the axes, shape (n, 5); vectors for the facets, shape (n, 384); vectors of what is said, unit rows of
    shape (n, d), d = 0 for an encoder without that branch."""

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
    """

    def __init__(self, read_model: Callable[[], bytes], tokenizer_path: Path) -> None:
        self._read_model = read_model
        self._pieces = PieceReader(tokenizer_path)

    @cached_property
    def _whole(self) -> Any:
        return one_thread_session(self._read_model())

    @cached_property
    def _without_ideas(self) -> Any:
        return one_thread_session(pruned(self._read_model(), ("scores", "vectors")))

    @property
    def n_idea_dimensions(self) -> int:
        """Width of the vectors of what is said; 0 for an encoder without that branch."""
        return int(_widths(self._whole).get("ideas", 0))

    def encode(self, texts: Sequence[str], contexts: Sequence[str], with_ideas: bool = True) -> PreciseReading:
        """The reading of each text under its context. Each distinct pair is read once.

        Pairs are sorted by length and cut into batches, each read by one thread: no digit depends on the number of
        cores, nor on the other pairs (see `padded`).
        """
        pairs = sorted(set(zip(texts, contexts, strict=True)))
        rows = {pair: row for row, pair in enumerate(pairs)}
        pieces = self._pieces.pieces(pairs)
        session = self._whole if with_ideas else self._without_ideas
        found = {name: np.zeros((len(pairs), width), dtype=np.float32) for name, width in _widths(session).items()}

        def read(batch: list[int]) -> None:
            answers = session.run(list(found), {"ids": padded([pieces[row] for row in batch])})
            for matrix, answer in zip(found.values(), answers, strict=True):
                matrix[batch] = answer[: len(batch)]

        read_in_batches([len(row) for row in pieces], BATCH_SIZE, read)
        back = [rows[pair] for pair in zip(texts, contexts, strict=True)]
        ideas = found.get("ideas", np.zeros((len(pairs), 0), dtype=np.float32))
        return PreciseReading(found["scores"][back].astype(np.float64), found["vectors"][back], ideas[back])


def _widths(session: Any) -> dict[str, int]:
    return {output.name: output.shape[1] for output in session.get_outputs()}


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
