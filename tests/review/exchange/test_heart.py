"""The heart of the rose in a margin."""

from __future__ import annotations

import re
from math import isclose

from pipeline.review.app.draft import heart, heart_told


def test_surfaces_tell_the_ideas_and_each_axis_is_named() -> None:
    ideas = {"nord": 25, "est": 100, "sud": 1, "ouest": 0}
    drawn = heart(ideas)
    north, east, south, west = (float(scale) for scale in re.findall(r"scale\(([\d.]+)\)", drawn))
    assert isclose(north, east / 2) and isclose(south, east / 10) and west == 0
    assert re.findall(r">(\w+)<tspan[^>]+>([^<]+)<", drawn) == [
        ("Nord", "25 idées"), ("Est", "100 idées"), ("Sud", "1 idée"), ("Ouest", "0 idée")
    ]  # fmt: skip
    assert heart_told(ideas) in drawn and heart_told(ideas).endswith("Nord 25, Est 100, Sud 1, Ouest 0")
    assert heart({}) == heart({"nord": 0}) == ""
