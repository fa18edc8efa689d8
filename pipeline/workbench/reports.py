"""Measures told in French: cards of models, and lines with their bounds.

Cards are Markdown pages, filled by Jinja templates from the figures of `metrics.json`.

A template of `templates/` extends `card.md.j2`, which holds what every card says, and gives its blocks `title` and
`body`. Templates see the filter `number` and the function `table` of this module.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from pipeline.learned import METRICS

CARD, NOTES = "card.md", "notes.md"
"""Beside the weights of a model and its measures: its card, and what people wrote of it."""


def number(value: float | None, decimals: int = 3) -> str:
    """A number as French writes it, "–" for None."""
    return "–" if value is None else f"{value:.{decimals}f}".replace(".", ",").replace("-", "−")


def table(header: Sequence[str], rows: Sequence[Sequence[object]], right: bool = False) -> str:
    """A Markdown table; `right` aligns all columns but the first."""
    rule = ["---", *["---:" if right else "---"] * (len(header) - 1)]
    return "\n".join(f"| {' | '.join(map(str, row))} |" for row in (header, rule, *rows))


@dataclass(frozen=True)
class Card:
    """The card of a model: a template, which sees `metrics`, each measure by its name, `notes`, what people wrote of
    it, and what is given here; a name that is missing is an error.

    Attributes
    ----------
    constants : by name.
    """

    template: str
    constants: Mapping[str, Any] = field(default_factory=dict)

    def told(self, folder: Path, metrics: Mapping[str, Any]) -> str:
        """The card of the model of a folder, from some measures."""
        environment = Environment(
            loader=FileSystemLoader(Path(__file__).parent / "templates"),
            undefined=StrictUndefined,
            autoescape=False,  # noqa: S701  (Markdown for the repository, from figures of ours)
            trim_blocks=True,
            lstrip_blocks=True,
        )
        environment.filters["number"] = partial(number, decimals=2)
        environment.globals["table"] = table
        notes = folder / NOTES
        written = notes.read_text(encoding="utf-8").rstrip("\n") if notes.is_file() else ""
        values = {**metrics, **self.constants, "metrics": metrics, "notes": written}
        return environment.get_template(self.template).render(**values).strip() + "\n"

    def write(self, folder: Path, metrics: Mapping[str, Any]) -> None:
        """Write `metrics.json` and `card.md` into the folder of a model."""
        (folder / METRICS).write_text(json.dumps(metrics, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        (folder / CARD).write_text(self.told(folder, metrics), encoding="utf-8")


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


def aligned(lines: Sequence[Line]) -> list[str]:
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
