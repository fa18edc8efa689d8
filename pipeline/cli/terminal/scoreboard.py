"""Measures as a table in a terminal: value, bound, whether it is kept, and what stands behind a bound that is not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pipeline.cli.terminal.figures import number

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


def print_table(lines: Sequence[Line]) -> None:
    """Aligned columns: measure, value, bound, whether it is kept, detail."""
    rows = [("Mesure", "Valeur", "Borne", "Tenue", "Détail"), *(_row(line) for line in lines)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        label, value, bound, kept, detail = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        print(f"{label}  {value}  {bound}  {kept}  {detail}".rstrip())


def _row(line: Line) -> tuple[str, str, str, str, str]:
    if line.bound is None:
        return line.label, number(line.value), "", "", line.detail
    bound = f"{'≤' if line.is_ceiling else '≥'} {number(line.bound)}"
    return line.label, number(line.value), bound, "oui" if line.holds else "non", line.detail


def print_problems(missed: Sequence[Line]) -> None:
    """What was found under each bound that is not kept, five at most."""
    for line in missed:
        if line.problems:
            print(f"\n{line.label} :")
            for problem in line.problems[:PROBLEMS_SHOWN]:
                print(f"  · {problem}")
            if len(line.problems) > PROBLEMS_SHOWN:
                print(f"  · et {len(line.problems) - PROBLEMS_SHOWN} de plus")
