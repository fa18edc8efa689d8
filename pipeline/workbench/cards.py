"""Cards of models: Markdown pages in French, filled by Jinja templates from the figures of `metrics.json`.

A template of `templates/` extends `card.md.j2`, which holds what every card says, and gives its blocks `title` and
`body`. Templates see the filter `number` and the function `table` of this module.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from pipeline.learned import METRICS

CARD, NOTES = "card.md", "notes.md"
"""Beside the weights of a model and its measures: its card, and what people wrote of it."""


def number(value: float | None) -> str:
    """Two decimals as French writes them, "–" for None."""
    return "–" if value is None else f"{value:.2f}".replace(".", ",").replace("-", "−")


def table(header: Sequence[str], rows: Sequence[Sequence[Any]], right: bool = False) -> str:
    """A Markdown table; figures may stand on the right of the columns after the first."""
    rule = ["---", *["---:" if right else "---"] * (len(header) - 1)]
    return "\n".join(f"| {' | '.join(map(str, row))} |" for row in (header, rule, *rows))


def card(template: str, **values: Any) -> str:
    """Markdown of the card that a template makes of some values; one that it names and that is missing is an error."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701  (Markdown for the repository, from figures of ours)
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["number"] = number
    environment.globals["table"] = table
    return environment.get_template(template).render(**values).strip() + "\n"


def write_card(folder: Path, metrics: Mapping[str, Any], told: str) -> None:
    """Write `metrics.json` and `card.md` into the folder of a model."""
    (folder / METRICS).write_text(json.dumps(metrics, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    (folder / CARD).write_text(told, encoding="utf-8")
