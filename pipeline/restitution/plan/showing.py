"""What of an idea a document may show: whole sentences that read alone, told in ours when they are of nobody in
particular, else between « »; and on which axis they may stand."""

from __future__ import annotations

import math
import re
from itertools import pairwise

from pipeline.axes import OUEST, SUD
from pipeline.contracts.draft import WordsNode
from pipeline.language.lexicon.nouns import is_noun, sure_gender_of
from pipeline.language.lexicon.orthography import mended
from pipeline.language.lexicon.spelling import is_spelt
from pipeline.language.lexicon.verbs import is_finite, is_infinitive, third_person
from pipeline.language.syntax import phrases
from pipeline.language.syntax.finite_verbs import has_main_verb, has_verb, words
from pipeline.language.syntax.function_words import DETERMINER, every_word, of
from pipeline.language.syntax.standing import LOST_MAX, judge
from pipeline.language.text.lists import either, read_patterns
from pipeline.language.text.typography import capitalized, decapitalized
from pipeline.language.text.words import content_stems
from pipeline.language.vocabulary.meetings import COURSE, procedure_in
from pipeline.restitution.material.kinship import QUALIFIERS
from pipeline.restitution.quoting.quotes import CUT, is_chosen, may_quote, quote_node, report_node
from pipeline.restitution.quoting.spans import balanced, holds_marks, holds_personal_data, trimmed, visible
from pipeline.restitution.quoting.standing import (
    QUOTE_WORDS_MAX,
    after_its_joint,
    after_its_label,
    is_understood,
    is_whole,
    standing_words,
    stands,
)
from pipeline.workshop.model import Item, Span, last_heading, may_tell

TOLD_WORDS = (4, 32)
"""Words of an idea that our sentence holds."""
NOTE_WORDS_MAX = 42
"""Words of an idea of a note, which is no quotation."""
STEMS_MIN = 2
SHOWN_MIN = 0.15
"""Worth below which the words of an idea make nothing seen, unless people voted for it or chose it."""
NAMED_MIN = 3
"""Words of subject before one that points, from which it may point to them."""
LOST_UNDER_TITLE = 0.6
"""Chance to have lost its subject up to which what opens a card is shown under a title."""
_RAW = re.compile(r"\[(?!…)|\)\(|\s[:;]-?[DPp)(]|[a-zà-ÿ][.!?][A-ZÀ-Þ][a-zà-ÿ]|\(\?\)")
"""What was written in haste beside the words: asides in square brackets, faces, sentences run together."""
PAUSE_WORDS = 3
"""Words of an opening that ends where its author pauses."""
WORDS_FEW = 5
"""Words below which words say little."""
FORMS = (phrases.CLAUSE, phrases.INFINITIVE, phrases.NOUN)
_PATTERNS = read_patterns(__name__, "shown")
_DEFINITE = re.compile(r"(?:l[ae]s? |l['’]|ce(?:s|t|tte)? )", re.IGNORECASE)
_HANGING = of("dangling", "prepositions")
_OPENS_AN_END = of("prepositions") | {"au", "aux", "du"}
"""What opens the end of a sentence that a question began: `au manque de dialogue`."""
_OPENING = re.compile(r"(?:\S+[^\S\n]+){,45}\S+")
_PAUSE = re.compile(r"(?=\s*[.;:!?…(]\s|\s\()|(?<=\))")


def shown_words(item: Item, title: str = "") -> WordsNode | None:
    """The words of an idea as a document shows them; None when they do not stand alone.

    Under a `title` they stand with it: a word of subject is enough, they may point to what it names. Whoever chose to
    quote an idea has read it where it stands.
    """
    if is_chosen(item):
        return standing_words(item) or own_words(item, item.whole if may_quote(item) else item.own)
    return _standing(item, title)


def _standing(item: Item, title: str) -> WordsNode | None:
    most = QUOTE_WORDS_MAX if may_quote(item) else NOTE_WORDS_MAX
    stems_min = 1 if title else STEMS_MIN
    lost_max = LOST_UNDER_TITLE if title and is_card(item) else LOST_MAX
    told = plain_words(item, *TOLD_WORDS) or standing_words(item, most, stems_min, lost_max)
    if told is None or len(set(content_stems(told.text))) < stems_min or points_back(told.text, title):
        return None
    if _PATTERNS["goes_on"].search(told.text) is not None or _is_left_open(item, told):
        return None
    if told.kind == "report" and not is_spelt(mended(told.text)):  # between « » it would stand
        return None
    if told.text.startswith(CUT) or told.text.endswith((",", ";")) or is_turned(item, told.ref.span[1]):
        return None
    is_one = not {",", ":"} & set(told.text)
    is_end = is_one and told.text.split(" ", 1)[0].lower() in _OPENS_AN_END and not has_main_verb(told.text)
    return None if is_end else told


def is_card(item: Item) -> bool:
    """Whether an idea is all that somebody wrote there, or its beginning: it has lost nothing of what stands before."""
    return item.channel in ("postit", "enquete") and not item.source_text[: item.own[0]].strip()


def reads_well(item: Item, node: WordsNode) -> bool:
    """Whether an author may publish words as a sentence of the document: of the matter, spelt, no mere piece; and where
    they are told, with their subject, and of no one who says « je » or « nous »."""
    text = mended(node.text)
    if procedure_in(text) == COURSE or not is_spelt(text) or not _says_all(text, item.axis):
        return False
    if node.kind == "quote":
        return True
    is_ours = _PATTERNS["not_ours"].search(text.replace("!", ".")) is None
    return is_ours and not _disagrees(text) and is_formed(text)


def is_act(text: str) -> bool:
    """Whether words are an act, which an enumeration may hold: no subject of a verb."""
    first = _BEFORE_AN_ACT.sub("", text.lower()).split(" ", 1)[0]
    return is_infinitive(first) and not has_main_verb(head_of(text))


def head_of(act: str) -> str:
    """An act without the clauses that hang on it: `afficher son nom`, of « afficher son nom si le logo manque »."""
    return _HANGS.split(act, maxsplit=1)[0]


_HANGS = re.compile(r",? (?:qu(?:['’]|[ei] )|si |s['’]ils? |pour |afin |quand |lorsqu|dont |où |: )", re.IGNORECASE)


_BEFORE_AN_ACT = re.compile(r"^(?:mieux|bien|ne (?:pas|plus)) (?:se |s['’])?|^(?:se |s['’])")


def _says_all(text: str, axis: str) -> bool:
    """Whether words are a sentence or a question; of what may be done, also an act, or a thing that may be
    suggested."""
    if axis in (SUD, OUEST) and is_act(text):
        return True
    is_thing = axis == SUD and ":" not in text and _DEFINITE.match(text) is None and form_of(text) == phrases.NOUN
    first = text.split(" : ")[0]
    is_claim = DETERMINER.match(first) is not None and may_be_claim(first)
    return is_thing or is_claim or text.endswith("?") or has_main_verb(first)


_PLURAL = re.compile(rf"\b(?:{either(of('plurals'))}) ([^\W\d_]+)(?!['’\w-])")
_GENDERED = re.compile(r"(?<![\w'’-])(?:(un|du|au)|une|cette) ([^\W\d_]+)(?!['’\w-])(?: ([^\W\d_]+))?")


def _disagrees(text: str) -> bool:
    """Whether a noun stands in the singular after a determiner of the plural, or after one of another gender."""
    low = text.lower()
    if any(is_noun(noun) and noun[-1] not in "sxz" for noun in _PLURAL.findall(low)):
        return True
    found = (one for one in _GENDERED.findall(low) if one[1] not in every_word())
    named = (one for one in found if one[2] in every_word() or not is_noun(one[2]))  # « une super idée »
    return any(sure_gender_of(noun) == ("f" if masculine else "m") for masculine, noun, _ in named)


def is_formed(text: str) -> bool:
    """Whether words are a sentence with its subject and both halves of what it denies, an act, or a thing: « Ne parle
    pas des haies » has lost its subject, « c'est pas simple » is spoken."""
    tokens = words(text)
    first = tokens[0]
    for at, word in enumerate(tokens):
        is_denied = word == "pas" and at > 0 and is_finite(tokens[at - 1])
        if is_denied and of("negations").isdisjoint(tokens[max(0, at - 4) : at]):
            return False
    if first in of("negations", "reflexives"):
        return any(map(is_infinitive, tokens[1:4]))
    if has_main_verb(text):
        return not (is_finite(first) and not is_noun(first) and first not in every_word())
    is_piece = first in _OPENS_AN_END or (first.endswith("ment") and not is_noun(first))
    return not is_piece and (not _CLAUSE.match(text) or not has_verb(text))


_CLAUSE = re.compile(r"(?:il|elle|on|nous|ils|elles|je|ce|cela) ", re.IGNORECASE)


def own_words(item: Item, span: Span) -> WordsNode | None:
    """The words of an idea as they stand; None where a mask hides them all."""
    span = trimmed(item.source_text, span)
    if not any(item.source_text[low:high].strip() for low, high in visible(item, span)):
        return None
    return quote_node(item, span) if may_quote(item) else report_node(item, span)


def appeal(item: Item, text: str, title: str) -> float:
    """How likely an author is to sign words under a title: by the chance of the idea to be there, its worth, the words
    of the title that they say, and how they read.

    The weights are rounded from those of a ridge regression on 1,053 such lines of 20 folders, which a reader (a
    language model) signed (1), would edit (0.45), or would delete or place elsewhere (-0.8).
    """
    chance = math.log((item.strength + 0.02) / (1.02 - item.strength))
    n_common = len((frozenset(content_stems(title)) - QUALIFIERS) & frozenset(content_stems(text)))
    few = max(0, WORDS_FEW - len(text.split()))
    read = judge(capitalized(text))
    faults = (
        0.25 * points_back(text, title)
        + 0.2 * (_PATTERNS["vague"].search(text) is not None)
        + 0.17 * text.rstrip().endswith("?")
        + 0.15 * text[:1].islower()
        + 0.5 * read.nothing
        + 0.2 * (_RAW.search(text) is not None)
        + max(0.0, read.lost - LOST_MAX)  # few lines are so, and none of them signed
        + 0.25 * few
    )
    votes = 0.2 * min(5, max(0, item.votes - item.votes_against))
    return round(0.15 * chance + 0.4 * item.worth + 0.15 * n_common + votes - faults - 0.2, 2)


def bareness(text: str) -> float:
    """How hard words are to sign where no title stands above them, beside the merit of their idea: as fragments, for a
    lost subject, or for what a colon joins; a question asks by itself.

    The weights are rounded from those of a ridge regression on 786 lines of 18 folders, read as those of `appeal`.
    """
    read = judge(capitalized(text))
    return 0.95 * read.fragment * (not is_act(text)) + 0.4 * read.lost + 0.2 * (":" in text) - 0.25 * text.endswith("?")


def may_stand(item: Item) -> bool:
    """Whether the words of an idea may be shown without what follows: worth it, and not turned by the idea that goes on
    from them."""
    if is_chosen(item):
        return True
    return not (item.is_turned and not item.is_corrected) and (item.worth >= SHOWN_MIN or bool(item.votes))


def is_turned(item: Item, end: int) -> bool:
    """Whether what follows words turns them: « mais … »."""
    return not item.is_corrected and _PATTERNS["turned"].match(item.source_text, end) is not None


def _is_left_open(item: Item, node: WordsNode) -> bool:
    """Whether words wait for what stands below them; an act is told without its list."""
    return is_cut(item, node.ref.span[1]) and form_of(node.text) != phrases.INFINITIVE


def is_cut(item: Item, end: int) -> bool:
    """Whether what follows words on the next lines ends them: a list after a colon, the rest of a line cut in two."""
    return _GOES_ON_BELOW.match(item.source_text, end) is not None


_GOES_ON_BELOW = re.compile(rf"[^\S\n]*(?::\s*(?:\n|$)|\n[^\S\n]*(?:et|ou|{either(_HANGING)})\b)")


def plain_words(item: Item, least: int, most: int) -> WordsNode | None:
    """The sentence of an idea, else the idea where it is a whole clause, where our own sentence may hold it: understood
    alone, of no one in particular, and nobody's speech; of what people wrote at no table, an act only: a claim would be
    everybody's."""
    if not may_tell(item) or item.masks or item.provenance == "transcription":
        return None
    is_of_some = item.provenance == "note" or (item.provenance == "ecrit" and bool(item.table))
    whole = [trimmed(item.source_text, one) for one in (item.reach, item.own)]
    ours = [one for one in whole if _PATTERNS["not_ours"].search(item.source_text[slice(*one)]) is None]
    for span in dict.fromkeys(way for one in ours for way in (after_its_joint(item, one), one)):
        text = mended(item.source_text[span[0] : span[1]])
        if "\n" in text or not balanced(text) or not is_plain(text, least, most) or not is_whole(item, span):
            continue
        if (is_of_some or form_of(text) == phrases.INFINITIVE) and stands(item, span):
            return report_node(item, after_its_label(item, span))
    return None


def opening_words(item: Item, span: Span) -> WordsNode | None:
    """The words of a span as they stand, or its opening ones, up to where their author pauses; None where nobody may
    read them."""
    low, high = trimmed(item.source_text, span)
    opening = _OPENING.match(item.source_text, low, high)
    if opening is None or not may_tell(item):
        return None
    pauses = [match.start() for match in _PAUSE.finditer(item.source_text, low, opening.end())]
    enough = [end for end in pauses if len(item.source_text[low:end].split()) >= PAUSE_WORDS]
    return own_words(item, (low, enough[-1] if enough and opening.end() < high else opening.end()))


def is_of_heading(item: Item, axis: str) -> bool:
    """Whether an idea may be told on an axis as far as the list that it was written in says: what did not go well is
    no resource, what did is no obstacle, and neither is a proposal, nor is what was done already."""
    heading = last_heading(item.context)
    is_blamed = _PATTERNS["blamed"].search(heading) is not None
    is_praised = not is_blamed and _PATTERNS["praised"].search(heading) is not None
    is_done = axis in (SUD, OUEST) and _PATTERNS["done"].search(item.context) is not None
    return not (is_done or (is_blamed if axis == "nord" else is_praised and axis in ("est", SUD)))


def points_back(text: str, title: str = "") -> bool:
    """Whether words point to a thing that none of those before has named: `porter ce projet`, `travailler avec eux`."""
    match = _PATTERNS["points"].search(text)
    if match is None:
        return False
    before, pointed = set(content_stems(f"{title} {text[: match.start()]}")), set(content_stems(match.group()))
    return not pointed <= before if pointed else len(before) < NAMED_MIN


def is_plain(text: str, least: int, most: int) -> bool:
    """Whether words can stand in our sentence: so many, of nobody who says I or you, clean, with nothing that points
    back."""
    if not least <= len(text.split()) <= most or _PATTERNS["not_ours"].search(text) is not None:
        return False
    if text.rsplit(" ", 1)[-1].lower() in _HANGING:
        return False
    if holds_marks(text) or holds_personal_data(text) or _disagrees(text):
        return False
    return is_spelt(text) and is_understood(capitalized(text))


def form_of(text: str) -> str:
    """What words are (`FORMS`); "" when they are none of those. An infinitive that is the subject of a verb claims:
    « Contribuer tant impose d'être entendus »."""
    low = decapitalized(text)
    told = (phrases.analyse(one).kind for one in (low, capitalized(low)))
    form = next((form for form in told if form in FORMS), "")
    return phrases.CLAUSE if form == phrases.INFINITIVE and has_main_verb(text) else form


def may_be_claim(text: str) -> bool:
    """Whether a word after the noun may be its verb, where no word before it makes it a noun: `la poste ferme tard`."""
    words = text.lower().replace("’", "'").replace("'", "' ").split()
    before = of("articles", "prepositions", "possessives", "demonstratives")
    return any(third_person(two) is not None and one not in before for one, two in pairwise(words[1:]))
