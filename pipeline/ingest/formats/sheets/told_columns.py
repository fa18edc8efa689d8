"""The columns of a known tool's table: what each is, and what a row says once its languages are brought together."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.ingest.formats.sheets.cells import Content
from pipeline.ingest.formats.sheets.dialects import Dialect, SetAside, columns_called
from pipeline.ingest.formats.sheets.mapping import ROLE_NAMES, SINGLE_ROLES, Mapping
from pipeline.tables.grids import Row

_COUNTED_MIN = 0.5
_JOINT = " + "


@dataclass
class Told:
    """A dialect laid over the columns of one table, by position.

    Attributes
    ----------
    languages : column that is read → the others that say the same thing in other languages, in order of preference.
    title : that of a text, None without.
    joined : columns whose words go after those of the first column of text.
    aside : rows to set aside, by a column.
    values : column → its values in French.
    numbers : the column of the number of a row. answers : columns that name what a row answers: an address, or a kind
        and a number.
    """

    dialect: Dialect
    languages: dict[int, list[int]] = field(default_factory=dict)
    title: int | None = None
    text: int = 0
    joined: list[int] = field(default_factory=list)
    aside: list[tuple[int, SetAside]] = field(default_factory=list)
    values: dict[int, tuple[str, dict[str, str]]] = field(default_factory=dict)
    number: int | None = None
    answers: list[tuple[int, ...]] = field(default_factory=list)

    def row(self, cells: Row) -> Row:
        """A row as it is read: one language, what is joined joined, its title for text when it has no other."""
        said = list(cells)
        for at, others in self.languages.items():
            said[at] = next((cells[other] for other in (at, *others) if cells[other].strip()), "")
        if self.joined:
            said[self.text] = "\n".join(said[at].strip() for at in (self.text, *self.joined) if said[at].strip())
        if self.title is not None and not said[self.text].strip():
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
        found = (_named_by([cells[at].strip() for at in columns]) for columns in self.answers)
        return tuple(name for name in found if name)


def thread_name(kind: str, number: str) -> str:
    """One name for `Decidim::Proposals::Proposal` 42, `proposals/42` and `Proposal` 42; "" without a number."""
    last = kind.rstrip("/").replace(":", "/").rpartition("/")[2].lower().removesuffix("s")
    return f"{last}/{number.strip()}" if number.strip() and last else ""


def _named_by(cells: list[str]) -> str:
    """An address (`https://…/proposals/42`), or a kind and a number."""
    if len(cells) == 1:
        path, _, number = cells[0].split("?")[0].split("#")[0].rstrip("/").rpartition("/")
        return thread_name(path, number) if number.isdigit() else ""
    return thread_name(*cells[:2])


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
