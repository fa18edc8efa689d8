"""Text measured, wrapped and made safe; colours that are read; files that hold their fonts."""

import io
import os
import sys
from xml.etree import ElementTree

import pytest
from pypdf import PdfReader
from readable import texts

from pipeline.axes import COMPASS_CODES, compass
from pipeline.errors import UsageError
from pipeline.restitution.figures.canvas import (
    INK,
    SOFT,
    Par,
    backend,
    contrast,
    draw_voted,
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
    assert max(wide for *_, wide in block.profile()) <= 100
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


@pytest.mark.usefixtures("drawn_anew")
def test_a_page_has_its_size_its_font_and_its_words_the_same_each_time() -> None:
    drawing = svg(1123, 1588, "Affiche", "", set_in(900, Par("Gras", 20, bold=True), Par("Été en forêt", 20)).at(0, 0))
    assert b"font/woff2;base64," in drawing
    made = pdf(drawing, 841.89, 1190.55, "Affiche")
    assert {pdf(drawing, 841.89, 1190.55, "Affiche") for _ in range(8)} == {made}
    page = PdfReader(io.BytesIO(made)).pages[0]
    assert [round(float(side)) for side in page.mediabox[2:]] == [842, 1191]
    assert "Été en forêt" in page.extract_text()
    assert b"LiberationSans" in made


def test_drawing_leaves_the_fonts_of_other_programs_where_they_were(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FONTCONFIG_FILE", "/ailleurs/fonts.conf")
    backend()
    assert os.environ["FONTCONFIG_FILE"] == "/ailleurs/fonts.conf"
    monkeypatch.delenv("FONTCONFIG_FILE")
    backend()
    assert "FONTCONFIG_FILE" not in os.environ


def test_without_the_drawing_library_the_reader_is_told_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    with pytest.raises(UsageError, match=r"vl-convert-python.*rien n'a été écrit"):
        backend()


def test_what_was_voted_is_shown_as_far_as_it_holds() -> None:
    voted = [(f"{TITLE} {rank}", 40 - rank, 0) for rank in range(40)]
    shown = texts(draw_voted(voted, 360, 500))
    assert shown[:2] == ["40", f"{TITLE} 0"]
    assert 2 < len(shown) < 40


def test_votes_against_are_counted_apart() -> None:
    drawing = draw_voted([("Un four à pain", 9, 0), ("Un parking", 2, 6)], 360, 500)
    assert texts(drawing) == ["pour", "contre", "9", "0", "Un four à pain", "2", "6", "Un parking"]
