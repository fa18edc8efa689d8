"""Templates: every value is escaped; our own words are typeset, participants' words never."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from pipeline.axes import compass, facet_name
from pipeline.contracts.labels import (
    CHANNEL_NAMES,
    GROUP_STATE_NAMES,
    LINK_KIND_NAMES,
    STANCE_NAMES,
    doubt_told,
    title_told,
)
from pipeline.language.text.typography import NO_BREAK, THIN, typeset
from pipeline.review.exchange.own_words import asked_as, group_of, how_told, item_of
from pipeline.review.log.op import shortened
from pipeline.stances.counting import told_sides


def make_environment(folder: Path = Path(__file__).parent / "templates", **names: Any) -> Environment:
    """Templates of a folder, autoescaped, that fail on an unknown name; `names` are known to all of them."""
    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"shortened": shortened, "number": number, "moment": moment, "typeset": typeset}
    environment.globals |= {
        "axes": compass(), "channels": CHANNEL_NAMES, "states": GROUP_STATE_NAMES, "stances": STANCE_NAMES,
        "link_kinds": LINK_KIND_NAMES,
        "nb": Markup(NO_BREAK), "fine": Markup(THIN),  # noqa: S704  (spaces of ours)
    }  # fmt: skip
    environment.globals |= {
        "facet_name": facet_name, "n_of": n_of, "percent": percent, "decimal": decimal, "group_of": group_of,
        "item_of": item_of, **names,
    }  # fmt: skip
    environment.globals |= {
        "asked_as": asked_as, "doubt_told": doubt_told, "how_told": how_told, "title_told": title_told,
        "sides_told": told_sides,
    }  # fmt: skip
    return environment


def number(value: Any) -> str:
    """A whole number with thin thousands."""
    return f"{value:,}".replace(",", THIN)


def n_of(n: int, singular: str, plural: str | None = None) -> str:
    """A count in figures, which the eye finds faster than words, and its noun; `plural` adds an s when not given."""
    return f"{number(n)}{NO_BREAK}{singular if n < 2 else plural or singular + 's'}"


def percent(share: float) -> str:
    """A share in [0, 1] as a percentage without decimals."""
    return f"{round(100 * share)}{NO_BREAK}%"


def decimal(value: float) -> str:
    """A number with two decimals and a comma."""
    return f"{value:.2f}".replace(".", ",")


def moment(timestamp: str) -> str:
    """A time of the log as this computer's clock shows it: `12/03, 14 h 05`; as it is when it cannot be read."""
    try:
        local = datetime.fromisoformat(timestamp).astimezone()
    except ValueError:
        return timestamp
    return f"{local:%d/%m}, {local.hour}{NO_BREAK}h{NO_BREAK}{local:%M}"
