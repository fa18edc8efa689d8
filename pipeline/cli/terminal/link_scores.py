"""What is told of objections and supports on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.cli.terminal.figures import number
from pipeline.cli.terminal.scoreboard import Line

if TYPE_CHECKING:
    from pipeline.config import GroupsFloors


def side_lines(sides: dict[str, dict[str, float]], floors: GroupsFloors) -> list[Line]:
    """Objections and supports that are proposed to people, then those told without their word."""
    return [
        Line(
            f"{name}, {what}, précision",
            found[f"precision_{bound}"],
            floor,
            detail=f"rappel {number(found[f'recall_{bound}'])}, {found[f'n_{bound}']:.0f} liens",
        )
        for kind, name in (("objects", "Objections"), ("supports", "Soutiens"))
        for found in (sides[kind],)
        for bound, what, floor in (
            ("kept", "proposées" if kind == "objects" else "proposés", floors.positions_proposees),
            ("told", "racontées" if kind == "objects" else "racontés", floors.positions_racontees),
        )
    ]
