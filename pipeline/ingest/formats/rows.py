"""Rows of a table → entries: one per cell of text, with the sides that its row takes, and one per side of no words."""

import html
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import chain, pairwise

from pipeline.contracts.labels import CONTEXT_JOINT, COUNTED_IN, ROW
from pipeline.contracts.tables import ABSTAINS, AGAINST, CELL, CONDITION, FOR, NEITHER, SCALE, THREAD, VOTE
from pipeline.ingest.formats.columns import Roles, Sheet, is_question, votes_in
from pipeline.ingest.formats.markup import says_words, without_tags
from pipeline.ingest.formats.personal import NAME
from pipeline.ingest.formats.positions import Side, asks_opinion, head_of, is_figure, side_of
from pipeline.ingest.formats.records import NO_ANSWER, Entry, Position, Reading
from pipeline.ingest.structure import bare_heading, called_place, named_table
from pipeline.ingest.workshop import table_label
from pipeline.language.text.lists import read_lines
from pipeline.language.vocabulary.courtesies import says_nothing
from pipeline.tables.columns import header_key, is_usual_title, mark_of, sources
from pipeline.tables.grids import Merged, MergedFirst, Row

_NAMELESS_SHEET = re.compile(r"^(?:feuil(?:le)?|sheet|tableau|onglet|page)\s*\d*$", re.IGNORECASE)
_BARE_NUMBER = re.compile(r"\d+")
_ATTRIBUTE_MAX = 200
_TITLES = frozenset(map(header_key, read_lines(__name__, "title_headings")))
_NOT_SENT = "des réponses n'ont pas été envoyées : gardées"
_LINES_TOLD = 3
_SENT_WORDS = 8
"""So many words in a row are not written twice by chance."""
_WORDS_MIN = 2
_NAMES = {FOR: "pour", AGAINST: "contre", CONDITION: "à condition", ABSTAINS: "abstention", NEITHER: "sans parti pris"}
"""What a side is called where readers of files are told of it."""


class RowReader:
    """Reads the rows of one sheet.

    Parameters
    ----------
    names : headings of the columns.
    reading : where rejects and notes go, as rows are read.
    sheet : its name may name a table, or stand as a heading.
    has_headings : whether a cell of a few words may stand above the sentences of the next rows, as their heading.
    """

    def __init__(
        self, names: list[str], roles: Roles, reading: Reading, sheet: Sheet, has_headings: bool = False
    ) -> None:
        self._has_headings, self._source = has_headings, f"{sheet.source}\x1f{sheet.name}"
        self._heading = ""
        self._under: tuple[str, ...] = ()
        self._names, self._roles, self._reading = names, roles, reading
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
        titled = (at for at in (*roles.context, *roles.attributes) if header_key(names[at]) in _TITLES)
        self._titled = next(titled, None) if roles.layout is None and len(roles.text) == 1 else None
        self._ranks: Counter[str] = Counter()
        self._no_votes: dict[str, list[tuple[int, str]]] = {}
        self._voted: set[str] = set()
        self._rows: dict[int, int] = {}
        self._again: list[tuple[int, int]] = []

    def entries(self, rows: Iterator[tuple[int, Row]]) -> Iterator[Entry]:
        """One entry per text cell and per cell that only takes a side, row after row; blank ones go to the rejects."""
        blank: list[int] = []
        reading, finished, layout = self._reading, self._roles.finished_at, self._roles.layout
        for number, row in self._without_headings(rows) if self._has_headings else rows:
            if not any(cell.strip() for cell in row):
                blank.append(number)
                continue
            reading.rejects += [(f"{reading.place}ligne {n}", "vide", "ligne vide") for n in blank]
            blank.clear()  # trailing ones are none
            cells = row if len(row) >= len(self._names) else row + [""] * (len(self._names) - len(row))
            if layout is not None and (aside := layout.why_aside(cells)):
                reading.rejects.append((f"{reading.place}ligne {number}", *aside))
                continue
            if finished is not None and not cells[finished].strip() and _NOT_SENT not in reading.notes:
                reading.notes.append(_NOT_SENT)
            yield from self._of_row(number, cells if layout is None else layout.row(cells))
        for name, lines in self._no_votes.items():
            read = "parole lue sans vote" if len(lines) == 1 else "paroles lues sans vote"
            reading.notes.append(
                f"{reading.place}colonne de votes «\u00a0{short(name)}\u00a0»\u00a0: un nombre de voix était attendu"
                f"{_listed(lines)}, {read}. Corrigez la cellule si des voix manquent"
            )
        reading.notes += self._positions.told()
        if n := len(self._again):
            places = ", ".join(f"lignes {one} et {other}" for one, other in self._again[:_LINES_TOLD])
            more = "…" if n > _LINES_TOLD else ""
            told = f"{n} lignes répètent mot pour mot une réponse d'avant"
            told = "une réponse a été envoyée deux fois" if n == 1 else told
            reading.notes.append(
                f"{reading.place}{told} ({places}{more})\u00a0: comptée une fois, comme une seule personne"
            )

    def _without_headings(self, rows: Iterator[tuple[int, Row]]) -> Iterator[tuple[int, Row]]:
        """The rows but those that only head the next ones: a few words without a stop, then a sentence that stands
        beside the same cells. They are told, and stand above what follows as long as these cells are the same."""
        [(at, _)] = self._roles.text
        for (number, row), (_, following) in pairwise(chain(rows, [(0, Row())])):
            text, beside = _apart(row, at)
            if self._under != beside:
                self._heading = ""
            after, beside_after = _apart(following, at)
            self._under = beside
            if beside == beside_after and is_heading(text) and is_sentence(after):
                self._heading = bare_heading(text)
                place = f"{self._reading.place}ligne {number}"
                self._reading.rejects.append((place, "titre", "intertitre, au-dessus de ce qui suit"))
                self._reading.aside[place] = text
                continue
            yield number, row

    def _of_row(self, number: int, cells: Row) -> Iterator[Entry]:
        roles, place = self._roles, f"{self._reading.place}ligne {number}"
        taken = self._positions.of_row(number, cells, self._voted_on(cells))
        if roles.is_survey:
            self._row = self._first_sent(number, cells)
        yield from self._votes_above(number, cells)
        for at, _ in roles.text:
            if isinstance(cells[at], Merged):
                continue  # a text merged over several rows is one contribution
            locator = place if len(roles.text) == 1 else _place(self._reading, number, self._names[at])
            if self._text(cells, at).strip():
                entry = self._entry(locator, self._text(cells, at), at, number, cells)
                self._positions.give(entry, at, taken)
                yield entry
            else:
                self._reading.rejects.append((locator, "vide", "cellule vide"))
        for at, positions in taken.words:  # a remark in a column of positions
            locator = _place(self._reading, number, self._names[at])
            entry = self._entry(locator, self._text(cells, at), at, number, cells)
            entry.positions = positions or entry.positions
            yield entry
        if taken.alone:
            entry = self._entry(place, "", -1, number, cells)
            entry.positions = tuple(taken.alone)
            yield entry

    def _text(self, cells: Row, at: int) -> str:
        """The words of a cell; the title of the row where they say nothing, or are but a link."""
        titled = self._titled
        if titled is not None and at == self._roles.text[0][0] and cells[titled].strip() and not says_words(cells[at]):
            at = titled
        cell = str(cells[at])  # of a merged one, its text alone
        if self._roles.tool and cell.startswith(("'=", "'-", "'+")):
            cell = cell[1:]  # the survey tool protects cells that a spreadsheet would take for a formula
        bare = without_tags(cell) if "<" in cell else cell
        return html.unescape(bare) if "&" in bare and (self._roles.tool or bare != cell) else bare

    def _voted_on(self, cells: Row) -> str:
        """What the positions of a row are about, "" where that is what their words stand under, or answer."""
        if self._roles.layout is not None:
            return ""
        return CONTEXT_JOINT.join(self._above(cells))

    def _above(self, cells: Row) -> list[str]:
        return [part for at in self._roles.context if (part := self._named_part(at, cells))]

    def _named_part(self, at: int, cells: Row) -> str:
        """What a row stands under in a column; a number alone after what the column is called: `Thème 3`."""
        part = bare_heading(cells[at])
        return f"{self._names[at]} {part}" if _BARE_NUMBER.fullmatch(part) else part

    def _entry(self, locator: str, text: str, at: int, number: int, cells: Row) -> Entry:
        entry = Entry(locator, text)
        self._stand(entry, at, cells)
        self._tell(entry, number, cells)
        return entry

    def _stand(self, entry: Entry, at: int, cells: Row) -> None:
        above = [self._headings[at]] if at in self._headings else []
        above += self._above(cells)
        above += [self._heading] if self._heading else []
        if not above and self._is_title_told:
            above = [self._title]
        entry.context = CONTEXT_JOINT.join(above)
        entry.headings = tuple(dict.fromkeys([self._title, *above] if self._title else above))
        if not self._roles.is_survey and entry.text:
            entry.list_key = f"{self._reading.place}{at}\x1f{entry.context}"
            self._ranks[entry.list_key] += 1
            entry.rank = self._ranks[entry.list_key]

    def _tell(self, entry: Entry, number: int, cells: Row) -> None:
        roles, layout, voice = self._roles, self._roles.layout, " ".join(self._cell("voix", cells).split())
        voice = "" if _unsigned().match(voice) else voice
        entry.voice = voice or self._identity(cells) or (f"#{self._row}" if roles.is_survey else None)
        if layout is not None and voice.isdigit():
            entry.voice = f"#n°{voice}"  # a number is looked for in no text
        self._follow(entry, cells)
        label = table_label(self._cell("table", cells))
        entry.table = (called_place(self._names[roles.single["table"]], label) if label else "") or self._table
        grouped = roles.single.get("groupe")
        entry.given_group = (self._named_part(grouped, cells) or None) if grouped is not None else None
        entry.date = self._cell("date", cells).strip() or None
        if not self._is_voted_above(cells):
            entry.votes = self._votes("votes", number, cells)
        entry.votes_against = self._votes("votes_contre", number, cells)
        entry.attributes = {
            self._labels[at]: cells[at].strip()[:_ATTRIBUTE_MAX] for at in roles.attributes if cells[at].strip()
        }
        entry.attributes |= self._counted_in(entry) | ({ROW: roles.row} if roles.row else {})

    def _follow(self, entry: Entry, cells: Row) -> None:
        """Tell what others call a row, and which one it answers."""
        layout, thread = self._roles.layout, self._roles.thread
        if layout is not None:
            entry.own_name, entry.answers = layout.own_name(cells), layout.answered(cells)
        elif thread is not None:
            own, answered = (cells[at].strip() for at in thread)
            entry.own_name, entry.answers = self._named(own), (self._named(answered),) if answered else ()
        if entry.answers and entry.text:
            entry.positions = (Position(NEITHER, THREAD),)

    def _named(self, number: str) -> str:
        return f"{self._source}\x1f{number}"

    def _counted_in(self, entry: Entry) -> dict[str, str]:
        """What the votes of an entry are where they are none."""
        single = self._roles.single
        name = next((self._names[single[role]] for role in ("votes", "votes_contre") if role in single), "")
        mark = mark_of(name) if entry.votes or entry.votes_against else ""
        return {COUNTED_IN: mark} if mark else {}

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
        about = CONTEXT_JOINT.join(part for one in columns if (part := self._named_part(one, cells)))
        votes = self._votes("votes", number, cells)
        if votes and about and about not in self._voted:
            self._voted.add(about)
            column = self._roles.single["votes"]
            position = Position(FOR, VOTE, about, n=votes, answer=cells[column].strip())
            yield Entry(_place(self._reading, number, self._names[column]), "", positions=(position,))

    def _cell(self, role: str, cells: Row) -> str:
        at = self._roles.single.get(role)
        return "" if at is None else cells[at]

    def _votes(self, role: str, number: int, cells: Row) -> int | None:
        cell = self._cell(role, cells).strip()
        votes = votes_in(cell.lstrip("-−–") if role == "votes_contre" else cell) if cell else None
        if cell and votes is None:
            self._no_votes.setdefault(self._names[self._roles.single[role]], []).append((number, cell))
        return votes


@cache
def _unsigned() -> re.Pattern[str]:
    """However nobody signs: two unsigned rows are not one person's."""
    return re.compile(sources()["voix"]["sans_nom"], re.IGNORECASE)


_HEADING_WORDS_MAX = 8
_SENTENCE_END = re.compile(r"[.!?…][\s\"»”)\]]*$")
_NO_HEADING_END = (".", "!", "?", "…", ",", ";", "»", '"', "”", ")")


def is_sentence(cell: str) -> bool:
    """Whether a cell ends as a sentence does."""
    return _SENTENCE_END.search(cell) is not None


def is_heading(cell: str) -> bool:
    """Whether a cell may stand above others: a few words, a capital, no stop."""
    words = cell.split()
    return 1 < len(words) <= _HEADING_WORDS_MAX and cell[0].isupper() and not cell.endswith(_NO_HEADING_END)


def _apart(row: Row, at: int) -> tuple[str, tuple[str, ...]]:
    """The cell of a column of a row, and the others that hold something."""
    text = row[at].strip() if at < len(row) else ""
    return text, tuple(cell for column, cell in enumerate(row) if column != at and cell.strip())


def short(name: str) -> str:
    """A heading that fits in a sentence."""
    return name if len(name) <= 80 else name[:79] + "…"


def _place(reading: Reading, number: int, column: str) -> str:
    return f"{reading.place}ligne {number}, colonne « {short(column)} »"


def _listed(lines: list[tuple[int, str]]) -> str:
    """Where something is, and what its cells say, in French: the first lines."""
    places = [f" à la ligne {number} («\u00a0{short(cell)}\u00a0»)" for number, cell in lines[:_LINES_TOLD]]
    more = len(lines) - len(places)
    return ",".join(places) + (f" et {more} autre{'s' * (more > 1)} ligne{'s' * (more > 1)}" if more else "")


# positions ---------------------------------------------------------------------------------------------------------


@dataclass
class Taken:
    """What the columns of positions of one row say.

    `of_text` : column of text → the sides of its words. `alone` : the sides of no words. `words` : columns of positions
    that say something else, which are words of the row, with the side at their head.
    """

    of_text: defaultdict[int, list[Position]] = field(default_factory=lambda: defaultdict(list))
    alone: list[Position] = field(default_factory=list)
    words: list[tuple[int, tuple[Position, ...]]] = field(default_factory=list)


CUT_MIN, CUT_AT_ONCE = 30, 3
"""Characters of the longest headings, and how many are as long, from which they were cut."""


class PositionReader:
    """Reads the positions of one sheet; `told` says at its end how each column was read, and where it could not be."""

    def __init__(self, names: list[str], roles: Roles, reading: Reading) -> None:
        self._names, self._roles, self._reading = names, roles, reading
        self._asks = {at: asks_opinion(names[at]) for at, _ in roles.text}
        self._questions = {at for at, _ in roles.text if is_question(names[at])}
        n = max(map(len, names), default=0)  # several headings of one length, the longest, were cut by their tool
        are_cut = n >= CUT_MIN and sum(len(name) == n for name in names) >= CUT_AT_ONCE
        cut = {at for at, name in enumerate(names) if are_cut and len(name) == n and name[-1].isalnum()}
        told = ((one.at, bare_heading(one.about) or one.about) for one in roles.positions)
        self._about = {at: f"{about}{' […]' * (at in cut and bool(about))}" for at, about in told}
        self._counts: defaultdict[int, Counter[str]] = defaultdict(Counter)
        self._n_blank: Counter[int] = Counter()
        self._unread: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)

    def of_row(self, number: int, cells: Row, voted_on: str) -> Taken:
        """What the columns of positions of a row say; what is no position is told.

        `voted_on` : what they are about where their heading asks nothing.
        """
        taken = Taken()
        for column in self._roles.positions:
            at, cell = column.at, cells[column.at].strip()
            if not cell or isinstance(cells[at], Merged):
                self._n_blank[at] += not cell
                continue
            side = column.read(cell)
            locator = _place(self._reading, number, self._names[at])
            if side is not None:
                self._counts[at][side.side] += 1
                about = self._about[at] or voted_on
                answer = self._names[at] if column.ticked else cell
                position = Position(side.side, column.evidence, about, answer=answer, locator=locator)
                words = column.reasons
                is_reasoned = words is not None and self._gives_reasons(cells[words].strip(), words)
                (taken.of_text[words] if words is not None and is_reasoned else taken.alone).append(position)
            elif len(cell.split()) >= _WORDS_MIN and any(c.isalpha() for c in cell):  # words are those of a row
                head = head_of(cell) if column.has_sides else None
                if head is not None:
                    self._counts[at][head.side.side] += 1
                elif column.about:  # an answer too, that is none of those to choose
                    other = Position(NEITHER, column.evidence, self._about[at], locator=locator)
                    taken.alone.append(other)
                taken.words.append((at, (Position(head.side.side, CELL, answer=head.words),) if head else ()))
            elif says_nothing(cell):
                self._reading.rejects.append((locator, *NO_ANSWER))
            else:
                self._unread[at].append((number, cell))
                self._reading.rejects.append((locator, "illisible", "position qui n'a pas pu être lue"))
        return taken

    def _gives_reasons(self, cell: str, at: int) -> bool:
        return bool(cell) and not self._is_empty(cell, at) and self._bare(cell, at) is None

    def _is_empty(self, cell: str, at: int) -> bool:
        """Whether a cell of words says that nobody has anything to say: a no too, where no opinion is asked, nor a
        yes is given."""
        side, asks = side_of(cell), self._asks.get(at, True)
        is_no = side is not None and side.is_yes_or_no and side.side == AGAINST
        return not (asks and side) and (says_nothing(cell) or (is_no and not self._roles.content[at].has_yes))

    def _bare(self, cell: str, at: int) -> Side | None:
        """The side of a cell of words that says nothing else: a figure answers a question, and takes no side."""
        cell = cell.strip()
        side = side_of(cell)
        if side is None:
            return Side(NEITHER) if at in self._questions and is_figure(cell) else None
        return Side(NEITHER) if side.is_yes_or_no and not self._asks.get(at, True) else side

    def give(self, entry: Entry, at: int, taken: Taken) -> None:
        """Give an entry the sides of its words; one that only takes a side keeps no word of its own."""
        cell, known = entry.text.strip(), taken.of_text.pop(at, [])
        if self._is_empty(cell, at):
            entry.aside, entry.positions = NO_ANSWER, ()
            self._reading.aside |= {} if says_nothing(cell) else {entry.locator: cell}
            return
        bare = self._bare(cell, at)
        if bare is not None:
            self._counts[at][bare.side] += 1
            entry.text, entry.positions = "", (Position(bare.side, CELL, answer=cell),)
            return
        head = head_of(entry.text)
        if head is not None and head.side.is_yes_or_no and not self._asks.get(at, False):
            head = None
        if head is not None and not known:  # else the column says it too, or the reverse
            self._counts[at][head.side.side] += 1
            known = [Position(head.side.side, CELL, answer=head.words)]
        entry.positions = tuple(known) or entry.positions

    def told(self) -> list[str]:
        """How each column was read, and which cells could not be, in French."""
        place = self._reading.place
        told = []
        for at, counts in sorted(self._counts.items()):
            n, n_blank = counts.total(), self._n_blank[at]
            sides = ", ".join(f"{_NAMES[side]} {counts[side]}" for side in _NAMES if counts[side])
            blank = f", {n_blank} cellule{'s' * (n_blank > 1)} vide{'s' * (n_blank > 1)}" if n_blank else ""
            told.append(
                f"{place}«\u00a0{short(self._names[at])}\u00a0»\u00a0: {n} position{'s' * (n > 1)} ({sides}{blank})"
            )
        columns = {column.at: column for column in self._roles.positions}
        for at, lines in sorted(self._unread.items()):
            is_scale = columns[at].evidence == SCALE and columns[at].bounds
            expected = columns[at].told if is_scale else "un avis (pour, contre, d'accord…)"
            told.append(
                f"{place}colonne de positions «\u00a0{short(self._names[at])}\u00a0»\u00a0: {expected} attendu"
                f"{_listed(lines)}, sans position. Corrigez la cellule si un avis manque"
            )
        return told
