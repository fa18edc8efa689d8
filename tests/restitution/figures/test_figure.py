"""The files of a figure: the same each time, safe in a spreadsheet."""

from __future__ import annotations

import struct

import pytest
from labelled import true_of
from workshop_told import hand_made

from pipeline.restitution.figures.canvas import SQUARE, WIDE, Par, set_in, slide
from pipeline.restitution.figures.rose import Figure, csv_bytes, subjects_of
from pipeline.restitution.material.kinship import Kinship


def _figure() -> Figure:
    wide, square = (
        slide(size, "Titre", "Clef", "Ce qu’on voit", lambda width, _: set_in(width, Par("Été", 20)).at(0, 0))
        for size in (WIDE, SQUARE)
    )
    return Figure("essai", "Titre", "Ce qu’on voit", ("A",), (("1",),), wide, square)


@pytest.mark.usefixtures("drawn_anew")
def test_a_figure_is_drawn_wide_and_square_at_twice_its_size() -> None:
    files = _figure().files()
    assert set(files) == {"essai.csv", "essai.svg", "essai.png", "essai_carre.svg", "essai_carre.png"}
    assert struct.unpack(">II", files["essai.png"][16:24]) == (1280, 720)
    assert struct.unpack(">II", files["essai_carre.png"][16:24]) == (1080, 1080)
    assert _figure().files() == files


test_no_cell_is_a_formula = true_of(
    lambda cell: csv_bytes([[cell, "une idée"]]).decode("utf-8-sig").startswith(("'", "\"'")),
    "=1+1",
    "+33",
    "-2",
    "@cmd",
    "\tx",
)


def test_a_subject_counts_the_ideas_of_which_its_title_is_true_of_two_contributions_at_least() -> None:
    material = hand_made()
    kinship = Kinship(material)
    found = subjects_of(material, kinship)
    counts = [subject.n for subject in found]
    assert counts == sorted(counts, reverse=True)
    for subject in found:
        assert 0 < subject.n <= len(kinship(subject.group))
        assert len({item.contribution_id for item in subject.members}) > 1
