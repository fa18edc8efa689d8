"""The ideas of a sentence that reports: what is reported, and what it quotes, each an exact span of its own."""

from __future__ import annotations

import re

from pipeline.ingest.segmentation.bonds import leans
from pipeline.ingest.segmentation.joining import Idea
from pipeline.ingest.segmentation.openings import PROBLEM_START, begins_act
from pipeline.ingest.segmentation.reports import ends_reporting, reported_from
from pipeline.ingest.segmentation.standalone import n_words
from pipeline.language.syntax.finite_verbs import has_verb, subject_of

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
    for found in _QUOTATION.finditer(text, idea.start, idea.end):
        low, high = found.span(1) if found[1] is not None else found.span(2)
        if _is_said(text[low:high], text[idea.start : found.start()]):
            return _around(text, idea, (low, high), found.end())
    return _without_report(text, idea)


def _is_said(words: str, before: str) -> bool:
    """Whether a quotation says something whole: no title, no expression, no end of the sentence that quotes it."""
    if n_words(before) and (leans(words) or not (before.rstrip().endswith(":") or ends_reporting(before))):
        return False
    is_whole = subject_of(words) != "" or begins_act(words) or PROBLEM_START.match(words) or _PERSON.search(words)
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
    return "«" in words or (is_more and has_verb(words))


def _without_report(text: str, idea: Idea) -> list[Idea]:
    """What is reported: one idea, or one for each "que" ("… que le car est plein et que le suivant part vide")."""
    at = idea.start + reported_from(text[idea.start : idea.end])
    if at == idea.start or n_words(text[at : idea.end]) < _REPORTED_WORDS_MIN:
        return [idea]
    lead = (idea.start, idea.start + len(text[idea.start : at].rstrip()))
    also = _ALSO_THAT.search(text, at, idea.end)
    if also is None or _THAT.search(text, at, also.start()):  # a "que" before, which this one may go on with
        return [Idea(at, idea.end, lead)]
    if not (_is_clause(text[at : also.start()]) and _is_clause(text[also.end() : idea.end])):
        return [Idea(at, idea.end, lead)]
    return [Idea(at, also.start(), lead), Idea(also.end(), idea.end, (idea.start, also.start()))]


def _is_clause(words: str) -> bool:
    return has_verb(words) and n_words(words) >= _QUOTED_WORDS_MIN
