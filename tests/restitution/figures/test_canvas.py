"""Text measured, wrapped and made safe; colours that are read; files that hold their fonts."""

from __future__ import annotations

import io
import struct
import zlib
from xml.etree import ElementTree

import numpy as np
import pytest
from pypdf import PdfReader
from readable import texts

from pipeline.axes import COMPASS_CODES, compass
from pipeline.restitution.figures.canvas import (
    INK,
    SOFT,
    Par,
    backend,
    contrast,
    lightened,
    on,
    pdf,
    set_in,
    svg,
    tint,
    width_of,
)

TITLE = "Les personnes qui n’ont pas de voiture ne vont plus chez le médecin"


def test_a_title_wraps_and_reads_whole() -> None:
    block = set_in(200, Par(TITLE, 20))
    lines = block.pars[0][1]
    assert len(lines) > 2
    assert all(width_of(line, 20) <= 200 for line in lines)
    assert texts(block.at(0, 0)) == [TITLE]


def test_a_word_longer_than_a_line_is_cut_and_whole() -> None:
    word = "https" + "x" * 80
    block = set_in(100, Par(f"Voir {word}", 20))
    assert block.width <= 100
    assert texts(block.at(0, 0)) == [f"Voir {word}"]


def test_bold_is_measured_wider() -> None:
    assert width_of("iiii", 1000) == 4 * 222
    assert width_of(TITLE, 20, bold=True) > width_of(TITLE, 20)


@pytest.mark.parametrize("words", ["<script>alert(1)</script>", '"><img src=x onerror=1>', "a & b\x00\x0b]]>"])
def test_words_of_others_stay_words(words: str) -> None:
    drawing = svg(100, 100, words, words, set_in(900, Par(words, 20)).at(0, 0))
    tree = ElementTree.fromstring(drawing)
    kinds = {element.tag.rpartition("}")[2] for element in tree.iter()}
    assert kinds == {"svg", "title", "desc", "style", "rect", "text", "tspan"}
    assert set(tree.attrib) == {"width", "height", "viewBox", "role", "lang", "aria-label", "font-family"}


def test_words_are_read_on_every_colour() -> None:
    for code in COMPASS_CODES:
        color = compass()[code].color
        assert contrast(on(color), color) >= 4.5
        for share in range(61):
            assert contrast(on(tint(color, share / 100)), tint(color, share / 100)) >= 4.5
        assert min(contrast(INK, tint(color)), contrast(SOFT, tint(color))) >= 4.5


def test_black_and_white_are_21_apart() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)


def test_a_page_has_its_size_its_font_and_its_words_the_same_each_time() -> None:
    drawing = svg(1123, 1588, "Affiche", "", set_in(900, Par("Gras", 20, bold=True), Par("Été en forêt", 20)).at(0, 0))
    assert b"font/woff2;base64," in drawing
    made = pdf(drawing, 841.89, 1190.55, "Affiche")
    assert {pdf(drawing, 841.89, 1190.55, "Affiche") for _ in range(8)} == {made}
    page = PdfReader(io.BytesIO(made)).pages[0]
    assert [round(float(side)) for side in page.mediabox[2:]] == [842, 1191]
    assert "Été en forêt" in page.extract_text()
    assert b"LiberationSans" in made


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
