"""Alignment of the words that were delivered and those that came back: what stayed, what went, what came."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from typing import NamedTuple

from pipeline.contracts.draft import Block, Draft, Node, Section, Sentence, WordsNode, is_quoted
from pipeline.contracts.labels import ANNEXES_TITLE, SLOT, TEXT_TITLE
from pipeline.review.exchange.office_text import Paragraph

_TOKEN = re.compile(r"\w+|[^\w\s]")
_ALIKE = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "«": '"', "»": '"', "\u2011": "-", "–": "-"})
"""Signs that word processors put one for the other."""


SAME_MIN = 0.5
"""Share of its words that a document must have kept for its corrections to be told from another text."""
_GONE_MAX = 0.15
"""Share of its words that chance alone may find again of a sentence that was deleted."""
PAIRS_MAX = 1_000_000
"""Pairs of a same word, one delivered and one that came back, beyond which words are not looked for one by one: what
that costs grows faster than they do, and a text of a few words has as many as one of millions."""
LONGER_MAX, N_WORDS_SAFE = 3, 5_000
"""How many times the delivered words may come back, from a length that nothing suspects."""
Positions = list[list[int | None]]
"""For each line, where each of its words stands now, None for gone."""


class Token(NamedTuple):
    """A word or a sign, and where it stands in its paragraph."""

    word: str
    paragraph: int
    start: int
    end: int

    @property
    def is_word(self) -> bool:
        """Whether it is no mere sign."""
        return self.word[0].isalnum()


def tokens_of(text: str, paragraph: int = 0) -> list[Token]:
    """The words and signs of a text in NFC, in order."""
    return [Token(f[0].translate(_ALIKE), paragraph, f.start(), f.end()) for f in _TOKEN.finditer(text)]


def flat(text: str) -> str:
    """What two texts share when they have the same words: signs that stand for one another, and spaces, are one."""
    return " ".join(unicodedata.normalize("NFC", text).translate(_ALIKE).split())


@dataclass(frozen=True)
class DeliveredSentence:
    """A sentence between two words of its line, and the titles and people's words that it holds, likewise."""

    start: int
    end: int
    sentence: Sentence
    nodes: tuple[tuple[int, int, Node], ...]


@dataclass(frozen=True)
class DeliveredLine:
    """A paragraph as it was delivered.

    Attributes
    ----------
    heading : the kind of heading that it is: `section`, `group`, `heading`, `slot` for a place to fill in, "" for text.
    key : of its section. groups : those that its block is about.
    """

    words: tuple[str, ...]
    text: str
    section: str
    key: str
    is_annex: bool = False
    heading: str = ""
    theme: str = ""
    groups: tuple[str, ...] = ()
    said: tuple[DeliveredSentence, ...] = field(default=())


def lines_of(draft: Draft) -> list[DeliveredLine]:
    """The paragraphs of the document between its header and its sources, annexes last, as the writers put them."""
    lines: list[DeliveredLine] = []
    for section in sorted(draft.sections, key=lambda one: one.is_annex):
        lines.append(_plain(section.title, section, "section"))
        for block in section.blocks:
            lines += _of_block(block, section)
    return lines


def _plain(text: str, section: Section, heading: str, theme: str = "", groups: tuple[str, ...] = ()) -> DeliveredLine:
    words = tuple(one.word for one in tokens_of(text))
    return DeliveredLine(words, text, section.title, section.key, section.is_annex, heading, theme, groups)


def _of_block(block: Block, section: Section) -> Iterator[DeliveredLine]:
    if block.kind == "paragraph" and block.sentences:
        yield _line(block.sentences, block, section)
    elif block.kind == "list":
        yield from (_line((one,), block, section) for one in block.sentences)
    elif block.kind == "heading":
        kind = "group" if block.groups else "theme" if block.theme else "heading"
        yield _plain(block.value.text, section, kind, block.theme, block.groups)
    elif block.kind in ("motto", "slot"):
        yield _plain(block.value.text, section, block.kind)


def _line(sentences: tuple[Sentence, ...], block: Block, section: Section) -> DeliveredLine:
    words: list[str] = []
    said: list[DeliveredSentence] = []
    texts: list[str] = []
    for sentence in sentences:
        start, nodes = len(words), []
        for node in sentence.nodes:
            written = f"« {node.text} »" if is_quoted(node) else node.text
            texts.append(written)
            tokens = [one.word for one in tokens_of(unicodedata.normalize("NFC", written))]
            inside = 1 if is_quoted(node) else 0
            if node.kind == "title" or isinstance(node, WordsNode):
                nodes.append((len(words) + inside, len(words) + len(tokens) - inside, node))
            words += tokens
        texts.append(" ")
        said.append(DeliveredSentence(start, len(words), sentence, tuple(nodes)))
    text = "".join(texts).strip()
    return replace(_plain(text, section, "", block.theme, block.groups), words=tuple(words), said=tuple(said))


def words_of_tables(draft: Draft) -> frozenset[str]:
    """What the cells of the tables hold, flat: the header, and the figures that are tables."""
    cells = [f"[{SLOT}]", *(text for one in draft.header for text in (one.label, one.value))]
    for figure in draft.figures.values():
        cells += [*figure.columns, *(cell for row in figure.rows for cell in row)]
    return frozenset(map(flat, cells))


def captions(draft: Draft) -> frozenset[str]:
    """The titles that stand around the text, flat: the document's, the figures'."""
    return frozenset(
        flat(one)
        for one in (
            draft.title,
            draft.body or TEXT_TITLE,
            ANNEXES_TITLE,
            *(figure.title for figure in draft.figures.values()),
        )
    )


@dataclass
class Alignment:
    """Both texts.

    Attributes
    ----------
    tokens : the words that came back, of `paragraphs`.
    instead : line of which no word is left → the paragraph that stands in its place.
    """

    lines: Sequence[DeliveredLine]
    places: Positions
    tokens: list[Token]
    paragraphs: Sequence[Paragraph]
    instead: dict[int, int]

    @property
    def kept(self) -> float:
        """Share of the delivered words that came back."""
        n = sum(map(len, self.places))
        return sum(at is not None for places in self.places for at in places) / max(1, n)

    def is_same(self, line: int, start: int, end: int) -> bool:
        """Whether words came back as they were, with nothing between them nor on either side."""
        places, between = self.places[line][start:end], self.range_between(line, start, end)
        if between is not None and len(between) != end - start:
            return False
        return (
            bool(places)
            and None not in places
            and places == list(range(places[0] or 0, (places[0] or 0) + len(places)))
        )

    def is_gone(self, line: int, said: DeliveredSentence) -> bool:
        """Whether a sentence was deleted, and nothing written in its place."""
        if line in self.instead:
            return False
        at = self.words_at(line, said.start, said.end)
        n_kept = sum(self.places[line][word] is not None for word in at)
        if not at or n_kept > _GONE_MAX * len(at):
            return False
        between = self.between(line, said.start, said.end)
        return between is None or not any(token.is_word for token in between)

    def words_at(self, line: int, start: int, end: int) -> list[int]:
        """The positions of the words of a stretch, signs left out."""
        return [at for at in range(start, end) if self.lines[line].words[at][0].isalnum()]

    def between(self, line: int, start: int, end: int) -> list[Token] | None:
        """What stands now where a stretch of a line stood; None when what stood around it is no more there."""
        span = self.range_between(line, start, end)
        return None if span is None else self.tokens[span.start : span.stop]

    def range_between(self, line: int, start: int, end: int) -> range | None:
        """The positions of these words."""
        places, tokens = self.places[line], self.tokens
        left = places[start - 1] if start else None
        right = places[end] if end < len(places) else None
        if (start and left is None) or (end < len(places) and right is None) or (left is None and right is None):
            return None
        home = tokens[left if left is not None else right or 0].paragraph
        first = left + 1 if left is not None else next(n for n, token in enumerate(tokens) if token.paragraph == home)
        last = right if right is not None else first + sum(token.paragraph == home for token in tokens[first:])
        return range(first, last) if first <= last else None

    def text(self, tokens: Sequence[Token]) -> str:
        """The text from the first word of a stretch to its last, of one paragraph."""
        if not tokens or tokens[0].paragraph != tokens[-1].paragraph:
            return ""
        return self.paragraphs[tokens[0].paragraph].text[tokens[0].start : tokens[-1].end]

    def bounds(self, line: int, start: int, end: int) -> tuple[int, int]:
        """From the first word that is left of a stretch to the last, both 0 when none is."""
        places = [at for at in self.places[line][start:end] if at is not None]
        return (min(places), max(places) + 1) if places else (0, 0)

    def home(self, line: int) -> int | None:
        """The paragraph where the first word that is left of a line stands."""
        first = next((at for at in self.places[line] if at is not None), None)
        return self.instead.get(line) if first is None else self.tokens[first].paragraph

    def whole_paragraph(self, line: int) -> str:
        """The text of that paragraph, "" when the line is gone."""
        home = self.home(line)
        return "" if home is None else self.paragraphs[home].text.strip()

    def paragraph_of(self, line: int) -> tuple[str, ...]:
        """The words of that paragraph."""
        home = self.home(line)
        return tuple(token.word for token in self.tokens if token.paragraph == home)


def is_too_long(lines: Sequence[DeliveredLine], paragraphs: Sequence[Paragraph]) -> bool:
    """Whether far more words came back than were delivered."""
    n_came = sum(len(tokens_of(one.text)) for one in paragraphs)
    return n_came > max(N_WORDS_SAFE, LONGER_MAX * sum(len(line.words) for line in lines))


def in_common(lines: Sequence[DeliveredLine], paragraphs: Sequence[Paragraph]) -> float:
    """Share of the delivered words that came back, wherever they stand: what an alignment keeps is never more."""
    delivered = Counter(word for line in lines for word in line.words)
    came = Counter(token.word for one in paragraphs for token in tokens_of(one.text))
    return (delivered & came).total() / max(1, delivered.total())


def aligned(lines: Sequence[DeliveredLine], paragraphs: Sequence[Paragraph]) -> Alignment:
    """Whole paragraphs first, then the words of those that changed between two that did not."""
    came = [tokens_of(one.text, number) for number, one in enumerate(paragraphs)]
    firsts = [0]
    for own in came:
        firsts.append(firsts[-1] + len(own))
    places: Positions = [[None] * len(line.words) for line in lines]
    instead: dict[int, int] = {}
    keys = [tuple(token.word for token in own) for own in came]
    whole = SequenceMatcher(None, [line.words for line in lines], keys, autojunk=False)
    for kind, i1, i2, j1, j2 in whole.get_opcodes():
        if kind == "equal":
            for shift in range(i2 - i1):
                places[i1 + shift] = list(range(firsts[j1 + shift], firsts[j1 + shift + 1]))
        elif kind == "replace":
            _align_words(lines, places, range(i1, i2), firsts[j1], keys[j1:j2])
            instead |= _instead(places, range(i1, i2), firsts[j1 : j2 + 1], j1)
    _find_moved(lines, places, keys, firsts)
    tokens = [token for own in came for token in own]
    return Alignment(
        lines,
        places,
        tokens,
        paragraphs,
        {row: at for row, at in instead.items() if all(one is None for one in places[row])},
    )


def _align_words(
    lines: Sequence[DeliveredLine], places: Positions, rows: range, first: int, keys: Sequence[tuple[str, ...]]
) -> None:
    """The words of some lines among those of the paragraphs in their place, which start at `first`; where that is too
    much, of each line among those of its own paragraph, and of none when there is no telling which it is."""
    owners = [(row, at) for row in rows for at in range(len(lines[row].words))]
    before, words = [lines[row].words[at] for row, at in owners], [word for key in keys for word in key]
    n_before, n_came = Counter(before), Counter(words)
    if sum(n * n_came[word] for word, n in n_before.items()) > PAIRS_MAX:
        for row, key in zip(rows, keys, strict=True) if len(rows) == len(keys) > 1 else ():
            _align_words(lines, places, range(row, row + 1), first, [key])
            first += len(key)
        return
    matcher = SequenceMatcher(None, before, words, autojunk=False)
    for block in matcher.get_matching_blocks():
        for shift in range(block.size):
            row, at = owners[block.a + shift]
            places[row][at] = first + block.b + shift


def _instead(places: Positions, rows: range, firsts: Sequence[int], number: int) -> dict[int, int]:
    """Lines and paragraphs that stand in one place and share no word, one for one; `number` is the first paragraph."""
    if len(rows) != len(firsts) - 1:
        return {}
    taken = {at for row in rows for at in places[row] if at is not None}
    return {
        row: number + rank
        for rank, row in enumerate(rows)
        if all(at is None for at in places[row]) and not taken & set(range(firsts[rank], firsts[rank + 1]))
    }


def _find_moved(
    lines: Sequence[DeliveredLine], places: Positions, keys: Sequence[tuple[str, ...]], firsts: Sequence[int]
) -> None:
    """A paragraph that stands whole elsewhere was moved, not deleted."""
    taken = {at for row in places for at in row if at is not None}
    free: dict[tuple[str, ...], list[int]] = {}
    for number, key in enumerate(keys):
        if key and firsts[number] not in taken:
            free.setdefault(key, []).append(firsts[number])
    for row, line in enumerate(lines):
        if line.words and all(at is None for at in places[row]) and free.get(line.words):
            start = free[line.words].pop(0)
            places[row] = list(range(start, start + len(line.words)))
