"""The grid and what was voted: as much as holds, whole."""

from __future__ import annotations

from readable import texts

from pipeline.restitution.figures.canvas import draw_grid, draw_voted

LONG = "Les aides à domicile ne trouvent plus à se loger dans les communes où elles travaillent chaque jour"
RED, GREEN = "#B5472F", "#2F7D5B"


def test_a_grid_says_every_number() -> None:
    drawing = draw_grid(["Table 1", "Enquête"], [("Nord", RED), ("Est", GREEN)], [[0, 12], [3, 4]], 1000, 400)
    assert texts(drawing) == ["Nord", "Est", "Table 1", "0", "12", "Enquête", "3", "4"]


def test_what_was_voted_is_shown_as_far_as_it_holds() -> None:
    voted = [(f"{LONG} {rank}", 40 - rank, 0) for rank in range(40)]
    shown = texts(draw_voted(voted, 360, 500))
    assert shown[:2] == ["40", f"{LONG} 0"]
    assert 2 < len(shown) < 40


def test_votes_against_are_counted_apart() -> None:
    drawing = draw_voted([("Un four à pain", 9, 0), ("Un parking", 2, 6)], 360, 500)
    assert texts(drawing) == ["pour", "contre", "9", "0", "Un four à pain", "2", "6", "Un parking"]
