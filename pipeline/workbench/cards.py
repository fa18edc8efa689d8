"""Cards of models: Markdown pages in French, filled by Jinja templates from the figures of `metrics.json`.

A template of `templates/` extends `card.md.j2`, which holds what every card says, and gives its blocks `title` and
`body`. Templates see the filter `number` and the function `table` of this module.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from pipeline.learned import METRICS

CARD, NOTES = "card.md", "notes.md"
"""Beside the weights of a model and its measures: its card, and what people wrote of it."""


def number(value: float | None) -> str:
    """Two decimals as French writes them, "–" for None."""
    return "–" if value is None else f"{value:.2f}".replace(".", ",").replace("-", "−")


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
    constants : by name. derived : folder and measures → what is made of them, by name.
    """

    template: str
    constants: Mapping[str, Any] = field(default_factory=dict)
    derived: Callable[[Path, Mapping[str, Any]], Mapping[str, Any]] = lambda _folder, _metrics: {}

    def told(self, folder: Path, metrics: Mapping[str, Any]) -> str:
        """The card of the model of a folder, from some measures."""
        environment = Environment(
            loader=FileSystemLoader(Path(__file__).parent / "templates"),
            undefined=StrictUndefined,
            autoescape=False,  # noqa: S701  (Markdown for the repository, from figures of ours)
            trim_blocks=True,
            lstrip_blocks=True,
        )
        environment.filters["number"] = number
        environment.globals["table"] = table
        notes = folder / NOTES
        written = notes.read_text(encoding="utf-8").rstrip("\n") if notes.is_file() else ""
        values = {**metrics, **self.constants, **self.derived(folder, metrics), "metrics": metrics, "notes": written}
        return environment.get_template(self.template).render(**values).strip() + "\n"

    def write(self, folder: Path, metrics: Mapping[str, Any]) -> None:
        """Write `metrics.json` and `card.md` into the folder of a model."""
        (folder / METRICS).write_text(json.dumps(metrics, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        (folder / CARD).write_text(self.told(folder, metrics), encoding="utf-8")
