"""Tables → entries: headings found, columns mapped, one entry per cell of text; workbooks sheet by sheet."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain, islice
from pathlib import Path

from pipeline.errors import RefusedFileError
from pipeline.ingest.formats.columns import (
    Roles,
    Sheet,
    channel_of,
    is_question,
    map_columns,
    votes_in,
)
from pipeline.ingest.formats.dialects import Dialect, columns_called, recognised
from pipeline.ingest.formats.personal import NAME
from pipeline.ingest.formats.position_rows import PositionReader
from pipeline.ingest.formats.positions import FOR, NEITHER, THREAD, VOTE
from pipeline.ingest.formats.records import Entry, Position, Reading
from pipeline.ingest.structure import CONTEXT_JOINT, bare_heading, called_place, named_table
from pipeline.ingest.workshop import FileOverride, ToldOfFile, table_label
from pipeline.tables.columns import header_key, is_usual_title, matches_alias, sources
from pipeline.tables.frames import read_records, unique_names
from pipeline.tables.grids import Merged, MergedFirst, Row, iter_delimited, iter_sheets

# rows --------------------------------------------------------------------------------------------------------------

_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")
_NAMELESS_SHEET = re.compile(r"^(?:feuil(?:le)?|sheet|tableau|onglet|page)\s*\d*$", re.IGNORECASE)
_ATTRIBUTE_MAX = 200
_NOT_SENT = "des réponses n'ont pas été envoyées : gardées"
_LINES_TOLD = 3
_SENT_WORDS = 8
"""So many words in a row are not written twice by chance."""


class RowReader:
    """Reads the rows of one sheet.

    Parameters
    ----------
    names : headings of the columns.
    reading : where rejects and notes go, as rows are read.
    sheet : its name may name a table, or stand as a heading.
    """

    def __init__(self, names: list[str], roles: Roles, reading: Reading, sheet: Sheet) -> None:
        self._names, self._roles, self._reading = names, roles, reading
        self._uid = f"{sheet.source}\x1f{sheet.name}\x1f"
        self._positions = PositionReader(names, roles, reading)
        title = bare_heading(sheet.name)
        self._table, rest = named_table(title)
        title = bare_heading(rest) if self._table else title
        self._title = "" if _NAMELESS_SHEET.match(title) else title
        self._is_title_told = bool(title) and (is_usual_title(title) or is_question(title))
        asked = [*roles.text, *((column.at, column.about) for column in roles.positions)]
        self._headings = {at: bare_heading(name) or name for at, name in asked if name}
        values = roles.layout.values if roles.layout is not None else {}
        self._labels = [values[at][0] if at in values else name for at, name in enumerate(names)]
        self._last_headings: tuple[str, ...] = ()
        self._ranks: Counter[str] = Counter()
        self._no_votes: dict[str, list[tuple[int, str]]] = {}
        self._voted: set[str] = set()
        self._rows: dict[int, int] = {}
        self._again: list[tuple[int, int]] = []

    def entries(self, rows: Iterator[tuple[int, Row]]) -> Iterator[Entry]:
        """One entry per text cell and per cell that only takes a side, row after row; blank ones go to the rejects."""
        blank: list[int] = []
        reading, finished = self._reading, self._roles.finished_at
        for number, row in rows:
            if not any(row) or not _is_filled(row):
                blank.append(number)
                continue
            reading.rejects += [(f"{reading.place}ligne {n}", "vide", "ligne vide") for n in blank]
            blank.clear()  # trailing ones are none
            cells = row if len(row) >= len(self._names) else row + [""] * (len(self._names) - len(row))
            layout = self._roles.layout
            if layout is not None and (aside := layout.why_aside(cells)):
                reading.rejects.append((f"{reading.place}ligne {number}", *aside))
                continue
            if finished is not None and not cells[finished].strip() and _NOT_SENT not in reading.notes:
                reading.notes.append(_NOT_SENT)
            yield from self._of_row(number, cells)
        reading.notes += [self._told_without_votes(name, lines) for name, lines in self._no_votes.items()]
        reading.notes += self._positions.told()
        if self._again:
            reading.notes.append(_told_again(reading.place, self._again))

    def _of_row(self, number: int, cells: Row) -> Iterator[Entry]:
        roles, place = self._roles, f"{self._reading.place}ligne {number}"
        cells = roles.layout.row(cells) if roles.layout is not None else cells
        taken = self._positions.of_row(number, cells, self._voted_on(cells))
        if roles.is_survey:
            self._row = self._first_sent(number, cells)
        yield from self._votes_above(number, cells)
        for at, _ in roles.text:
            locator = place if len(roles.text) == 1 else f"{place}, colonne « {short(self._names[at])} »"
            if isinstance(cells[at], Merged):
                continue  # a text merged over several rows is one contribution
            text = _clean_cell(cells[at], bool(roles.tool))
            if text.strip():
                entry = Entry(locator, text)
                self._stand(entry, at, cells)
                self._tell(entry, number, cells)
                self._positions.give(entry, at, taken)
                yield entry
            else:
                self._reading.rejects.append((locator, "vide", "cellule vide"))
        for words in taken.words:  # a remark in a column of positions
            entry = Entry(words.locator, _clean_cell(cells[words.at], bool(roles.tool)))
            self._stand(entry, words.at, cells)
            self._tell(entry, number, cells)
            entry.positions = words.positions or entry.positions
            yield entry
        if taken.alone:
            entry = Entry(place, "", positions=tuple(taken.alone.values()))
            self._stand(entry, -1, cells)
            self._tell(entry, number, cells)
            yield entry

    def _voted_on(self, cells: Row) -> str:
        """What the positions of a row are about, "" where that is what their words stand under, or answer."""
        if self._roles.layout is not None or self._roles.replies is not None:
            return ""
        return CONTEXT_JOINT.join(part for at in self._roles.context if (part := bare_heading(cells[at])))

    def _stand(self, entry: Entry, at: int, cells: Row) -> None:
        """Give an entry what it stands under: the heading of its column, contexts, the sheet, its list."""
        above = [self._headings[at]] if at in self._headings else []
        above += [part for column in self._roles.context if (part := bare_heading(cells[column]))]
        if not above and self._is_title_told:
            above = [self._title]
        entry.context = CONTEXT_JOINT.join(above)
        headings = tuple(dict.fromkeys([self._title, *above] if self._title else above))
        if headings != self._last_headings:
            self._last_headings = headings
        entry.headings = self._last_headings  # rows of millions share them
        if not self._roles.is_survey and entry.text:
            entry.list_key = f"{self._reading.place}{at}\x1f{entry.context}"
            self._ranks[entry.list_key] += 1
            entry.rank = self._ranks[entry.list_key]

    def _tell(self, entry: Entry, number: int, cells: Row) -> None:
        """Give an entry what the other cells of its row say: who, where, how many votes."""
        layout, voice = self._roles.layout, " ".join(self._cell("voix", cells).split())
        voice = "" if _unsigned().match(voice) else voice
        entry.voice = voice or self._identity(cells) or (f"#{self._row}" if self._roles.is_survey else None)
        if layout is not None:
            entry.voice = f"#n°{voice}" if voice.isdigit() else entry.voice  # a number is looked for in no text
            entry.own_name, entry.answers = layout.own_name(cells), layout.answered(cells)
        elif self._roles.replies is not None:
            entry.own_name, entry.answers = self._name(self._roles.number, cells), ()
            if asked := self._name(self._roles.replies, cells):
                entry.answers = (asked,)
        if entry.answers and entry.text and not entry.positions:
            entry.positions = (Position(NEITHER, THREAD),)
        entry.table = self._place(cells) or self._table
        entry.given_group = bare_heading(self._cell("groupe", cells)) or None
        entry.date = self._cell("date", cells).strip() or None
        if not self._is_voted_above(cells):
            entry.votes = self._votes("votes", number, cells)
        entry.votes_against = self._votes("votes_contre", number, cells)
        entry.attributes = {
            self._labels[at]: cells[at].strip()[:_ATTRIBUTE_MAX] for at in self._roles.attributes if cells[at].strip()
        }

    def _identity(self, cells: Row) -> str:
        """What tells a person apart in the columns about her: a name, or what is looked for in no text."""
        columns = self._roles.identity
        told = " ".join(" ".join(cells[at] for at in columns).split())
        if not told or _unsigned().match(told):
            return ""
        return told if self._roles.personal[columns[0]][0] == NAME else f"#n°{told.casefold()}"

    def _first_sent(self, number: int, cells: Row) -> int:
        """The row that was first sent with all these answers: words in number that come twice were sent twice."""
        roles = self._roles
        texts = [cells[at] for at, _ in roles.text]
        if len(" ".join(texts).split()) < _SENT_WORDS:
            return number
        told = [at for at in (*roles.attributes, *roles.context) if cells[at]]
        answers = (*texts, *(cells[column.at] for column in roles.positions), *(cells[at] for at in told))
        first = self._rows.setdefault(hash(answers), number)
        if first != number:
            self._again.append((first, number))
        return first

    def _is_voted_above(self, cells: Row) -> bool:
        """Whether the votes of a row are those of what stands above it: a cell merged over rows, or said in each."""
        at = self._roles.single.get("votes")
        if at is None or isinstance(cells[at], Merged):
            return at is not None
        if not any(cells[one].strip() for one in self._roles.context):
            return False
        is_alone = all(not cells[one].strip() for one, _ in self._roles.text)
        return self._roles.votes_of is not None or isinstance(cells[at], MergedFirst) or is_alone

    def _votes_above(self, number: int, cells: Row) -> Iterator[Entry]:
        """The votes of a problem or a group that stands above rows: they are its own, once, and nobody else's."""
        if not self._is_voted_above(cells):
            return
        at = self._roles.votes_of
        columns = self._roles.context if at is None else self._roles.context[: self._roles.context.index(at) + 1]
        about = CONTEXT_JOINT.join(part for one in columns if (part := bare_heading(cells[one])))
        votes = self._votes("votes", number, cells)
        if votes and about and about not in self._voted:
            self._voted.add(about)
            locator = (
                f"{self._reading.place}ligne {number}, colonne « {short(self._names[self._roles.single['votes']])} »"
            )
            position = Position(FOR, VOTE, about, n=votes, answer=cells[self._roles.single["votes"]].strip())
            yield Entry(locator, "", positions=(position,))

    def _name(self, at: int | None, cells: Row) -> str:
        """What a row calls itself, or the one that it answers, among those of its sheet; "" for nothing."""
        number = cells[at].strip() if at is not None else ""
        return f"{self._uid}{number}" if number else ""

    def _place(self, cells: Row) -> str:
        """The table, the group or the session of a row, as the title of its column calls it."""
        at = self._roles.single.get("table")
        label = "" if at is None else table_label(cells[at])
        return called_place(self._names[at], label) if at is not None and label else ""

    def _cell(self, role: str, cells: Row) -> str:
        at = self._roles.single.get(role)
        return "" if at is None else cells[at]

    def _votes(self, role: str, number: int, cells: Row) -> int | None:
        at = self._roles.single.get(role)
        if at is None or not cells[at].strip():
            return None
        cell = cells[at].strip()
        votes = votes_in(cell.lstrip("-−–") if role == "votes_contre" else cell)
        if votes is None:
            self._no_votes.setdefault(self._names[at], []).append((number, short(cells[at].strip())))
        return votes

    def _told_without_votes(self, name: str, lines: list[tuple[int, str]]) -> str:
        where = f"{self._reading.place}colonne de votes «\u00a0{short(name)}\u00a0»"
        places = [f"à la ligne {number} («\u00a0{cell}\u00a0»)" for number, cell in lines[:_LINES_TOLD]]
        more = len(lines) - len(places)
        told = ", ".join(places) + (f" et {more} autre{'s' * (more > 1)} ligne{'s' * (more > 1)}" if more else "")
        read = "parole lue sans vote" if len(lines) == 1 else "paroles lues sans vote"
        return (
            f"{where}\u00a0: un nombre de voix était attendu {told}, {read}. Corrigez la cellule si des voix manquent"
        )


def _told_again(place: str, again: list[tuple[int, int]]) -> str:
    """What is said of rows that were sent twice."""
    places = ", ".join(f"lignes {one} et {other}" for one, other in again[:_LINES_TOLD])
    more = "…" if len(again) > _LINES_TOLD else ""
    n = len(again)
    told = "une réponse a été envoyée deux fois" if n == 1 else f"{n} lignes répètent mot pour mot une réponse d'avant"
    return f"{place}{told} ({places}{more})\u00a0: comptée une fois, comme une seule personne"


@cache
def _unsigned() -> re.Pattern[str]:
    """However nobody signs: two unsigned rows are not one person's."""
    return re.compile(sources()["voix"]["sans_nom"], re.IGNORECASE)


def short(name: str) -> str:
    """A heading that fits in a sentence."""
    return name if len(name) <= 80 else name[:79] + "…"


def _clean_cell(cell: str, has_markup: bool) -> str:
    cell = str(cell)  # of a merged one, its text alone
    if not has_markup:
        return cell
    if cell.startswith(("'=", "'-", "'+")):
        cell = cell[1:]  # the survey tool protects cells that a spreadsheet would take for a formula
    if "<" in cell and _TAG.search(cell):
        cell = _TAG.sub("", re.sub(r"(?i)<br\s*/?>|</p>|</li>", "\n", cell))
    return html.unescape(cell) if "&" in cell else cell


# tables ------------------------------------------------------------------------------------------------------------

_QUESTION_CODE = re.compile(r"[A-Za-z]\w{0,20}(?:\[\w+\])*")  # `Q1`, `Q2[SQ001]`
_SAMPLE_ROWS = 400
_HEAD_ROWS = 5
ONLY_TITLES = "le tableau n'a que sa ligne de titres"


def read_delimited(path: Path, source: str, override: FileOverride | None) -> list[Reading]:
    """A csv or tsv file."""
    return [read_grid(iter_delimited(path, source), override, "tableau CSV", Sheet(source))]


def read_record_table(path: Path, source: str, override: FileOverride | None) -> list[Reading]:
    """A jsonl or parquet table."""
    frame = read_records(path, source)
    rows = chain([list(frame.columns)], (list(row) for row in frame.itertuples(index=False, name=None)))
    return [read_grid(rows, override, f"table {path.suffix[1:].lower()}", Sheet(source))]


def read_grid(rows: Iterator[Row], override: FileOverride | None, kind: str, sheet: Sheet) -> Reading:
    """Entries out of rows of text.

    Raises
    ------
    RefusedFileError : nothing but blank rows, or no column of text.
    """
    grid = _grid(rows, sheet.source)
    roles = map_columns(grid.names, grid.sample, override, sheet)
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
    elif roles.replies is not None:
        reading.is_answered = True
    if removed := [roles.names[at] for at in roles.personal]:
        reading.notes.append(_told_removed(removed))
    if grid.titled_late:
        reading.notes.append(f"titres lus à la ligne {grid.titled_late}")
    reading.entries = RowReader(grid.names, roles, reading, sheet).entries(grid.body)
    return reading


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

    `titled_late` : the line of the titles when lines stand above them, else 0.
    """

    names: list[str]
    sample: list[Row]
    body: Iterator[tuple[int, Row]]
    titled_late: int


def _grid(rows: Iterator[Row], source: str) -> _Grid:
    """The titles of a table and its rows, without the signs of the tool that wrote it."""
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
    grid = _Grid(names, sample, body, titled_late=start if at > 0 else 0)
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
    names = grid.names
    if dialect.titres_au_dessus and grid.titled_late:
        names = _titled_by(above, names, dialect)
    body = ((number, dialect.decoded(row)) for number, row in grid.body)
    return _Grid(names, [dialect.decoded(row) for row in grid.sample], body, grid.titled_late)


def _titled_by(above: Row, names: list[str], dialect: Dialect) -> list[str]:
    """The questions that stand above the codes of their columns; technical columns keep their names."""
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
        if sum(1 for cell in row if matches_alias(cell, "ecartees") or matches_alias(cell, "texte")) >= 2:
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

_DISAGREEING = ("texte", "contexte", "votes", "votes contre", "attribut", "groupe donné")


def read_workbook(path: Path, source: str, override: ToldOfFile | None) -> list[Reading]:
    """Every visible sheet that holds a table of words; the others are told in the notes.

    Raises
    ------
    RefusedFileError : no sheet can be read, or `atelier.toml` names a sheet or a column that is nowhere.
    """
    readings: list[Reading] = []
    passed: list[str] = []
    names: list[str] = []
    refusal: RefusedFileError | None = None
    for name, rows in iter_sheets(path, source):
        names.append(name)
        asked = override.of_sheet(name) if override else None
        if asked is not None and asked.ignorer:
            passed.append(f"feuille « {name} » passée : ignorée d'après atelier.toml")
            continue
        may_lack = override.said_of_all(name) if override else frozenset()
        try:
            reading = read_grid(rows, override=asked, kind="classeur", sheet=Sheet(source, name, may_lack))
        except RefusedFileError as error:
            if asked is not None and any(column not in may_lack for column in asked.columns):
                raise  # what was said of this very sheet
            refusal = refusal or error
            passed.append(f"feuille « {name} » passée : {error.problem}")
            continue
        reading.override = asked
        reading.place = f"feuille « {name} », "
        readings.append(reading)
    _check_said(source, override, names, readings)
    if not readings:
        raise refusal or RefusedFileError(source, "le classeur est vide", "Vérifiez que c'est le bon fichier.")
    if len(readings) == 1 and not passed:
        readings[0].place = ""
    if len(readings) > 1:
        for reading in readings:
            reading.notes = [f"{reading.place}{note}" for note in reading.notes]
    readings[0].notes += [*passed, *_disagreements(readings)]
    return readings


def _check_said(source: str, override: ToldOfFile | None, names: list[str], readings: list[Reading]) -> None:
    """Refuse what `atelier.toml` says of sheets and columns that are nowhere in the workbook."""
    if override is None:
        return
    listed = ", ".join(f"« {name} »" for name in names[:12])
    for asked in override.sheets:
        if not any(FileOverride.is_sheet(asked, name) for name in names):
            raise RefusedFileError(
                source,
                f"atelier.toml y annonce une feuille « {asked} » qui n'existe pas",
                f'Feuilles : {listed}. Corrigez feuille = "…" dans [[fichiers]].',
            )
    missing = [set(reading.missing) for reading in readings]
    for asked in sorted(set.intersection(*missing)) if missing else ():
        raise RefusedFileError(
            source,
            f"atelier.toml y annonce une colonne « {asked} » qui n'existe dans aucune feuille",
            f'Feuilles lues : {listed}. Pour une seule feuille, ajoutez feuille = "…" dans [[fichiers]].',
        )


def _disagreements(readings: list[Reading]) -> list[str]:
    """Columns of one name that are taken for other things from sheet to sheet."""
    roles: dict[str, dict[str, list[str]]] = {}
    titles: dict[str, str] = {}
    for reading in readings:
        for choice in reading.choices:
            if choice.role in _DISAGREEING:
                key = header_key(choice.name)
                titles.setdefault(key, choice.name)
                roles.setdefault(key, {}).setdefault(choice.role, []).append(reading.place.rstrip(", "))
    return [
        f"les feuilles ne s'accordent pas\u00a0: la colonne «\u00a0{titles[key]}\u00a0» est "
        + ", ".join(f"{role} dans la {places[0]}" for role, places in found.items())
        + " (précisez avec feuille = dans [[fichiers]])"
        for key, found in roles.items()
        if len(found) > 1 and "texte" in found
    ]
