"""What the colours of a wall stand for, pink for obstacles, yellow for proposals: the chances of a card are multiplied
by how much likelier each axis is on the others of its colour than on the whole wall, as they are read (empirical
Bayes)."""

import json
import re
from math import fsum

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.axes import AXIS_CODES, HORS_AXE
from pipeline.classify.reading.calibration import DECIMALS, Scores

_NAME = re.compile(r"couleur|colou?r", re.IGNORECASE)
_PRIOR = 4.0
"""Cards like those of the whole wall that each colour counts as having: few cards tell little of their colour."""
NO_COLOUR = -1


def walls_and_colours(contributions: pd.DataFrame) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """The wall, and the colour on it, of each contribution, as numbers; `NO_COLOUR` for what is no card of a colour."""
    if "attributes" not in contributions:
        none = np.full(len(contributions), NO_COLOUR, dtype=np.int64)
        return none, none
    told = contributions["attributes"].where(contributions["channel"].eq("postit"), None).tolist()
    colours = pd.Series(list(map(_colour, told)), dtype=object)
    sources = contributions["source"].reset_index(drop=True).where(colours.notna(), None)
    both = pd.DataFrame({"wall": sources, "colour": colours})
    on_wall, of_colour = both.groupby(["wall"]).ngroup(), both.groupby(["wall", "colour"]).ngroup()
    numbers = [np.asarray(one.fillna(NO_COLOUR), dtype=np.int64) for one in (on_wall, of_colour)]
    return numbers[0], numbers[1]


def _colour(attributes: object) -> str | None:
    if not isinstance(attributes, str) or _NAME.search(attributes) is None:
        return None
    told = json.loads(attributes)
    return next((str(value) for name, value in told.items() if value and _NAME.search(name)), None)


def weighed_by_colour(chances: Scores, walls: npt.NDArray[np.int64], colours: npt.NDArray[np.int64]) -> Scores:
    """The chances, shape (n, 5), of ideas on the walls and colours of these numbers, weighed by what each colour stands
    for, whatever the order of the rows; that something is off every axis is no colour's to say."""
    found = chances.copy()
    for wall in _alike(walls, np.flatnonzero(colours != NO_COLOUR)):
        whole = _sum(chances[wall]) / len(wall) + 10.0**-DECIMALS
        for rows in _alike(colours, wall):
            others = _sum(chances[rows]) - chances[rows]
            ratio = (others + _PRIOR * whole) / (len(rows) - 1 + _PRIOR) / whole
            ratio[:, AXIS_CODES.index(HORS_AXE)] = 1.0
            moved = chances[rows] * ratio
            found[rows] = np.round(moved / moved.sum(axis=1, keepdims=True), DECIMALS)
    return found


def _alike(numbers: npt.NDArray[np.int64], rows: npt.NDArray[np.int64]) -> list[npt.NDArray[np.int64]]:
    order = rows[np.argsort(numbers[rows], kind="stable")]
    return [part for part in np.split(order, np.flatnonzero(np.diff(numbers[order])) + 1) if len(part)]


def _sum(chances: Scores) -> Scores:
    return np.array([fsum(column) for column in chances.T.tolist()])
