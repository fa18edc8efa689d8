"""The second encoder of `precis` at run time, an optional part: without its folder, the first one reads alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from pipeline.classify.reading.precise import kept_of_context, one_thread_session, read_in_batches

START, PAD = 2, 0
MAX_TEXT_PIECES, MAX_CONTEXT_PIECES = 80, 28
MAX_TEXT_CHARACTERS, MAX_CONTEXT_CHARACTERS = 2000, 600
HEADING, IDEA = "Rubrique :", "Idée :"
EMPTY = "…"
BATCH_SIZE = 16


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
            kept = kept_of_context(context, context_ids, MAX_CONTEXT_PIECES)
            before = [START, *heading, *kept, *after] if kept else [START, *idea]
            found.append(Pieces([*before, *text_ids[:MAX_TEXT_PIECES]], len(before)))
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

    def scores(self, texts: Sequence[str], contexts: Sequence[str]) -> npt.NDArray[np.float64]:
        """Scores of the axes, shape (n, 5). Each distinct pair is read once, in batches of near lengths."""
        pairs = sorted(set(zip(texts, contexts, strict=True)))
        rows = {pair: row for row, pair in enumerate(pairs)}
        pieces = self._pieces.pieces(pairs)
        found = np.zeros((len(pairs), 5), dtype=np.float64)
        session = self._session

        def read(batch: list[int]) -> None:
            found[batch] = session.run(["scores"], padded([pieces[row] for row in batch]))[0][: len(batch)]

        read_in_batches([len(row.ids) for row in pieces], BATCH_SIZE, read)
        return found[[rows[pair] for pair in zip(texts, contexts, strict=True)]]


def padded(rows: Sequence[Pieces]) -> dict[str, npt.NDArray[Any]]:
    """Inputs of the graph: `ids` int64 (n, length) filled with `PAD`, `text_starts` int64 (n,); two rows at least."""
    kept = rows if len(rows) > 1 else [*rows, *rows]
    ids = np.full((len(kept), -(-max(len(row.ids) for row in kept) // 4) * 4), PAD, dtype=np.int64)
    for place, row in enumerate(kept):
        ids[place, : len(row.ids)] = row.ids
    return {"ids": ids, "text_starts": np.array([row.text_start for row in kept], dtype=np.int64)}


def _after_space(text: str) -> str:
    """The text as it stands after a colon; nothing for nothing."""
    return f" {text}" if text else ""
