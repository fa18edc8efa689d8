"""The natures of obstacles and proposals as data: codes and what each tells, read from `configs/natures.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache

from pipeline.resources import configs

OTHER = "autre"
"""The nature of an obstacle or a proposal that has none of the others."""


@cache
def natures() -> Mapping[str, Mapping[str, str]]:
    """Axis → code → what it tells, in French, in order; an axis that is not there has no natures."""
    with (configs() / "natures.toml").open("rb") as file:
        return {axis: dict(codes) for axis, codes in tomllib.load(file).items()}


def nature_codes() -> tuple[str, ...]:
    """Every code of every axis, once, in order."""
    return tuple(dict.fromkeys(code for codes in natures().values() for code in codes))
