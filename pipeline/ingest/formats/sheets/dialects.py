"""What the tools of the field call the columns of their exports: `configs/outils.toml`, read and recognised."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from pydantic import BaseModel, ConfigDict

from pipeline.resources import configs
from pipeline.tables.columns import header_key
from pipeline.tables.grids import Row
from pipeline.toml_files import read_toml

_LANGUAGE = re.compile(r"/(?P<code>[a-z]{2,3})(?:-[a-z]{2,4})?$")
_FRENCH = "fr"


class _Closed(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SetAside(_Closed):
    """Rows that are nobody's words: those that hold one of `valeurs` in `colonne`, or anything when there are none."""

    colonne: str
    valeurs: tuple[str, ...] = ()
    motif: str
    detail: str

    def holds(self, cell: str) -> bool:
        """Whether a cell is of such a row."""
        said = cell.strip().lower()
        return said in self.valeurs if self.valeurs else bool(said)


class Translated(_Closed):
    """A column that is kept under a French name, with its values in French."""

    colonne: str
    nom: str
    valeurs: dict[str, str] = {}


class Dialect(_Closed):
    """One table of a tool; the keys are told at the top of `configs/outils.toml`."""

    nom: str
    colonnes: tuple[str, ...]
    premiere_colonne: tuple[str, ...] = ()
    nature: str = "enquête"
    canal: Literal["postit", "note", "enquete"] = "enquete"
    achevee: str = ""
    titres_au_dessus: bool = False
    signes: dict[str, str] = {}
    suites: tuple[str, ...] = ()
    texte: tuple[str, ...] = ()
    joindre: bool = False
    titre: str = ""
    contexte: tuple[str, ...] = ()
    groupe: tuple[str, ...] = ()
    votes: tuple[str, ...] = ()
    votes_contre: tuple[str, ...] = ()
    date: tuple[str, ...] = ()
    voix: tuple[str, ...] = ()
    ecartees: tuple[str, ...] = ()
    a_part: tuple[SetAside, ...] = ()
    traduites: tuple[Translated, ...] = ()
    nomme: str = ""
    identifiant: str = ""
    repond_a: tuple[str, ...] = ()
    sans_parole: str = ""

    def is_that_of(self, names: list[str], sample: list[Row]) -> bool:
        """Whether a table with these headings and first rows is this one."""
        if not all(columns_called(names, name) for name in self.colonnes):
            return False
        first = {header_key(row[0]) for row in sample if row}
        return all(header_key(name) in first for name in self.premiere_colonne)

    def decoded(self, row: Row) -> Row:
        """A row without the signs of the tool."""
        return [self._decoded(cell) if "{" in cell else cell for cell in row] if self.signes else row

    def _decoded(self, cell: str) -> str:
        for sign, said in self.signes.items():
            cell = cell.replace(sign, said)
        return cell

    def without_suffix(self, name: str) -> str | None:
        """The question that a column of free words goes with (`Et sinon ? [Autre]`); None for another column."""
        key = header_key(name)
        return next((name[: -len(one)].strip() for one in self.suites if key.endswith(one) and key != one), None)


def columns_called(names: list[str], asked: str) -> list[int]:
    """The columns of a name, by position: itself, then in French, then in the other languages (`title`, `title/fr`).

    A name that ends with `/*` is that of all columns that it begins.
    """
    key = header_key(asked.removesuffix("*"))
    found: list[tuple[int, int]] = []
    for at, name in enumerate(names):
        other = header_key(name)
        rest = other.removeprefix(key)
        code = _LANGUAGE.fullmatch(rest)
        if other == key:
            found.append((0, at))
        elif rest != other and (code or asked.endswith("/*")):
            found.append((1 if code and code["code"] == _FRENCH else 2, at))
    return [at for _, at in sorted(found)]


@cache
def dialects() -> tuple[Dialect, ...]:
    """Those of `configs/outils.toml`, in order."""
    return tuple(Dialect.model_validate(one) for one in read_toml(configs() / "outils.toml")["outils"])


def recognised(names: list[str], sample: list[Row]) -> Dialect | None:
    """The dialect of a table, by its headings; None for a table of no known tool."""
    return next((one for one in dialects() if one.is_that_of(names, sample)), None)
