"""What is known of French nouns: gender, number, whether they name people, first names, what one does to have a thing.

Genders come from Lexique and Lefff (see NOTICE); endings speak only where these are silent.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from pipeline.language.text.folding import fold
from pipeline.language.text.lists import read_lines, read_words


def french_names() -> frozenset[str]:
    """First names that are common in France; never a common word of French with a capital."""
    return read_words(__name__, "first_names")


@cache
def first_names() -> frozenset[str]:
    """These, and those of other languages in Latin letters that are no word of French."""
    return french_names() | read_words(__name__, "foreign_names")


def ambiguous_names() -> frozenset[str]:
    """Also words, places or surnames: suggested only beside a cue or a surname, or inside a sentence."""
    return read_words(__name__, "ambiguous_names")


_PREFIXES = frozenset("éco non co auto mini micro cyber anti inter sous".split())


@cache
def _genders() -> Mapping[str, str]:
    """Noun → `m`, `f`, `e` for either, `me` or `fe` for one of them usually; our own list has the last word."""
    found: dict[str, str] = {}
    for name in ("nouns", "own_nouns"):
        for line in read_lines(__name__, name):
            gender, _, nouns = line.partition(":")
            found.update(dict.fromkeys(nouns.split(), gender))
    return found


def _singulars(noun: str) -> Iterator[str]:
    yield noun
    if noun.endswith(("s", "x")):
        yield noun[:-1]
    if noun.endswith("aux"):
        yield f"{noun[:-2]}l"


def _known(word: str) -> str:
    return next((_genders()[one] for one in _singulars(word) if one in _genders()), "")


@lru_cache(maxsize=50_000)
def gender_of(noun: str) -> str:
    """`m` or `f`; "" when neither the lexicon nor the ending tells. A noun for men and women (`élève`) gives `m`."""
    word = noun.lower().replace("œ", "oe")
    if known := _known(word):
        return "m" if known == "e" else known[0]
    first, hyphen, last = word.partition("-")
    if hyphen and first and last:
        return gender_of(last if first in _PREFIXES else first)
    singular = word[:-1] if word.endswith(("s", "x")) else word
    if singular.endswith(_endings("feminine_endings")):
        return "f"
    return "m" if singular.endswith(_endings("masculine_endings")) else ""


@cache
def _endings(name: str) -> tuple[str, ...]:
    return tuple(sorted(read_words(__name__, name)))


@cache
def roles() -> Mapping[str, str]:
    """What people are called by the part that they play, folded → its kind, as the file says."""
    lines = (line.partition(":") for line in read_lines(__name__, "roles"))
    return {fold(word.strip()): kind for kind, _, told in lines for word in told.split(",")}


def spelt_role(part: str) -> str:
    """The words of a part in small letters, with the accents that capitals lack: `LE PRESIDENT` is `le président`."""
    told = {fold(one): one for line in read_lines(__name__, "roles") for one in re.findall(r"[\w-]+", line)}
    return " ".join(told.get(fold(word), word.lower()) for word in part.split())


def role_kind(part: str) -> str:
    """The kind of a part that somebody plays, by its first words: `charge` for `maire adjointe`; "" for none."""
    words = fold(part).split()
    heads = (" ".join(words[:n]) for n in (3, 2, 1))
    return next((roles()[key] for head in heads for key in (head, head.rstrip("sx")) if key in roles()), "")


CIVILITY = (
    r"(?:MM?\.|M[rR]\.?|M(?:me|ME)[sS]?\.?|M(?:lle|LLE)[sS]?\.?|[Mm]onsieur|MONSIEUR|[Mm]adame|MADAME|[Mm]ademoiselle"
    r"|Dr\.?|Docteur|Pr\.?|Maître|Me)"
)
"""What stands before the name of a person, as a pattern."""


def is_noun(word: str) -> bool:
    """Whether the lexicon has a noun of that form, singular or plural."""
    return any(one in _genders() for one in _singulars(word.lower()))


@cache
def all_nouns() -> tuple[str, ...]:
    """The nouns of the lexicon, singular, in the order of their letters."""
    return tuple(sorted(_genders()))


@lru_cache(maxsize=50_000)
def is_invariable(noun: str) -> bool:
    """Whether a noun is written the same in the plural: `accès`, `choix`."""
    return noun.lower() in _invariable()


@cache
def _invariable() -> frozenset[str]:
    lines = read_lines(__name__, "invariable_nouns")
    return frozenset(word for line in lines for word in line.partition(":")[2].split())
