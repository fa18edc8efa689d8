"""Titles that a person gives: lines of text, tables, `[themes]` of `atelier.toml`, columns of a wall."""

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from pipeline.axes import COMPASS_CODES, compass
from pipeline.contracts.tables import ORIGINS
from pipeline.contracts.titles import PERSON
from pipeline.errors import RefusedFileError, UsageError
from pipeline.language.text.folding import fold
from pipeline.place.titles import Given, Line, axis_of, checked, unknown_axis
from pipeline.tables import frames
from pipeline.tables.columns import TABLES_OF_TITLES, TEXTS_OF_TITLES, header_key, is_titles_file
from pipeline.tables.reading import guarded, read_text
from pipeline.toml_files import read_toml

SHEET = "atelier.toml"

_BULLET = re.compile(r"^\s*(?:[-*•–—▪◦·]|\d{1,3}[.)])\s+")
_HEADING = re.compile(r"^\s*(#{1,6})\s*(.+?)\s*#*\s*$")
_LEVELS = re.compile(r"\s+[>›]\s+")
_SEVERAL = re.compile(r"\s*(?:\n|\|)\s*")
_NEARLY = 0.7
COLUMNS = {
    "title": ("titre", "titres", "title", "intitule", "theme", "themes", "code", "libelle"),
    "axis": ("axe", "axis", "axes"),
    "rubric": ("rubrique", "rubric", "categorie", "famille", "chapitre"),
    "examples": ("exemples", "exemple", "examples"),
    "refused": ("pas", "contre-exemples", "contre exemples", "sauf", "refused"),
    "origin": ("origine", "origin"),
    "title_id": ("id", "title_id", "identifiant"),
}
"""What each column of a table of titles may be called."""


def read_titles(path: Path, source: str = "") -> list[Line]:
    """The titles of a file, as they stand there.

    Raises UsageError: no such file, or one of another kind; RefusedFileError: it cannot be read, or no column holds
    titles.

    `source` : what people call it.
    """
    name = source or path.name
    if not path.is_file():
        raise UsageError(f"Fichier de titres introuvable : {path}. Vérifiez le chemin.")
    if path.suffix.lower() in TEXTS_OF_TITLES:
        return list(lines_of_text(guarded(name, lambda: read_text(path, name), "texte"), name))
    if path.suffix.lower() in TABLES_OF_TITLES:
        return lines_of_table(frames.read_table(path), name)
    raise UsageError(
        f"{name} : ce n'est pas un fichier de titres. Attendu : "
        f"{', '.join((*TEXTS_OF_TITLES, *TABLES_OF_TITLES))}, un titre par ligne."
    )


class _Row(NamedTuple):
    """A line that is not blank: its number, its indent, its level as a heading (0 for none), what it says."""

    number: int
    depth: int
    level: int
    said: str


_UNDER_ALL = 9
"""The level of a heading that ends in a colon, below those with signs."""


def _rows_of(text: str) -> list[_Row]:
    rows: list[_Row] = []
    for number, line in enumerate(text.split("\n"), start=1):
        flat = line.expandtabs(4)
        heading, said = _HEADING.match(flat), _BULLET.sub("", flat).strip()
        if heading:
            rows.append(_Row(number, 0, len(heading[1]), heading[2].rstrip(" :\u00a0\u202f")))
        elif said:
            level = _UNDER_ALL if said.endswith(":") or axis_of(said) is not None else 0
            rows.append(_Row(number, len(flat) - len(flat.lstrip()), level, said.rstrip(" :\u00a0\u202f")))
    is_name = bool(rows) and 0 < rows[0].level < min((row.level for row in rows[1:] if row.level), default=0)
    return rows[1:] if is_name and axis_of(rows[0].said) is None else rows  # the name of the whole


def lines_of_text(text: str, source: str) -> Iterator[Line]:
    """The titles of a text, one a line.

    `# Est`, `Est :` or `Est` alone opens an axis; `# Transports` or `Transports :` a rubric, and so does a line with
    others indented under it; `Rubrique > titre` says both.
    """
    axis, rubric = (0, ""), (0, "")
    above: list[tuple[int, str]] = []
    rows = _rows_of(text)
    for row, below in zip(rows, [*rows, _Row(0, 0, 1, "")][1:], strict=True):
        where, code = f"{source}, ligne {row.number}", axis_of(row.said)
        if row.level:
            above = []
            if code is not None:
                axis, rubric = (row.level, code), rubric if rubric[0] < row.level else (0, "")
                continue
            axis = axis if axis[0] < row.level or row.level == _UNDER_ALL else (0, "")
            rubric = (0, "")
            if _is_nearly_an_axis(row.said):
                axis = (0, "")
                yield Line(where, row.said, wrong=unknown_axis(row.said))
                continue
            if not below.level or below.level > row.level:
                rubric = (row.level, row.said)
                continue
        while above and above[-1][0] >= row.depth:
            above.pop()
        if not row.level and not below.level and below.depth > row.depth:
            above.append((row.depth, row.said))
            continue
        own, wider, title = _levels(row.said)
        yield Line(where, title, own or axis[1], wider or (above[-1][1] if above else rubric[1]))


def _levels(said: str) -> tuple[str, str, str]:
    parts = [part for part in _LEVELS.split(said) if part] or [said]
    own = axis_of(parts[0]) if len(parts) > 1 else None
    return own or "", parts[-2] if len(parts) > 1 + bool(own) else "", parts[-1]


def _is_nearly_an_axis(said: str) -> bool:
    if all(axis_of(part) is not None for part in re.split(r"[\s/&+–-]+", said)):
        return True
    return len(said.split()) == 1 and bool(difflib.get_close_matches(fold(said), COMPASS_CODES, 1, _NEARLY))


def lines_of_table(frame: pd.DataFrame, source: str) -> list[Line]:
    """The titles of a table: `titre`, and where they are, `axe`, `rubrique`, `exemples` and `pas`.

    Raises RefusedFileError: no column holds titles.
    """
    columns = {role: _column(frame, names) for role, names in COLUMNS.items()}
    if columns["title"] is None and len(frame.columns) == 1:  # a list without a heading: its first line is a title
        rows = [str(frame.columns[0]), *map(str, frame.iloc[:, 0])]
        return list(lines_of_text("\n".join(row.replace("\n", " ") for row in rows), source))
    if columns["title"] is None:
        raise RefusedFileError(
            source,
            f"aucune colonne ne porte de titres (colonnes\u00a0: {', '.join(map(str, frame.columns[:12]))})",
            "Attendu\u00a0: une colonne « titre », et si vous voulez « axe », « rubrique », « exemples », « pas ».",
        )
    found: list[Line] = []
    for number, row in enumerate(frame.to_dict("records"), start=2):
        cells = {role: str(row[name]).strip() if name is not None else "" for role, name in columns.items()}
        if not any(str(cell).strip() for cell in row.values()):
            continue
        several = (_SEVERAL.split(cells[name]) if cells[name] else () for name in ("examples", "refused"))
        examples, refused = map(tuple, several)
        origin = cells["origin"] if cells["origin"] in ORIGINS else PERSON
        where, title, axis, rubric = f"{source}, ligne {number}", cells["title"], cells["axis"], cells["rubric"]
        found.append(Line(where, title, axis, rubric, examples, refused, origin, cells["title_id"]))
    return found


def _column(frame: pd.DataFrame, names: Sequence[str]) -> Any:
    keys = {header_key(str(name)): name for name in reversed(list(frame.columns))}
    return next((keys[header_key(name)] for name in names if header_key(name) in keys), None)


def lines_of_toml(themes: Any, source: str) -> list[Line]:
    """The titles of `[themes]`: a list of titles; or by axis, by rubric, by both, each a list."""
    found: list[Line] = []

    def walk(value: Any, axis: str, rubric: str, where: str) -> None:
        if isinstance(value, str):
            found.append(Line(where, value, axis, rubric))
        elif isinstance(value, Mapping):
            for key, below in value.items():
                code = axis_of(str(key))
                inner = rubric if code or fold(str(key)) == "titres" else str(key)
                walk(below, code or axis, inner, f"{where}, {key}")
        elif isinstance(value, list):
            for one in value:
                walk(one, axis, rubric, where)
        else:
            found.append(Line(f"{where} (« {value} »)", ""))

    walk(themes, "", "", f"{source}, [themes]")
    return found


def usable(lines: Sequence[Line], source: str) -> Given:
    """The titles of a file that a person named. Raises UsageError: none can be used."""
    given = checked(lines)
    if not given.titles:
        told = "\n".join(f"  {one}" for one in given.told[:10])
        names = ", ".join(compass()[code].name for code in COMPASS_CODES)
        raise UsageError(
            f"{source} : aucun titre à lire. Attendu : un titre par ligne, sous « # Est » pour dire son axe ({names})."
            + (f"\n{told}" if told else "")
        )
    return given


def titles_of_corpus(files: Sequence[tuple[str, Path]]) -> Given:
    """The titles of a workshop: of its files of titles, then of its entry sheets; what cannot be read is told.

    `files` : name and place of the files of the corpus, in order (see `is_titles_file`, `WORKSHOP_FILE`).
    """
    lines: list[Line] = []
    for source, path in files:
        try:
            if is_titles_file(source):
                lines += read_titles(path, source)
            elif source.rsplit("/", 1)[-1] == SHEET:
                lines += lines_of_toml(read_toml(path).get("themes", []), source)
        except (RefusedFileError, UsageError) as error:
            lines.append(Line(source, "", wrong=str(error).removeprefix(f"{source} : ").rstrip(".")))
    return checked(lines)
