"""What the colours of a wall stand for."""

import numpy as np
import pandas as pd

from pipeline.axes import AXIS_CODES
from pipeline.classify.reading.colours import NO_COLOUR, walls_and_colours, weighed_by_colour

NORD, EST, SUD = (AXIS_CODES.index(code) for code in ("nord", "est", "sud"))


def chances(*rows: dict[str, float]) -> np.ndarray:
    left = [(1 - sum(row.values())) / (len(AXIS_CODES) - len(row)) for row in rows]
    return np.array([[row.get(code, rest) for code in AXIS_CODES] for row, rest in zip(rows, left, strict=True)])


PROPOSALS, OBSTACLES = [{"sud": 0.9}] * 12, [{"est": 0.9}] * 12
A_WISH = {"nord": 0.6, "sud": 0.3}
"""« Un café qui tourne de commune en commune »: is it there, or wanted?"""


def weighed(rows: list[dict[str, float]], colours: list[int]) -> np.ndarray:
    return weighed_by_colour(chances(*rows), np.zeros(len(rows), dtype=np.int64), np.array(colours))


def test_a_card_in_doubt_is_what_its_colour_stands_for() -> None:
    rows = [*PROPOSALS, *OBSTACLES, A_WISH]
    assert weighed(rows, [0] * 12 + [1] * 12 + [0])[-1].argmax() == SUD
    assert weighed(rows, [0] * 12 + [1] * 12 + [1])[-1].argmax() == NORD


def test_a_card_that_says_plainly_what_it_is_stays_so() -> None:
    rows = [*PROPOSALS, *OBSTACLES, {"est": 0.97}]
    assert weighed(rows, [0] * 12 + [1] * 12 + [0])[-1].argmax() == EST


def test_colours_that_stand_for_nothing_move_nothing() -> None:
    rows = [*PROPOSALS, *OBSTACLES, A_WISH]
    assert weighed(rows, [*([0, 1] * 12), 0])[-1].argmax() == NORD


def test_two_cards_tell_little_of_their_colour() -> None:
    rows = [*PROPOSALS, *OBSTACLES, {"nord": 0.55, "sud": 0.35}, {"sud": 0.6}]
    assert weighed(rows, [0] * 24 + [1] * 2)[-2].argmax() == NORD


def test_each_wall_has_its_own_colours_and_the_order_of_rows_moves_no_digit() -> None:
    rows = chances(*PROPOSALS, *OBSTACLES, *([A_WISH] * 8))
    walls, colours = np.repeat([0, 1], [24, 8]), np.repeat([0, 1, 2], [12, 12, 8])
    found = weighed_by_colour(rows, walls, colours)
    assert (found[24:].argmax(axis=1) == NORD).all()
    order = np.random.default_rng(0).permutation(len(rows))
    assert (weighed_by_colour(rows[order], walls[order], colours[order]) == found[order]).all()


def test_only_cards_have_a_colour() -> None:
    table = pd.DataFrame(
        {
            "channel": ["postit", "postit", "enquete", "postit", "postit"],
            "source": ["a.csv", "a.csv", "a.csv", "b.csv", "b.csv"],
            "attributes": [
                '{"Couleur": "rose"}',
                '{"BG Color": "#fff"}',
                '{"Couleur": "rose"}',
                '{"Couleur": "rose"}',
                "{}",
            ],
        }
    )
    walls, colours = walls_and_colours(table)
    assert [walls[row] == walls[0] for row in range(5)] == [True, True, False, False, False]
    assert len({*colours[[0, 1, 3]].tolist()}) == 3
    assert colours[[2, 4]].tolist() == [NO_COLOUR, NO_COLOUR]
    assert (walls_and_colours(table.drop(columns="attributes"))[1] == NO_COLOUR).all()
