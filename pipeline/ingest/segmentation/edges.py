"""The edges of an idea: without white space, list marks, stray signs and, in speech, fillers."""

from __future__ import annotations

import re

from pipeline.ingest.segmentation.lines_and_sentences import BULLET_START
from pipeline.language.vocabulary.spoken_forms import EDGE_FILLERS, FILLERS

Span = tuple[int, int]

_REAL_WORD = re.compile(r"[^\W\d_]{2,}")
_EDGE = re.compile(r"^(?:[\s,;:.!?…»”)\]–—*•●○▪■◦‣⁃·►➢➤→⇒✓✔☐☑/=]|[+-](?!\d)|>(?=>|\s*[^\W\d]))+")
_TAIL = " \t\n\u00a0\u202f,;:«“([–—•/+>=-"
_TAIL_LENGTH = 160  # as far back as closing fillers are looked for
_FILLERS, _EDGE_FILLERS = (
    "|".join(sorted(map(re.escape, words), key=len, reverse=True)) for words in (FILLERS, EDGE_FILLERS)
)
_ONLY_FILLERS = re.compile(rf"^[\W_]*+(?:(?:{_FILLERS})(?![\w'’-])[\W_]*+)*+$", re.IGNORECASE)
_LEADING_FILLERS = re.compile(rf"^(?:(?:{_EDGE_FILLERS})(?![\w'’-])[\s,.…;–—-]*)+", re.IGNORECASE)
_TRAILING_FILLERS = re.compile(
    rf"(?<!\bpas)(?<!\best)(?:[\s,…–—-]++(?:{_EDGE_FILLERS}|quoi))++(?=[\s.!?…]*+$)", re.IGNORECASE
)
_LINKING_WORDS = re.compile(
    r"^(?:(?:et|puis|donc|alors|du coup|et puis|et donc|et du coup|et alors)\b[\s,]+)+(?=\S)", re.IGNORECASE
)
_QUANTITY, _LIST_NUMBER = re.compile(r"[-+]\d|\d"), re.compile(r"\(?\d{1,2}\s?[.)°/-]+\s")
_PAIRS = (("«", "»"), ("(", ")"), ("“", "”"), ("[", "]"))


def is_only_fillers(text: str) -> bool:
    """Whether a text holds nothing but fillers ("D'accord.", "Mmh mmh."): somebody listens."""
    return _ONLY_FILLERS.match(text) is not None


def trim(text: str, start: int, end: int, is_speech: bool) -> Span:
    """Edges without white space, list marks, stray punctuation and (in speech) fillers; quotes stay paired."""
    start += _list_mark(text[start:end])
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


def _list_mark(piece: str) -> int:
    """Length of the bullet, number or letter that opens a member of a list; `-5 %` opens with none."""
    words = piece.lstrip()
    bullet = BULLET_START.match(words)
    if bullet is None:
        return 0
    is_mark = _REAL_WORD.search(words, bullet.end()) and not _QUANTITY.match(words)
    return len(piece) - len(words) + bullet.end() if is_mark or _LIST_NUMBER.match(words) else 0


def _length(found: re.Match[str] | None) -> int:
    return len(found.group()) if found else 0


def _kept_if_word_left(found: re.Match[str] | None, piece: str) -> int:
    """How much may be cut off in front: nothing when no word would be left."""
    return len(found.group()) if found and _REAL_WORD.search(piece, found.end()) else 0


def _balanced(text: str, start: int, end: int) -> Span:
    for opening, closing in _PAIRS:
        piece = text[start:end]
        if piece.count(opening) < piece.count(closing) and opening in text[max(0, start - 2) : start]:
            start = text.rindex(opening, max(0, start - 2), start)
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
