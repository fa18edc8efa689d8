"""Pieces of a contribution to its ideas: what cannot be read alone goes with a neighbour, headings are left out."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.ingest.segmentation.bonds import FREE, JOINED, LED, bond, refers
from pipeline.ingest.segmentation.edges import Span, is_only_fillers, trim
from pipeline.ingest.segmentation.lines_and_sentences import BULLET_START, CLAUSE, LINE, SENTENCE, WORD
from pipeline.ingest.segmentation.openings import ACTS, opener
from pipeline.language.syntax.finite_verbs import holds_word

_KEEP, _JOIN, _WAIT, _HEAD, _LEAVE = "keep", "join", "wait", "head", "leave"
_TOKEN = re.compile(r"[^\W_]+")
_LABEL = re.compile(r"^[^.!?…]{1,60}:\s*$")
_LABEL_WORDS_MAX, _HEADING_WORDS_MAX, _LIST_HEAD_WORDS_MAX = 5, 4, 12
_SENTENCE_SIGNS = tuple(".!?…;»”)")
_LIST_MARKS = " \t\n\u00a0-–—*•▪◦>→/+"
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
    words : `text[start:end]`.
    """

    text: str
    start: int
    end: int
    kind: int
    next_kind: int | None
    words: str

    @property
    def n_words(self) -> int:
        return len(_TOKEN.findall(self.words))

    @property
    def is_bullet(self) -> bool:
        return self.kind == LINE and bool(BULLET_START.match(self.words.lstrip()))

    @property
    def is_last(self) -> bool:
        return self.end >= len(self.text)


class Idea(NamedTuple):
    """One idea: `text[start:end]`, and the span of the words before it that a reader needs, if any.

    `is_quoted` : words of a participant that a report quotes.
    """

    start: int
    end: int
    lead: Span | None
    is_quoted: bool = False


@dataclass
class _Joined:
    """The ideas so far, and what the next piece must know.

    Attributes
    ----------
    pending : start of a label or a stub that waits for what follows.
    head : the line over the pieces that come, left out of them.
    before : words of the piece before.
    """

    text: str
    ideas: list[Idea] = field(default_factory=list)
    pending: int | None = None
    head: Span | None = None
    before: str = ""

    @property
    def can_join(self) -> bool:
        return bool(self.ideas) and self.pending is None

    def put(self, piece: _Piece, fate: str, bound: str) -> None:
        if fate == _JOIN:
            last = self.ideas[-1]
            self.ideas[-1] = last._replace(end=piece.end)
        elif fate == _WAIT:
            self.pending = piece.start if self.pending is None else self.pending
        elif fate == _HEAD:
            self.head = piece.start, piece.end
        elif fate == _KEEP:
            self._keep(piece, bound)
        if fate != _LEAVE:
            self.before = piece.words

    def _keep(self, piece: _Piece, bound: str) -> None:
        if self.head and not piece.is_bullet and "\n\n" in self.text[self.head[1] : piece.start]:
            self.head = None
        last = self.ideas[-1] if self.ideas else None
        lead = (last.start, last.end) if bound == LED and last else self.head if piece.kind == LINE else None
        self.ideas.append(Idea(piece.start if self.pending is None else self.pending, piece.end, lead))
        self.pending = None

    def close(self) -> None:
        """What still waits at the end of the text goes with the last idea, or is one."""
        if self.pending is not None:
            last = self.ideas.pop() if self.ideas else Idea(self.pending, 0, None)
            self.ideas.append(last._replace(end=len(self.text)))


def join(text: str, cuts: Mapping[int, int], is_speech: bool) -> list[Idea]:
    """The ideas between cuts (position → kind): pieces that cannot be read alone go with a neighbour."""
    joined = _Joined(text)
    for start, end in itertools.pairwise([0, *sorted(cuts), len(text)]):
        if start == end:
            continue
        piece = _Piece(text, start, end, cuts.get(start, LINE), cuts.get(end), text[start:end])
        bound = _bond(piece, joined)
        joined.put(piece, _fate(piece, is_speech, joined, bound), bound)
    joined.close()
    return [idea for idea in (_trimmed(text, idea, is_speech) for idea in joined.ideas) if idea is not None]


def _trimmed(text: str, idea: Idea, is_speech: bool) -> Idea | None:
    start, end = trim(text, idea.start, idea.end, is_speech)
    if start >= end or not holds_word(text[start:end]):
        return None
    if idea.lead is None:
        return Idea(start, end, None)
    low, high = idea.lead
    low += len(text[low:high]) - len(text[low:high].lstrip(_LIST_MARKS))
    high = low + len(text[low:high].rstrip())
    return Idea(start, end, (low, high) if low < high <= start else None)


def _bond(piece: _Piece, joined: _Joined) -> str:
    if not joined.can_join or piece.is_bullet:
        return FREE
    if piece.kind == SENTENCE:
        sign_before = piece.text[max(0, piece.start - 2) : piece.start].strip()
        if sign_before[-1:] in _SENTENCE_SIGNS:
            return JOINED if sign_before == ";" and piece.n_words <= 2 else bond(joined.before, piece.words)
    if piece.kind != CLAUSE and ACTS["tail"].match(piece.words.lstrip()):
        return JOINED
    return LED if refers(piece.words) else FREE


def _fate(piece: _Piece, is_speech: bool, joined: _Joined, bound: str) -> str:
    """What becomes of a piece: an idea, joined to the one before, made to wait for the next, a head, or left out."""
    if not holds_word(piece.words):
        return _LEAVE if not any(c.isalnum() for c in piece.words) else _JOIN if joined.can_join else _WAIT
    if joined.can_join and _ONLY_ADDRESS.match(piece.words):
        return _JOIN
    if is_only_fillers(piece.words) and (is_speech or piece.kind != LINE):
        return _LEAVE
    if piece.kind == LINE and not piece.is_bullet and _is_heading(piece):
        return _HEAD
    if _awaits_next(piece):
        return _WAIT
    if bound == JOINED:
        return _JOIN
    if joined.pending is not None or not _is_stub(piece, is_speech):
        return _KEEP
    return _fate_of_stub(piece, bool(joined.ideas))


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


def _is_heading(piece: _Piece) -> bool:
    """A line over others (`Propositions :`, `Constats`, "Qu'avez-vous retenu ?"): context, no idea of its own."""
    text, line = piece.text, piece.words.strip()
    if piece.next_kind != LINE:
        return False
    is_over_list = bool(BULLET_START.match(text, piece.end))
    n_words = len(WORD.findall(line))
    if line[-1] == ":" and n_words <= (_LIST_HEAD_WORDS_MAX if is_over_list else _HEADING_WORDS_MAX):
        return True
    if "\n" not in text[piece.start + len(line) : piece.end]:
        return False
    if line[-1] == "?":
        return ACTS["asked_of_all"].match(line) is not None
    if n_words > _HEADING_WORDS_MAX or not (line[-1].isalpha() and line[0].isupper()) or _ARTICLE.match(line):
        return False
    return is_over_list or (piece.start == 0 and text.count("\n", piece.end) > 1)
