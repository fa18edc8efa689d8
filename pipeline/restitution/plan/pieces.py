"""Pieces of ideas that our own sentence can take in: a claim after « que », an act after « de », a thing with its
article. Each is an exact span, cut where its author pauses, without what only opens it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from pipeline.contracts.draft import WordsNode
from pipeline.language.lexicon.spelling import is_spelt
from pipeline.language.lexicon.verbs import is_infinitive, third_person
from pipeline.language.syntax import phrases
from pipeline.language.syntax.finite_verbs import has_main_verb, has_sure_main_verb
from pipeline.language.syntax.function_words import DETERMINER, of
from pipeline.language.syntax.standing import judge
from pipeline.language.text.lists import read_patterns
from pipeline.language.text.typography import capitalized, decapitalized
from pipeline.language.text.words import content_stems
from pipeline.restitution.quoting.quotes import may_tell, report_node
from pipeline.restitution.quoting.spans import STUTTER, balanced, holds_marks, holds_personal_data, trimmed, visible
from pipeline.restitution.quoting.standing import is_understood
from pipeline.workshop.model import Item

WORDS = (3, 22)
SHORT_WORDS = 13
"""Words beyond which a piece weighs on the sentence that holds it."""
STEMS_FULL = 4
"""Words of subject from which a piece says enough."""
NAMED_MIN = 3
"""Words of subject before one that points, from which it may point to them."""
THING_WEIGHT = 0.6
"""What a thing says beside a claim or an act."""
READ_MAX = 60
"""Pieces of one group whose form is read, the best first."""
FORMS = (phrases.CLAUSE, phrases.INFINITIVE, phrases.NOUN)
_PATTERNS = read_patterns(__name__, "reasons")
_PAUSE = re.compile(
    r"(?<=[.!?…])\s+|\s*[;\n•→>=]+\s*|\s+\([^()]*\)(?=[.;:!?…]|$)|\s+[–—-]\s+|\s+:\s+|,? (?=mais |donc )"
    r"|, (?=car |puisqu|alors que |ce qui )"
)
_ASKED = re.compile(r"[^.!?…\n]*\?")
_EDGES = " \t,;:.!…-–—"


class Piece(NamedTuple):
    """A span of an idea, and what it is (`FORMS`)."""

    item: Item
    span: tuple[int, int]
    text: str
    score: float


def node_of(piece: Piece) -> WordsNode:
    """The piece as words that are told."""
    return report_node(piece.item, piece.span)


def form_of(text: str) -> str:
    """What a piece is in a sentence; "" when no sentence of ours can hold it."""
    low = decapitalized(_unnumbered(text))
    told = (phrases.analyse(one).kind for one in (low, capitalized(low)))
    return next((form for form in told if form in FORMS), "")


_NUMBER = re.compile(r"^\d[\d\u00a0\u202f ]*(?:% (?:des |d['’])?|(?=\w))")


def _unnumbered(text: str) -> str:
    """A text that opens on how many, as one that opens on some: `32 % des gens partent` is a claim."""
    return _NUMBER.sub("des ", text)


def pieces_of(items: Iterable[Item], wanted: AbstractSet[str], common: AbstractSet[str]) -> list[Piece]:
    """The pieces of some ideas that read by themselves, the most telling first.

    Parameters
    ----------
    wanted : stems of the title that they stand under. common : those that several of its ideas share.
    """
    found = [piece for item in items for piece in _cut(item, frozenset(wanted), frozenset(common))]
    best = sorted(found, key=lambda piece: -piece.score)[:READ_MAX]  # the sort is stable: ideas keep their order
    phrases.look_ahead(decapitalized(_unnumbered(piece.text)) for piece in best)
    return [piece for piece in best if _is_sure(piece.text, form_of(piece.text))]


def noun_phrase(text: str) -> phrases.Phrase:
    """A thing as a phrase, whose article is known by its noun."""
    found = phrases.analyse(text)
    found = found if found.kind == phrases.NOUN else phrases.analyse(capitalized(text))
    return replace(found, low=text)


def _may_be_claim(text: str) -> bool:
    """Whether a word after the noun may be its verb, where no word before it makes it a noun: `la poste ferme tard`."""
    words = text.lower().replace("’", "'").replace("'", "' ").split()
    before = of("articles", "prepositions", "possessives", "demonstratives")
    return any(third_person(two) is not None and one not in before for one, two in pairwise(words[1:]))


def _is_sure(text: str, form: str) -> bool:
    """Whether the form of a piece is certain: a claim has its verb, an act is the subject of none, a thing has its
    article or a noun that gives it."""
    if form == phrases.CLAUSE:
        return has_main_verb(text) or text.lower().startswith(("on ", "il "))
    if form == phrases.NOUN:
        bare = noun_phrase(text)
        is_known = bool(phrases.article(bare)) and (bare.number == "p" or not bare.noun.endswith(("s", "x")))
        return (DETERMINER.match(text) is not None or is_known) and not _may_be_claim(text)
    return form == phrases.INFINITIVE and not has_sure_main_verb(text)


def _cut(item: Item, wanted: frozenset[str], common: frozenset[str]) -> list[Piece]:
    """The pieces of one idea."""
    if not may_tell(item) or item.masks or item.is_corrected or item.quote_choice == "bannie":
        return []
    found: list[Piece] = []
    for low, high in _stretches(item.text):
        start, end = trimmed(item.source_text, (item.start + low, item.start + high))
        text = item.source_text[start:end]
        if STUTTER.search(text) or _PATTERNS["hangs"].search(text) or not is_plain(text, *WORDS):
            continue
        if not balanced(text) or len(visible(item, (start, end))) != 1:
            continue
        if _PATTERNS["turned"].match(item.text, high) is not None:
            continue
        if (low > 0 or item.lead) and judge(capitalized(text)).lost > 0.35:
            continue
        found.append(Piece(item, (start, end), text, _score(item, text, wanted, common)))
    return found


@lru_cache(maxsize=20_000)
def _stretches(text: str) -> tuple[tuple[int, int], ...]:
    """Where a text is cut, without what only opens each part; the whole of it first, and no part of a question."""
    cuts = [0, *(end for match in _PAUSE.finditer(text) for end in match.span()), len(text)]
    found = [(0, len(text)), *zip(cuts[::2], cuts[1::2], strict=True)]
    asked = [match.span() for match in _ASKED.finditer(text)]
    said = [(low, high) for low, high in found if not any(a < high and low < b for a, b in asked)]
    return tuple(dict.fromkeys(_bare(text, low, high) for low, high in said))


def _bare(text: str, low: int, high: int) -> tuple[int, int]:
    """A part without its signs, its connectors, and what says that it is proposed."""
    while low < high and text[low] in _EDGES:
        low += 1
    while high > low and text[high - 1] in _EDGES:
        high -= 1
    opening = _PATTERNS["opens"].match(text, low, high)
    if opening is not None and opening.end() < high:
        return _bare(text, opening.end(), high)
    wished = _PATTERNS["proposes"].match(text, low, high)
    if wished is not None and is_infinitive(text[wished.end() : high].split(" ", 1)[0].lower()):
        return wished.end(), high
    return low, high


def is_plain(text: str, least: int, most: int) -> bool:
    """Whether words can stand in our sentence: so many, of nobody who says I or you, clean, with nothing that points
    back."""
    if not least <= len(text.split()) <= most or _PATTERNS["not_ours"].search(text) is not None:
        return False
    if holds_marks(text) or holds_personal_data(text):
        return False
    return is_spelt(text) and is_understood(capitalized(text))


def _score(item: Item, text: str, wanted: frozenset[str], common: frozenset[str]) -> float:
    """How much a piece tells of its title: its words, then those that others share, what it says at all, how short."""
    stems = set(content_stems(text))
    near = 1.0 if stems & wanted else 0.6 if stems & common else 0.0
    says = min(len(stems), STEMS_FULL) / STEMS_FULL
    vague = _PATTERNS["vague"].search(text) is not None or points_back(text)
    long = 0.05 * max(0, len(text.split()) - SHORT_WORDS)
    voted = min(1.0, 0.2 * max(0, item.votes - item.votes_against))
    lost = judge(capitalized(text)).lost
    return round(near + says + 0.5 * item.worth + 0.5 * item.strength + voted - 2 * vague - long - lost, 2)


def points_back(text: str) -> bool:
    """Whether words point to a thing that none of those before has named: `porter ce projet`, `travailler avec eux`."""
    match = _PATTERNS["points"].search(text)
    return match is not None and len(set(content_stems(text[: match.start()]))) < NAMED_MIN


def richest(pieces: Sequence[Piece], most: int) -> list[list[Piece]]:
    """Pieces of one group by what they are, the form that says most in so many of them first; things say less than
    claims and acts."""
    found: dict[str, list[Piece]] = {form: [] for form in FORMS}
    for piece in pieces:
        found[form_of(piece.text)].append(piece)
    weights = {form: sum(piece.score for piece in same[:most]) for form, same in found.items()}
    weights[phrases.NOUN] *= THING_WEIGHT
    return [found[form] for form in sorted(found, key=lambda form: -weights[form])]
