"""The heart of the rose, drawn to be read in a margin: a sector an axis, whose surface tells its ideas."""

from __future__ import annotations

from collections.abc import Mapping
from math import sqrt

from pipeline.axes import COMPASS_CODES, compass

_RADIUS = 78
_SECTOR = "M0 0L-.7071-.7071A1 1 0 0 1 .7071-.7071Z"
_PLACES = (
    (0, -_RADIUS - 22, "middle"),
    (_RADIUS + 8, -3, "start"),
    (0, _RADIUS + 20, "middle"),
    (-_RADIUS - 8, -3, "end"),
)
"""Where each axis is named, clockwise from Nord."""


def heart(ideas: Mapping[str, int]) -> str:
    """The drawing of the ideas of each axis, as svg; "" when there is none."""
    largest = max(ideas.values(), default=0)
    if not largest:
        return ""
    drawn = []
    for rank, (code, (x, y, anchor)) in enumerate(zip(COMPASS_CODES, _PLACES, strict=True)):
        axis, n = compass()[code], ideas.get(code, 0)
        scale = _RADIUS * sqrt(n / largest)
        drawn.append(
            f'<path transform="rotate({90 * rank}) scale({scale:.2f})" d="{_SECTOR}" fill="{axis.color}"/>'
            f'<text x="{x}" y="{y}" text-anchor="{anchor}" font-weight="700">{axis.name}'
            f'<tspan x="{x}" dy="16" font-weight="400">{n} idée{"s" if n > 1 else ""}</tspan></text>'
        )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="-160 -118 320 236" width="320" height="236" '
        'font-family="system-ui, sans-serif" font-size="14" fill="#2b2727" '
        f'role="img" aria-label="{heart_told(ideas)}">'
        f"{''.join(drawn)}</svg>"
    )


def heart_told(ideas: Mapping[str, int]) -> str:
    """The same in words."""
    return "Idées par axe\u00a0: " + ", ".join(f"{compass()[code].name} {ideas.get(code, 0)}" for code in COMPASS_CODES)
