"""Contributions → ideas, as exact spans: rules over French surface cues, no model, the same for every profile.

Cuts are proposed from the coarsest sign to the finest (line breaks and bullets, sentence ends, semicolons and slashes,
clauses that carry a second act, long unpunctuated speech), never inside a quote, brackets, an address, a number or an
abbreviation; then pieces that cannot be read alone are joined to a neighbour.
"""

from __future__ import annotations

import bisect
import itertools
import re

from pipeline.ingest.segmentation.act_changes import act_cuts
from pipeline.ingest.segmentation.edges import Span, is_only_fillers, trim
from pipeline.ingest.segmentation.joining import Idea, join
from pipeline.ingest.segmentation.lines_and_sentences import CLAUSE, cut_lines, cut_lists, cut_sentences
from pipeline.ingest.segmentation.reported_ideas import reported_ideas
from pipeline.ingest.segmentation.reports import asks_what_was_said
from pipeline.ingest.segmentation.run_on import run_on_cuts
from pipeline.language.syntax.finite_verbs import holds_word

__all__ = ["Idea", "ideas_of", "segment"]

_NEEDS_WORK = re.compile(
    r"[.!?…;\n\t+→⇒>&\U0001f300-\U0001faff\u2600-\u26ff•●▪■◦‣⁃➢➤→✓/]|\s[-–—*]\s|[,:]|(?<!\S)\S++(?:\s++\S++){5}"
)
_ADDRESS = (
    r"(?:https?://|www\.)\S*[^\s.,;:!?)]|(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.\w+)+|"
    r"(?<![\w-])[\w-]{1,63}\.(?:fr|com|org|net|eu|bzh|gouv|info|io)\b(?:/\S*)?"
)
_PROTECTED = re.compile(
    r"«[^«»]{1,600}»|“[^“”]{1,600}”|\"[^\"\n]{1,400}\"|\([^()\n]{1,300}\)|\[[^\[\]\n]{1,60}\]|"
    rf"{_ADDRESS}|\d+(?:[.,:/]\d+)+"
)
_HAS_PROTECTED = re.compile(r"[«“\"(\[@]|https?:|www\.|\d[.,:/]\d|\.[a-z]{2}")
_OUTER_QUOTE = re.compile(r"^\s*(?:«([^«»]*)»|“([^“”]*)”|\"([^\"]*)\")\s*[.!?…]*\s*$", re.DOTALL)
_BROKEN_OFF = re.compile(r"^(?:\S+\s+){0,3}\S*['’]\W*$")
"""A turn that somebody cut off before it said anything: "si on s'"."""

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
    cut off ("Mmh mmh.", "si on s'"), a note of who transcribed ("(rires)"), and a subheading of a report ("Quelles
    pistes ont été évoquées ?").
    What they leave out is white space, punctuation, heading lines and the fillers of
    `pipeline.language.vocabulary.spoken_forms.FILLERS`. A `lead` ends before the idea begins: the head of its list, or
    the idea before where this one points back to it.
    """
    if is_speech and (is_only_fillers(text) or _BROKEN_OFF.match(text) or _NOTED.match(text)):
        return []
    if is_report and asks_what_was_said(text):
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
    inner = _OUTER_QUOTE.match(text)
    guard = [] if inner or not _HAS_PROTECTED.search(text) else [match.span() for match in _PROTECTED.finditer(text)]
    cuts: dict[int, int] = {}
    cut_lines(text, cuts)
    cut_sentences(text, cuts)
    cut_lists(text, cuts)
    cuts = {at: kind for at, kind in cuts.items() if _is_free(at, guard)}
    for start, end in _bounds(cuts, len(text)):
        cuts |= {at: CLAUSE for at in act_cuts(text, start, end, is_speech) if at not in cuts and _is_free(at, guard)}
    if is_speech:
        for start, end in _bounds(cuts, len(text)):
            cuts |= {at: CLAUSE for at in run_on_cuts(text, start, end) if at not in cuts and _is_free(at, guard)}
    return cuts


def _whole(text: str, is_speech: bool) -> list[Idea]:
    if not holds_word(text):
        return []
    start, end = trim(text, 0, len(text), is_speech)
    return [Idea(start, end, None)] if start < end else []


def _bounds(cuts: dict[int, int], length: int) -> list[Span]:
    edges = [0, *sorted(cuts), length]
    return [(start, end) for start, end in itertools.pairwise(edges) if start < end]


def _is_free(at: int, guard: list[Span]) -> bool:
    place = bisect.bisect_left(guard, (at, 0)) - 1
    return place < 0 or not guard[place][0] < at < guard[place][1]
