"""The files of a figure: the same each time, safe in a spreadsheet."""

from __future__ import annotations

import struct

import pytest

from pipeline.restitution.figures.canvas import Par, set_in
from pipeline.restitution.figures.figure import Figure, both_shapes, csv_bytes


def _figure() -> Figure:
    drawn = both_shapes("Titre", "Clef", "Ce qu’on voit", lambda width, _: set_in(width, Par("Été", 20)).at(0, 0))
    return Figure("essai", "Titre", "Ce qu’on voit", ("A",), (("1",),), *drawn)


def test_a_figure_is_drawn_wide_and_square_at_twice_its_size() -> None:
    files = _figure().files()
    assert set(files) == {"essai.csv", "essai.svg", "essai.png", "essai_carre.svg", "essai_carre.png"}
    assert struct.unpack(">II", files["essai.png"][16:24]) == (2560, 1440)
    assert struct.unpack(">II", files["essai_carre.png"][16:24]) == (2160, 2160)
    assert _figure().files() == files


@pytest.mark.parametrize("cell", ["=1+1", "+33", "-2", "@cmd", "\tx"])
def test_no_cell_is_a_formula(cell: str) -> None:
    assert csv_bytes([[cell, "une idée"]]).decode("utf-8-sig").startswith(("'", "\"'"))
