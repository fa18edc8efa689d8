"""Which column of a table is what: by `atelier.toml`, its tool, its heading or its content, with the reason."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from pipeline.errors import NothingSaidError, RefusedFileError
from pipeline.ingest.formats.dialects import Dialect, Told, columns_called, recognised
from pipeline.ingest.formats.records import ColumnChoice
from pipeline.ingest.structure import bare_heading
from pipeline.ingest.workshop import FileOverride
from pipeline.language.text.lists import read_lines, read_words
from pipeline.tables.columns import alias_rank, header_key, is_usual_title, matches_alias

_WORD = re.compile(r"[^\W\d_]{2,}")
_PERSONAL = re.compile(r"^\s*(?:[\w.+-]+@[\w-]+\.[\w.]+|(?:\d{1,3}\.){3}\d{1,3}|(?:\+33|0)[1-9](?:[ .-]?\d{2}){4})\s*$")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)  # no words of anybody's
_HEX_COLOUR = re.compile(r"^\s*#?[0-9a-fA-F]{6}\s*$")
_COLOURS = read_words(__name__, "colours")
_QUESTION_WORDS_MIN = 4
_NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?(?:[eE][+-]?\d+)?")
_VOTES_MAX = 10**12
"""More is an identifier, or a cell that a spreadsheet broke; so many may be added up."""
_MARKS = re.compile(r"^\s*([xX+|●•★⭐✓✔✅👍🔴🟢])(?:\ufe0f?\s*\1)*\ufe0f?\s*$")
_VOTE_WORDS_MAX = 2


@dataclass(frozen=True)
class Content:
    """What the cells of a column look like over the sample: counts and means over the cells that are not blank."""

    n: int
    mean_words: float
    distinct: float
    personal: float
    colours: float
    counted: float = 0.0
    """Share of the cells that hold a number of votes."""

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
        return Content(0, 0.0, 0.0, 0.0, 0.0)
    n_words = sum(len(_WORD.findall(_ADDRESS.sub("", cell[:500]))) for cell in cells)
    n_personal = sum(1 for cell in cells if _PERSONAL.match(cell))
    n_colours = sum(1 for cell in cells if _is_colour(cell))
    n_counted = sum(1 for cell in cells if votes_in(cell) is not None)
    distinct, n = len(set(cells)) / len(cells), len(cells)
    return Content(n, n_words / n, distinct, n_personal / n, n_colours / n, n_counted / n)


def votes_in(cell: str) -> int | None:
    """The votes that a cell tells: a number (`3`, `3 votes`), or so many marks (`+++`, `● ●`); None for words."""
    marks = _MARKS.match(cell)
    if marks:
        return cell.count(marks[1])
    found = _NUMBER.search(cell)
    if found is None or len(_WORD.findall(cell)) > _VOTE_WORDS_MAX:
        return None
    told = float(found.group().replace(",", "."))
    return max(0, int(told)) if abs(told) <= _VOTES_MAX else None


def _is_colour(cell: str) -> bool:
    words = cell.lower().replace("-", " ").split()
    return bool(_HEX_COLOUR.match(cell)) or (0 < len(words) <= 3 and all(word in _COLOURS for word in words))


def is_question(heading: str) -> bool:
    """Whether a heading asks something."""
    if "?" in heading:
        return True
    return len(heading.split()) >= _QUESTION_WORDS_MIN and bool(_openings().match(header_key(bare_heading(heading))))


@cache
def _openings() -> re.Pattern[str]:
    lines = read_lines(__name__, "question_openings")
    told = (re.escape(header_key(line.rstrip("*"))) + ("" if line.endswith("*") else r"\b") for line in lines)
    return re.compile(rf"\W*(?:\d+\W+)?(?:{'|'.join(told)})")


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


_COUNTED_MIN = 0.5
_JOINT = " + "


def asked_columns(mapping: Mapping, names: list[str], override: FileOverride | None, sheet: Sheet) -> set[int]:
    """The columns that `atelier.toml` gives a role, by position; those of another sheet are noted as missing."""
    if override is None:
        return set()
    found = {asked: at for asked in override.columns if (at := _place_of(asked, names)) is not None}
    for asked in override.columns:
        if asked not in found and asked not in sheet.may_lack:
            where = f"de la feuille « {sheet.name} »" if sheet.name else "du fichier"
            raise RefusedFileError(
                sheet.source,
                f"{sheet.place}atelier.toml y annonce une colonne « {asked} » qui n'existe pas",
                f"Colonnes {where} : {', '.join(names[:12])}.",
            )
    mapping.missing = [asked for asked in override.columns if asked not in found]
    texts = [found[asked] for asked in override.colonnes_texte if asked in found]
    mapping.text = [(at, names[at] if len(texts) > 1 or is_question(names[at]) else "") for at in texts]
    for asked, role in override.columns.items():
        if asked not in found:
            continue
        mapping.choose(names[found[asked]], ROLE_NAMES.get(role, role), "indiqué dans atelier.toml")
        if role in SINGLE_ROLES:
            mapping.single[role] = found[asked]
        if role in ("contexte", "groupe"):
            mapping.context.append(found[asked])
    return set(found.values())


def _place_of(asked: str, names: list[str]) -> int | None:
    return next((at for at, name in enumerate(names) if header_key(name) == header_key(asked)), None)


class _Telling:
    """Gives the columns of a table their roles, those that `atelier.toml` has not taken."""

    def __init__(self, mapping: Mapping, names: list[str], dialect: Dialect, taken: set[int]) -> None:
        self.mapping, self.names, self.dialect = mapping, names, dialect
        self.free = [at for at in range(len(names)) if at not in taken]
        self.told = Told(dialect)

    def take(self, asked: str, role: str, content: list[Content] | None = None) -> int | None:
        """The column of that name, its other languages set aside; None when there is none, or no words in it."""
        found = [at for at in columns_called(self.names, asked) if at in self.free]
        if content is not None:
            found = [at for at in found if content[at].mean_words > 0 and content[at].counted < _COUNTED_MIN]
        for rank, at in enumerate(found):
            self.free.remove(at)
            reason = f"colonne de {self.dialect.nom}"
            if rank and role != "écartée":
                self.mapping.choose(self.names[at], "écartée", "la même chose dans une autre langue")
            else:
                self.mapping.choose(self.names[at], ROLE_NAMES.get(role, role), reason)
        if len(found) > 1:
            self.told.languages[found[0]] = found[1:]
        return found[0] if found else None

    def texts(self, content: list[Content]) -> None:
        """The columns of words, and their title."""
        dialect, told, mapping = self.dialect, self.told, self.mapping
        title = self.take(dialect.titre, "contexte") if dialect.titre else None
        found = [at for one in dialect.texte if (at := self.take(one, "texte", content)) is not None]
        if not found and title is not None:
            found, title = [title], None
        if not found or mapping.text:
            return
        told.text, told.title = found[0], title
        told.joined = found[1:] if dialect.joindre else []
        mapping.text = [(at, "") for at in found[: 1 if dialect.joindre else None]]

    def rest(self, content: list[Content]) -> None:
        """What goes beside the words, and what does not."""
        mapping, dialect = self.mapping, self.dialect
        mapping.context += [at for one in dialect.contexte if (at := self.take(one, "contexte")) is not None]
        for role in SINGLE_ROLES:
            if role in mapping.single:
                continue
            asked = getattr(dialect, role, ())
            at = next((found for one in asked if (found := self.take(one, role)) is not None), None)
            if at is not None:
                mapping.single[role] = at
                mapping.context += [at] if role == "groupe" else []
        mapping.context += [self.told.title] if self.told.title is not None else []
        for column in dialect.traduites:
            for at in columns_called(self.names, column.colonne):
                self.told.values[at] = (column.nom, column.valeurs)
        for one in dialect.ecartees:
            self.take(one, "écartée")
        for at in self.free:
            if content[at].personal > 0.5:  # addresses and numbers of people, whatever the name
                mapping.choose(self.names[at], "écartée", "son contenu : adresses ou numéros de personnes")
            else:
                mapping.attributes.append(at)

    def threads(self) -> None:
        """What names a row, what it answers, and what sets it aside."""
        told, dialect = self.told, self.dialect
        if dialect.identifiant:
            told.number = next(iter(columns_called(self.names, dialect.identifiant)), None)
        for one in dialect.repond_a:
            places = [columns_called(self.names, part) for part in one.split(_JOINT)]
            if all(places):
                told.answers.append(tuple(found[0] for found in places))
        for aside in dialect.a_part:
            told.aside += [(at, aside) for at in columns_called(self.names, aside.colonne)[:1]]


def tell_columns(
    mapping: Mapping, names: list[str], content: list[Content], dialect: Dialect, taken: set[int]
) -> set[int]:
    """Give the columns of a known tool's table their roles; those that got one, by position.

    All get one when the dialect says where the words are; none otherwise.
    """
    telling = _Telling(mapping, names, dialect, taken)
    if not dialect.texte:
        return set()
    telling.texts(content)
    telling.rest(content)
    telling.threads()
    mapping.told = telling.told
    return set(range(len(names)))


def choose_texts(mapping: Mapping, names: list[str], content: list[Content], texts: list[tuple[int, int]]) -> None:
    by_name = [at for _, at in texts if content[at].n]
    least_words = 6.0 if by_name else 3.5
    beside = _beside_questions(mapping, names, content)
    by_content = [
        at
        for at in mapping.attributes
        if at not in by_name and (at in beside or content[at].is_free_text(names[at], least_words))
    ]
    several = len(by_name) + len(by_content) > 1
    for rank, at in enumerate(sorted(by_name)):
        is_told = several and (rank or by_content) and not _is_plain_text_name(names[at])
        heading = names[at] if is_told or is_usual_title(names[at]) else ""
        mapping.text.append((at, heading))
        mapping.choose(names[at], "texte", "son titre")
    for at in by_content:
        if at in beside:
            mapping.text.append((at, beside[at]))
            mapping.choose(names[at], "texte", "des mots libres à côté d'une question fermée")
        else:
            _take_by_content(mapping, names, at, several)
    if not mapping.text:
        _take_what_is_left(mapping, names, content)
    mapping.text.sort()
    used = {at for at, _ in mapping.text}
    mapping.attributes = [at for at in mapping.attributes if at not in used]


def _beside_questions(mapping: Mapping, names: list[str], content: list[Content]) -> dict[int, str]:
    """Columns of free words beside a closed question (« Autre »), with that question."""
    if mapping.dialect is None:
        return {}
    found = {at: mapping.dialect.without_suffix(names[at]) for at in mapping.attributes if content[at].mean_words > 0}
    return {at: question for at, question in found.items() if question is not None}


def _take_by_content(mapping: Mapping, names: list[str], at: int, several: bool) -> None:
    """A column where people wrote, under its question or its title."""
    asks = is_question(names[at])
    if not asks:
        mapping.assumed.append(names[at])
    is_title = asks or len(names[at].split()) > 2 or several or len(names) == 1
    mapping.text.append((at, names[at] if is_title else ""))
    mapping.choose(names[at], "texte", "une question" if asks else "des phrases dans ses cellules")


def _take_what_is_left(mapping: Mapping, names: list[str], content: list[Content]) -> None:
    """The column of sentences that has the name of a context, else the only column."""
    if mapping.context:
        best = max(mapping.context, key=lambda at: content[at].mean_words)
        if content[best].mean_words >= 3 and content[best].distinct > 0.5:
            mapping.context.remove(best)
            mapping.single = {role: at for role, at in mapping.single.items() if at != best}
            mapping.text.append((best, ""))
            mapping.assumed.append(names[best])
            mapping.choose(names[best], "texte", "la seule colonne qui contient des phrases")
    if not mapping.text and len(names) == 1 and content[0].mean_words >= 1:
        mapping.text.append((0, "" if matches_alias(names[0], "texte") else names[0]))
        mapping.choose(names[0], "texte", "la seule colonne")


def _is_plain_text_name(name: str) -> bool:
    return alias_rank(name, "texte") < 9


_VOTES = ("votes", "votes_contre")
_VOTES_COUNTED_MIN = 0.5
_GROUP_DISTINCT_MAX = 0.7
_WRITTEN_BY_HAND = {"postit": ("post-it", "postit", "post it", "couleur", "gommettes", "sticky note")}


def map_columns(names: list[str], sample: list[list[str]], override: FileOverride | None, sheet: Sheet) -> Mapping:
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
    mapping = Mapping(dialect=dialect)
    taken = asked_columns(mapping, names, override, sheet)
    content = [content_of(sample, at) for at in range(len(names))]
    if dialect is not None:
        taken |= tell_columns(mapping, names, content, dialect, taken)
        mapping.finished_at = next(iter(columns_called(names, dialect.achevee)), None) if dialect.achevee else None
    texts: list[tuple[int, int]] = []
    for at, name in enumerate(names):
        if at in taken:
            continue
        role = _role_by_name(name, content[at], mapping)
        if role == "texte":
            texts.append((alias_rank(name, "texte"), at))
        elif role == "contexte":
            mapping.context.append(at)
        elif role in SINGLE_ROLES:
            mapping.single[role] = at
            mapping.context += [at] if role == "groupe" else []
        elif role == "":
            mapping.attributes.append(at)
    if not mapping.text:
        choose_texts(mapping, names, content, sorted(texts))
    else:
        mapping.attributes += [at for _, at in texts]
    if not mapping.text:
        raise _no_text(names, [names[at] for _, at in texts], sheet.source)
    is_survey = _has_one_person_a_row(mapping, names, content) if dialect is None else dialect.canal == "enquete"
    mapping.is_survey = is_survey
    mapping.has_one_table_a_row = not mapping.is_survey and _is_one_table_a_row(mapping, content)
    _explain_rest(mapping, names)
    return mapping


def _has_one_person_a_row(mapping: Mapping, names: list[str], content: list[Content]) -> bool:
    """Whether the cells of a row are one person's answers: they answer questions, or stand beside what is known of her.

    On a wall of post-its typed column by column, chance alone puts two words in one row. What was voted on is nobody's
    answer: votes are never respondents.
    """
    if any(role in mapping.single for role in _VOTES):
        return False
    n_texts, n_questions = len(mapping.text), sum(is_question(names[at]) for at, _ in mapping.text)
    not_of_a_person = {*(at for at, _ in mapping.text), *mapping.context, mapping.single.get("table")}
    is_anyone_known = any(c.n for at, c in enumerate(content) if at not in not_of_a_person)
    if n_texts > 1 and not is_anyone_known:
        return 2 * n_questions >= n_texts  # "Ce qui va", "Ce qui coince", "Et demain ?" are three columns of a wall
    return n_questions > 0 or (n_texts > 1 and is_anyone_known)


def _is_one_table_a_row(mapping: Mapping, content: list[Content]) -> bool:
    """Whether a row is what someone noted of a whole table: several columns of text, and no table twice."""
    table = mapping.single.get("table")
    return len(mapping.text) > 1 and table is not None and content[table].n > 1 and content[table].distinct == 1


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


def channel_by_headings(names: list[str], mapping: Mapping) -> str:
    """`enquete` when questions stand as headings, `note` for notes of tables, else `postit`."""
    keys = {header_key(name) for name in names}
    if mapping.told is not None:
        return mapping.told.dialect.canal
    if keys & set(_WRITTEN_BY_HAND["postit"]) or (not mapping.tool and "votes" in mapping.single):
        return "postit"
    if mapping.is_survey or any(key.startswith(("reponse", "question")) for key in keys):
        return "enquete"
    if mapping.has_one_table_a_row:
        return "note"
    return "note" if any(header_key(names[at]) in ("note", "notes") for at, _ in mapping.text) else "postit"


def _role_by_name(name: str, content: Content, mapping: Mapping) -> str:
    """The role of a heading; "" for none. A column of addresses is set aside whatever its name."""
    if matches_alias(name, "ecartees") and content.mean_words < 6:
        mapping.choose(name, "écartée", "identifiant ou coordonnée de personne, d'après son titre")
        return "écartée"
    if content.personal > 0.5:
        mapping.choose(name, "écartée", "son contenu : adresses ou numéros de personnes")
        return "écartée"
    for role in SINGLE_ROLES:
        if role not in mapping.single and matches_alias(name, role) and _can_be(role, name, content, mapping):
            return role
    if matches_alias(name, "texte") and (content.mean_words > 0 or not content.n):
        return "texte"
    if matches_alias(name, "contexte") and not (content.colours > 0.5):
        return "contexte"
    return ""


def _can_be(role: str, name: str, content: Content, mapping: Mapping) -> bool:
    """Whether the cells of a column are what its heading says."""
    if role in _VOTES:
        if content.n and content.counted < _VOTES_COUNTED_MIN:
            mapping.notes.append(f"colonne «\u00a0{name}\u00a0»\u00a0: des mots et non des votes, gardée à côté")
            return False
        return True
    if role == "groupe":
        return content.n > 0 and content.distinct <= _GROUP_DISTINCT_MAX
    return content.mean_words < 8


def _explain_rest(mapping: Mapping, names: list[str]) -> None:
    told = {choice.name for choice in mapping.choices}
    for role, at in mapping.single.items():
        if names[at] not in told:
            mapping.choose(names[at], ROLE_NAMES.get(role, role), "son titre")
            told.add(names[at])
    for at in mapping.context:
        if names[at] not in told:
            mapping.choose(names[at], "contexte", "son titre")
    for at in mapping.attributes:
        mapping.choose(names[at], "attribut", "gardé tel quel, à côté de la parole")


def kind_of_sheet(names: list[str], mapping: Mapping, channel: str) -> tuple[str, str]:
    """(kind, reason) in French: `votes`, `enquête`, `notes de table`, `mur de post-its`."""
    votes = mapping.single.get("votes", mapping.single.get("votes_contre"))
    questions = [names[at] for at, _ in mapping.text if is_question(names[at])]
    if mapping.dialect is not None:
        return mapping.dialect.nature, f"colonnes de {mapping.tool}"
    if votes is not None and "voix" in mapping.single:
        return "mur de post-its", f"des paroles signées, avec leurs votes, « {names[votes]} »"
    if votes is not None:
        return "votes", f"une colonne de votes, « {names[votes]} »"
    if questions and mapping.is_survey:
        return "enquête", f"une question en titre, « {questions[0]} »"
    if mapping.is_survey:
        return "enquête", "des lignes qui réunissent chacune les réponses d'une personne"
    if mapping.has_one_table_a_row:
        return "notes de table", "une ligne par table, plusieurs colonnes de texte"
    if channel == "note":
        return "notes de table", "une colonne de notes"
    if channel == "enquete":
        return "enquête", "une colonne de réponses"
    if "groupe" in mapping.single:
        return "mur de post-its", f"des groupes donnés, « {names[mapping.single['groupe']]} »"
    return "mur de post-its", f"une parole par case, « {names[mapping.text[0][0]]} »"
