"""What was voted: as much as holds, whole."""

from __future__ import annotations

from readable import texts

from pipeline.restitution.figures.canvas import draw_voted

LONG = "Les aides à domicile ne trouvent plus à se loger dans les communes où elles travaillent chaque jour"


def test_what_was_voted_is_shown_as_far_as_it_holds() -> None:
    voted = [(f"{LONG} {rank}", 40 - rank, 0) for rank in range(40)]
    shown = texts(draw_voted(voted, 360, 500))
    assert shown[:2] == ["40", f"{LONG} 0"]
    assert 2 < len(shown) < 40


def test_votes_against_are_counted_apart() -> None:
    drawing = draw_voted([("Un four à pain", 9, 0), ("Un parking", 2, 6)], 360, 500)
    assert texts(drawing) == ["pour", "contre", "9", "0", "Un four à pain", "2", "6", "Un parking"]
