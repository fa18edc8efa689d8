"""Pictures made light: the same colours in the same places, a palette instead of four numbers a pixel."""

from __future__ import annotations

import struct
import zlib

import numpy as np

from pipeline.restitution.figures.canvas import backend
from pipeline.restitution.figures.pixels import lightened

DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="200"><rect width="300" height="200" fill="#FFF"/>'
    '<rect width="150" height="200" fill="#B5452D"/><circle cx="150" cy="100" r="60" fill="#123456"/>'
    '<text x="20" y="30" font-size="20">Vingt-six lettres</text></svg>'
)


def rows_of(png: bytes, per_pixel: int) -> np.ndarray:
    start = png.index(b"IDAT")
    (size,) = struct.unpack(">I", png[start - 4 : start])
    rows = np.frombuffer(zlib.decompress(png[start + 4 : start + 4 + size]), np.uint8)
    return rows.reshape(-1, 1 + 300 * per_pixel)[:, 1:]


def test_a_figure_keeps_its_colours_and_loses_its_weight() -> None:
    whole = backend().svg_to_png(DRAWING, scale=1)
    light = lightened(whole)
    assert light[25] == 3 and len(light) < len(whole) / 1.5  # a palette
    start = light.index(b"PLTE")
    (size,) = struct.unpack(">I", light[start - 4 : start])
    colors = np.frombuffer(light[start + 4 : start + 4 + size], np.uint8).reshape(-1, 3)
    before = np.cumsum(rows_of(whole, 4).reshape(200, 300, 4), axis=1, dtype=np.uint8)[:, :, :3]
    after = colors[rows_of(light, 1)]
    assert (before == after).all() if len(colors) < 256 else (before == after).mean() > 0.99
    assert after[100, 150].tolist() == [0x12, 0x34, 0x56] and after[190, 10].tolist() == [0xB5, 0x45, 0x2D]
    assert lightened(light) == light  # of another kind than the converter's


def test_a_picture_that_lets_the_ground_show_is_left_as_it_is() -> None:
    clear = backend().svg_to_png('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>', scale=1)
    assert lightened(clear) == clear
