"""Words that stand alone: read without what was said before and after, they still say something."""

from __future__ import annotations

import re

from pipeline.contracts.draft import WordsNode
from pipeline.language.lexicon.verbs import REPORTING
from pipeline.language.syntax.finite_verbs import has_main_verb
from pipeline.language.syntax.function_words import of
from pipeline.language.syntax.standing import LOST_MAX, judge
from pipeline.language.text.lists import either, read_lines
from pipeline.language.text.typography import capitalized
from pipeline.language.text.words import content_stems
from pipeline.restitution.quoting.hanging import bearing_from, hangs
from pipeline.restitution.quoting.quotes import CUT, may_quote, quote_node, report_node
from pipeline.restitution.quoting.spans import (
    SPOKEN,
    STUTTER,
    candidates,
    fitness,
    holds_marks,
    holds_personal_data,
    n_words,
    trimmed,
    visible,
    with_cuts,
)
from pipeline.workshop.model import Item, Span, may_tell

WORDS_MIN = 3
QUOTE_WORDS_MAX = 32
READS_MIN = 0.45
SHOUTED_SHARE = 0.35
STEMS_MIN = 2
FALTERS = re.compile(rf"{STUTTER.pattern}|{SPOKEN.pattern}|\w-(?=\s|$)|^(?:m?ouais|oui|non|[oa]h|ok)\b", re.IGNORECASE)
"""Speech that starts again, hesitates, breaks a word off, or goes on from what someone else said."""
_PERSONS = of("persons", "articles", "possessives_of_speakers", "possessives")
_SUBJECT = re.compile(
    rf"(?:moi )?(?:il (?:n['’])?y a\b|(?:{either(_PERSONS)}|certaine?s|plusieurs)(?:(?<=['’])|\b(?!['’])))",
    re.IGNORECASE,
)
"""What a clause opens on when it says something of someone, or of something."""
_IMPERSONAL = re.compile(
    rf"il (?:n['’]|ne )?(?:y |est |serait |semble |{either(of('impersonal_verbs'))}\b)", re.IGNORECASE
)
_MASKED = re.compile(rf"{re.escape(CUT)}.*\b(?:elle|il|lui|son|sa|ses)\b", re.IGNORECASE)
"""A pronoun that stands for a name that is not shown."""
_JOINTS = "|".join(read_lines(__name__, "joints")).replace("'", "['’]")
_JOINT = re.compile(rf"(?:(?:{_JOINTS})(?:(?<=['’ :])|\b)[ ,]*)+", re.IGNORECASE)
_BEFORE = re.compile(rf"(?:^|[.!?…,;:–—(\n]|\s-)[»”)\s]*(?:{_JOINT.pattern})?$", re.IGNORECASE)
_SAYING = (
    rf"(?<!\bne )(?<!\bn['’])\b(?:{either(REPORTING)})\b(?: (?:à l['’]assemblée|ainsi|aussi|également))?"
    rf" qu(?:e |['’])"
)
_REPORTED = re.compile(f"{_SAYING}$", re.IGNORECASE)
_NAMELESS = re.compile(r".* \d+|")
_SAYS = re.compile(rf"{_SAYING}|[^\S\n]:[^\S\n]", re.IGNORECASE)
"""What somebody is reported to say comes after it: « Mme Roux précise que »."""
_GOES_ON = re.compile(r"(?:\bet|\bmais|\bou|,) qu(?:e\b|['’])", re.IGNORECASE)
"""Another clause that hangs on the same verb."""
BEFORE_MAX = 40
_HANGING = of("dangling", "prepositions")
_LEANING = of("subordinate_openings")
_ENDS = re.compile(r"[.!?…]")
LABELS = read_lines(__name__, "labels")
LABEL = re.compile(
    rf"(?:(?:{'|'.join(LABELS)})s?"
    rf"|(?:{'|'.join(read_lines(__name__, 'topics'))})\b[^:.\n]{{3,60}}?)\s*:\s*(?=\S)",
    re.IGNORECASE,
)
"""What a note-taker writes before an idea to say what it is, or is about: our sentence says it, or its title."""


def is_understood(text: str, lost_max: float = LOST_MAX) -> bool:
    """Whether words read by themselves: nothing in them stands elsewhere, they are no end of a sentence, and no
    shouting."""
    bare = text.strip(" .…")
    if bare.count(CUT) > 1 or sum(map(str.isupper, bare)) > SHOUTED_SHARE * len(bare):
        return False
    if _MASKED.search(bare) or bare.startswith((CUT, "(")) or bare[:1].islower():
        return False
    return judge(bare).lost <= lost_max


def stands(item: Item, span: Span, lost_max: float = LOST_MAX) -> bool:
    """Whether a span of what somebody said is understood without what is around it.

    An idea whose subject may stand in the words before it is told with them, or not at all.
    """
    text = item.source_text[span[0] : span[1]]
    is_first = not item.source_text[: span[0]].strip()
    is_bare = text.split(" ", 1)[0].lower() not in _LEANING and _opens(item, span[0])
    told = capitalized(text) if is_first or is_bare else text
    lead = lead_of(item)
    if lead is None:
        return is_understood(told, lost_max)
    return is_understood(told if span[0] > lead[0] else capitalized(item.source_text[slice(*lead)]))


def lead_of(item: Item) -> Span | None:
    """The sentence before an idea that a reader needs, where it stands just before it and may be shown."""
    if not item.lead or item.is_corrected:
        return None
    low = item.source_text.rfind(item.lead, 0, item.start)
    high = low + len(item.lead)
    between = item.source_text[high : item.start]
    if low < 0 or "\n" in between or any(map(str.isalnum, between)):
        return None
    return low, high


def standing_words(
    item: Item, words_max: int = QUOTE_WORDS_MAX, stems_min: int = STEMS_MIN, lost_max: float = LOST_MAX
) -> WordsNode | None:
    """The words of an idea that can be told without what is around them: whole sentences, never cut.

    Those of a note are a report, without « »; None when none do.

    Parameters
    ----------
    stems_min : words of subject that they must hold.
    lost_max : the greatest chance that what they speak of was named before them.
    """
    if not may_tell(item) or is_unpointed(item):
        return None
    is_note = not may_quote(item)
    found_at = [*_led(item, words_max), *candidates(item, words_max), *_reported(item, words_max)]
    spans = [*filter(None, (_with_bearing(item, span, words_max) for span in found_at))]
    bare = (after_its_joint(item, span) for span in spans)
    ways = (dict.fromkeys(pair) for pair in zip(bare, spans, strict=True))
    read = (next((one for one in way if _reads(item, one, stems_min, lost_max)), None) for way in ways)
    found = [span for span in read if span is not None]
    if not found:
        return None
    said = {span for span in found if is_note and _is_reported(item, span[0])}
    span = max(found, key=lambda one: (one in said, round(fitness(item, one), 4)))
    if not is_note:
        return quote_node(item, span, shows_cuts=False)
    low, high = after_its_label(item, span)
    return report_node(item, (low, max(low + 1, low + len(item.source_text[low:high].rstrip(" .!…")))))


def _with_bearing(item: Item, span: Span, words_max: int) -> Span | None:
    """A span with what bears on it, where all of it may be shown and is short; None where it says something else."""
    low = span[0] if item.is_corrected else bearing_from(item, span)
    if low == span[0]:
        return None if hangs(item, span) else span
    return _whole_span(item, (low, span[1]), words_max)


def _whole_span(item: Item, span: Span, words_max: int) -> Span | None:
    span = trimmed(item.source_text, span)
    is_hidden = any(low < span[1] and high > span[0] for low, high in item.blocked)
    return None if is_hidden or n_words(item, span) > words_max else span


def after_its_label(item: Item, span: Span) -> Span:
    """A span of a note without what says before it what it is, or is about."""
    label = LABEL.match(item.source_text, *span)
    return (label.end(), span[1]) if label is not None else span


def after_its_joint(item: Item, span: Span) -> Span:
    """A span without the word that joins it to what stands before."""
    joint = _JOINT.match(item.source_text, *span)
    return (joint.end(), span[1]) if joint is not None else span


def _led(item: Item, words_max: int) -> list[Span]:
    """An idea with the sentence before it that it needs, where all of it may be shown and is short."""
    lead = lead_of(item)
    span = _whole_span(item, (lead[0], item.end), words_max) if lead is not None else None
    return [] if span is None else [span]


def _reported(item: Item, words_max: int) -> list[Span]:
    """What an idea of a note says after who says it, or after what it is about and a colon."""
    if may_quote(item):
        return []
    starts = (match.end() for match in _SAYS.finditer(item.source_text, item.start, item.end))
    found = (trimmed(item.source_text, (start, item.end)) for start in starts)
    one_line = (span for span in found if "\n" not in item.source_text[slice(*span)])
    return [span for span in one_line if 0 < n_words(item, span) <= words_max]


def _is_reported(item: Item, start: int) -> bool:
    """Whether words stand after who says them, « elle précise que », and the files tell who that is."""
    is_known = _NAMELESS.fullmatch(item.voice) is None
    return is_known and _REPORTED.search(item.source_text[max(0, start - BEFORE_MAX) : start]) is not None


def is_unpointed(item: Item) -> bool:
    """Whether an idea is of long speech typed without a point: it has no sentences."""
    is_speech = item.provenance == "transcription" and not item.is_corrected
    is_long = item.source_text.count(" ") >= QUOTE_WORDS_MAX
    return is_speech and is_long and _ENDS.search(item.source_text) is None


def _reads(item: Item, span: Span, stems_min: int, lost_max: float) -> bool:
    """Whether a span is whole, says something, and reads well."""
    text = item.source_text[span[0] : span[1]]
    n_told = sum(any(map(str.isalnum, word)) for word in text.split())
    if (
        text.rsplit(" ", 1)[-1].lower() in _HANGING
        or n_told < WORDS_MIN
        or len(set(content_stems(text))) < stems_min
        or not is_whole(item, span)
    ):
        return False
    if item.provenance == "transcription" and FALTERS.search(text) is not None:
        return False
    hides = holds_marks if item.axis == "nord" else holds_personal_data
    if hides(text):
        return False
    return stands(item, span, lost_max) and fitness(item, span) > READS_MIN


def is_whole(item: Item, span: Span) -> bool:
    """Whether nothing of the sentence is cut off, and at most one name is masked in it."""
    has_subject = _SUBJECT.match(item.source_text, span[0]) is not None
    low, high = with_cuts(item, span)[0]
    is_clause = has_subject or _IMPERSONAL.match(item.source_text, span[0]) is not None
    text = item.source_text[slice(*span)]
    is_clause = is_clause and _opens(item, span[0]) and has_main_verb(text) and _GOES_ON.search(text) is None
    return (low == span[0] or is_clause) and high == span[1] and len(visible(item, span)) <= 2


def _opens(item: Item, start: int) -> bool:
    """Whether a card, a sentence or a clause begins there: after a stop, or a comma, and what joins it; or what a note
    reports that somebody says."""
    is_after_a_stop = _BEFORE.search(item.source_text[max(0, start - BEFORE_MAX) : start]) is not None
    return is_after_a_stop or (item.provenance == "note" and _is_reported(item, start))
