"""What table contracts are made of: columns, their types and domains, and short ways to write them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import pandas as pd

DTYPES = {"text": "string[pyarrow]", "int": "Int64", "float": "float64", "bool": "boolean", "list": "object"}


@dataclass(frozen=True)
class Column:
    """One column: its name, kind (a key of `DTYPES`), whether it may be missing, its domain."""

    name: str
    kind: str
    nullable: bool = False
    domain: tuple[str, ...] | None = None
    minimum: float | None = None
    maximum: float | None = None


@dataclass(frozen=True)
class TableSchema:
    """One artefact: columns in order, the columns of its key, and rules over the whole frame.

    A rule is `(sentence, predicate)`: the sentence says what must hold, the predicate gets the frame.
    """

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    rules: tuple[tuple[str, Callable[[pd.DataFrame], bool]], ...] = field(default=())

    @property
    def column_names(self) -> list[str]:
        """The names, in order."""
        return [column.name for column in self.columns]


def text(name: str, domain: tuple[str, ...] | None = None) -> Column:
    """A text column that is always given."""
    return Column(name, "text", domain=domain)


def optional(name: str, kind: str = "text", domain: tuple[str, ...] | None = None) -> Column:
    """A column that may be missing in some rows."""
    return Column(name, kind, nullable=True, domain=domain)


def count(name: str, nullable: bool = False) -> Column:
    """A whole number, 0 or more."""
    return Column(name, "int", nullable=nullable, minimum=0)


def share(name: str, nullable: bool = False) -> Column:
    """A number in [0, 1]."""
    return Column(name, "float", nullable=nullable, minimum=0.0, maximum=1.0)
