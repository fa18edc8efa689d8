"""Contributions → ideas, as exact spans: rules over French surface cues, no model, the same for every profile.

Cuts are proposed from the coarsest sign to the finest (line breaks and bullets, sentence ends, semicolons and slashes,
clauses that carry a second act, long unpunctuated speech), never inside a quote, brackets, an address, a number or an
abbreviation; then pieces that cannot be read alone are joined to a neighbour; of a sentence that reports, the idea is
what is reported, and what it quotes.
"""

import bisect
import itertools
import re

from pipeline.ingest.segmentation.clauses import act_cuts, run_on_cuts
from pipeline.ingest.segmentation.joining import Idea, Span, is_only_fillers, join, trim
from pipeline.ingest.segmentation.lines_and_sentences import CLAUSE, cut_lines, cut_lists, cut_sentences
from pipeline.ingest.segmentation.openings import n_words
from pipeline.ingest.segmentation.reports import gives_to_others, reported_from
from pipeline.language.syntax.finite_verbs import has_verb, holds_word, subject_of

_QUOTATION = re.compile(r"«[ \u00a0\u202f]*([^«»]+?)[ \u00a0\u202f]*»|“([^“”]+)”")
_QUOTED_WORDS_MIN, _REPORTED_WORDS_MIN, _BESIDE_WORDS_MIN = 3, 2, 9
"""Fewer words beside a quotation only say who spoke."""
_PERSON = re.compile(r"\b(?:on|je|nous|vous|ils?|elles?|ça)\s|\b[cj]['’]", re.IGNORECASE)
_GOES_ON = re.compile(r"(?:et|mais|donc|puis)\s", re.IGNORECASE)
_THAT = re.compile(r"\b(?:que|qu['’])", re.IGNORECASE)
_ALSO_THAT = re.compile(r"\s*,?\s+et\s+(?:aussi\s+)?(?:que\s+|qu['’])", re.IGNORECASE)
_EDGES = " \t\n\u00a0\u202f,;:«»“”"


def reported_ideas(text: str, idea: Idea) -> list[Idea]:
    """What one sentence of a report says, in order.

    "une mère a témoigné : « on m'a refusé une place »" → the quotation; "il a été rappelé que la salle est froide" →
    "la salle est froide". The words that report are the lead, the rest stands as it is.
    """
    if gives_to_others(text[idea.start : idea.end]):
        return [idea]
    for found in _QUOTATION.finditer(text, idea.start, idea.end):
        low, high = found.span(1) if found[1] is not None else found.span(2)
        if _is_said(text[low:high], text[idea.start : found.start()]):
            return _around(text, idea, (low, high), found.end())
    return _without_report(text, idea)


def _is_said(words: str, before: str) -> bool:
    """Whether a quotation says something whole: no title, no expression, no end of the sentence that quotes it."""
    if n_words(before) and not before.rstrip().endswith(":"):
        return False
    is_whole = subject_of(words) != "" or _PERSON.search(words)
    return bool(is_whole) and has_verb(words) and n_words(words) >= _QUOTED_WORDS_MIN


def _around(text: str, idea: Idea, quotation: tuple[int, int], closing: int) -> list[Idea]:
    """A quotation, and what stands beside it where that says more than who spoke."""
    low, high = quotation
    before, after = _bare(text, idea.start, low), _bare(text, high, idea.end)
    told = _without_report(text, Idea(*before, idea.lead)) if _says_more(text, before) else []
    rest = reported_ideas(text, Idea(closing, idea.end, None))
    if not any(one.is_quoted for one in rest):
        rest = _without_report(text, Idea(*after, None)) if _says_more(text, after) else []
    return [*told, Idea(low, high, before if before[0] < before[1] else idea.lead, is_quoted=True), *rest]


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _EDGES + ".":
        start += 1
    while end > start and text[end - 1] in _EDGES:
        end -= 1
    return start, end


def _says_more(text: str, span: tuple[int, int]) -> bool:
    words = text[span[0] : span[1]]
    is_more = n_words(words) >= _BESIDE_WORDS_MIN or _GOES_ON.match(words) is not None
    return is_more and has_verb(words)


def _without_report(text: str, idea: Idea) -> list[Idea]:
    """What is reported: one idea, or one for each "que" ("… que le car est plein et que le suivant part vide")."""
    at = idea.start + reported_from(text[idea.start : idea.end])
    if at == idea.start or n_words(text[at : idea.end]) < _REPORTED_WORDS_MIN:
        return [idea]
    lead = (idea.start, idea.start + len(text[idea.start : at].rstrip()))
    also = _ALSO_THAT.search(text, at, idea.end)
    if also is None or _THAT.search(text, at, also.start()):  # a "que" before, which this one may go on with
        return [Idea(at, idea.end, lead)]
    return [Idea(at, also.start(), lead), Idea(also.end(), idea.end, (idea.start, also.start()))]


_NEEDS_WORK = re.compile(
    r"[.!?…;\n\t+→⇒>&\U0001f300-\U0001faff\u2600-\u26ff•●▪■◦‣⁃➢➤→✓/]|\s[-–—*]\s|[,:]|(?<!\S)\S++(?:\s++\S++){5}"
)
_ADDRESS = (
    r"(?:https?://|www\.)\S*[^\s.,;:!?)]|(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.\w+)+|"
    r"(?<![\w-])[\w-]{1,63}\.(?:fr|com|org|net|eu|bzh|gouv|info|io)\b(?:/\S*)?"
)
_PROTECTED = re.compile(
    r"«[^«»]{1,600}»|“[^“”]{1,600}”|\"[^\"\n]{1,400}\"|\((?:[^()\n]|\([^()\n]{0,80}\)){1,600}\)|\[[^\[\]\n]{1,300}\]|"
    rf"{_ADDRESS}|\d+(?:[.,:/]\d+)+"
)
_HAS_PROTECTED = re.compile(r"[«“\"(\[@]|https?:|www\.|\d[.,:/]\d|\.[a-z]{2}")
_OUTER_QUOTE = re.compile(r"^\s*(?:«([^«»]*)»|“([^“”]*)”|\"([^\"]*)\")\s*[.!?…]*\s*$", re.DOTALL)
_BROKEN_OFF = re.compile(r"^(?:\S+\s+){0,3}\S*['’]\W*$")
"""A turn that somebody cut off before it said anything: "si on s'"."""

_SIGN, _UNSIGNED_MAX = re.compile(r"[,;:.!?…()«»]"), 300
"""So many characters without a sign were not written: a machine heard them."""
_NOTED = re.compile(r"^\W*(?:\([^()]*\)|\[[^\[\]]*\])\W*$")
"""What who transcribed heard, and nobody said: "(rires)", "[inaudible]"."""


def ideas_of(text: str, is_speech: bool = False, is_report: bool = False) -> list[Idea]:
    """The ideas of one contribution, each with the words before it that a reader needs.

    Parameters
    ----------
    is_speech : a transcript: fillers at the edges are left uncovered, run-on turns are cut at discourse markers.
    is_report : notes: of a sentence that reports ("il a été souligné que…"), the idea is what is reported.

    Returns
    -------
    Spans in order, without overlap; at least one when the text holds a word, but for a turn of fillers or
    cut off ("Mmh mmh.", "si on s'"), and a note of who transcribed ("(rires)").
    What they leave out is white space, punctuation, heading lines and the fillers of
    `pipeline.ingest.segmentation.joining.FILLERS`. A `lead` ends before the idea begins: the head of its list, or
    the idea before where this one points back to it.
    """
    if is_speech and (is_only_fillers(text) or _BROKEN_OFF.match(text) or _NOTED.match(text)):
        return []
    if not _NEEDS_WORK.search(text):
        return _whole(text, is_speech)
    found = join(text, _cuts(text, is_speech), is_speech) or _whole(text, is_speech)
    return [of_report for idea in found for of_report in reported_ideas(text, idea)] if is_report else found


def segment(text: str, is_speech: bool = False, is_report: bool = False) -> list[Span]:
    """The spans of `ideas_of`."""
    return [(idea.start, idea.end) for idea in ideas_of(text, is_speech, is_report)]


def _cuts(text: str, is_speech: bool) -> dict[int, int]:
    """Where pieces begin, and what cuts them off: a line, a sentence, a clause."""
    guard = held_together(text)
    cuts: dict[int, int] = {}
    cut_lines(text, cuts)
    cut_sentences(text, cuts)
    cut_lists(text, cuts)
    cuts = {at: kind for at, kind in cuts.items() if is_free(at, guard)}
    for start, end in _bounds(cuts, len(text)):
        cuts |= {at: CLAUSE for at in act_cuts(text, start, end, is_speech) if at not in cuts and is_free(at, guard)}
    if is_speech or (len(text) > _UNSIGNED_MAX and not _SIGN.search(text[:-1])):
        for start, end in _bounds(cuts, len(text)):
            cuts |= {at: CLAUSE for at in run_on_cuts(text, start, end) if at not in cuts and is_free(at, guard)}
    return cuts


def held_together(text: str) -> list[Span]:
    """The stretches inside which nothing is cut: quotations, brackets, addresses, numbers."""
    if _OUTER_QUOTE.match(text) or not _HAS_PROTECTED.search(text):
        return []
    return [match.span() for match in _PROTECTED.finditer(text)]


def sentences_of(text: str) -> list[Span]:
    """The sentences of a text; one may hold others in brackets or in a quotation."""
    cuts: dict[int, int] = {}
    cut_sentences(text, cuts)
    guard = held_together(text)
    return _bounds({at: kind for at, kind in cuts.items() if is_free(at, guard)}, len(text))


def _whole(text: str, is_speech: bool) -> list[Idea]:
    if not holds_word(text):
        return []
    start, end = trim(text, 0, len(text), is_speech)
    return [Idea(start, end, None)] if start < end else []


def _bounds(cuts: dict[int, int], length: int) -> list[Span]:
    edges = [0, *sorted(cuts), length]
    return [(start, end) for start, end in itertools.pairwise(edges) if start < end]


def is_free(at: int, guard: list[Span]) -> bool:
    """Whether a position is inside none of the stretches."""
    place = bisect.bisect_left(guard, (at, 0)) - 1
    return place < 0 or not guard[place][0] < at < guard[place][1]
