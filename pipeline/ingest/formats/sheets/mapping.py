"""What the columns of a table are taken for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.ingest.formats.records import ColumnChoice

if TYPE_CHECKING:
    from pipeline.ingest.formats.sheets.dialects import Dialect
    from pipeline.ingest.formats.sheets.told_columns import Told

SINGLE_ROLES = ("table", "voix", "votes", "votes_contre", "groupe", "date")
ROLE_NAMES = {"votes_contre": "votes contre", "groupe": "groupe donné"}
"""Roles whose name for people is another."""


@dataclass
class Mapping:
    """Positions of the columns by role; `text` pairs a position with the context its heading gives ("" for none).

    `assumed` names the columns of text that nothing but their cells point to. In a survey, a row is a person's.
    `dialect` is that of a known tool, `told` what it says of the columns, where it says it.
    `missing` are columns of `atelier.toml` that this sheet lacks, where another may have them.
    """

    text: list[tuple[int, str]] = field(default_factory=list)
    context: list[int] = field(default_factory=list)
    single: dict[str, int] = field(default_factory=dict)
    attributes: list[int] = field(default_factory=list)
    choices: list[ColumnChoice] = field(default_factory=list)
    assumed: list[str] = field(default_factory=list)
    is_survey: bool = False
    has_one_table_a_row: bool = False
    finished_at: int | None = None
    missing: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    dialect: Dialect | None = None
    told: Told | None = None

    @property
    def tool(self) -> str:
        """The tool that the table comes from, "" when unknown."""
        return self.dialect.nom if self.dialect is not None else ""

    def choose(self, name: str, role: str, reason: str) -> None:
        """Note what a column was taken for."""
        self.choices.append(ColumnChoice(name, role, reason))


@dataclass(frozen=True)
class Sheet:
    """A sheet of a workbook.

    `may_lack` : columns that `atelier.toml` names for the whole file; another sheet may have them.
    """

    source: str
    name: str = ""
    may_lack: frozenset[str] = frozenset()

    @property
    def place(self) -> str:
        """What stands before the place of a cell, for people."""
        return f"feuille « {self.name} », " if self.name else ""
