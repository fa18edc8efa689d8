"""The fine-tuned encoder at run time: tokenizers and onnxruntime, both imported when first needed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

MAX_TEXT_PIECES, MAX_CONTEXT_PIECES = 75, 24
START, PAD, END = 0, 1, 2
BATCH_SIZE = 32
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
                is_path = ">" in context
                kept = context_pieces.ids[-MAX_CONTEXT_PIECES:] if is_path else context_pieces.ids[:MAX_CONTEXT_PIECES]
                ids += [*kept, END]
            found.append(ids)
        return found


class PreciseEncoder:
    """Text and context → scores of the five axes, the pooled vector that the facet heads read, what is said."""

    def __init__(self, encoder_path: Path, tokenizer_path: Path, n_threads: int = 0) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = n_threads
        options.log_severity_level = 3
        self._session: Any = onnxruntime.InferenceSession(
            encoder_path.read_bytes(), options, providers=["CPUExecutionProvider"]
        )
        self._pieces = PieceReader(tokenizer_path)
        shapes = {output.name: output.shape for output in self._session.get_outputs()}
        self.n_idea_dimensions = int(shapes["ideas"][1]) if "ideas" in shapes else 0

    def encode(self, texts: Sequence[str], contexts: Sequence[str]) -> PreciseReading:
        """The reading of each text under its context. Each distinct pair is read once."""
        pairs = sorted(set(zip(texts, contexts, strict=True)))
        rows = {pair: row for row, pair in enumerate(pairs)}
        pieces = self._pieces.pieces(pairs)
        order = sorted(range(len(pairs)), key=lambda row: (len(pieces[row]), row))
        scores = np.zeros((len(pairs), 5), dtype=np.float64)
        vectors = np.zeros((len(pairs), 384), dtype=np.float32)
        ideas = np.zeros((len(pairs), self.n_idea_dimensions), dtype=np.float32)
        outputs = ["scores", "vectors", *(["ideas"] if self.n_idea_dimensions else [])]
        for start in range(0, len(order), BATCH_SIZE):
            batch = order[start : start + BATCH_SIZE]
            found = self._session.run(outputs, {"ids": padded([pieces[row] for row in batch])})
            scores[batch], vectors[batch] = found[:2]
            if self.n_idea_dimensions:
                ideas[batch] = found[2]
        back = [rows[pair] for pair in zip(texts, contexts, strict=True)]
        return PreciseReading(scores[back], vectors[back], ideas[back])


def padded(rows: list[list[int]]) -> npt.NDArray[np.int64]:
    """Ids in one matrix, filled with `PAD`."""
    matrix = np.full((len(rows), max(map(len, rows))), PAD, dtype=np.int64)
    for row, ids in enumerate(rows):
        matrix[row, : len(ids)] = ids
    return matrix
