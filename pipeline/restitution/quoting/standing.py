"""Words that stand alone: read without what was said before and after, they still say something."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.contracts.draft import WordsNode
from pipeline.language.lexicon.nouns import is_noun
from pipeline.language.lexicon.verbs import third_person
from pipeline.language.syntax import phrases
from pipeline.language.syntax.clauses import tagged
from pipeline.language.syntax.function_words import of
from pipeline.language.text.lists import read_words
from pipeline.language.text.typography import capitalized
from pipeline.language.text.words import content_stems
from pipeline.restitution.material.kinship import find_words
from pipeline.restitution.material.model import Group, Item, Span
from pipeline.restitution.quoting.quotes import CUT, may_quote, quote_node, report_node
from pipeline.restitution.quoting.spans import (
    SPOKEN,
    STUTTER,
    candidates,
    fitness,
    holds_marks,
    holds_personal_data,
    points_back,
    speaks,
    visible,
    with_cuts,
)

if TYPE_CHECKING:
    from spacy.tokens import Token

WORDS_MIN = 3
QUOTE_WORDS_MAX = 32
READS_MIN = 0.45
SHOUTED_SHARE = 0.35
STEMS_MIN = 2
TITLE_WORDS_MIN = 2
COMMAS_MAX = 2
CUT_MAX = 6
"""Characters of a sentence that may stand before an idea whose words are a title."""
_THIRD = read_words(__name__, "pronouns")
_IMPERSONAL = re.compile(
    r"il (?:faut|faudrait|manque|reste|y|n['’]y|s['’]agit|suffi\w+|est (?:temps|possible|difficile)|vaut)",
    re.IGNORECASE,
)
_LACKS = re.compile(r"(?:il n['’]y (?:a|avait|aura)|pas d[e'’])\b", re.IGNORECASE)
"""Opens a lack, which is no title of what is proposed or of what exists."""
_POINTS = re.compile(
    r"(?:pour moi\b|c['’](?!est quoi)|ce (?:sont|serait|n['’])|voilà|là|ici,|comme (?:ça|ci))", re.IGNORECASE
)
_ASKS = re.compile(r"(?:est-ce qu|qu['’]est-ce|comment |pourquoi |combien )", re.IGNORECASE)
_NO_NOUN = frozenset(("personne", "rien", "tout", "fois"))
_ONE_S_OWN = re.compile(r"\b(?:je|j['’]|moi|mon|ma|mes|nous|notre|nos|vous)(?=\W|$)", re.IGNORECASE)
"""Words of a note that our sentence would take for its own."""
_FALTERS = re.compile(rf"{STUTTER.pattern}|{SPOKEN.pattern}|\w-(?=\s|$)|^(?:m?ouais|oui|non|[oa]h|ok)\b", re.IGNORECASE)
"""Speech that starts again, hesitates, breaks a word off, or goes on from what someone else said."""
_HESITATES = re.compile(rf"{SPOKEN.pattern}|\S*\w-(?=\s|$)|\([^()]*\)", re.IGNORECASE)
_OPENING = re.compile(r"(?:moi )?(il (?:n['’])?y a|[^\W\d_]+['’]?)", re.IGNORECASE)
_SUBJECTS = of("persons", "articles", "possessives_of_speakers", "possessives") | {"il y a", "il n'y a", "il n’y a"}
"""What speech without a point opens on when it says something of someone, or of something."""
_SPOKEN_WORD = re.compile(r"\S+")
_HANGING = of("dangling", "prepositions")
_WAITING = _HANGING | of("subordinate_openings")
_GOES_ON = of("joins") - {"comme"}
_ENDS = re.compile(r"[.!?…]")
_LABEL = re.compile(
    r"(?:(?:proposition|idée|piste|constat|frein|demande|question|remarque|exemple|besoin|projet)s?)\s*:\s*(?=\S)",
    re.IGNORECASE,
)
"""What a note-taker writes before an idea to say what it is: our sentence says it."""


@lru_cache(maxsize=20_000)
def is_understood(text: str) -> bool:
    """Whether nothing in words points elsewhere: no pronoun without its noun, no end of a sentence, no shouting."""
    bare = text.strip(" .…")
    if bare.count(CUT) > 1 or sum(map(str.isupper, bare)) > SHOUTED_SHARE * len(bare):
        return False
    if bare.startswith((CUT, "(")) or points_back(bare) or speaks(bare) or _POINTS.match(bare) or bare[:1].islower():
        return False
    opening = bare.split(" ", 1)[0].lower()
    if opening in _GOES_ON:
        return False
    if third_person(opening) is not None and not is_noun(opening):  # whose deed it is was said before
        return False
    doc = tagged(bare)
    first = next((token.i for token in doc if _is_noun(token)), len(doc))
    return not any(_is_orphan(token, text) for token in doc[:first])


def is_clear(title: str) -> bool:
    """Whether a title names its matter, rather than pointing to what was said before it."""
    return not points_back(title) and not speaks(title) and _POINTS.match(title) is None


def has_good_title(group: Group) -> bool:
    """Whether a title says something by itself: a word of subject beside another, and nothing that points elsewhere.

    One that a person gave always does.
    """
    title = group.title
    if group.is_titled:
        return bool(title)
    if not _names_a_matter(title) or _is_of_another_axis(title, group.axis):
        return False
    own = (item for item in group.members if find_words(item.text, title) is not None)
    said_well = (i.provenance != "transcription" and i.reach[0] + CUT_MAX >= i.start for i in own)
    # else the end of a sentence, or speech that only quotation marks can hold; true when nobody said it
    return next(said_well, True) or any(said_well)


def look_ahead(groups: Iterable[Group]) -> None:
    """Read together the titles that `has_good_title` and `names_a_subject` read."""
    phrases.look_ahead(
        group.title
        for group in groups
        if not group.is_titled and (_is_definite(group.title) or (group.axis == "est" and _names_a_matter(group.title)))
    )


def _is_of_another_axis(title: str, axis: str) -> bool:
    if axis != "est":
        return _LACKS.match(title) is not None
    return phrases.analyse(title).kind == phrases.INFINITIVE


def names_a_subject(group: Group) -> bool:
    """Whether the title that the machine gave is the name of a thing, and no claim: « les logiciels »."""
    is_name = not group.is_titled and _is_definite(group.title)
    return is_name and phrases.analyse(group.title).kind == phrases.NOUN


def _is_definite(title: str) -> bool:
    return title.replace("’", "'").lower().startswith(("le ", "la ", "les ", "l'"))


def _names_a_matter(title: str) -> bool:
    """Whether a title is of several words, none masked, no share of a hundred, and no question without its mark."""
    is_cut = CUT in title or (_ASKS.match(title) is not None and not title.endswith("?"))
    is_long = len(title.split()) >= TITLE_WORDS_MIN and bool(content_stems(title))
    ends_open = title.lower().endswith(tuple(f" {word}" for word in _THIRD))
    is_listed = title.count(",") >= COMMAS_MAX
    return is_long and not is_cut and not ends_open and not is_listed and "%" not in title and is_clear(title)


def standing_words(item: Item, words_max: int = QUOTE_WORDS_MAX, stems_min: int = STEMS_MIN) -> WordsNode | None:
    """The words of an idea that can be told without what is around them: whole sentences, never cut.

    Those of a note are a report, without « »; None when none do.

    Parameters
    ----------
    stems_min : words of subject that they must hold.
    """
    is_note = not may_quote(item)
    if is_note and (item.provenance != "note" or not item.is_quotable or item.is_hidden):
        return None
    spans = [*candidates(item, words_max), *_runs(item, words_max)]
    found = [span for span in spans if _reads(item, span, stems_min, is_note)]
    if not found:
        return None
    span = max(found, key=lambda one: (round(fitness(item, one, frozenset()), 4), -one[0], one[1]))
    if not is_note:
        return quote_node(item, span, shows_cuts=False)
    text = item.source_text[span[0] : span[1]]
    label = _LABEL.match(text)
    start = label.end() if label is not None else 0
    return report_node(item, (span[0] + start, span[0] + max(start + 1, len(text.rstrip(" .!…")))))


def _runs(item: Item, words_max: int) -> list[Span]:
    """What stands between two hesitations of an idea of speech typed without a point; no word waits at its end."""
    if not is_unpointed(item):
        return []
    found: list[Span] = []
    at = item.start
    for match in (*_HESITATES.finditer(item.source_text, item.start, item.end), None):
        words = list(_SPOKEN_WORD.finditer(item.source_text, at, match.start() if match is not None else item.end))
        while words and words[-1].group().lower() in _WAITING:
            words.pop()
        if 0 < len(words) <= words_max:
            found.append((words[0].start(), words[-1].end()))
        at = match.end() if match is not None else at
    return found


def is_unpointed(item: Item) -> bool:
    """Whether an idea is of speech typed without a point: it has no sentences."""
    is_speech = item.provenance == "transcription" and not item.is_corrected
    return is_speech and _ENDS.search(item.source_text) is None


def _reads(item: Item, span: Span, stems_min: int, is_note: bool) -> bool:
    """Whether a span is whole, says something, and reads well."""
    text = item.source_text[span[0] : span[1]]
    n_words = sum(any(map(str.isalnum, word)) for word in text.split())
    if (
        text.rsplit(" ", 1)[-1].lower() in _HANGING
        or n_words < WORDS_MIN
        or len(set(content_stems(text))) < stems_min
        or not _is_whole(item, span)
    ):
        return False
    if item.provenance == "transcription" and _FALTERS.search(text) is not None:
        return False
    hides = holds_marks if item.axis == "nord" else holds_personal_data
    if hides(text) or (is_note and _ONE_S_OWN.search(text) is not None):
        return False
    is_first = not item.source_text[: span[0]].strip()
    return is_understood(capitalized(text) if is_first else text) and fitness(item, span, frozenset()) > READS_MIN


def _is_whole(item: Item, span: Span) -> bool:
    """Whether nothing of the sentence is cut off, and at most one name is masked in it.

    Speech typed without a point has no sentences: an idea of it is one.
    """
    if is_unpointed(item):
        opening = _OPENING.match(item.source_text, span[0])
        if opening is None or opening[1].lower() not in _SUBJECTS:
            return False
        return len(visible(item, span)) == 1 and item.start <= span[0] and span[1] <= item.end
    return with_cuts(item, span)[0] == span and len(visible(item, span)) <= 2


def _is_noun(token: Token) -> bool:
    if token.lower_ in _NO_NOUN:  # `la personne` is a noun, `personne ne` is not
        return token.i > 0 and token.nbor(-1).pos_ == "DET"
    return token.pos_ in ("NOUN", "PROPN")


def _is_orphan(token: Token, text: str) -> bool:
    """Whether a pronoun stands for something that was not named."""
    if token.lower_ == "il":
        return _IMPERSONAL.search(text) is None
    return token.pos_ == "PRON" and token.lower_ in _THIRD
