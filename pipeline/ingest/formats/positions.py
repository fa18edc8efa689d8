"""Positions in tables: which cells only take a side, which columns hold them, and what the head of an answer says."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

from pipeline.contracts.tables import ABSTAINS, AGAINST, COLUMN, CONDITION, FOR, NEITHER, SCALE
from pipeline.language.text.folding import fold
from pipeline.language.text.lists import either, read_words
from pipeline.language.vocabulary.degrees import answer_key, has_degree, number_of
from pipeline.tables.columns import header_key, matches_alias
from pipeline.toml_files import read_toml

_CELL_MAX, _TOKENS_MAX = 60, 9
_EMOJI_DETAILS = re.compile("[\ufe0e\ufe0f\u200d\U0001f3fb-\U0001f3ff]")
_TOKEN = re.compile(r"[a-z]'|[a-z0-9]+(?:[-'.][a-z]+)*|%|[^\sa-z0-9]")
_IGNORED = frozenset('+,;:.!"«»()[]…*/')
_LONG_LETTER = re.compile(r"([a-z])\1{2,}")
_ACCORD = re.compile(r"\bd(?:'| )?accord\b|\bdac\b")
_HEAD = re.compile(
    r"\s*(?P<words>[^,;:.!?\n(–—]{2,40}?)(?P<sign>\s*[,;:.!?\n(–—]+\s*|\s+-\s+|\s+(?=(?:mais|car|parce|si|puisque)\b))"
)
_NUMBER = re.compile(r"(\d{1,3})(?:[.,]0+)?\s*(?:/\s*(\d{1,3}))?")
_BOUNDS = re.compile(r"\b(0|1)\s*(?:a|-|–|et|->|→|/)\s*(\d{1,3})\b|(?:/|sur)\s*(\d{1,3})\b")
_FIGURE = re.compile(
    r"[≈~<>±+-]?\s*\d{1,7}(?:[\s.,/]\d{1,3})?\s*(?:%|€|k€|m²|m2|km|m|h|min|ans?|mois|jours?|euros?)?\.?", re.IGNORECASE
)
_HAS_LETTER = re.compile(r"[^\W\d_]")
_ADVERB = "ment"
_RESERVE_WORDS = 8
_CONDITIONS = ("mais ", "a condition", "si ", "sous reserve", "sauf ")
_UNLESS = ("sauf ", "a condition", "a moins", "sous reserve")
_BOTH = re.compile(
    r"(?:ni (?:l'une? ni l'autre|pour ni contre)|l'une? et l'autre|aucune? des (?:2|deux)"
    r"|(?:plutot |tous |toutes )?les (?:2|deux)(?=\W*$| sont\b))"
)
_OPEN_END = re.compile(r"\?|…|\.\.\.")
_SIZES = (3, 4, 5, 7, 10, 20, 100)
_SCALE_SHARE, _STATED_SHARE, _ONLY_YES_OR_NO = 0.9, 0.5, 0.7
_N_SMALL, _STATED_MIN, _DEGREES_MIN = 30, 3, 3
_CHOICES_MAX, _CHOICE_WORDS_MAX, _GIVEN_MIN, _SMALL_WORD = 9, 10, 2, 3
"""Answers of a closed question, their words, and how often each is given, one with another."""
_USUAL, _BULK = 5, 0.97
"""The top of most scales; the share of the answers that are in bounds."""
_WRITTEN_MAX, _UNTOLD_MAX, _FROM_ZERO = 100, 10, 10
_ZEROS_MIN, _ZEROS_OF_SMALL = 0.03, 0.1
"""Shares of zeros from which a scale begins there, a small one seldom does."""
_THIRD = 1 / 3


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(map(_folded, read_toml(Path(__file__).parent / "data" / "positions.toml")[name]))


@cache
def _any_of(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z])(?:{either(_words(name))})")


def _folded(text: str) -> str:
    return " ".join(fold(text).split())


class Side(NamedTuple):
    """What a cell says: the side that it takes, and whether only a question that asks an opinion makes it one."""

    side: str
    is_yes_or_no: bool = False


@cache
def side_of(cell: str, in_column: bool = False) -> Side | None:
    """The side that a cell takes when it says nothing else, else None.

    `in_column` : whether it stands in a column of positions, where signs and abbreviations are read too.
    """
    bare = _EMOJI_DETAILS.sub("", cell.strip())
    if not bare or len(bare) > _CELL_MAX:
        return None
    signs = bare.replace(" ", "").lower()
    for name, side in _SIGNS if in_column else ():
        if signs in _words(name) or (len(set(signs)) == 1 and signs[0] in _words(name) and len(signs) <= 5):
            return Side(side)
    said = _ACCORD.sub("d'accord", _LONG_LETTER.sub(r"\1", _folded(bare)))
    return _of_words(said, in_column)


_SIGNS = (("signes_pour", FOR), ("signes_contre", AGAINST), ("signes_sans", NEITHER), ("signes_abstention", ABSTAINS))
_KINDS = ("degres", "degres_seuls", "peu", "nie", "condition", "abstention", "non", "oui", AGAINST, FOR, "mi_chemin")
"""Lists of words of `positions.toml`, by what a word does to the side of its cell; the last that holds it decides."""

_SIDES = {FOR: FOR, AGAINST: AGAINST, "oui": FOR, "non": AGAINST}
_OPPOSITE = {FOR: AGAINST, AGAINST: NEITHER}


@cache
def _kinds(in_column: bool) -> dict[str, str]:
    """Words that count in a cell → what they do."""
    listed = [(name, name) for name in _KINDS]
    listed += [(f"{name}_en_colonne", name) for name in (AGAINST, FOR) if in_column]
    order = {name: rank for rank, name in enumerate(_KINDS)}
    return {word: kind for name, kind in sorted(listed, key=lambda one: order[one[1]]) for word in _words(name)}


def _of_words(said: str, in_column: bool) -> Side | None:
    """The side that words take when all of them are known, the longest read first."""
    tokens = [token for token in _TOKEN.findall(said) if token not in _IGNORED]
    is_abbreviation = len(tokens) > 1 and all(len(token) == 1 and token.isalpha() for token in tokens)  # « N/A »
    if not tokens or len(tokens) > _TOKENS_MAX or is_abbreviation:
        return None
    kinds, found, at = _kinds(in_column), list[str](), 0
    while at < len(tokens):
        for n in (4, 3, 2, 1):
            words = " ".join(tokens[at : at + n]).replace("' ", "'")
            kind = kinds.get(words, "degres" if words.endswith(_ADVERB) else "")
            if kind and at + n <= len(tokens):
                found.append(kind)
                at += n
                break
        else:
            return None
    return _settled(found, in_column)


def _settled(kinds: list[str], in_column: bool) -> Side | None:
    """The side that words make together: « pas d'accord » is against, « pas contre » and « oui et non » neither.

    A negation bears on the next side that is named.
    """
    sides, is_denied = set[str](), False
    for kind in kinds:
        if kind in _SIDES:
            sides.add(_OPPOSITE[kind] if is_denied and kind in _OPPOSITE else _SIDES[kind])
            is_denied = is_denied and kind not in _OPPOSITE
        elif kind in ("nie", "peu"):
            is_denied = True
    is_yes_or_no = "oui" in kinds or "non" in kinds
    if "abstention" in kinds and not sides:
        return Side(ABSTAINS)
    if is_denied and (is_yes_or_no or sides == {FOR}):  # « certainement pas », « j'aime pas »
        return Side(AGAINST, is_yes_or_no)
    if "mi_chemin" in kinds or len(sides) > 1:
        return Side(NEITHER)
    if sides:
        (side,) = sides
        return Side(CONDITION if "condition" in kinds and side == FOR else side, is_yes_or_no)
    return _without_side(kinds, is_denied) if in_column else None


def _without_side(kinds: list[str], is_denied: bool) -> Side | None:
    """What degrees and conditions say alone, in a column of positions: « plutôt pas », « ça dépend »."""
    if "condition" in kinds:
        return Side(CONDITION)
    return Side(AGAINST, True) if is_denied else Side(FOR, True) if "degres_seuls" in kinds else None


class Head(NamedTuple):
    """The side that the head of a text takes, where what follows begins, 0 where it cannot stand without it, and the
    words of the head."""

    side: Side
    end: int
    words: str


def head_of(text: str) -> Head | None:
    """The position that a text begins with, what follows being of another clause: « Contre : ça coûte trop cher »."""
    match = _HEAD.match(text)
    if match is None or match.end() >= len(text):
        return None
    words = match["words"].strip()
    side = side_of(words)
    if side is None or side.side == NEITHER:
        return None
    if not match["sign"].strip():
        follows = text[match.end() :].lower()
        if side.side == FOR and follows.startswith(("mais", "si ")):
            side = Side(CONDITION, side.is_yes_or_no)
        return Head(side, 0, words)
    rest = _folded(text[match.end() :])
    if _BOTH.match(rest):  # « Non, les deux » chooses, and refuses nothing
        return None
    if side.side == AGAINST and rest.startswith(_UNLESS):
        return Head(Side(CONDITION, side.is_yes_or_no), 0, words)
    is_bounded = len(rest.split()) <= _RESERVE_WORDS and _any_of("reserve").search(rest)
    if side.side == FOR and (is_bounded or rest.startswith(_CONDITIONS)):
        return Head(Side(CONDITION, side.is_yes_or_no), 0, words)
    return Head(side, 0 if "(" in match["sign"] else match.end(), words)


def asks_opinion(heading: str) -> bool:
    """Whether a yes or a no to a heading takes a side: « Faut-il… ? », not « Avez-vous une voiture ? »."""
    if is_position_name(heading):
        return True
    folded = _folded(heading)
    is_open = _OPEN_QUESTION.search(folded) is not None
    return bool(_any_of("demande_avis_ouvertement" if is_open else "demande_avis").search(folded))


_ANYWHERE, _FIRST = (either(_words(f"question_ouverte{end}")) for end in ("", "_en_tete"))
_OPEN_QUESTION = re.compile(rf"\b(?:{_ANYWHERE})\b|(?:^|[,:.\-–] )(?:{_FIRST})(?![a-z])")


def is_figure(cell: str) -> bool:
    """Whether a cell answers by a figure: « 80 % », « 3 »."""
    return bool(_FIGURE.fullmatch(cell.strip()))


def gives_reasons(heading: str) -> bool:
    """Whether a heading asks why a side was taken: « Pourquoi ? », « Commentaire », not « Autres remarques »."""
    key = header_key(heading)
    return key.startswith(tuple(map(header_key, _words("motive")))) and not key.startswith("autres ")


def names_what_is_voted_on(heading: str) -> bool:
    """Whether a heading is that of what people vote on: « Proposition », « Motion 3 »."""
    return header_key(heading).split(" ")[0].rstrip("s") in _words("se_vote")


_POSITION_NAMES = frozenset(map(header_key, _words("nomme_position")))


def is_position_name(heading: str) -> bool:
    """Whether a heading is a name of a column of positions: `avis`, `pour / contre`."""
    return header_key(heading) in _POSITION_NAMES


# columns -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class PositionColumn:
    """A column whose cells take sides.

    Attributes
    ----------
    evidence : `colonne` for words and signs, `echelle` for degrees of agreement and numbers.
    bounds : of a scale of numbers. has_sides : whether the top of it is known to be for.
    about : what its heading asks, "" where it is a mere name (`avis`): then what stands above the row.
    ticked : the side of a tick or a yes in it, one of a column for each side: `Pour`, `Contre`, `Abstention`.
    reasons : the column of text whose words give its reasons, None where they are the row's own.
    choices : the answers to choose among, where they take no side.
    """

    at: int
    evidence: str
    about: str = ""
    bounds: tuple[int, int] | None = None
    has_sides: bool = True
    ticked: str = ""
    reasons: int | None = None
    choices: frozenset[str] = frozenset()

    def read(self, cell: str) -> Side | None:
        """The side that a cell takes, None when it says something else."""
        if self.ticked and _is_tick(cell):
            return Side(self.ticked)
        if self.bounds is None:
            return side_of(cell, in_column=True) if self.has_sides else Side(NEITHER) if self._chooses(cell) else None
        value = number_of(cell)
        if value is None:
            return side_of(cell, in_column=True) if not any(c.isdigit() for c in cell) else None
        low, high = self.bounds
        if not low <= value <= high:
            return None
        far = (2 * value - low - high) / (high - low)  # from the middle, 1 at either end
        least = 0.01 if (high - low) % 2 and high - low < 6 else _THIRD - 1e-9
        return Side(NEITHER if not self.has_sides or abs(far) < least else FOR if far > 0 else AGAINST)

    def _chooses(self, cell: str) -> bool:
        """Whether a cell is one of the answers to choose among, or like them: no longer, or of one of their words; or
        takes a side."""
        if side_of(cell, in_column=True) is not None:
            return True
        said, known = answer_key(cell).split(), [one.split() for one in self.choices]
        are_shared = any(len(word) > _SMALL_WORD and word in one for one in known for word in said)
        return len(said) <= (_CHOICE_WORDS_MAX if are_shared else max(map(len, known)))

    @property
    def told(self) -> str:
        """What it holds, in French."""
        if self.ticked:
            return f"une coche, {self.ticked}"
        if self.bounds is None:
            return "pour, contre, oui, non" if self.has_sides and not self.choices else "des réponses au choix"
        return f"une échelle de {self.bounds[0]} à {self.bounds[1]}"


def position_column(name: str, cells: Sequence[str], at: int, is_asked: bool = False) -> PositionColumn | None:
    """The column of positions that some cells make, None when they are something else.

    `is_asked` : `atelier.toml` says that it is one.
    """
    filled = [cell for cell in cells if cell.strip()]
    if not filled:
        return PositionColumn(at, COLUMN, _about(name)) if is_asked else None
    counts = Counter(filled)
    found = _of_numbers(name, counts, at, is_asked) or _of_sides(name, counts, at, is_asked)
    choices = frozenset() if found else _choices_of(name, counts)
    if not choices:
        return found
    has_sides = _are_satisfactions(choices)
    return PositionColumn(at, SCALE, name.replace("_", " "), has_sides=has_sides, choices=choices)


def _choices_of(name: str, counts: Counter[str]) -> frozenset[str]:
    """The answers to choose among of a column that asks neither who one is nor where one was; else none."""
    folded = _folded(name)
    is_to_complete = _TO_COMPLETE.search(folded) is not None
    if asks_who(name) or not (_ASKS.search(folded) or is_to_complete or _are_degrees(counts)):
        return frozenset()
    return closed_answers(counts, is_to_complete)


def closed_answers(counts: Counter[str], is_to_complete: bool = False) -> frozenset[str]:
    """The answers that were to be chosen, where most cells are a few of them, given again and again; or degrees of
    satisfaction, be they of few people; else none. Almost everybody may say « oui », or end a sentence alike."""
    said = Counter[str]()
    for cell, n in counts.items():
        said[answer_key(cell)] += n
    pleased = frozenset(words for words in said if words in _words("satisfactions"))
    given = frozenset(words for words, n in said.items() if (n > 1 or is_to_complete) and _is_choice(words))
    may_agree = is_to_complete or all(side_of(words, in_column=True) for words in given)
    is_few = 2 - may_agree <= len(given) <= _CHOICES_MAX and said.total() >= _GIVEN_MIN * len(said)
    are_pleased = len(pleased) > 1 and _are_satisfactions(pleased)
    found = max((pleased if are_pleased else frozenset(), given if is_few else frozenset()), key=len)
    n_others = said.total() - sum(said[words] for words in found)
    return found if n_others <= max(1, (1 - _SCALE_SHARE) * said.total()) else frozenset()


def _are_satisfactions(choices: frozenset[str]) -> bool:
    """Whether answers to choose among are degrees of satisfaction, which take sides whatever is asked."""
    return choices <= _words("satisfactions") and any("satisf" in words for words in choices)


def _are_degrees(counts: Counter[str]) -> bool:
    """Whether cells under a mere name, as a survey's tool exports it (`qualite_reponses`), are degrees of one thing, or
    yes and no, given by many."""
    given = {cell.strip() for cell in counts}
    sides = {side.side for cell in given if (side := side_of(cell, in_column=True)) is not None}
    are_sides = len(given) > 1 and all(side_of(cell, in_column=True) for cell in given) and {FOR, AGAINST} <= sides
    short = [cell for cell in given if len(cell.split()) <= _DEGREE_WORDS_MAX]
    is_few = 1 < len(given) == len(short) <= _CHOICES_MAX
    is_scale = is_few and 2 * sum(map(has_degree, given)) >= len(given)
    return counts.total() >= ANSWERED_MIN and (are_sides or is_scale)


_TO_COMPLETE = re.compile(r"\b(?:est|sont|etait|etaient|(?:a|ont) ete|(?:me|nous) (?:semble|parait)\w*)\s*:?\s*$")
"""`Le rythme est`: its answers end the sentence."""
ANSWERED_MIN, _DEGREE_WORDS_MAX = 10, 4
"""Cells from which a few answers are those of a closed question, where nothing is asked; words of a degree."""
_ASKS = re.compile(rf"{_OPEN_END.pattern}|(?<!rendez)-(?:t-)?(?:vous|ils?|elles?|on|tu|nous)\b")


def _is_choice(words: str) -> bool:
    return len(words.split()) <= _CHOICE_WORDS_MAX and _HAS_LETTER.search(words) is not None and "\n" not in words


def asks_who(heading: str) -> bool:
    """Whether a heading asks who one is, where one lives or which group one was in: `Quelle est votre profession ?`."""
    folded = _folded(heading)
    return _WHO.search(folded) is not None and _OPINION.search(folded) is None


def asks_only_who(heading: str) -> bool:
    """Whether a heading asks what somebody is, and nothing more: `Quel est le nom de votre direction ou service ?`."""
    folded = re.sub(r"\([^)]*\)?", " ", _folded(heading))
    said = set(re.findall(r"[^\W\d_]{2,}", folded)) - read_words(__name__, "plain_words")
    return _NAMES_IT.search(folded) is not None and bool(said) and {one.rstrip("s") for one in said} <= _ATTRIBUTES


_NAMES_IT = re.compile(r"\b(?:quel(?:le)?|nom|precise[rz]|indique[rz])\b")
_ATTRIBUTES = {one.rstrip("s") for one in (*_words("attributs"), "sous", "appartenance", "rattachement", "affectation")}
_ATTRIBUTE = rf"(?:{either(_words('attributs'))})s?\b"
_WHO = re.compile(
    rf"^\W*(?:q?\d+\w?\W+)*(?:[a-z]\d+\w?\W+)?(?:(?:{either(_words('de_soi'))})\b|{_ATTRIBUTE})"
    rf"|\bquel(?:le)?s? (?:(?:est|sont) (?:votre|vos)\b|(?:\S+ ){{0,2}}?{_ATTRIBUTE})"
    rf"|\b(?:avez|possedez)-vous (?:\S+ ){{0,2}}?{_ATTRIBUTE}|\b(?:{either(_words('dit_qui'))})"
)
_OPINION = re.compile(rf"\b(?:{either(_words('opinions'))})")


_OPINIONS = {
    "favorable": FOR,
    "d'accord": FOR,
    "defavorable": AGAINST,
    "pas d'accord": AGAINST,
    "non pertinent": NEITHER,
}
"""Names of columns that tell the opinion of whoever ticks them."""


def ticked_columns(names: Sequence[str], sample: Sequence[Sequence[str]], of_voices: bool) -> list[PositionColumn]:
    """The columns of sides where each row ticks one at most: one for, one against, maybe one of abstentions.

    `of_voices` : whether rows are of known voices; of others, ticks under « pour » and « contre » are votes.
    """
    sides = dict(_OPINIONS)
    if of_voices:
        sides |= dict.fromkeys(("pour", "votes pour", "oui"), FOR)
        sides |= dict.fromkeys(("contre", "votes contre", "non"), AGAINST)
        sides |= dict.fromkeys(("abstention", "abstentions"), ABSTAINS)
    found = {at: sides[key] for at, name in enumerate(names) if (key := header_key(name)) in sides}
    rows = [[cell for at in found if at < len(row) and (cell := row[at].strip())] for row in sample]
    is_ticked = all(len(row) <= 1 and all(map(_is_tick, row)) for row in rows) and sum(map(len, rows)) > 2
    if not is_ticked or not {FOR, AGAINST} <= set(found.values()):
        return []
    return [PositionColumn(at, COLUMN, ticked=side) for at, side in found.items()]


def _is_tick(cell: str) -> bool:
    return _folded(cell) in ("x", "1", "✓", "✔", "✅", "☑", "oui", "o", "●", "•", "*", "v")


def _about(name: str) -> str:
    return "" if is_position_name(name) else name


def _of_sides(name: str, counts: Counter[str], at: int, is_asked: bool) -> PositionColumn | None:
    sides = {cell: side_of(cell, in_column=True) for cell in counts}
    if not is_asked and not _holds_sides(name, counts, sides):
        return None
    degrees = {_folded(cell) for cell, side in sides.items() if side is not None}
    evidence = SCALE if len(degrees) >= _DEGREES_MIN and any(" " in one for one in degrees) else COLUMN
    return PositionColumn(at, evidence, _about(name), ticked=AGAINST if matches_alias(name, "votes_contre") else "")


def _holds_sides(name: str, counts: Counter[str], sides: dict[str, Side | None]) -> bool:
    """Whether most cells take a side, and the heading or their words tell that a yes is one."""
    n_stated = _n_of(counts, sides.values())
    if n_stated < _STATED_SHARE * counts.total() or _only_counts(name, counts):
        return False
    if is_position_name(name):
        return True
    plain = [side if (side := side_of(cell)) is not None and not side.is_yes_or_no else None for cell in counts]
    takes_any = any(side is not None and side.side in (FOR, AGAINST) for side in plain)  # not « neutre » alone
    is_plain = _n_of(counts, plain) >= (1 - _ONLY_YES_OR_NO) * n_stated and takes_any
    taken = {side.side for side in sides.values() if side}
    are_several = len(taken) > 1 or n_stated >= _STATED_MIN
    are_signs = not any(_HAS_LETTER.search(cell) or cell.strip().isdigit() for cell in sides)
    return are_several and (
        is_plain or ({FOR, AGAINST} <= taken and are_signs) or asks_opinion(name) or _are_graded(sides)
    )


def _are_graded(sides: dict[str, Side | None]) -> bool:
    """Whether a yes or a no is one more or less, as no mere fact is: `Plutôt oui`, `Pas vraiment`."""
    said = [_folded(cell) for cell, side in sides.items() if side is not None and side.is_yes_or_no]
    return any(_any_of(name).search(one) for one in said for name in ("degres_seuls", "peu"))


def _n_of(counts: Counter[str], read: Iterable[object]) -> int:
    """How many cells were read as something, `read` being in the order of the cells."""
    return sum(n for n, found in zip(counts.values(), read, strict=True) if found is not None)


def _only_counts(name: str, counts: Counter[str]) -> bool:
    """Whether cells are numbers of votes: `1`, `+++`; a column of votes without a word nor a sign against."""
    said = {cell.strip() for cell in counts}
    if said <= {"0", "1"}:
        return True
    return _is_counted(name) and all(
        side_of(one, in_column=True) != Side(AGAINST) and not _HAS_LETTER.search(one) for one in said
    )


def _of_numbers(name: str, counts: Counter[str], at: int, is_asked: bool) -> PositionColumn | None:
    values = {cell: number_of(cell) for cell in counts}
    if _n_of(counts, values.values()) < _SCALE_SHARE * counts.total():
        return None
    folded = _folded(name)
    has_stars = any(set(cell.strip()) & set("★⭐") for cell in counts)
    has_top = is_position_name(name) or has_stars or asks_opinion(name)  # it is known to be for
    has_top = has_top or _any_of("demande_mesure").search(folded) is not None
    are_votes = _is_counted(name) and not has_stars and not any("/" in cell for cell in counts)
    are_counts = not _words("compte_ou_date").isdisjoint(re.findall(r"n°|[^\W\d_]+", folded))
    is_of_scale = not are_votes and (has_top or (_OPEN_END.search(name) is not None and not are_counts))
    if not is_asked and (len(set(values.values())) < 2 or not is_of_scale):
        return None
    bounds = _bounds(folded, counts, {cell: value for cell, value in values.items() if value is not None})
    return PositionColumn(at, SCALE, _about(name), bounds, has_top or is_asked) if bounds is not None else None


def _is_counted(name: str) -> bool:
    return matches_alias(name, "votes") or matches_alias(name, "votes_contre")


def _bounds(folded: str, counts: Counter[str], values: dict[str, int]) -> tuple[int, int] | None:
    """The ends of a scale: as the heading or the cells tell them (« de 1 à 5 », « 4/5 »), else those of most cells."""
    said = _BOUNDS.search(folded)
    if said is not None and int(said[2] or said[3]) in _SIZES:
        return (int(said[1] or 1), int(said[2] or said[3]))
    outs = Counter(int(found[2]) for cell in values if (found := _NUMBER.fullmatch(cell.strip())) and found[2])
    ordered = sorted(value for cell, value in values.items() for _ in range(counts[cell]))
    high = outs.most_common(1)[0][0] if outs else _top(ordered)
    if not high or high > (_WRITTEN_MAX if outs else _UNTOLD_MAX):
        return None
    zeros = ordered.count(0) / len(ordered)
    return (0 if zeros > (_ZEROS_MIN if high >= _FROM_ZERO else _ZEROS_OF_SMALL) else 1), high


def _top(ordered: list[int]) -> int:
    """The top of a scale that nothing tells, from its answers in order; those of few people may lack the highest."""
    if len(ordered) < _N_SMALL:
        return next((size for size in _SIZES if size >= max(ordered[-1], _USUAL)), 0)
    top = ordered[int(_BULK * len(ordered))]
    return top if top in (3, 4) else next((size for size in _SIZES if size >= max(top, _USUAL)), 0)
