"""Measures as a table for people, in French: value, bound, whether it is kept, what stands behind one that is not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

PROBLEMS_SHOWN = 5


class Line(NamedTuple):
    """One measure for people; `bound` is None when nothing is asked of it."""

    label: str
    value: float
    bound: float | None = None
    is_ceiling: bool = False
    detail: str = ""
    problems: Sequence[str] = ()

    @property
    def holds(self) -> bool:
        """Whether the bound is kept, to nine decimals."""
        if self.bound is None:
            return True
        gap = round(self.value - self.bound, 9)
        return gap <= 0 if self.is_ceiling else gap >= 0


def number(value: float) -> str:
    """Three decimals as French writes them: `0,500`."""
    return f"{value:.3f}".replace(".", ",").replace("-", "−")


def table(lines: Sequence[Line]) -> list[str]:
    """Rows of aligned columns: measure, value, bound, whether it is kept, detail."""
    rows = [("Mesure", "Valeur", "Borne", "Tenue", "Détail")]
    for line in lines:
        bound, holds = "", ""
        if line.bound is not None:
            bound, holds = f"{'≤' if line.is_ceiling else '≥'} {number(line.bound)}", "oui" if line.holds else "non"
        rows.append((line.label, number(line.value), bound, holds, line.detail))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def problems(missed: Sequence[Line]) -> list[str]:
    """What was found under each bound that is not kept, five at most."""
    told = []
    for line in missed:
        if line.problems:
            told += [f"\n{line.label} :", *(f"  · {problem}" for problem in line.problems[:PROBLEMS_SHOWN])]
            if len(line.problems) > PROBLEMS_SHOWN:
                told.append(f"  · et {len(line.problems) - PROBLEMS_SHOWN} de plus")
    return told
