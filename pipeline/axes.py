"""The compass as data: codes, names, mottos, facets, order and colours, read from `configs/axes.toml`."""

import tomllib
from dataclasses import dataclass
from functools import cache

from pipeline.resources import configs

NORD, EST, SUD, OUEST, HORS_AXE = "nord", "est", "sud", "ouest", "hors_axe"
AXIS_CODES: tuple[str, ...] = (NORD, EST, SUD, OUEST, HORS_AXE)
"""The five labels, in the order of every probability vector of the project."""

COMPASS_CODES: tuple[str, ...] = AXIS_CODES[:4]
"""The four axes of the rose, clockwise from the top."""


@dataclass(frozen=True)
class Axis:
    """One axis: `code` in tables, `name` and `motto` for readers, `facet_names` (code → name), `color` as #RRGGBB;
    `heading` is what it holds, in words, which tables that type in the room may write under; "" for none."""

    code: str
    name: str
    motto: str
    facet_names: dict[str, str]
    color: str
    heading: str

    @property
    def section(self) -> str:
        """The title of its section."""
        return f"{self.name} : {self.heading[:1].lower()}{self.heading[1:]}"

    @property
    def facets(self) -> tuple[str, ...]:
        """Codes of the facets, in order."""
        return tuple(self.facet_names)


@cache
def compass() -> dict[str, Axis]:
    """All five axes by code, in the order of `AXIS_CODES`.

    Raises ValueError: `configs/axes.toml` lists others, or in another order.
    """
    with (configs() / "axes.toml").open("rb") as file:
        rows = tomllib.load(file)["axes"]
    axes = {
        row["code"]: Axis(
            row["code"], row["nom"], row["devise"], dict(row["facettes"]), row["couleur"], row["rubrique"]
        )
        for row in rows
    }
    if tuple(axes) != AXIS_CODES:
        raise ValueError(f"configs/axes.toml must list {AXIS_CODES} in this order, found {tuple(axes)}")
    return axes


def facet_codes() -> tuple[str, ...]:
    """Every facet of every axis, in order."""
    return tuple(facet for axis in compass().values() for facet in axis.facets)


def facet_name(code: str) -> str:
    """The name of a facet, for readers; the code itself when `configs/axes.toml` no longer has it."""
    return next((axis.facet_names[code] for axis in compass().values() if code in axis.facet_names), code)
