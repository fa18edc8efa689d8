"""Tables → readings: headings found, columns mapped, rows to read; workbooks sheet by sheet."""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

from pipeline.errors import RefusedFileError
from pipeline.ingest.formats.columns import Sheet, channel_of, map_columns
from pipeline.ingest.formats.dialects import Dialect, columns_called, recognised
from pipeline.ingest.formats.records import Entry, Reading
from pipeline.ingest.formats.rows import RowReader, is_sentence, short
from pipeline.ingest.workshop import FileOverride
from pipeline.tables.columns import matches_alias
from pipeline.tables.grids import Row, iter_delimited, iter_sheets, unique_names

# tables ------------------------------------------------------------------------------------------------------------

_QUESTION_CODE = re.compile(r"[A-Za-z]\w{0,20}(?:\[\w+\])*")  # `Q1`, `Q2[SQ001]`
_SAMPLE_ROWS = 400
_HEAD_ROWS = 5
_ABOVE = "au-dessus des titres du tableau"
_SENTENCES_MIN, _SENTENCES_SHARE = 8, 0.6
"""Cells of a column, and their share, from which those that are no sentence may be headings of the others."""
ONLY_TITLES = "le tableau n'a que sa ligne de titres"


def read_delimited(
    path: Path, source: str, override: FileOverride | None, beside: Sequence[Path] = ()
) -> list[Reading]:
    """A csv or tsv file; those `beside` that have the same titles ask the same."""
    others: list[_Grid] = []
    for other in beside:
        with suppress(RefusedFileError, OSError):
            others.append(_grid(iter_delimited(other, source), source))
    return [read_grid(iter_delimited(path, source), override, "tableau CSV", Sheet(source), others)]


def read_record_table(path: Path, source: str, override: FileOverride | None) -> list[Reading]:
    """A jsonl or parquet table."""
    from pipeline.tables.frames import read_records  # pandas, which other files are read without

    frame = read_records(path, source)
    rows = chain([list(frame.columns)], (list(row) for row in frame.itertuples(index=False, name=None)))
    return [read_grid(rows, override, f"table {path.suffix[1:].lower()}", Sheet(source))]


def read_grid(
    rows: Iterator[Row], override: FileOverride | None, kind: str, sheet: Sheet, others: Sequence["_Grid"] = ()
) -> Reading:
    """Entries out of rows of text; the first rows of the `others` that have the same titles tell what columns are too.

    Raises RefusedFileError: nothing but blank rows, or no column of text.
    """
    grid = _grid(rows, sheet.source)
    sample = [row for one in (grid, *others) if one.names == grid.names for row in one.sample]
    roles = map_columns(grid.names, sample, override, sheet)
    tool, channel = roles.tool, channel_of(roles)
    reading = Reading(f"{kind} ({tool})" if tool else kind, channel, "note" if channel == "note" else "ecrit")
    reading.choices, reading.missing, reading.notes = roles.choices, roles.missing, list(roles.notes)
    if roles.assumed and not tool:
        columns = ", ".join(f"«\u00a0{short(name)}\u00a0»" for name in roles.assumed[:5])
        reading.notes.append(f"parole cherchée d'après le contenu des cellules\u00a0: {columns}, à vérifier")
    is_coded = roles.dialect is not None and roles.dialect.titres_au_dessus
    if is_coded and all(_QUESTION_CODE.fullmatch(name) for _, name in roles.text):
        reading.notes.append(
            "les questions ne sont que des codes\u00a0: exportez-les en entier, elles aident à comprendre"
        )
    if roles.layout is not None:
        reading.is_answered, reading.answers = roles.layout.number is not None, bool(roles.layout.answers)
    if roles.thread is not None:
        reading.is_answered = reading.answers = True
    reading.reads = roles.reads
    if removed := [roles.names[at] for at in roles.personal]:
        reading.notes.append(_told_removed(removed))
    if grid.titled_late:
        reading.notes.append(f"titres lus à la ligne {grid.titled_late}")
    has_headings = channel == "note" and len(roles.text) == 1 and _are_sentences(sample, roles.text[0][0])
    reader = RowReader(grid.names, roles, reading, sheet, has_headings)
    reading.entries = chain(_set_aside(grid.above, reading), reader.entries(grid.body))
    return reading


def _set_aside(above: Iterable[tuple[int, Row]], reading: Reading) -> Iterator[Entry]:
    """Tell the lines above the titles, a title, the day, who was there, once it is known which sheet they are of."""
    for number, row in above:
        place = f"{reading.place}ligne {number}"
        reading.rejects.append((place, "entete", _ABOVE))
        reading.aside[place] = " ".join(cell.strip() for cell in row if cell.strip())
    yield from ()


def _are_sentences(sample: list[Row], at: int) -> bool:
    """Whether most cells of a column are sentences: a few words without a stop stand above others."""
    cells = [row[at].strip() for row in sample if at < len(row) and row[at].strip()]
    return len(cells) >= _SENTENCES_MIN and sum(map(is_sentence, cells)) >= _SENTENCES_SHARE * len(cells)


def _told_removed(names: list[str]) -> str:
    """What is said of columns about people, and how a person brings one back."""
    columns = ", ".join(f"«\u00a0{short(name)}\u00a0»" for name in names)
    what, it = (
        ("colonne sur la personne, retirée", "la") if len(names) == 1 else ("colonnes sur la personne, retirées", "en")
    )
    return f"{what}\u00a0: {columns} (pour {it} garder, colonnes_gardees dans [[fichiers]] d'atelier.toml)"


@dataclass(frozen=True)
class _Grid:
    """A table whose titles were found: their names, its first rows, all its rows with their number.

    `titled_late` : the line of the titles when lines stand above them, else 0. `above` : those lines, by number.
    """

    names: list[str]
    sample: list[Row]
    body: Iterator[tuple[int, Row]]
    titled_late: int
    above: tuple[tuple[int, Row], ...] = ()


def _grid(rows: Iterator[Row], source: str) -> _Grid:
    numbered = enumerate(rows, start=1)
    first, head = _read_head(numbered)
    if not head:
        raise _blank(source)
    at, header = _find_header(head)
    following = list(islice(numbered, _SAMPLE_ROWS))
    sample = [row for _, row in head[at + 1 :]] + [row for _, row in following if _is_filled(row)]
    if sample and not any(c.isalnum() for row in sample for cell in row for c in cell):
        raise _blank(source)
    names = unique_names(header)
    if _looks_like_text(header) and len(names) == 1:
        at, names = at - 1, ["texte"]
        sample.insert(0, header)
    if not sample:
        raise RefusedFileError(source, ONLY_TITLES, "Vérifiez que les réponses y sont bien.")
    start = head[at][0] if at >= 0 else 0
    body = chain((pair for pair in first if pair[0] > start), following, numbered)
    grid = _Grid(names, sample, body, titled_late=start if at > 0 else 0, above=tuple(head[: max(at, 0)]))
    return _without_signs(grid, above=head[at - 1][1] if at > 0 else [])


def _read_head(numbered: Iterator[tuple[int, Row]]) -> tuple[list[tuple[int, Row]], list[tuple[int, Row]]]:
    """The first rows of a table, then those of them that are not blank: `_HEAD_ROWS` at most."""
    first: list[tuple[int, Row]] = []
    head: list[tuple[int, Row]] = []
    while len(head) < _HEAD_ROWS and (pair := next(numbered, None)) is not None:
        first.append(pair)
        head += [pair] if _is_filled(pair[1]) else []
    return first, head


def _without_signs(grid: _Grid, above: Row) -> _Grid:
    """A table without the signs of the tool that wrote it; some tools put questions `above` the titles."""
    dialect = recognised(grid.names, grid.sample)
    if dialect is None:
        return grid
    names, lines = grid.names, grid.above
    if dialect.titres_au_dessus and grid.titled_late:
        names, lines = _titled_by(above, names, dialect), ()
    body = ((number, dialect.decoded(row)) for number, row in grid.body)
    return _Grid(names, [dialect.decoded(row) for row in grid.sample], body, grid.titled_late, lines)


def _titled_by(above: Row, names: list[str], dialect: Dialect) -> list[str]:
    technical = {at for one in dialect.colonnes for at in columns_called(names, one)}
    asked = above + [""] * (len(names) - len(above))
    return unique_names(
        [
            name if at in technical or matches_alias(name, "ecartees") else question.strip() or name
            for at, (name, question) in enumerate(zip(names, asked, strict=False))
        ]
    )


def _is_filled(row: Row) -> bool:
    return any(cell.strip() for cell in row)


def _blank(source: str) -> RefusedFileError:
    advice = "Vérifiez que c'est le bon fichier, et la bonne feuille."
    return RefusedFileError(source, "le tableau ne contient que des lignes vides", advice)


def _find_header(head: list[tuple[int, Row]]) -> tuple[int, Row]:
    """The row of titles among the first rows: tools put a title, captions, or questions above the names of columns."""
    for at, (_, row) in reversed(list(enumerate(head[:3]))):
        if len({cell for cell in row if matches_alias(cell, "ecartees") or matches_alias(cell, "texte")}) >= 2:
            return at, row
    widths = [sum(1 for cell in row if cell.strip()) for _, row in head]
    for at in range(min(3, len(head))):
        if widths[at] >= 0.6 * max(widths):
            return at, head[at][1]
    return 0, head[0][1]


def _looks_like_text(header: Row) -> bool:
    """Whether a lone heading is rather a first contribution."""
    filled = [cell for cell in header if cell.strip()]
    return (
        len(filled) == 1
        and not matches_alias(filled[0], "texte")
        and "?" not in filled[0]
        and len(filled[0].split()) > 6
    )


# workbooks ---------------------------------------------------------------------------------------------------------


def read_workbook(path: Path, source: str, override: FileOverride | None) -> list[Reading]:
    """Every visible sheet that holds a table of words; the others are told in the notes.

    Raises RefusedFileError: no sheet can be read, or `atelier.toml` names a column that is nowhere.
    """
    readings: list[Reading] = []
    passed: list[str] = []
    names: list[str] = []
    refusal: RefusedFileError | None = None
    for name, rows in iter_sheets(path, source):
        names.append(name)
        try:
            reading = read_grid(rows, override=override, kind="classeur", sheet=Sheet(source, name))
        except RefusedFileError as error:
            refusal = refusal or error
            passed.append(f"feuille « {name} » passée : {error.problem}")
            continue
        reading.place = f"feuille « {name} », "
        readings.append(reading)
    missing = set.intersection(*(set(reading.missing) for reading in readings)) if readings else set[str]()
    if missing:
        raise RefusedFileError(
            source,
            f"atelier.toml y annonce une colonne « {min(missing)} » qui n'existe dans aucune feuille",
            f"Feuilles lues : {', '.join(f'« {name} »' for name in names[:12])}.",
        )
    if not readings:
        raise refusal or RefusedFileError(source, "le classeur est vide", "Vérifiez que c'est le bon fichier.")
    if len(readings) == 1 and not passed:
        readings[0].place = ""
    if len(readings) > 1:
        for reading in readings:
            reading.notes = [f"{reading.place}{note}" for note in reading.notes]
    readings[0].notes += passed
    return readings
