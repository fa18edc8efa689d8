"""Pieces of a contribution to its ideas: what cannot be read alone goes with a neighbour, headings are left out."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.ingest.segmentation.edges import Span, is_only_fillers, trim
from pipeline.ingest.segmentation.lines_and_sentences import BULLET_START, CLAUSE, LINE, SENTENCE, WORD
from pipeline.ingest.segmentation.openings import ACTS, opener
from pipeline.language.syntax.finite_verbs import has_verb, holds_word

_KEEP, _JOIN, _WAIT, _LEAVE = "keep", "join", "wait", "leave"
_TOKEN = re.compile(r"[^\W_]+")
_LABEL = re.compile(r"^[^.!?…]{1,60}:\s*$")
_LABEL_WORDS_MAX, _HEADING_WORDS_MAX, _ADJUNCT_WORDS_MAX, _AFTERTHOUGHT_WORDS_MAX = 5, 4, 9, 5
_ARTICLE = opener("determiners")
_CLOSING = re.compile(
    r"^\W*(?:cordialement|bien à vous|salutations|bonne (?:journée|soirée)|à bientôt)\W*$", re.IGNORECASE
)
_INTERJECTION = re.compile(r"^\W*(?:oui|non|bof|bravo|super|top|si|ok)\W*$", re.IGNORECASE)
_ONLY_ADDRESS = re.compile(r"^\W*(?:https?://|www\.)\S+\s*$", re.IGNORECASE)


@dataclass(frozen=True)
class _Piece:
    """A stretch between two cuts.

    Attributes
    ----------
    kind, next_kind : what cut it off on the left and on the right; None for the end of the text.
    """

    text: str
    start: int
    end: int
    kind: int
    next_kind: int | None

    @property
    def words(self) -> str:
        return self.text[self.start : self.end]

    @property
    def n_words(self) -> int:
        return len(_TOKEN.findall(self.words))

    @property
    def is_bullet(self) -> bool:
        return self.kind == LINE and bool(BULLET_START.match(self.words.lstrip()))

    @property
    def is_last(self) -> bool:
        return self.end >= len(self.text)


def join(text: str, cuts: Mapping[int, int], is_speech: bool) -> list[Span]:
    """The ideas between cuts (position → kind): pieces that cannot be read alone go with a neighbour."""
    spans: list[Span] = []
    pending: int | None = None  # start of a label or a stub that waits for what follows
    for start, end in itertools.pairwise([0, *sorted(cuts), len(text)]):
        if start == end:
            continue
        piece = _Piece(text, start, end, cuts.get(start, LINE), cuts.get(end))
        fate = _fate(piece, is_speech, pending is not None, bool(spans))
        if fate == _JOIN:
            spans[-1] = (spans[-1][0], end)
        elif fate == _WAIT:
            pending = start if pending is None else pending
        elif fate == _KEEP:
            spans.append((start if pending is None else pending, end))
            pending = None
    if pending is not None:
        spans = [*spans[:-1], (spans[-1][0], len(text))] if spans else [(pending, len(text))]
    trimmed = [trim(text, start, end, is_speech) for start, end in spans]
    return [(start, end) for start, end in trimmed if start < end and holds_word(text[start:end])]


def _fate(piece: _Piece, is_speech: bool, is_awaited: bool, has_previous: bool) -> str:
    """What becomes of a piece: kept as an idea, joined to the one before, made to wait for the next, or left out."""
    can_join = has_previous and not is_awaited
    if not holds_word(piece.words):
        return _LEAVE if not any(c.isalnum() for c in piece.words) else _JOIN if can_join else _WAIT
    if can_join and _ONLY_ADDRESS.match(piece.words):
        return _JOIN
    if _is_left_out(piece, is_speech):
        return _LEAVE
    if _awaits_next(piece):
        return _WAIT
    if can_join and not piece.is_bullet and _is_tail(piece):
        return _JOIN
    if is_awaited or not _is_stub(piece, is_speech):
        return _KEEP
    return _fate_of_stub(piece, has_previous)


def _is_left_out(piece: _Piece, is_speech: bool) -> bool:
    if is_only_fillers(piece.words) and (is_speech or piece.kind != LINE):
        return True
    return piece.kind == LINE and not piece.is_bullet and _is_heading(piece)


def _awaits_next(piece: _Piece) -> bool:
    """A label, or an announcement ("il y a deux choses"): its meaning comes after."""
    if piece.is_last:
        return False
    is_label = _LABEL.match(piece.words) and piece.n_words <= _LABEL_WORDS_MAX and piece.next_kind != CLAUSE
    return bool(is_label or ACTS["announces"].match(piece.words))


def _is_stub(piece: _Piece, is_speech: bool) -> bool:
    if piece.is_bullet or _CLOSING.match(piece.words):
        return False
    return piece.n_words < (3 if is_speech else 2) or bool(_INTERJECTION.match(piece.words))


def _fate_of_stub(piece: _Piece, has_previous: bool) -> str:
    if piece.kind != LINE:
        return _JOIN if has_previous else _KEEP if piece.is_last else _WAIT
    return _WAIT if not has_previous and piece.next_kind == SENTENCE and piece.n_words < 2 else _KEEP


def _is_tail(piece: _Piece) -> bool:
    """Whether a piece only prolongs the one before: a reason, a pronoun, a second question, two words after `;`."""
    if piece.kind == CLAUSE:
        return False
    words = piece.words.lstrip()
    if ACTS["tail"].match(words):
        return True
    if piece.kind != SENTENCE:
        return False
    if ACTS["anaphora"].match(words):
        return True
    if piece.n_words <= _ADJUNCT_WORDS_MAX and ACTS["adjunct"].match(words) and not has_verb(words):
        return True  # "Pour 2026.", "avec des amendes.": said of what comes before
    sign_before = piece.text[max(0, piece.start - 2) : piece.start].strip()
    asks_on = sign_before == "?" and piece.n_words <= _AFTERTHOUGHT_WORDS_MAX and words.rstrip().endswith("?")
    return asks_on or (sign_before == ";" and piece.n_words <= 2)


def _is_heading(piece: _Piece) -> bool:
    """A short line over others (`Propositions :`, `Constats`): it is context, no idea of its own."""
    text, line = piece.text, piece.words.strip()
    is_line = piece.next_kind == LINE and "\n" in text[piece.start + len(line) : piece.end]
    if not is_line or len(WORD.findall(line)) > _HEADING_WORDS_MAX:
        return False
    if line[-1] == ":":
        return True
    is_over_list = BULLET_START.match(text, piece.end) or (piece.start == 0 and text.count("\n", piece.end) > 1)
    return line[-1].isalpha() and line[0].isupper() and not _ARTICLE.match(line) and bool(is_over_list)
