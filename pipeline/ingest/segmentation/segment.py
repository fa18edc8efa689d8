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
from pipeline.ingest.segmentation.lines_and_sentences import (
    BULLET_START,
    CLAUSE,
    LINE,
    SENTENCE,
    WORD,
    cut_lines,
    cut_lists,
    cut_sentences,
)
from pipeline.ingest.segmentation.run_on import run_on_cuts
from pipeline.language.syntax.finite_verbs import has_verb, holds_word
from pipeline.language.vocabulary.spoken_forms import ANAPHORA, CONTINUATION, EDGE_FILLERS, FILLERS

Span = tuple[int, int]
_KEEP, _JOIN, _WAIT, _LEAVE = "keep", "join", "wait", "leave"

_NEEDS_WORK = re.compile(
    r"[.!?…;\n\t+→⇒>&\U0001f300-\U0001faff\u2600-\u26ff•●▪■◦‣⁃➢➤→✓/]|\s[-–—*]\s|[,:]|(?<!\S)\S++(?:\s++\S++){5}"
)
_PROTECTED = re.compile(
    r"«[^«»]{1,600}»|“[^“”]{1,600}”|\"[^\"\n]{1,400}\"|\([^()\n]{1,300}\)|\[[^\[\]\n]{1,60}\]|(?:https?://|"
    r"www\.)\S*[^\s.,;:!?)]|"
    r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.\w+)+|(?<![\w-])[\w-]{1,63}\.(?:fr|com|org|net|eu|bzh|gouv|info|"
    r"io)\b(?:/\S*)?|\d+(?:[.,:/]\d+)+"
)
_HAS_PROTECTED = re.compile(r"[«“\"(\[@]|https?:|www\.|\d[.,:/]\d|\.[a-z]{2}")
_OUTER_QUOTE = re.compile(r"^\s*(?:«([^«»]*)»|“([^“”]*)”|\"([^\"]*)\")\s*[.!?…]*\s*$", re.DOTALL)
_TOKEN = re.compile(r"[^\W_]+")
_REAL_WORD = re.compile(r"[^\W\d_]{2,}")
_LABEL = re.compile(r"^[^.!?…]{1,60}:\s*$")
_CONTINUES = re.compile(CONTINUATION, re.IGNORECASE)
_ANAPHORIC = re.compile(rf"(?:{CONTINUATION}|{ANAPHORA})", re.IGNORECASE)
_ARTICLE = re.compile(r"(?:l['’]|(?:le|la|les|un|une|des|du|pas|plus|trop|manque|mon|ma|mes|nos)\b)", re.IGNORECASE)
_CLOSING = re.compile(
    r"^\W*(?:cordialement|bien à vous|salutations|bonne (?:journée|soirée)|à bientôt)\W*$", re.IGNORECASE
)
_ONLY_ADDRESS = re.compile(r"^\W*(?:https?://|www\.)\S+\s*$", re.IGNORECASE)
_ADJUNCT = re.compile(
    r"\s*(?:pour|avec|sans|dans|depuis|chez|entre|ou|sauf|dès|vers)\s(?!plus\b|terme)[^,:;?]+$", re.IGNORECASE
)
_ANNOUNCES = re.compile(
    r"^\W*(?:il y a|y a|je vois|j['’]ai|on a) (?:deux|trois|quatre|plusieurs|2|3|4) (?:choses|idées|points|problèmes|"
    r"questions|sujets)\b[^,]{0,25}[.:]?\s*$",
    re.IGNORECASE,
)
_EDGE = re.compile(r"^[\s,;:.!?…»”)\]–—*•●○▪■◦‣⁃·►➢➤→✓✔☐☑/+-]+")
_TAIL = " \t\n\u00a0\u202f,;:«“([–—•/+>=-"
_TAIL_LENGTH = 160  # as far back as closing fillers are looked for
_FILLER_ALTERNATIVES = "|".join(sorted(map(re.escape, FILLERS), key=len, reverse=True))
_EDGE_ALTERNATIVES = "|".join(sorted(map(re.escape, EDGE_FILLERS), key=len, reverse=True))
_ONLY_FILLERS = re.compile(rf"^[\W_]*+(?:(?:{_FILLER_ALTERNATIVES})(?![\w'’-])[\W_]*+)*+$", re.IGNORECASE)
_LEADING_FILLERS = re.compile(rf"^(?:(?:{_EDGE_ALTERNATIVES})(?![\w'’-])[\s,.…;–—-]*)+", re.IGNORECASE)
_TRAILING_FILLERS = re.compile(
    rf"(?<!\bpas)(?<!\best)(?:[\s,…–—-]++(?:{_EDGE_ALTERNATIVES}|quoi))++(?=[\s.!?…]*+$)", re.IGNORECASE
)
_LINKING_WORDS = re.compile(
    r"^(?:(?:et|puis|donc|alors|du coup|et puis|et donc|et du coup|et alors)\b[\s,]+)+(?=\S)", re.IGNORECASE
)
_INTERJECTION = re.compile(r"^\W*(?:oui|non|bof|bravo|super|top|si|ok)\W*$", re.IGNORECASE)


def segment(text: str, is_speech: bool = False) -> list[Span]:
    """The ideas of one contribution.

    Parameters
    ----------
    is_speech : a transcript: fillers at the edges are left uncovered, run-on turns are cut at discourse markers.

    Returns
    -------
    Spans in order, without overlap; at least one when the text holds a word, but for a turn of fillers ("Mmh mmh.").
    What they leave out is white space, punctuation, heading lines and the fillers of
    `pipeline.language.vocabulary.spoken_forms.FILLERS`.
    """
    if is_speech and _ONLY_FILLERS.match(text):
        return []  # "D'accord.", "Mmh mmh.": somebody listens
    if not _NEEDS_WORK.search(text):
        return _whole(text, is_speech)
    inner = _OUTER_QUOTE.match(text)
    guard = [] if inner or not _HAS_PROTECTED.search(text) else [match.span() for match in _PROTECTED.finditer(text)]
    cuts: dict[int, int] = {}
    cut_lines(text, cuts)
    cut_sentences(text, cuts)
    cut_lists(text, cuts)
    cuts = {at: kind for at, kind in cuts.items() if _is_free(at, guard)}
    for start, end in _bounds(sorted(cuts), len(text)):
        for at in act_cuts(text, start, end, is_speech):
            if _is_free(at, guard):
                cuts.setdefault(at, CLAUSE)
    if is_speech:
        for start, end in _bounds(sorted(cuts), len(text)):
            for at in run_on_cuts(text, start, end):
                if _is_free(at, guard):
                    cuts.setdefault(at, CLAUSE)
    return _join(text, cuts, is_speech) or _whole(text, is_speech)


def _whole(text: str, is_speech: bool) -> list[Span]:
    if not holds_word(text):
        return []
    start, end = _trim(text, 0, len(text), is_speech)
    return [(start, end)] if start < end else []


def _bounds(cuts: list[int], length: int) -> list[Span]:
    edges = [0, *cuts, length]
    return [(start, end) for start, end in itertools.pairwise(edges) if start < end]


def _is_free(at: int, guard: list[Span]) -> bool:
    place = bisect.bisect_left(guard, (at, 0)) - 1
    return place < 0 or not guard[place][0] < at < guard[place][1]


# pieces to items -----------------------------------------------------------------------------------------------


def _join(text: str, cuts: dict[int, int], is_speech: bool) -> list[Span]:
    """Pieces to ideas: what cannot be read alone goes with a neighbour, headings and fillers are left out."""
    spans: list[Span] = []
    pending: int | None = None  # start of a label or a stub that waits for what follows
    for start, end in _bounds(sorted(cuts), len(text)):
        fate = _fate(text, start, end, cuts, is_speech, pending is not None, bool(spans))
        if fate == _JOIN:
            spans[-1] = (spans[-1][0], end)
        elif fate == _WAIT:
            pending = start if pending is None else pending
        elif fate == _KEEP:
            spans.append((start if pending is None else pending, end))
            pending = None
    if pending is not None:
        spans = [*spans[:-1], (spans[-1][0], len(text))] if spans else [(pending, len(text))]
    trimmed = [_trim(text, start, end, is_speech) for start, end in spans]
    return [(start, end) for start, end in trimmed if start < end and holds_word(text[start:end])]


def _fate(
    text: str, start: int, end: int, cuts: dict[int, int], is_speech: bool, is_awaited: bool, has_previous: bool
) -> str:
    """What becomes of a piece: kept as an idea, joined to the one before, made to wait for the next, or left out."""
    piece, kind = text[start:end], cuts.get(start, LINE)
    can_join = has_previous and not is_awaited
    if not holds_word(piece):
        return _LEAVE if not any(c.isalnum() for c in piece) else _JOIN if can_join else _WAIT
    if can_join and _ONLY_ADDRESS.match(piece):
        return _JOIN
    is_bullet = kind == LINE and bool(BULLET_START.match(piece.lstrip()))
    is_filler = bool(_ONLY_FILLERS.match(piece)) and (is_speech or kind != LINE)
    if is_filler or (kind == LINE and not is_bullet and _is_heading(text, start, end, cuts)):
        return _LEAVE
    n_words = len(_TOKEN.findall(piece))
    is_label = bool(_LABEL.match(piece)) and n_words <= 5 and cuts.get(end) != CLAUSE
    if end < len(text) and (is_label or _ANNOUNCES.match(piece)):
        return _WAIT
    if can_join and not is_bullet and _is_tail(piece, kind, text[max(0, start - 2) : start].strip(), n_words):
        return _JOIN
    is_short = n_words < 2 or (n_words < 3 and is_speech) or bool(_INTERJECTION.match(piece))
    if is_awaited or is_bullet or not is_short or _CLOSING.match(piece):
        return _KEEP
    if kind != LINE:
        return _JOIN if has_previous else _WAIT if end < len(text) else _KEEP
    return _WAIT if not has_previous and cuts.get(end) == SENTENCE and n_words < 2 else _KEEP


def _is_tail(piece: str, kind: int, sign_before: str, n_words: int) -> bool:
    """Whether a piece only prolongs the one before: a reason, a pronoun, a second question, two words after `;`."""
    if kind == CLAUSE:
        return False
    if (_ANAPHORIC if kind == SENTENCE else _CONTINUES).match(piece.lstrip()):
        return True
    if kind == SENTENCE and n_words <= 9 and _ADJUNCT.match(piece) and not has_verb(piece):
        return True  # "Pour 2026.", "avec des amendes.": said of what comes before
    asks_on = sign_before == "?" and n_words <= 5 and piece.rstrip().endswith("?")
    return kind == SENTENCE and (asks_on or (sign_before == ";" and n_words <= 2))


def _is_heading(text: str, start: int, end: int, cuts: dict[int, int]) -> bool:
    """A short line over others (`Propositions :`, `Constats`): it is context, no idea of its own."""
    line = text[start:end].strip()
    if cuts.get(end) != LINE or "\n" not in text[start + len(line) : end] or len(WORD.findall(line)) > 4:
        return False
    if line[-1] == ":":
        return True
    return (
        line[-1].isalpha()
        and line[0].isupper()
        and not _ARTICLE.match(line)
        and (bool(BULLET_START.match(text, end)) or (start == 0 and text.count("\n", end) > 1))
    )


def _trim(text: str, start: int, end: int, is_speech: bool) -> Span:
    """Edges without white space, list marks, stray punctuation and (in speech) fillers; quotes stay paired."""
    piece = text[start:end]
    bullet = BULLET_START.match(piece.lstrip())
    if (bullet and _REAL_WORD.search(piece.lstrip(), bullet.end()) and not re.match(r"[-+]\d|\d", piece.lstrip())) or (
        bullet and re.match(r"\(?\d{1,2}\s?[.)°/-]+\s", piece.lstrip())
    ):
        start += len(piece) - len(piece.lstrip()) + bullet.end()
    start += _length(_EDGE.match(text[start:end]))
    start += _kept_if_word_left(_LINKING_WORDS.match(text[start:end]), text[start:end]) if start else 0
    if is_speech:
        start += _kept_if_word_left(_LEADING_FILLERS.match(text[start:end]), text[start:end])
    end = start + len(text[start:end].rstrip(_TAIL))
    if is_speech:
        near = max(start, end - _TAIL_LENGTH)
        trailing = _TRAILING_FILLERS.search(text[near:end])
        if trailing and _REAL_WORD.search(text, start, near + trailing.start()):
            end = near + trailing.start()
    return _balanced(text, start, end)


def _length(found: re.Match[str] | None) -> int:
    return len(found.group()) if found else 0


def _kept_if_word_left(found: re.Match[str] | None, piece: str) -> int:
    """How much may be cut off in front: nothing when no word would be left."""
    return len(found.group()) if found and _REAL_WORD.search(piece, found.end()) else 0


def _balanced(text: str, start: int, end: int) -> Span:
    for opening, closing in (("«", "»"), ("(", ")"), ("“", "”"), ("[", "]")):
        piece = text[start:end]
        if piece.count(opening) < piece.count(closing) and opening in text[max(0, start - 2) : start]:
            start = text.rindex(opening, max(0, start - 2), start)
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
