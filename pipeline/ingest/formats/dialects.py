"""What the tools of the field call the columns of their exports (`configs/outils.toml`), and what their rows say."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from pipeline.config import Closed
from pipeline.ingest.formats.markup import says_words
from pipeline.resources import configs
from pipeline.tables.columns import header_key
from pipeline.tables.grids import Row
from pipeline.toml_files import read_toml

_LANGUAGE = re.compile(r"/(?P<code>[a-z]{2,3})(?:-[a-z]{2,4})?$")
_FRENCH = "fr"
_JOINT = " + "


class SetAside(Closed):
    """Rows that are nobody's words: those that hold one of `valeurs` in `colonne`, or anything when there are none."""

    colonne: str
    valeurs: tuple[str, ...] = ()
    motif: str
    detail: str

    def holds(self, cell: str) -> bool:
        """Whether a cell is of such a row."""
        said = cell.strip().lower()
        return said in self.valeurs if self.valeurs else bool(said)


class Translated(Closed):
    """A column that is kept under a French name, with its values in French."""

    colonne: str
    nom: str
    valeurs: Mapping[str, str] = {}


class Dialect(Closed):
    """One table of a tool; the keys are told at the top of `configs/outils.toml`."""

    nom: str
    colonnes: tuple[str, ...]
    premiere_colonne: tuple[str, ...] = ()
    canal: Literal["postit", "note", "enquete"] = "enquete"
    achevee: str = ""
    titres_au_dessus: bool = False
    signes: Mapping[str, str] = {}
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
    position: str = ""
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
        for sign, said in self.signes.items():
            row = [cell.replace(sign, said) for cell in row]
        return row

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


@dataclass
class Layout:
    """A dialect laid over the columns of one table, by position.

    Attributes
    ----------
    languages : column that is read → the others that say the same thing in other languages, in order of preference.
    title : that of a text, None without.
    joined : columns whose words go after those of the first column of text.
    aside : rows to set aside, by a column.
    values : column → its values in French.
    number : the column of the number of a row. answers : columns that name what a row answers: an address, or a kind
        and a number.
    """

    dialect: Dialect
    languages: dict[int, list[int]] = field(default_factory=dict)
    title: int | None = None
    text: int = 0
    joined: list[int] = field(default_factory=list)
    aside: list[tuple[int, SetAside]] = field(default_factory=list)
    values: dict[int, tuple[str, Mapping[str, str]]] = field(default_factory=dict)
    number: int | None = None
    answers: list[tuple[int, ...]] = field(default_factory=list)

    def lay_rows_out(self, names: list[str]) -> None:
        """Find the columns by which the dialect translates rows, numbers them, links them and sets them aside."""
        dialect = self.dialect
        for translated in dialect.traduites:
            self.values |= dict.fromkeys(
                columns_called(names, translated.colonne), (translated.nom, translated.valeurs)
            )
        if dialect.identifiant:
            self.number = next(iter(columns_called(names, dialect.identifiant)), None)
        for one in dialect.repond_a:
            places = [columns_called(names, part) for part in one.split(_JOINT)]
            if all(places):
                self.answers.append(tuple(found[0] for found in places))
        for aside in dialect.a_part:
            self.aside += [(at, aside) for at in columns_called(names, aside.colonne)[:1]]

    def row(self, cells: Row) -> Row:
        """A row as it is read: one language, what is joined joined, its title for text when it says nothing else."""
        said = list(cells)
        for at, others in self.languages.items():
            said[at] = next((cells[other] for other in (at, *others) if cells[other].strip()), "")
        if self.joined:
            said[self.text] = "\n".join(said[at].strip() for at in (self.text, *self.joined) if said[at].strip())
        if self.title is not None and said[self.title].strip() and not says_words(said[self.text]):
            said[self.text], said[self.title] = said[self.title], ""
        for at, (_, values) in self.values.items():
            said[at] = values.get(said[at].strip(), said[at])
        return said

    def why_aside(self, cells: Row) -> tuple[str, str] | None:
        """(reason, detail) of a row that is set aside, None for the others."""
        return next(((one.motif, one.detail) for at, one in self.aside if one.holds(cells[at])), None)

    def own_name(self, cells: Row) -> str:
        """What others call this row to answer it, "" for nothing."""
        return thread_name(self.dialect.nomme, cells[self.number]) if self.number is not None else ""

    def answered(self, cells: Row) -> tuple[str, ...]:
        """What this row may answer, the surest first."""
        names = []
        for columns in self.answers:
            kind, *number = (cells[at].strip() for at in columns)
            if not number and "/" not in kind:
                kind, number = self.dialect.nomme, [kind]
            elif not number:  # an address: `https://…/proposals/42`
                kind, _, last = kind.split("?")[0].split("#")[0].rstrip("/").rpartition("/")
                number = [last] if last.isdecimal() else [""]
            names.append(thread_name(kind, number[0]))
        return tuple(filter(None, names))


def thread_name(kind: str, number: str) -> str:
    """One name for `Decidim::Proposals::Proposal` 42, `proposals/42` and `Proposal` 42; "" without a number."""
    last = kind.rstrip("/").replace(":", "/").rpartition("/")[2].lower().removesuffix("s")
    return f"{last}/{number.strip()}" if number.strip() and last else ""
