"""What of an idea a document may show: whole sentences that read alone; under which title, and on which axis."""

from __future__ import annotations

import math
import re

from pipeline.axes import EST, NORD, OUEST, SUD
from pipeline.contracts.draft import WordsNode
from pipeline.language.lexicon.spelling import is_spelt
from pipeline.language.syntax.finite_verbs import has_main_verb
from pipeline.language.syntax.function_words import of
from pipeline.language.syntax.standing import LOST_MAX, judge
from pipeline.language.text.lists import either, read_lines, read_patterns
from pipeline.language.text.typography import capitalized
from pipeline.language.text.words import content_stems, content_words
from pipeline.language.vocabulary.meetings import tells_course
from pipeline.restitution.material.kinship import QUALIFIERS, Kinship, find_words, is_opposite, leading_verb
from pipeline.restitution.quoting.hanging import is_put_to_others
from pipeline.restitution.quoting.quotes import CUT, is_chosen, may_quote, quote_node, report_node
from pipeline.restitution.quoting.spans import trimmed, visible
from pipeline.restitution.quoting.standing import QUOTE_WORDS_MAX, standing_words
from pipeline.stances.reading import looks_ironic
from pipeline.workshop.model import Group, Item, Span, last_heading, may_tell

NOTE_WORDS_MAX = 42
"""Words of an idea of a note, which is no quotation."""
SAID_MIN, FRAGMENT_MAX = 0.9, 0.5
"""Truth of a title (`Kinship.truth`) from which an idea surely says it; chance to be a fragment up to which words are
shown."""
STEMS_MIN = 2
LOST_LOW = 0.2
"""Chance of a lost subject above which words are the harder to sign."""
SHOWN_MIN = 0.15
"""Worth below which the words of an idea make nothing seen, unless people voted for it or chose it."""
NAMED_MIN = 3
"""Words of subject before one that points, from which it may point to them."""
LOST_UNDER_TITLE = 0.6
"""Chance to have lost its subject up to which what opens a card is shown under a title."""
SURELY_OF = {NORD: 0.85, EST: 0.75, SUD: 0.75}
"""Confidence from which an idea is surely of an axis: nine in ten such are, of 160 read in eight folders; of those that
a model puts where people wonder, half are, whatever its confidence."""
_RAW = re.compile(
    r"(?:[#@]\S+\s+){2}|\[(?!…)|\)\(|\s[:;]-?[DPp)(]|[a-zà-ÿ][.!?][A-ZÀ-Þ][a-zà-ÿ]|\(\?\)|^(\w.{5,}?),? \1$"
)
"""What was written in haste beside the words: asides in square brackets, faces, sentences run together, words twice."""
PAUSE_WORDS = 3
"""Words of an opening that ends where its author pauses."""
WORDS_FEW = 5
"""Words below which words say little."""
_PATTERNS = read_patterns(__name__, "shown")
_HANGING = of("dangling", "prepositions")
_OPENS_AN_END = of("prepositions") | {"au", "aux", "du"}
"""What opens the end of a sentence that a question began: `au manque de dialogue`."""
_OPENING = re.compile(r"(?:\S+[^\S\n]+){,45}\S+")
_PAUSE = re.compile(r"(?=\s*[.;:!?…(]\s|\s\()|(?<=\))")


def shown_words(item: Item, title: str = "", is_on_axis: bool = True) -> WordsNode | None:
    """The words of an idea as a document shows them; None when they do not stand alone, or would belie their axis.

    Under a `title` they stand with it: a word of subject is enough, they may point to what it names; where titles are
    of no axis, they belie none. Whoever chose to quote an idea has read it where it stands.
    """
    if is_chosen(item):
        return standing_words(item) or own_words(item, item.whole if may_quote(item) else item.own)
    if is_of_others(item):
        return None
    most = QUOTE_WORDS_MAX if may_quote(item) else NOTE_WORDS_MAX
    lost_max = LOST_UNDER_TITLE if title and is_card(item) else LOST_MAX
    told = standing_words(item, most, 1 if title else STEMS_MIN, lost_max)
    if told is None or points_back(told.text, title) or _is_cut_off(item, told):
        return None
    if title and (find_words(title, told.text) or (item.axis == SUD and is_opposite(told.text, title))):
        return None  # it would say the title again, or its contrary
    is_fitting = not is_on_axis or is_of_axis(told.text, item.axis)
    return told if is_fitting and _reads_well(told.text) else None


def is_of_others(item: Item) -> bool:
    """Whether an idea is what its author says that others want, or says in mockery: told as a proposal, it would be
    told reversed. What minutes tell of somebody is hers."""
    sentence = item.source_text[slice(*item.reach)]
    if item.provenance != "note" and is_put_to_others(sentence):
        return True
    return item.axis != NORD and sentence.rstrip(" »)").endswith(("!", "…", "...")) and looks_ironic(sentence)


def _is_cut_off(item: Item, told: WordsNode) -> bool:
    """Whether words want what stands around them: their beginning, their end, what turns them."""
    text, end = told.text, told.ref.span[1]
    if text.startswith(CUT) or text.endswith((",", ";")) or is_turned(item, end) or is_cut(item, end):
        return True
    if _PATTERNS["being"].search(text) is not None and not has_main_verb(text):
        return True
    is_one = not {",", ":"} & set(text)
    return is_one and text.split(" ", 1)[0].lower() in _OPENS_AN_END and not has_main_verb(text)


def _reads_well(text: str) -> bool:
    """Whether words say something of the matter, and nothing that they were said after."""
    if tells_course(text) or _PATTERNS["goes_on"].search(text) is not None or _RAW.search(text) is not None:
        return False
    return judge(capitalized(text)).fragment <= FRAGMENT_MAX


def is_of_axis(text: str, axis: str) -> bool:
    """Whether words propose something or wonder, where an axis asks for it: no description of what was is a proposal or
    a question."""
    if axis not in (SUD, OUEST) or _PATTERNS["proposes"].search(text) is not None or asks(text):
        return True
    return not has_main_verb(text) and axis == SUD


def is_surely_of(item: Item, axis: str) -> bool:
    """Whether an idea that stands under no title is surely of an axis: a question where people wonder; elsewhere as a
    model reads it."""
    return asks(item.text) if axis == OUEST else item.confidence >= SURELY_OF[axis]


def asks(text: str) -> bool:
    """Whether words ask something."""
    return text.rstrip(' »”"').endswith("?")


def divides(text: str) -> bool:
    """Whether words report that people did not think alike, and not that they did."""
    held = _PATTERNS["some_and_others"].search(text)
    return _NAMED.search(text) is not None or (held is not None and _HELD.search(held.group()) is not None)


_WORDS = dict(line.split(":", 1) for line in read_lines(__name__, "divided"))
_NAMED = re.compile(rf"(?<!pas de )(?<!aucun )\b(?:{either(_WORDS['names'].split())})\b", re.IGNORECASE)
_HELD = re.compile(rf"\b(?:{either(_WORDS['holds'].split())})", re.IGNORECASE)


def says_title(item: Item, group: Group, kinship: Kinship, least: float = SAID_MIN) -> bool:
    """Whether an idea that a machine put under a title surely says it: by its chance, and words of the title."""
    return kinship.truth(item, group) >= least and bool(kinship.shared(item, group) - leading_verb(group))


def is_card(item: Item) -> bool:
    """Whether an idea is all that somebody wrote there, or its beginning: it has lost nothing of what stands before."""
    return item.channel in ("postit", "enquete") and not item.source_text[: item.own[0]].strip()


def own_words(item: Item, span: Span) -> WordsNode | None:
    """The words of an idea as they stand; None where a mask hides them all."""
    span = trimmed(item.source_text, span)
    if not any(item.source_text[low:high].strip() for low, high in visible(item, span)):
        return None
    return quote_node(item, span) if may_quote(item) else report_node(item, span)


def appeal(item: Item, text: str, title: str) -> float:
    """How likely an author is to sign words under a title: by the chance of the idea to be there, its worth, the words
    of the title that they say, and how they read.

    Of two that say as much, the one that surely stands alone goes first. The weights are rounded from those of a ridge
    regression on 1,053 such lines of 20 folders, which a reader (a language model) signed (1), would edit (0.45), or
    would delete or place elsewhere (-0.8).
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
        + 0.3 * (not is_spelt(text))
        + max(0.0, read.lost - LOST_LOW)
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
    return (
        0.3 * (not is_spelt(text))
        + 0.95 * read.fragment
        + 0.4 * read.lost
        + 0.2 * (":" in text)
        - 0.25 * text.endswith("?")
    )


def may_stand(item: Item) -> bool:
    """Whether the words of an idea may be shown without what follows: worth it, and not turned by the idea that goes on
    from them."""
    if is_chosen(item):
        return True
    if _PATTERNS["agenda"].search(last_heading(item.context)) is not None and not has_main_verb(item.text):
        return False
    return not (item.is_turned and not item.is_corrected) and (item.worth >= SHOWN_MIN or bool(item.votes))


def is_turned(item: Item, end: int) -> bool:
    """Whether what follows words turns them: « mais … »."""
    return not item.is_corrected and _PATTERNS["turned"].match(item.source_text, end) is not None


def is_cut(item: Item, end: int) -> bool:
    """Whether what follows words on the next lines ends them: a list after a colon, the rest of a line cut in two."""
    return _GOES_ON_BELOW.match(item.source_text, end) is not None


_GOES_ON_BELOW = re.compile(rf"[^\S\n]*(?::\s*(?:\n|$)|\n[^\S\n]*(?:et|ou|{either(_HANGING)})\b)")


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
    no resource, what did is no obstacle, what is proposed neither, and neither of them, nor what was done already, is a
    proposal."""
    heading = last_heading(item.context)
    is_blamed = _PATTERNS["blamed"].search(heading) is not None
    is_praised = not is_blamed and _PATTERNS["praised"].search(heading) is not None
    if axis in (SUD, OUEST):
        return not (_PATTERNS["done"].search(item.context) or (is_praised and axis == SUD))
    is_wanted = _PATTERNS["wanted"].search(heading) is not None
    return not is_wanted and not (is_blamed if axis == NORD else is_praised)


def points_back(text: str, title: str = "") -> bool:
    """Whether words point to a thing that none of those before has named: `porter ce projet`, `travailler avec eux`."""
    match = _PATTERNS["points"].search(text)
    if match is None:
        return False
    named = f"{title} {text[: match.start()]}"
    before, pointed = set(content_stems(named)), set(content_stems(match.group()))
    if _ONE.match(match.group()) and not {*content_words(match.group())} <= {*content_words(named)}:
        return True  # « cet outil » is none of « les outils »
    return not pointed <= before if pointed else len(before) < NAMED_MIN


_ONE = re.compile(r"c(?:e|et|ette) ", re.IGNORECASE)
