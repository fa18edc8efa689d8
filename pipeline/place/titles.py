"""Titles: what a person calls what comes back, checked, and the id that each keeps when it is reworded."""

import hashlib
from collections.abc import Callable, Collection, Iterable, Sequence, Set
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import product
from typing import Any, NamedTuple

import pandas as pd

from pipeline.axes import COMPASS_CODES, compass
from pipeline.contracts.checks import conform, empty
from pipeline.contracts.titles import DECIDING, OF_PEOPLE, PERSON
from pipeline.language.text.folding import fold
from pipeline.language.text.lists import read_words
from pipeline.language.text.words import words

N_TITLES_MAX = 300
"""More titles than that are no longer a person's: they are the ideas themselves."""
CHARACTERS_MAX = 240
"""Beyond, it is no title but a page of text."""
_FOR_ALL = read_words(__name__, "words_for_all")
"""Words of which a title that is true of every idea is made."""
REWORDED = 0.6
"""Likeness of letters from which a title that came and one that went are one, reworded."""


@dataclass(frozen=True)
class Title:
    """A short sentence or noun phrase that is true of several ideas.

    Attributes
    ----------
    text : what it says. axis : the axis of its ideas; None: one theme, with a group an axis.
    rubric : a wider title above it, "" for none.
    examples, refused : words of ideas that a person put under it, and of ideas that she took away.
    origin : one of `pipeline.contracts.tables.ORIGINS`. order : its place among the titles.
    title_id : given once, kept when the title is reworded; "" until then.
    leaning : of a title without an axis, how much of what is known to be under it is on each; () where nothing is.
    """

    text: str
    axis: str | None = None
    rubric: str = ""
    examples: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    origin: str = PERSON
    order: int = 0
    title_id: str = ""
    leaning: tuple[float, ...] = ()

    @property
    def is_of_people(self) -> bool:
        """Whether people gave it, rather than a machine that proposes."""
        return self.origin in OF_PEOPLE

    @property
    def decides(self) -> bool:
        """Whether it decides of the axis of what is under it."""
        return self.origin in DECIDING


@dataclass(frozen=True)
class Line:
    """One title as it was read: `place` says where, for people; `axis` as it was written; `wrong`, why it is none."""

    place: str
    text: str
    axis: str = ""
    rubric: str = ""
    examples: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    origin: str = PERSON
    title_id: str = ""
    wrong: str = ""


@dataclass(frozen=True)
class Given:
    """Titles that can be used, in order, and what is told of the others, in French, one sentence each."""

    titles: tuple[Title, ...] = ()
    told: tuple[str, ...] = ()


def axis_of(name: str) -> str | None:
    """The code of an axis of the rose by its name or motto, None when it is none."""
    key = fold(name).strip(" .:#*_[]-")
    for code in COMPASS_CODES:
        if key in (code, fold(compass()[code].motto), f"axe {code}", f"l'{code}", f"le {code}"):
            return code
    return None


def unknown_axis(name: str) -> str:
    """Why a name is no axis, in French."""
    names = ", ".join(compass()[code].name for code in COMPASS_CODES)
    return f"« {_short(name)} » n'est pas un axe (attendu\u00a0: {names}). Les titres qui en dépendent servent sans axe"


def checked(lines: Iterable[Line], n_max: int = N_TITLES_MAX) -> Given:
    """The titles of lines, without those that cannot be: empty, twice the same, for everything, too long, too many;
    each is told with its place, and so is an unknown axis, without which its title serves."""
    titles: list[Title] = []
    told: list[str] = []
    seen: dict[str, dict[str | None, str]] = {}
    for line in lines:
        text, axis = " ".join(line.text.split()), axis_of(line.axis)
        if line.axis.strip() and axis is None:
            told.append(f"{line.place}\u00a0: {unknown_axis(line.axis)}.")
        same = seen.setdefault(title_key(text), {})
        before = same.get(axis) or same.get(None) or (next(iter(same.values()), "") if axis is None else "")
        wrong = line.wrong or title_fault(text)
        if not wrong and before:
            wrong = f"« {_short(text)} » est déjà donné ({before}). Le premier est gardé"
        if not wrong and len(titles) >= n_max:
            wrong = f"plus de {n_max} titres, les suivants sont laissés de côté. Regroupez-les"
            told.append(f"{line.place}\u00a0: {wrong}.")
            break
        if wrong:
            told.append(f"{line.place}\u00a0: {wrong}.")
            continue
        same[axis] = line.place
        examples, refused = _distinct(line.examples), _distinct(line.refused)
        rubric = " ".join(line.rubric.split())
        titles.append(Title(text, axis, rubric, examples, refused, line.origin, len(titles), line.title_id))
    return Given(tuple(titles), tuple(told))


def _distinct(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(str.strip, texts))))


def title_fault(text: str) -> str:
    """Why a title cannot be, in French, "" when it can."""
    if not any(sign.isalpha() for sign in text):
        return "aucun titre n'y est écrit. Laissé de côté"
    if len(text) > CHARACTERS_MAX:
        return (
            f"« {_short(text)} » a {len(text)} caractères\u00a0: c'est un texte, pas un titre. "
            f"Dites-le en {CHARACTERS_MAX} au plus, une phrase ou un nom"
        )
    if all(word in _FOR_ALL for word in words(fold(text))):
        return (
            f"« {_short(text)} » irait à toutes les idées. Laissé de côté\u00a0: ce qui ne va sous aucun titre "
            "est montré à part"
        )
    return ""


def _short(text: str, most: int = 60) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= most else f"{flat[: most - 1].rstrip()}…"


def identified(titles: Sequence[Title], earlier: Sequence[Title] = ()) -> tuple[Title, ...]:
    """The titles, each with its id: the one that it brings, else that of the earlier title of the same words, even on
    another axis, else of the one that it rewords, else a new one.

    `earlier` : titles of the last run; one that was called otherwise may stand several times.
    """
    found: dict[int, str] = {place: title.title_id for place, title in enumerate(titles) if title.title_id}
    others = [title for title in earlier if title.title_id not in found.values()]
    free = {title.title_id for title in others}
    keys: tuple[Callable[[Title], Any], ...] = (_key, lambda title: title_key(title.text))
    for key in keys:
        by_words = {key(title): title.title_id for title in reversed(others)}
        for place, title in enumerate(titles):
            if place not in found and (known := by_words.get(key(title))) in free:
                found[place] = str(known)
                free.discard(str(known))
    for _, place, known in sorted(_rewordings(titles, found, [one for one in others if one.title_id in free])):
        if place not in found and known in free:
            found[place] = known
            free.discard(known)
    for place, title in enumerate(titles):
        if place not in found:
            found[place] = new_title_id(title, frozenset(found.values()))
    return tuple(replace(title, title_id=found[place], order=place) for place, title in enumerate(titles))


def new_title_id(title: Title, taken: Set[str] = frozenset()) -> str:
    """The id of a title that is met for the first time, from its words and its axis, and none of those that are
    taken: one that changed its axis keeps its own."""
    told = "\t".join(("titre", *map(str, _key(title))))
    while (found := "g-" + hashlib.sha256(told.encode()).hexdigest()[:12]) in taken:
        told += "\t"
    return found


def title_key(text: str) -> str:
    """What two titles of the same words have alike."""
    return fold(" ".join(text.split())).strip(" .!?;:")


def _key(title: Title) -> tuple[str, str | None]:
    return title_key(title.text), title.axis


def _rewordings(
    titles: Sequence[Title], found: dict[int, str], gone: Sequence[Title]
) -> Iterable[tuple[float, int, str]]:
    """Pairs of a title that came and one that went, of one axis, the likeliest first when sorted."""
    came = [(place, title) for place, title in enumerate(titles) if place not in found]
    for (place, title), before in product(came, gone):
        if before.axis == title.axis and before.origin == title.origin:
            likeness = SequenceMatcher(None, title_key(before.text), title_key(title.text)).ratio()
            if likeness >= REWORDED:
                yield -round(likeness, 4), place, before.title_id


def title_table(titles: Sequence[Title]) -> pd.DataFrame:
    """The table `titles`."""
    if not titles:
        return empty("titles")
    rows = [
        {
            "title_id": title.title_id,
            "title": title.text,
            "axis": title.axis or pd.NA,
            "rubric": title.rubric or pd.NA,
            "origin": title.origin,
            "examples": list(title.examples),
            "refused": list(title.refused),
            "order": title.order,
        }
        for title in titles
    ]
    return conform("titles", pd.DataFrame(rows))


def titles_of(table: pd.DataFrame) -> tuple[Title, ...]:
    """The titles of a table `titles`, in order."""
    columns = ["title", "axis", "rubric", "examples", "refused", "origin", "order", "title_id"]
    rows = table.sort_values("order")[columns].astype(object).where(lambda told: told.notna(), None)
    return tuple(
        Title(text, axis, rubric or "", tuple(examples), tuple(refused), origin, int(order), title_id)
        for text, axis, rubric, examples, refused, origin, order, title_id in rows.itertuples(index=False)
    )


class Kept(NamedTuple):
    """What a run takes from the last one.

    `under` : by item that it had, `title_id`, the proposal that it was under, "" for none, and `strength`: it stays
    there unless a person's title takes it, and is not placed under other proposals. `proposals` : ids of the titles
    that were proposals then, for new items alone.
    """

    under: pd.DataFrame
    proposals: Collection[str] = ()
