"""Pieces of ideas that our own sentence can take in: a claim after « que », an act after « de », a thing with its
article. Each is an exact span, cut where its author pauses, without what only opens it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from pipeline.axes import SUD
from pipeline.contracts.draft import WordsNode
from pipeline.language.lexicon.nouns import is_noun
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
from pipeline.workshop.model import Item, last_heading

WORDS = (3, 22)
SHORT_WORDS = 13
"""Words beyond which a piece weighs on the sentence that holds it."""
STEMS_FULL = 4
"""Words of subject from which a piece says enough."""
NAMED_MIN = 3
"""Words of subject before one that points, from which it may point to them."""
THING_WEIGHT = 0.6
"""What a thing says beside a claim or an act."""
NEAR_MIN = 0.4
"""Share of what a title says from which a piece is of its matter: « passer » alone brings nothing under « passer par
internet »."""
TITLE_WORDS_MIN, CLAIM_STEMS_MIN = 3, 3
CUT_LOST_MAX, LED_LOST_MAX = 0.35, 0.18
"""Chance that words have lost their subject above which a part of an idea is not told, and an idea whose subject may
stand in the sentence before it."""
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


_PRONOUN = re.compile(
    r"(?:on|il) (?:(?:ne|y|en|se|l[ae]s?|lui|leur) |[ns]['’](?:y |en )?|l['’])*(?P<verb>[\w-]+)", re.IGNORECASE
)
_ANOTHER = re.compile(r", (?:et |mais |puis )?(?:on|ils?|elles?|nous|vous|je|j['’]|ça|c['’])\b ?", re.IGNORECASE)
"""A verb with a subject of its own: « deux agents, et on ressort content » claims nothing of the agents."""
_DEFINITE = re.compile(r"(?:l[ae]s? |l['’]|ce(?:s|t|tte)? )", re.IGNORECASE)
_NUMBER = re.compile(r"^\d[\d\u00a0\u202f ]*(?:% (?:des |d['’])?|(?=\w))")


def _unnumbered(text: str) -> str:
    """A text that opens on how many, as one that opens on some: `32 % des gens partent` is a claim."""
    return _NUMBER.sub("des ", text)


def pieces_of(
    items: Iterable[Item], wanted: Mapping[str, float], common: AbstractSet[str], axis: str = ""
) -> list[Piece]:
    """The pieces of some ideas that read by themselves, the most telling first.

    Parameters
    ----------
    wanted : stem of the title that they stand under → its share of what it says. common : those that several of its
        ideas share. axis : where their mood must fit (`fits`), as nobody looked at them; "" for any.
    """
    found = [piece for item in items for piece in _cut(item, wanted, frozenset(common))]
    best = sorted(found, key=lambda piece: -piece.score)[:READ_MAX]  # the sort is stable: ideas keep their order
    phrases.look_ahead(decapitalized(_unnumbered(piece.text)) for piece in best)
    return [piece for piece in best if _is_sure(piece.text, form_of(piece.text)) and fits(piece.text, axis)]


def fits(text: str, axis: str) -> bool:
    """Whether words have the mood of an axis: acts, wishes and things to come are proposals, and told nowhere else but
    where people think together; what lacks is no resource."""
    form = form_of(text)
    is_wish = _PATTERNS["wishes"].search(text) is not None
    if axis == SUD:
        is_known = form == phrases.NOUN and _DEFINITE.match(text) is not None
        return is_wish or not (is_known or (form == phrases.CLAUSE and _PATTERNS["must"].search(text) is None))
    if axis in ("nord", "est"):
        is_act = form == phrases.INFINITIVE or is_infinitive(text.split(" ", 1)[0].lower())
        is_short = axis == "nord" and any(_PATTERNS[name].search(text) is not None for name in ("lacks", "must"))
        return not (is_act or is_wish or is_short)
    return True


def is_of_heading(item: Item, axis: str) -> bool:
    """Whether an idea may be told on an axis as far as the list that it was written in says: what did not go well is
    no resource, what did is no obstacle, and neither is a proposal."""
    heading = last_heading(item.context)
    is_blamed = _PATTERNS["blamed"].search(heading) is not None
    is_praised = not is_blamed and _PATTERNS["praised"].search(heading) is not None
    return not (is_blamed if axis == "nord" else is_praised and axis in ("est", SUD))


def is_claim(title: str) -> bool:
    """Whether a title that nobody took says something in so many words: a plain piece whose form is certain, and for
    a claim, of three words of subject."""
    if title.endswith("?"):  # a question says what it asks
        return "(" not in title
    if _PATTERNS["hangs"].search(title) is not None or not is_plain(title, TITLE_WORDS_MIN, WORDS[1]):
        return False
    if _PATTERNS["lacks"].match(title) is not None:
        return True
    form = form_of(title)
    return _is_sure(title, form) and (form != phrases.CLAUSE or len(set(content_stems(title))) >= CLAIM_STEMS_MIN)


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
        opening = _PRONOUN.match(text)
        if opening is not None:
            return third_person(opening["verb"].lower()) is not None or has_main_verb(text)
        if _ANOTHER.search(text) is not None and not has_main_verb(text.split(",", 1)[0]):
            return False
        told = _unnumbered(text)  # a noun without its article opens a note: its verb is another's
        return has_main_verb(text) and (
            DETERMINER.match(told) is not None or not is_noun(told.split(" ", 1)[0].lower())
        )
    if form == phrases.NOUN:
        bare = noun_phrase(text)
        is_known = bool(phrases.article(bare)) and (bare.number == "p" or not bare.noun.endswith(("s", "x")))
        return (DETERMINER.match(text) is not None or is_known) and not _may_be_claim(text)
    return form == phrases.INFINITIVE and not has_sure_main_verb(text)


def _cut(item: Item, wanted: Mapping[str, float], common: frozenset[str]) -> list[Piece]:
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
        if (low > 0 or item.lead) and judge(capitalized(text)).lost > (LED_LOST_MAX if item.lead else CUT_LOST_MAX):
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


def _score(item: Item, text: str, wanted: Mapping[str, float], common: frozenset[str]) -> float:
    """How much a piece tells of its title: its words, then those that others share, what it says at all, how short."""
    stems = set(content_stems(text))
    shared = sum(share for stem, share in wanted.items() if stem in stems)
    near = 1.0 if shared >= NEAR_MIN else 0.6 if shared or stems & common else 0.0
    says = min(len(stems), STEMS_FULL) / STEMS_FULL
    vague = _PATTERNS["vague"].search(text) is not None or points_back(text)
    long = 0.05 * max(0, len(text.split()) - SHORT_WORDS)
    voted = min(1.0, 0.2 * max(0, item.votes - item.votes_against))
    lost = judge(capitalized(text)).lost
    return round(near + says + 0.5 * item.worth + 0.5 * item.strength + voted - 2 * vague - long - lost, 2)


def points_back(text: str) -> bool:
    """Whether words point to a thing that none of those before has named: `porter ce projet`, `travailler avec eux`."""
    match = _PATTERNS["points"].search(text)
    if match is None:
        return False
    before, pointed = set(content_stems(text[: match.start()])), set(content_stems(match.group()))
    return not pointed <= before if pointed else len(before) < NAMED_MIN


def richest(pieces: Sequence[Piece], most: int) -> list[list[Piece]]:
    """Pieces of one group by what they are, the form that says most in so many of them first; things say less than
    claims and acts."""
    found: dict[str, list[Piece]] = {form: [] for form in FORMS}
    for piece in pieces:
        found[form_of(piece.text)].append(piece)
    weights = {form: sum(piece.score for piece in same[:most]) for form, same in found.items()}
    weights[phrases.NOUN] *= THING_WEIGHT
    return [found[form] for form in sorted(found, key=lambda form: -weights[form])]
