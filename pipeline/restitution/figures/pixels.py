"""A png of few colours made light: its 256 commonest colours in a palette, each other one as the nearest of them."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from typing import Any

import numpy as np

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_OPAQUE = struct.pack(">BBBBB", 8, 6, 0, 0, 0)
"""What the converter makes: eight bits, red green blue and opacity, not interlaced."""
_LEFT = 1
"""The filter that it uses: each pixel less the one on its left."""
_COLORS_MAX = 256
Array = np.ndarray[Any, np.dtype[Any]]


def lightened(png: bytes) -> bytes:
    """The same picture with a palette; as it was given when it is of another kind, or lets any ground show."""
    chunks = dict(_chunks(png))
    width, height = struct.unpack(">II", chunks[b"IHDR"][:8])
    rows = np.frombuffer(zlib.decompress(chunks[b"IDAT"]), np.uint8).reshape(height, -1)
    if chunks[b"IHDR"][8:] != _OPAQUE or (rows[:, 0] != _LEFT).any():
        return png
    pixels = np.cumsum(rows[:, 1:].reshape(height, width, 4), axis=1, dtype=np.uint8)
    if (pixels[:, :, 3] != 255).any():
        return png
    colors, places = _palette(pixels[:, :, :3])
    drawn = np.zeros((height, width + 1), np.uint8)  # before each row, that it is not filtered
    drawn[:, 1:] = places
    kept = [(name, chunks[name]) for name in (b"pHYs",) if name in chunks]
    header = chunks[b"IHDR"][:8] + struct.pack(">BBBBB", 8, 3, 0, 0, 0)
    picture = (b"IDAT", zlib.compress(drawn.tobytes(), 9))
    made = [(b"IHDR", header), (b"PLTE", colors.tobytes()), *kept, picture, (b"IEND", b"")]
    return _SIGNATURE + b"".join(_chunk(name, content) for name, content in made)


def _palette(pixels: Array) -> tuple[Array, Array]:
    """The colours kept, and the rank of the colour of each pixel; flat surfaces are read run by run."""
    codes = (pixels.astype(np.uint32) @ np.array([1 << 16, 1 << 8, 1], np.uint32)).ravel()
    starts = np.flatnonzero(np.concatenate([[True], codes[1:] != codes[:-1]]))
    lengths = np.diff(np.append(starts, codes.size))
    found, ranks = np.unique(codes[starts], return_inverse=True)
    commonest = np.lexsort((found, -np.bincount(ranks, lengths)))[:_COLORS_MAX]
    every = np.stack([found >> 16, found >> 8 & 255, found & 255], axis=1).astype(np.int64)
    away = ((every[:, None, :] - every[commonest][None, :, :]) ** 2).sum(axis=2)
    nearest = away.argmin(axis=1)
    return every[commonest].astype(np.uint8), np.repeat(nearest[ranks], lengths).reshape(pixels.shape[:2])


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Names and contents, the pieces of the picture as one."""
    place, picture = len(_SIGNATURE), b""
    while place < len(png):
        (size,) = struct.unpack(">I", png[place : place + 4])
        name, content = png[place + 4 : place + 8], png[place + 8 : place + 8 + size]
        picture += content if name == b"IDAT" else b""
        yield name, picture if name == b"IDAT" else content
        place += 12 + size


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
