"""Columns of a table that are about the person of a row, by heading and by content: kinds, with their reason."""

import re
from collections.abc import Callable
from functools import lru_cache
from itertools import pairwise

from pipeline.ingest.privacy.contacts import one_of
from pipeline.ingest.privacy.marks import find_personal
from pipeline.ingest.privacy.numbers import telephones
from pipeline.language.lexicon.nouns import ambiguous_names, first_names
from pipeline.language.text.lists import read_lines, read_words
from pipeline.tables.columns import header_key, matches_alias

NAME, CONTACT, HOME, PLACE = "name", "contact", "home", "place"
TELLING_APART = (NAME, CONTACT)
"""Kinds whose values tell people apart, the surest first."""
OF_PLACES = frozenset((HOME, PLACE))
"""Kinds that are of the place spoken of, where a table is about places."""
_TOLD = {
    NAME: "noms de personnes",
    CONTACT: "adresses ou numéros de personnes",
    HOME: "adresses de domicile",
    PLACE: "positions",
}
_BY_HEADING = "donnée de personne, d'après son titre"
_SHARE_MIN = 0.5
"""So many of the cells of a column hold what it is told to hold."""
_DISTINCT_MIN = 0.5
_WORDS_MAX = 9
"""More words a cell, on average, are sentences, whatever the heading says."""
_CELLS_SEEN = 120
_CELL_MAX = 160
_WORD = re.compile(r"[^\W\d_]{2,}")
_KINDS: dict[frozenset[str], str] = {}
"""Words that are said together in a heading → the kind of what it holds."""
for _line in read_lines(__name__, "personal_words"):
    for _words in _line.partition(":")[2].split():
        _KINDS.setdefault(frozenset(_words.split("+")), _line.partition(":")[0])
_PLAIN_ANSWER = re.compile(r"\W*(?:oui|non|yes|no|x|nsp|sans|aucune?|\d{1,2})\W*", re.IGNORECASE)
_COORDINATE = re.compile(r"\W*[-+]?\d{1,3}(?:[.,]\d+)?\s*°?\s*[NSEWO]?\W*(?:[,; ]\s*[-+]?\d{1,3}[.,]\d+\W*)?")
_HOME = re.compile(
    rf"\W*(?:n\s?°\s?)?\d{{1,4}}\s?(?:bis|ter|quater|[a-d])?,?\s+(?:{one_of('street_words')})\b[^.!?:]*"
    r"|[^.!?:]*\b\d{5}\s+[A-ZÀ-Þ][\w' -]+",
    re.IGNORECASE,
)
_FULL_NAME = re.compile(
    r"(?:(?:M\.|Mr|Mme|Mlle|Dr)\s+)?[A-ZÀ-Þ][\w'’-]*\.?(?:\s+(?:(?:d[eu]|la|le|el|ben|van|von)\s+)*[A-ZÀ-Þ][\w'’-]*\.?){1,3}"
)
_DIGITS = re.compile(r"[\d .+()-]{2,}")


def kinds_of_columns(
    names: list[str], sample: list[list[str]], kept: frozenset[str] = frozenset()
) -> dict[int, tuple[str, str]]:
    """Column about a person → its kind, and why, but for the kinds `kept`. A table about places keeps `OF_PLACES`."""
    columns = [
        [row[at].strip() for row in sample[:_CELLS_SEEN] if at < len(row) and row[at].strip()]
        for at in range(len(names))
    ]
    found: dict[int, tuple[str, str]] = {}
    for at, (name, cells) in enumerate(zip(names, columns, strict=True)):
        kind = kind_of_heading(name)
        if kind is not None and _can_be(kind, cells):
            found[at] = kind, _BY_HEADING
        elif not matches_alias(name, "ecartees") and (seen := kind_of_cells(name, cells)) is not None:
            found[at] = seen, f"son contenu\u00a0: {_TOLD[seen]}"
    for at, after in pairwise(range(len(names))):
        if after not in found and found.get(at, (CONTACT,))[0] == CONTACT and _is_cut_number(sample[:_CELLS_SEEN], at):
            found |= dict.fromkeys((at, after), (CONTACT, "son contenu\u00a0: numéros de personnes, en deux colonnes"))
    is_of_places = any(cells and is_place_heading(name) for name, cells in zip(names, columns, strict=True))
    n_of_platform = len(set(map(header_key, names)) & set(read_lines(__name__, "platform_headings")))
    kept = OF_PLACES if is_of_places or n_of_platform > 1 else kept
    return {at: told for at, told in found.items() if told[0] not in kept}


@lru_cache(maxsize=4096)
def kind_of_heading(heading: str) -> str | None:
    """The kind of what a heading says of a person: it is made of such words and of others that change nothing."""
    key = re.sub(r"\([^)]*\)?", " ", header_key(heading.replace("(e)", "").replace("·e", "")))
    words = re.findall(r"[^\W_]+(?:-[^\W_]+)*", key.replace("'", " "))
    pairs = {pair: kind for pair, kind in _KINDS.items() if len(pair) > 1 and pair <= set(words)}
    found, named = list(pairs.values()), frozenset().union(*pairs)
    for word in words:
        if kind := _KINDS.get(frozenset((word,))):
            found.append(kind)
        elif word not in named and word not in read_words(__name__, "plain_words"):
            return None
    if CONTACT in found and found[0] in OF_PLACES:
        return CONTACT  # « Adresse mail »
    return HOME if NAME in found and HOME in found else next(iter(found), None)  # « Nom de la rue »


def is_place_heading(heading: str) -> bool:
    """Whether a heading names the place spoken of: « Lieu », « Localisation du point »."""
    words = re.findall(r"[^\W\d_]+", header_key(heading))
    rest = [word for word in words if word not in read_words(__name__, "plain_words") - {"lieu"}]
    return bool(rest) and all(word in read_words(__name__, "place_headings") for word in rest)


def kind_of_cells(heading: str, cells: list[str]) -> str | None:
    """The kind of what most cells of a column are, whole: an identifier, a name, an address; None for words."""
    if not cells or max(map(len, cells)) > 10 * _CELL_MAX:
        return None
    if _share(cells, lambda cell: _is_identifier(heading, cell)) > _SHARE_MIN:
        return CONTACT
    if matches_alias(heading, "texte") or matches_alias(heading, "contexte") or is_place_heading(heading):
        return None
    if len(set(cells)) / len(cells) >= _DISTINCT_MIN and _share(cells, _is_full_name) > _SHARE_MIN:
        return NAME
    return HOME if _share(cells, _HOME.fullmatch) > _SHARE_MIN and _mean_words(cells) < _WORDS_MAX else None


def _can_be(kind: str, cells: list[str]) -> bool:
    """Whether cells may hold what a heading says: sentences, counts, and « oui » do not."""
    if not cells:
        return True
    if kind == PLACE:
        return _share(cells, _COORDINATE.fullmatch) > _SHARE_MIN
    if _share(cells, _PLAIN_ANSWER.fullmatch) > _SHARE_MIN:
        return False
    return _mean_words(cells) < _WORDS_MAX or _share(cells, _HOME.fullmatch) > _SHARE_MIN


def _share(cells: list[str], holds: Callable[[str], object]) -> float:
    return sum(len(cell) <= _CELL_MAX and bool(holds(cell)) for cell in cells) / len(cells)


def _mean_words(cells: list[str]) -> float:
    return sum(len(_WORD.findall(cell)) for cell in cells) / len(cells)


def _is_identifier(heading: str, cell: str) -> bool:
    opening = f"{heading}\u00a0: "
    n_signs = sum(map(str.isalnum, cell))
    for text, start in ((cell, 0), (opening + cell, len(opening))):
        spans = [(max(a, start), b) for a, b, _ in find_personal(text, keep_public=False) if b > start]
        if n_signs and sum(map(str.isalnum, "".join(text[a:b] for a, b in spans))) >= 0.8 * n_signs:
            return True
    return False


def _is_full_name(cell: str) -> bool:
    """« Nadia Belmahi », « BELMAHI Nadia », « Mme Belmahi »: one of its words is a first name, or a title opens it."""
    if not _FULL_NAME.fullmatch(cell):
        return False
    words = [word.capitalize() for word in re.findall(r"[^\W\d_]+", cell)]
    known = first_names() | ambiguous_names()
    return words[0] in known or words[-1] in known or words[0] in ("Mme", "Mlle", "Mr", "M", "Dr")


def _is_cut_number(sample: list[list[str]], at: int) -> bool:
    """Whether cells of a column and of the next are the two halves of telephones."""
    pairs = [(row[at].strip(), row[at + 1].strip()) for row in sample if at + 1 < len(row)]
    pairs = [pair for pair in pairs if all(pair)]
    if len(pairs) < 2 or not all(_DIGITS.fullmatch(part) for pair in pairs for part in pair):
        return False
    whole = sum(any(end - start == len(text) for start, end, _ in telephones(text)) for text in map(" ".join, pairs))
    return whole / len(pairs) > _SHARE_MIN
