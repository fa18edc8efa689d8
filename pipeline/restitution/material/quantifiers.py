"""How widely something was said, in words, by fixed thresholds; the denominator is always near.

Nobody counts people where people are unknown: anonymous post-its and notes are told by tables, survey answers and
speakers by voices.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final, NamedTuple

from pipeline.contracts.draft import Fact
from pipeline.contracts.numbers import ABOUT
from pipeline.language.lexicon.nouns import gender_of
from pipeline.language.text.days import DAY_AND_MONTH
from pipeline.language.text.typography import NO_BREAK, THIN, counted, number_word, with_a, with_de

NAMED_MAX = 2
"""Tables that are named; more are counted."""


MEETING = "rencontre"
"""What a place is called that is a meeting of its own: `rencontre Grenoble`."""


class Noun(NamedTuple):
    """What a place is called, its article and whether it is feminine."""

    singular: str
    article: str
    is_feminine: bool


_TABLE = Noun("table", "la ", True)
_NOUNS = {
    "table": _TABLE,
    "groupe": Noun("groupe", "le ", False),
    "sous-groupe": Noun("sous-groupe", "le ", False),
    "équipe": Noun("équipe", "l’", True),
    MEETING: Noun(MEETING, "la ", True),
}


def place_noun(labels: Iterable[str]) -> Noun:
    """What places are called in the files: groups when all are, else tables."""
    nouns = {_NOUNS.get(label.strip().lower().partition(" ")[0], _TABLE) for label in labels}
    return nouns.pop() if len(nouns) == 1 else _TABLE


def table_name(label: str) -> str:
    """A table as one says it: `la table 3`, `la table Mobilité`, `le groupe 2`."""
    return place_noun([label]).article + bare_place(label)


def bare_place(label: str) -> str:
    """The same without its article: `table 3`, `groupe 2`."""
    noun = place_noun([label]).singular
    return f"{noun}{NO_BREAK}{_of_meetings([label]) if noun == MEETING else bare_name(label)}"


def _of_meetings(labels: Sequence[str]) -> str:
    """What tells meetings apart, after their word: `de Grenoble`, `du 15 janvier`, `des 3 mars et 15 avril`."""
    names = names_said(labels)
    if all(DAY_AND_MONTH.match(bare_name(one)) for one in labels):
        return f"{'des' if len(labels) > 1 else 'du'} {names}"
    return with_de(names)


def bare_name(label: str) -> str:
    """What comes after the word: `3`, `Mobilité`."""
    noun, _, name = label.strip().partition(" ")
    return name if name and noun.lower() in _NOUNS else label.strip()


def names_said(labels: Iterable[str]) -> str:
    """What comes after the word, of several places: `1 et 3`, `1, 3 et Mobilité`."""
    *first, last = map(bare_name, labels)
    return f"{', '.join(first)} et{NO_BREAK}{last}" if first else last


def tables_said(fact: Fact) -> str:
    """Tables as the subject of a sentence: `la table 4`, `les tables 1 et 3`, `quatre tables sur six`, `les six
    tables`.

    One table or two are named, all are all, others are counted, and those that their file's name tells apart.
    """
    n, total = fact.part
    noun = place_noun(fact.labels)
    if n == 1:
        return table_name(fact.labels[0])
    if n == total:
        return f"les {number_word(total)} {noun.singular}s"
    if n <= NAMED_MAX and not any("," in label for label in fact.labels):
        names = _of_meetings(fact.labels) if noun.singular == MEETING else names_said(fact.labels)
        return f"les {noun.singular}s{NO_BREAK}{names}"
    return f"{counted(n, noun.singular, feminine=noun.is_feminine)} sur {number_word(total, feminine=noun.is_feminine)}"


def tables_brief(fact: Fact) -> str:
    """The same between brackets: `table 4`, `tables 1 et 3`, `quatre tables sur six`, `les six tables`."""
    n, total = fact.part
    told = tables_said(fact)
    if n == 1:
        return bare_place(fact.labels[0])
    return told if n == total else told.removeprefix("les ")


def table_count_said(fact: Fact) -> str:
    """How many there were, by what the files call them: `trois tables`, `quatre groupes`."""
    noun = place_noun(fact.labels)
    return counted(fact.n, noun.singular, feminine=noun.is_feminine)


def workshops_said(fact: Fact) -> str:
    """Workshops as a noun phrase: `deux ateliers sur trois`, `les trois ateliers`."""
    n, total = fact.part
    if n == total:
        return f"les {number_word(total)} ateliers"
    return f"{counted(n, 'atelier')} sur {number_word(total)}"


def answers_said(fact: Fact) -> str:
    """People who say something in a survey: `une personne sur trente`, of all those who answered it; or what each of
    them wrote, by its name in the files: `une contribution sur trente`."""
    row = next(iter(fact.labels), "personne")
    return f"{rows_counted(fact.part[0], row)} sur {number_word(fact.part[1], gender_of(row) == 'f')}"


def people_said(fact: Fact) -> str:
    """How many people there were, or about how many: `douze personnes`, `une vingtaine de personnes`."""
    if "environ" not in fact.labels:
        return rows_counted(fact.n, next(iter(fact.labels), "personne"))
    about = next((word for word, n in ABOUT.items() if n == fact.n), "")
    return f"une {about} de personnes" if about else f"environ {rows_counted(fact.n, 'personne')}"


def rows_named(row: str) -> str:
    """Several of what the rows of a table are: `contributions`, `avis`."""
    return row if row.endswith("s") else f"{row}s"


def rows_counted(n: int, row: str) -> str:
    """How many they are: `deux contributions`, `un avis`."""
    return counted(n, row, rows_named(row), gender_of(row) == "f")


def one_of_rows(rows: str) -> str:
    """One of them: `une contribution`, `un avis`."""
    row = rows if rows == "avis" else rows.removesuffix("s")
    return f"{'un' if gender_of(row) == 'm' else 'une'} {row}"


def votes_said(fact: Fact) -> str:
    """Votes, or what its file counts instead: `douze voix`, `douze mentions j’aime`, `une étoile`."""
    return counted(fact.n, next(iter(fact.labels), "voix"), mark_said(fact.labels), feminine=True)


def mark_said(labels: Iterable[str]) -> str:
    """What the labels of a count of votes name, several of them: `mentions j’aime`, `voix`."""
    noun, *rest = next(iter(labels), "voix").split(" ")
    return " ".join([noun if noun.endswith("x") else f"{noun}s", *rest])


def said(fact: Fact, form: str, joint: str = "") -> str:
    """The words of a fact in one of its forms, after `a` or `de` if it is joined so; the quote lock renders them again.

    Raises
    ------
    KeyError : an unknown form (see `FORMS`).
    """
    words = FORMS[form](fact)
    return with_a(words) if joint == "a" else with_de(words) if joint == "de" else words


FORMS: Final[dict[str, Callable[[Fact], str]]] = {
    "tables": tables_said,
    "tables_brief": tables_brief,
    "workshops": workshops_said,
    "answers": answers_said,
    "answers_brief": lambda fact: rows_counted(fact.part[0], next(iter(fact.labels), "personne")),
    "votes": votes_said,
    "others": lambda fact: counted(fact.n, "autre réponse", "autres réponses", feminine=True),
    "times": lambda fact: counted(fact.n, "fois", "fois", feminine=True),
    "people": people_said,
    "table_count": table_count_said,
    "title_count": lambda fact: counted(fact.n, "titre"),
    "workshop_count": lambda fact: counted(fact.n, "atelier"),
    "contribution_count": lambda fact: counted(fact.n, "contribution", feminine=True),
    "document_count": lambda fact: counted(fact.n, "document"),
    "passage_count": lambda fact: counted(fact.n, "passage"),
    "argument_count": lambda fact: counted(fact.n, "argument"),
    "file_count": lambda fact: counted(fact.n, "fichier"),
    "reply_count": lambda fact: rows_counted(fact.n, next(iter(fact.labels), "réponse")),
    "idea_count": lambda fact: counted(fact.n, "idée", feminine=True),
    "name_count": lambda fact: counted(fact.n, "nom"),
    "digits": lambda fact: f"{fact.n:,}".replace(",", THIN),
    "number": lambda fact: number_word(fact.n, True),
    "date": lambda fact: str(fact.value),
}
"""How a fact may be said: a form's name, and its words."""
