"""Which column of a table is what: by `atelier.toml`, its tool, its heading or its content, with the reason."""

import re
from collections import Counter
from dataclasses import dataclass, field, replace

from pipeline.contracts.numbers import WRITTEN, read_number
from pipeline.contracts.tables import COLUMN, FOR
from pipeline.errors import NothingSaidError, RefusedFileError
from pipeline.ingest.formats.dialects import Dialect, Layout, columns_called, recognised
from pipeline.ingest.formats.markup import ADDRESS
from pipeline.ingest.formats.personal import NAME, OF_PLACES, TELLING_APART, kinds_of_columns
from pipeline.ingest.formats.positions import (
    ANSWERED_MIN,
    PositionColumn,
    asks_only_who,
    closed_answers,
    gives_reasons,
    names_what_is_voted_on,
    position_column,
    side_of,
    ticked_columns,
)
from pipeline.ingest.formats.records import ColumnChoice
from pipeline.ingest.structure import bare_heading
from pipeline.ingest.workshop import FileOverride
from pipeline.language.text.lists import read_lines, read_words
from pipeline.tables.columns import alias_rank, header_key, is_usual_title, matches_alias, row_of

# what cells hold, what headings ask --------------------------------------------------------------------------------

_WORD = re.compile(r"[^\W\d_]{2,}")
_MEASURE = re.compile(r"-?\d+[.,]\d+")
_HEX_COLOUR = re.compile(r"^\s*#?[0-9a-fA-F]{6}\s*$")
_COLOURS = read_words(__name__, "colours")
_QUESTION_WORDS_MIN = 4
_MARKS = re.compile(r"^\s*([xX+|●•★⭐✓✔✅👍🔴🟢])(?:\ufe0f?\s*\1)*\ufe0f?\s*$")
_VOTE_WORDS_MAX = 2
_MINUS = "-−–"


@dataclass(frozen=True)
class Content:
    """What the cells of a column look like over the sample: counts and means over the cells that are not blank.

    Those that only take a side are counted, and tell nothing more of a column where others say something.
    """

    n: int
    mean_words: float
    distinct: float
    colours: float
    counted: float = 0.0
    """Share of the cells that hold a number of votes."""
    has_yes: bool = False
    """Whether one of them only says yes."""

    is_closed: bool = False
    """Whether they are a few answers that come back: `Appréciée`, `À améliorer`."""

    is_of_measures: bool = False
    """Whether they are numbers with decimals: nothing stands under « 0.0 »."""

    def is_free_text(self, name: str, least_words: float) -> bool:
        """Whether people wrote freely in it, `name` being its heading."""
        if self.n == 0:
            return "?" in name and least_words < 5
        if is_question(name):
            return self.mean_words >= 2.5 and (self.distinct >= 0.4 or self.n < 5)
        return self.mean_words >= least_words and (self.distinct >= 0.6 or self.n < 5)


def content_of(sample: list[list[str]], at: int) -> Content:
    """The content of the column `at` of some rows."""
    cells = [row[at] for row in sample if at < len(row) and row[at].strip()]
    if not cells:
        return Content(0, 0.0, 0.0, 0.0)
    filled, sides = len(cells), [side_of(cell) for cell in cells]
    is_closed = filled >= ANSWERED_MIN and bool(closed_answers(Counter(cells)))
    has_yes = any(side is not None and side.is_yes_or_no and side.side == FOR for side in sides)
    cells = [cell for cell, side in zip(cells, sides, strict=True) if side is None] or cells
    n_words = sum(len(_WORD.findall(ADDRESS.sub("", cell[:500]))) for cell in cells)
    parts = [cell.lower().replace("-", " ").split() for cell in cells]
    n_colours = sum(map(bool, map(_HEX_COLOUR.match, cells)))
    n_colours += sum(0 < len(words) <= 3 and _COLOURS.issuperset(words) for words in parts)
    n_counted = sum(votes_in(cell.strip().lstrip(_MINUS)) is not None for cell in cells)
    distinct, n = len(set(cells)) / len(cells), len(cells)
    is_of_measures = all(map(_MEASURE.fullmatch, map(str.strip, cells)))
    return Content(filled, n_words / n, distinct, n_colours / n, n_counted / n, has_yes, is_closed, is_of_measures)


def votes_in(cell: str) -> int | None:
    """The votes that a cell tells: a number (`3`, `3 votes`), or so many marks (`+++`, `● ●`); None for words."""
    marks = _MARKS.match(cell)
    if marks:
        return cell.count(marks[1])
    found = WRITTEN.search(cell)
    if found is None or len(_WORD.findall(cell)) > _VOTE_WORDS_MAX:
        return None
    votes = read_number(found.group())
    return None if votes is None else int(votes)


def is_question(heading: str) -> bool:
    """Whether a heading asks something."""
    if "?" in heading:
        return True
    return len(heading.split()) >= _QUESTION_WORDS_MIN and bool(_OPENING.match(header_key(bare_heading(heading))))


_OPENINGS = "|".join(
    re.escape(header_key(line.rstrip("*"))) + ("" if line.endswith("*") else r"\b")
    for line in read_lines(__name__, "question_openings")
)
_OPENING = re.compile(rf"\W*(?:\d+\W+)?(?:{_OPENINGS})")


# roles -------------------------------------------------------------------------------------------------------------

SINGLE_ROLES = ("table", "voix", "votes", "votes_contre", "groupe", "date")
_VOTES = ("votes", "votes_contre")
_NEVER_POSITIONS = ("ecartees", "date", "table", "voix")
_FEW, _VOTED_ON_MAX = 4, 0.5
_CONTEXTS = ("contexte", "groupe")
"""Roles whose cells stand above the words of their row."""
_ROLE_NAMES = {"votes_contre": "votes contre", "groupe": "groupe donné"}
"""Roles whose name for people is another."""
_COUNTED_MIN = 0.5
"""Share of the cells of a column that hold a number of votes."""
_NAMES_WORDS_MAX = 8
_MORE_NAMES = "donnée de personne, d'après son titre"
_PLAIN_NAMES = 9
"""So many first names of a column of text (`Texte`, `Post-it`) tell nothing of what is in it."""
_GROUP_DISTINCT_MAX = 0.7
_WRITTEN_BY_HAND = frozenset(("post-it", "postit", "post it", "couleur", "gommettes", "sticky note"))


@dataclass(frozen=True)
class Sheet:
    """A sheet of a workbook, of which another may have the columns that `atelier.toml` names; "" for a lone table."""

    source: str
    name: str = ""


_OF_A_MACHINE = re.compile(r"\w*(?:_|[a-zà-ÿ][A-Z])\w*")
_ITS_WORD = re.compile(r"[^\W\d_][a-zà-ÿ]*|\d+")
_OF_SCHEMAS = frozenset(["title", "body", "text", "content", "comment", "comments", "answer", "value", "label"])
"""Words of the names that programs give to columns, which say nothing of what is in them."""


def _in_words(heading: str) -> str:
    """A heading as people say it: `points_forts` → `points forts`; "" for `versions_bodyText`."""
    if not _OF_A_MACHINE.fullmatch(heading.strip()):
        return heading
    words = [word.lower() for word in _ITS_WORD.findall(heading)]
    return "" if _OF_SCHEMAS.intersection(words) else " ".join(words)


@dataclass
class Roles:
    """What the columns of a table are taken for, by position.

    Attributes
    ----------
    names, content : heading of each column, and what its cells look like.
    text : columns of words, each with the context that its heading gives ("" for none).
    single : role → column, for roles that one column at most has (`SINGLE_ROLES`).
    explained : column → its role and why, where it is not its heading alone that tells it.
    assumed : names of the columns of text that nothing but their cells point to.
    is_survey : a row is a person's.
    personal : columns about the person of the row, with their kind and why: nothing shows what is in them.
    identity : those of them whose cells, together, tell people apart.
    votes_of : the column of contexts that people voted on, where every row repeats the votes of its context.
    finished_at : column that is blank in the rows that were not sent.
    missing : columns of `atelier.toml` that this sheet lacks, where another may have them.
    positions : columns whose cells take sides, in order.
    thread : the column that numbers the rows, and the one that tells which row each answers.
    row : what each row is, where the table asks nothing and its headings tell it: `avis`.
    reads : how its rows name those of another table whose words they tell again (see `_rows_read`).
    dialect : that of a known tool; `layout` : where its columns are, when it says what they are.
    """

    names: list[str]
    content: list[Content] = field(default_factory=list)
    text: list[tuple[int, str]] = field(default_factory=list)
    context: list[int] = field(default_factory=list)
    single: dict[str, int] = field(default_factory=dict)
    attributes: list[int] = field(default_factory=list)
    explained: dict[int, tuple[str, str]] = field(default_factory=dict)
    assumed: list[str] = field(default_factory=list)
    personal: dict[int, tuple[str, str]] = field(default_factory=dict)
    identity: list[int] = field(default_factory=list)
    is_survey: bool = False
    finished_at: int | None = None
    votes_of: int | None = None
    missing: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    dialect: Dialect | None = None
    layout: Layout | None = None
    positions: list[PositionColumn] = field(default_factory=list)
    row: str = ""
    thread: tuple[int, int] | None = None
    reads: frozenset[str] = frozenset()

    @property
    def tool(self) -> str:
        """The tool that the table comes from, "" when unknown."""
        return self.dialect.nom if self.dialect is not None else ""

    @property
    def choices(self) -> list[ColumnChoice]:
        """What each column was taken for, and why, in their order."""
        told = dict.fromkeys(self.attributes, ("attribut", "gardé tel quel, à côté de la parole"))
        told |= dict.fromkeys(self.context, ("contexte", "son titre"))
        told |= {one.at: ("position", f"d'après ses cellules\u00a0: {one.told}") for one in self.positions}
        told |= {at: (role, "son titre") for role, at in self.single.items()} | self.explained
        return [
            ColumnChoice(self.names[at], _ROLE_NAMES.get(role, role), reason)
            for at, (role, reason) in sorted(told.items())
        ]

    def give(self, at: int, role: str, reason: str = "", heading: str = "") -> None:
        """Give a column a role, and note why where it is not its heading alone that tells it.

        `heading` : what stands above the words of a column of text.
        """
        if role == "texte":
            self.text.append((at, _in_words(heading)))
        if role in SINGLE_ROLES:
            self.single[role] = at
        if role in _CONTEXTS:
            self.context.append(at)
        if role == "attribut":
            self.attributes.append(at)
        if reason:
            self.explained[at] = role, reason

    def forget_used(self) -> None:
        """Leave out of the personal columns those that are something else."""
        used = {*(at for at, _ in self.text), *self.context, *self.single.values(), *self.attributes}
        used |= {column.at for column in self.positions}
        self.personal = {at: told for at, told in self.personal.items() if at not in used}


def map_columns(names: list[str], sample: list[list[str]], override: FileOverride | None, sheet: Sheet) -> Roles:
    """Decide the role of each column.

    Parameters
    ----------
    names : unique headings.
    sample : first rows.
    override : what `atelier.toml` says of this file; it wins over any guess.

    Raises
    ------
    RefusedFileError : no column holds text, or one that `atelier.toml` names is missing.
    NothingSaidError : the table is one of a known tool, where nobody says anything.
    """
    dialect = recognised(names, sample)
    if dialect is not None and dialect.sans_parole:
        raise NothingSaidError(sheet.source, f"{dialect.nom}\u00a0: {dialect.sans_parole}")
    roles = Roles(names, [content_of(sample, at) for at in range(len(names))], dialect=dialect)
    asked = give_asked(roles, override, sheet)
    kept, roles.attributes = roles.attributes, []  # a person keeps them beside the words: they are never the words
    free = [at for at in range(len(names)) if at not in asked]
    are_of_places = dialect is not None and dialect.canal != "enquete"  # on a platform, places are not people's
    kinds = kinds_of_columns(names, sample, OF_PLACES if are_of_places else frozenset())
    roles.personal = {at: told for at, told in kinds.items() if at in free}
    if dialect is not None and dialect.achevee:
        roles.finished_at = next(iter(columns_called(names, dialect.achevee)), None)
    if dialect is not None and dialect.texte:
        _give_told(roles, dialect, free)
        free = []
    else:
        _give_thread(roles, free, sample)
    texts = _give_by_name(roles, _give_positions(roles, free, sample, override))
    if not roles.text:
        choose_texts(roles, texts)
    else:
        roles.attributes += texts
    _lay_positions_out(roles)
    if not roles.text and not roles.positions:
        raise _no_text(names, [names[at] for at in texts], sheet.source)
    roles.row, roles.reads = _row(roles), _rows_read(roles, sample)
    roles.is_survey = _has_one_person_a_row(roles) if dialect is None else dialect.canal == "enquete"
    roles.votes_of = _voted_above(roles, sample)
    roles.attributes = sorted([*kept, *roles.attributes])
    roles.forget_used()
    _tell_people_apart(roles, sample)
    return roles


def _give_thread(roles: Roles, free: list[int], sample: list[list[str]]) -> None:
    """Take the column that tells which row each answers, by the numbers of another, each its own."""
    for at, name in enumerate(roles.names):
        told = {cell.strip() for cell in _cells(sample, at)} - {""}
        if header_key(name) not in read_lines(__name__, "reply_headings") or not told:
            continue
        for number, title in enumerate(roles.names):
            numbers = [cell.strip() for cell in _cells(sample, number) if cell.strip()]
            is_known = 2 * len(told.intersection(numbers)) > len(told)
            if number != at and is_known and len(set(numbers)) == len(numbers) == len(sample):
                if at in free:
                    roles.thread = number, at
                    free.remove(at)
                    roles.explained[at] = "réponse à", f"les numéros de la colonne «\u00a0{title}\u00a0»"
                return


def _rows_read(roles: Roles, sample: list[list[str]]) -> frozenset[str]:
    """The cells by which rows name those of another table, where a reader tells these again: `contribution_no` beside
    `synthese_du_lecteur`; none where a person said what the words are."""
    reading, keys = (read_words(__name__, f"{name}_headings") for name in ("reading", "row_key"))
    is_read = bool(roles.text) and all(
        not reading.isdisjoint(header_key(roles.names[at]).split()) and roles.explained.get(at, ("",))[-1] != _ASKED
        for at, _ in roles.text
    )
    used = {*(at for at, _ in roles.text), *roles.single.values(), *roles.context}
    named = (at for at, name in enumerate(roles.names) if at not in used and keys & {*header_key(name).split()})
    found = ({cell.strip() for cell in _cells(sample, at)} - {""} for at in named if is_read)
    return frozenset(next((cells for cells in found if cells and all(map(_KEY.fullmatch, cells))), ()))


_KEY = re.compile(r"(?=\D*\d)\S{1,24}")
"""`M01`, `12`: how a row is named."""
_ASKED = "indiqué dans atelier.toml"


def _voted_above(roles: Roles, sample: list[list[str]]) -> int | None:
    """The column of contexts that the votes are those of: the rows of one say the same number, those of others another.

    A few rows may do so by chance: it takes `_FEW` of them beyond the first of each context.
    """
    if "votes" not in roles.single or not roles.text:
        return None
    votes = roles.single["votes"]
    for at in roles.context:
        pairs = [(row[at].strip(), row[votes].strip()) for row in sample if max(at, votes) < len(row)]
        pairs = list(filter(all, pairs))
        contexts, numbers = {context for context, _ in pairs}, {given for _, given in pairs}
        if len(set(pairs)) == len(contexts) and len(numbers) > 1 and len(pairs) - len(contexts) >= _FEW:
            return at
    return None


def _cells(sample: list[list[str]], at: int) -> list[str]:
    return [row[at] for row in sample if at < len(row)]


def _give_positions(roles: Roles, free: list[int], sample: list[list[str]], override: FileOverride | None) -> list[int]:
    """Take the columns whose cells take sides, and those that `atelier.toml` names; the other free ones.

    A heading alone makes none.
    """
    names = roles.names
    asked = {header_key(one) for one in override.colonnes_position} if override else set()
    found = {column.at: column for column in roles.positions}  # that a dialect tells
    ticked = ticked_columns(names, sample, any(matches_alias(name, "voix") for name in names))
    found |= {column.at: column for column in ticked if column.at in free}
    for at, name in enumerate(names):
        is_asked = header_key(name) in asked
        is_open = at in free and at not in roles.personal and at not in found
        if is_asked or (is_open and not any(matches_alias(name, role) for role in _NEVER_POSITIONS)):
            column = position_column(name, _cells(sample, at), at, is_asked)
            found |= {at: column} if column is not None else {}
    roles.positions = [found[at] for at in sorted(found)]
    return [at for at in free if at not in found]


def _lay_positions_out(roles: Roles) -> None:
    """Say of which words each column of positions is the side; what many rows repeat is what they are about."""
    for at, heading in list(roles.text) if any(not column.about for column in roles.positions) else ():
        content = roles.content[at]
        is_repeated = content.n >= _FEW and content.distinct <= _VOTED_ON_MAX
        if is_repeated and names_what_is_voted_on(roles.names[at]):
            roles.text.remove((at, heading))
            roles.give(at, "contexte", "ce sur quoi portent les positions")
    texts = [at for at, _ in roles.text]
    roles.positions = [replace(column, reasons=_reasons_of(column, roles, texts)) for column in roles.positions]


def _reasons_of(column: PositionColumn, roles: Roles, texts: list[int]) -> int | None:
    """The column of text that a column of positions is the side of: the next one, when it asks why, or the only one."""
    following = next((at for at in texts if at > column.at), None)
    if not column.about:
        return following if following is not None else max(texts, default=None)
    if following is None or any(column.at < one.at < following for one in roles.positions):
        return None
    heading = roles.names[following]
    is_plain = len(texts) == len(roles.positions) == 1 and matches_alias(heading, "texte")
    return following if gives_reasons(heading) or is_plain else None


def give_asked(roles: Roles, override: FileOverride | None, sheet: Sheet) -> set[int]:
    """Give the roles that `atelier.toml` gives; the columns that got one. Those of another sheet are noted as missing.

    Raises RefusedFileError: a column that it names is nowhere.
    """
    if override is None:
        return set()
    names, keys = roles.names, list(map(header_key, roles.names))
    places = {asked: keys.index(key) for asked in override.columns if (key := header_key(asked)) in keys}
    roles.missing = [asked for asked in override.columns if asked not in places]
    if roles.missing and not sheet.name:
        raise RefusedFileError(
            sheet.source,
            f"atelier.toml y annonce une colonne « {roles.missing[0]} » qui n'existe pas",
            f"Colonnes du fichier : {', '.join(name[:60] for name in names[:12])}.",
        )
    n_texts = sum(asked in places for asked in override.colonnes_texte)
    for asked, at in places.items():
        role, name = override.columns[asked], names[at]
        if role in SINGLE_ROLES and role in roles.single:
            roles.give(roles.single[role], "attribut", f"« {asked} » l’est, dit après")
        roles.give(at, role, _ASKED, name if n_texts > 1 or is_question(name) else "")
    return set(places.values())


def _give_told(roles: Roles, dialect: Dialect, free: list[int]) -> None:
    """Give the free columns of a known tool's table the roles that its dialect tells; all get one."""
    roles.layout = layout = Layout(dialect)
    _give_told_texts(roles, layout, free)
    for one in dialect.contexte:
        if (at := _take(roles, free, one, "contexte")) is not None:
            roles.give(at, "contexte")
    for role in SINGLE_ROLES:
        for one in getattr(dialect, role, ()) if role not in roles.single else ():
            if (at := _take(roles, free, one, role)) is not None:
                roles.give(at, role)
                break
    roles.context += [layout.title] if layout.title is not None else []
    if dialect.position and (at := _take(roles, free, dialect.position, "position")) is not None:
        roles.positions = [PositionColumn(at, COLUMN)]
    for one in dialect.ecartees:
        _take(roles, free, one, "écartée")
    for at in free:
        role, reason = ("écartée", roles.personal[at][1]) if at in roles.personal else ("attribut", "")
        roles.give(at, role, reason)
    layout.lay_rows_out(roles.names)


def _give_told_texts(roles: Roles, layout: Layout, free: list[int]) -> None:
    """Take the columns of text of a known tool and their title, which is the text where there is no other."""
    dialect = layout.dialect
    title = _take(roles, free, dialect.titre, "contexte") if dialect.titre else None
    texts = [at for one in dialect.texte if (at := _take(roles, free, one, "texte")) is not None]
    if not texts and title is not None:
        texts, title = [title], None
    if texts and not roles.text:
        layout.text, layout.title = texts[0], title
        layout.joined = texts[1:] if dialect.joindre else []
        roles.text = [(at, "") for at in texts[: 1 if dialect.joindre else None]]


def _take(roles: Roles, free: list[int], asked: str, role: str) -> int | None:
    """The free column of that name, its other languages set aside; None without, or without words in one of text."""
    columns = [at for at in columns_called(roles.names, asked) if at in free]
    if role == "texte":
        content = roles.content
        columns = [at for at in columns if content[at].mean_words > 0 and content[at].counted < _COUNTED_MIN]
    for rank, at in enumerate(columns):
        free.remove(at)
        is_other = rank > 0 and role != "écartée"
        other = "écartée", "la même chose dans une autre langue"
        roles.explained[at] = other if is_other else (role, f"colonne de {roles.tool}")
    if len(columns) > 1 and roles.layout is not None:
        roles.layout.languages[columns[0]] = columns[1:]
    return columns[0] if columns else None


def _give_by_name(roles: Roles, free: list[int]) -> list[int]:
    """Give the free columns the roles that their headings tell; those of text are returned, still to choose from."""
    texts: list[int] = []
    for at in free:
        role, reason = _role_by_name(roles, at)
        if role == "texte":
            texts.append(at)
        else:
            roles.give(at, role, reason)
    return texts


def _role_by_name(roles: Roles, at: int) -> tuple[str, str]:
    """The role of a column by its heading, and why where that is not all; one of addresses is set aside."""
    name, content = roles.names[at], roles.content[at]
    if matches_alias(name, "ecartees") and content.mean_words < 6:
        return "écartée", "identifiant ou coordonnée de personne, d'après son titre"
    told = roles.personal.get(at)
    if told is not None and (told[0] != NAME or not matches_alias(name, "voix")):
        return "écartée", told[1]
    for role in SINGLE_ROLES:
        if role not in roles.single and matches_alias(name, role) and _can_be(role, roles, at):
            roles.personal.pop(at, None)
            return role, ""
    if matches_alias(name, "voix") and content.mean_words < _NAMES_WORDS_MAX:
        roles.personal[at] = NAME, _MORE_NAMES
    if at in roles.personal:
        return "écartée", roles.personal[at][1]
    if asks_only_who(name) and content.mean_words < _NAMES_WORDS_MAX:
        return "attribut", "dit qui parle ou d'où, d'après son titre"
    if _names_words(roles, at):
        return "texte", ""
    is_context = matches_alias(name, "contexte") and content.colours <= 0.5 and not content.is_of_measures
    return ("contexte" if is_context else "attribut"), ""


def _names_words(roles: Roles, at: int) -> bool:
    name, content = roles.names[at], roles.content[at]
    if matches_alias(name, "texte"):
        return content.mean_words > 0 or not content.n
    return bool(roles.positions) and gives_reasons(name) and content.mean_words > 0


def _can_be(role: str, roles: Roles, at: int) -> bool:
    content = roles.content[at]
    if role in _VOTES:
        is_of_words = content.n > 0 and content.counted < _COUNTED_MIN
        if is_of_words:
            told = f"colonne «\u00a0{roles.names[at]}\u00a0»\u00a0: des mots et non des votes, gardée à côté"
            roles.notes.append(told)
        return not is_of_words
    if role == "groupe":
        return content.n > 0 and content.distinct <= _GROUP_DISTINCT_MAX
    return content.mean_words < 8


def _tell_people_apart(roles: Roles, sample: list[list[str]]) -> None:
    """Find the personal columns that tell people apart: their names, more than first ones, else how each is reached."""
    if "voix" in roles.single or any(role in roles.single for role in _VOTES):
        return
    for kind in TELLING_APART:
        columns = [at for at, (told, _) in roles.personal.items() if told == kind]
        filled = [cells for row in sample if any(cells := tuple(row[at].strip() for at in columns if at < len(row)))]
        keys = [header_key(roles.names[at]) for at in columns]
        are_whole = any("prenom" not in key or "nom" in key.split() for key in keys)
        if 2 * len(filled) >= len(sample) and len(set(filled)) > 1 and are_whole:
            roles.identity = columns
            return


def choose_texts(roles: Roles, named: list[int]) -> None:
    """Choose the columns where people wrote: `named` by their heading, others by their cells, else what is left."""
    names, content = roles.names, roles.content
    by_name = _but_closed(roles, [at for at in named if content[at].n])
    least_words = 6.0 if by_name else 3.5
    beside = _beside_questions(roles)
    by_content = [
        at
        for at in roles.attributes
        if at not in (*by_name, *roles.explained) and (at in beside or content[at].is_free_text(names[at], least_words))
    ]
    several = len(by_name) + len(by_content) > 1
    for rank, at in enumerate(by_name):
        is_told = (rank or by_content) and alias_rank(names[at], "texte") >= _PLAIN_NAMES
        roles.give(at, "texte", "son titre", names[at] if is_told or is_usual_title(names[at]) else "")
    for at in by_content:
        if at in beside:
            roles.give(at, "texte", "des mots libres à côté d'une question fermée", beside[at])
        else:
            _give_text_by_content(roles, at, several)
    if not roles.text:
        _take_what_is_left(roles)
    roles.text.sort()
    used = {at for at, _ in roles.text}
    roles.attributes = [at for at in roles.attributes if at not in used]


def _but_closed(roles: Roles, texts: list[int]) -> list[int]:
    """The columns of words, but those of a few answers that come back, which stand above the others, if there are."""
    closed = [at for at in texts if roles.content[at].is_closed]
    if len(closed) == len(texts):
        return texts
    for at in closed:
        roles.give(at, "contexte", "quelques réponses qui reviennent, au-dessus de ce qui est écrit à côté")
    return [at for at in texts if at not in closed]


def _give_text_by_content(roles: Roles, at: int, several: bool) -> None:
    """Make a column one of words for its cells; its heading stands above them when it tells something."""
    name = roles.names[at]
    asks = is_question(name)
    roles.assumed += [] if asks else [name]
    is_title = asks or several or len(name.split()) > 2 or len(roles.names) == 1
    reason = "une question" if asks else "des phrases dans ses cellules"
    roles.give(at, "texte", reason, name if is_title else "")


def _beside_questions(roles: Roles) -> dict[int, str]:
    """Columns of free words beside a closed question (« Autre »), with that question."""
    if roles.dialect is None:
        return {}
    columns = [at for at in roles.attributes if roles.content[at].mean_words > 0]
    questions = {at: roles.dialect.without_suffix(roles.names[at]) for at in columns}
    return {at: question for at, question in questions.items() if question is not None}


def _take_what_is_left(roles: Roles) -> None:
    """The column of sentences that has the name of a context, else the only column."""
    names, content = roles.names, roles.content
    if roles.context:
        best = max(roles.context, key=lambda at: content[at].mean_words)
        if content[best].mean_words >= 3 and content[best].distinct > 0.5:
            roles.context.remove(best)
            roles.single = {role: at for role, at in roles.single.items() if at != best}
            roles.assumed.append(names[best])
            roles.give(best, "texte", "la seule colonne qui contient des phrases")
    if not roles.text and len(names) == 1 and content[0].mean_words >= 1 and not roles.personal:
        roles.give(0, "texte", "la seule colonne", "" if matches_alias(names[0], "texte") else names[0])


def _no_text(names: list[str], blank: list[str], source: str) -> RefusedFileError:
    """What is missing; `blank` are columns that have the name of one of text, and no word in any cell."""
    if blank:
        return RefusedFileError(
            source,
            f"rien n'est écrit dans la colonne « {blank[0]} »",
            "Saisissez-y les paroles, ou nommez dans atelier.toml la colonne qui les contient "
            '([[fichiers]] nom = "…", colonnes_texte = ["…"]).',
        )
    return RefusedFileError(
        source,
        f"aucune colonne de texte parmi : {', '.join(names[:12])}{'…' if len(names) > 12 else ''}",
        "Donnez à la colonne des paroles le titre « Texte », ou nommez-la dans atelier.toml "
        '([[fichiers]] nom = "…", colonnes_texte = ["…"]).',
    )


def _has_one_person_a_row(roles: Roles) -> bool:
    """Whether the cells of a row are one person's answers: they answer questions, or stand beside what is known of her.

    On a wall of post-its typed column by column, chance alone puts two words in one row. What was voted on is nobody's
    answer: votes are never respondents.
    """
    if any(role in roles.single for role in _VOTES):
        return False
    texts = [at for at, _ in roles.text]
    if roles.row and len(texts) == 1 and "date" in roles.single and "voix" not in roles.single:
        return True
    n_questions = sum(is_question(roles.names[at]) for at in texts) + sum(1 for one in roles.positions if one.about)
    not_of_a_person = {*texts, *roles.context, *(one.at for one in roles.positions), roles.single.get("table")}
    is_anyone_known = any(content.n for at, content in enumerate(roles.content) if at not in not_of_a_person)
    if len(texts) > 1 and not is_anyone_known:
        return 2 * n_questions >= len(texts)  # "Ce qui va", "Ce qui coince", "Et demain ?" are three columns of a wall
    return n_questions > 0 or len(texts) > 1


def _row(roles: Roles) -> str:
    """What each row is: as the column of its number says, else that of its words, where the table asks nothing; a
    comment beside a mark is a review."""
    numbered = next(filter(None, (row_of(roles.names[at]) for at in roles.attributes)), "")
    if numbered or roles.dialect is not None or len(roles.text) != 1 or any(map(is_question, roles.names)):
        return numbered
    told = row_of(roles.names[roles.text[0][0]])
    is_marked = any(column.bounds for column in roles.positions)
    return "avis" if is_marked and told in ("commentaire", "message") else told


def _has_one_table_a_row(roles: Roles) -> bool:
    """Whether each row is what someone noted of a whole table: several texts, and no table twice."""
    if "table" not in roles.single or len(roles.text) < 2:
        return False
    tables = roles.content[roles.single["table"]]
    return tables.n > 1 and tables.distinct == 1


def channel_of(roles: Roles) -> str:
    """`enquete` when questions stand as headings, `note` for notes of tables, else `postit`."""
    keys = set(map(header_key, roles.names))
    if roles.layout is not None:
        return roles.layout.dialect.canal
    if keys & _WRITTEN_BY_HAND or (not roles.tool and "votes" in roles.single):
        return "postit"
    if roles.is_survey or any(key.startswith(("reponse", "question")) for key in keys):
        return "enquete"
    if _has_one_table_a_row(roles) or any(header_key(roles.names[at]) in ("note", "notes") for at, _ in roles.text):
        return "note"
    return "postit"
