"""Delivered paragraphs beside those that came back: which became which, and where each word stands now."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from typing import NamedTuple

from pipeline.contracts.draft import Block, Draft, Node, Section, Sentence, is_quoted
from pipeline.contracts.labels import ANNEXES_TITLE, SLOT, TEXT_TITLE

_TOKEN = re.compile(r"\w+|[^\w\s]")
_ALIKE = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "«": '"', "»": '"', "\u2011": "-", "–": "-"})
"""Signs that word processors put one for the other."""
_LONG = 4
"""Letters of a word that tells a paragraph from another one."""
_SAME_MIN, _SHARED_MIN = 0.5, 2
"""Share of the long words of a paragraph, and number of them, that another one must hold to be what it became."""
_GONE_MAX = 0.15
"""Share of its words that chance alone may find again of a sentence that was deleted."""
PAIRS_MAX = 1_000_000
"""Pairs of a same word, one delivered and one that came back, beyond which words are not looked for one by one: what
that costs grows faster than they do, and a text of a few words has as many as one of millions."""
LONGER_MAX, N_WORDS_SAFE = 3, 5_000
"""How many times the delivered words may come back, from a length that nothing suspects."""


class Token(NamedTuple):
    """A word or a sign, and where it stands in its text."""

    word: str
    start: int
    end: int


def tokens_of(text: str) -> list[Token]:
    """The words and signs of a text in NFC, in order."""
    return [Token(f[0].translate(_ALIKE), f.start(), f.end()) for f in _TOKEN.finditer(text)]


def flat(text: str) -> str:
    """What two texts share when they have the same words: signs that stand for one another, and spaces, are one."""
    return " ".join(unicodedata.normalize("NFC", text).translate(_ALIKE).split())


def is_word(token: str) -> bool:
    """Whether a token is no mere sign."""
    return token[0].isalnum()


@dataclass(frozen=True)
class DeliveredSentence:
    """A sentence between two words of its line."""

    start: int
    end: int
    sentence: Sentence


@dataclass(frozen=True)
class DeliveredLine:
    """A paragraph as it was delivered.

    `heading` : its kind: `section`, `group`, `heading`, `slot` for a place to fill in, "" for text. `key` : of its
    section. `groups` : those that its block is about.
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
    words = tuple(one.word for one in tokens_of(unicodedata.normalize("NFC", text)))
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
        start = len(words)
        for node in sentence.nodes:
            texts.append(written_as(node))
            words += (one.word for one in tokens_of(unicodedata.normalize("NFC", texts[-1])))
        texts.append(" ")
        said.append(DeliveredSentence(start, len(words), sentence))
    line = _plain("".join(texts).strip(), section, "", block.theme, block.groups)
    return replace(line, words=tuple(words), said=tuple(said))


def written_as(node: Node) -> str:
    """A node as a document shows it."""
    return f"« {node.text} »" if is_quoted(node) else node.text


def around_the_text(draft: Draft) -> tuple[frozenset[str], frozenset[str]]:
    """The titles that stand around the text, and what the cells of tables hold; flat."""
    figures = (*draft.figures.values(), *draft.tables)
    titles = (draft.title, draft.body or TEXT_TITLE, ANNEXES_TITLE, *(figure.title for figure in figures))
    header = (text for one in draft.header for text in (one.label, one.value))
    cells = (cell for figure in figures for row in (figure.columns, *figure.rows) for cell in row)
    return frozenset(map(flat, titles)), frozenset(map(flat, (f"[{SLOT}]", *header, *cells)))


class Piece:
    """Lines, and the paragraphs in which their words stand now; there may be none of either.

    `starts` : row of a line → the place of its first word among those of the piece. `words` : as they were delivered.
    `text, tokens` : as they came. `places` : where each delivered word stands among `tokens`, None for gone.
    """

    def __init__(
        self, rows: Sequence[int], numbers: Sequence[int], lines: Sequence[DeliveredLine], came: Sequence[str]
    ) -> None:
        self.rows, self.numbers = rows, numbers
        self.starts: dict[int, int] = {}
        self.words: list[str] = []
        for row in rows:
            self.starts[row] = len(self.words)
            self.words += lines[row].words
        self.text = " ".join(came[number].strip() for number in numbers)
        self.tokens = tokens_of(self.text)
        self.places = _places(self.words, [token.word for token in self.tokens])

    def is_same(self, start: int, end: int) -> bool:
        """Whether words came back as they were, with nothing between them nor on either side."""
        between = self.between(start, end)
        if between is not None and len(between) != end - start:
            return False
        first = self.places[start] if start < end else None
        return first is not None and self.places[start:end] == list(range(first, first + end - start))

    def is_gone(self, start: int, end: int) -> bool:
        """Whether a stretch was deleted, and nothing written in its place."""
        own = [self.places[at] for at in range(start, end) if is_word(self.words[at])]
        if not own or sum(place is not None for place in own) > _GONE_MAX * len(own):
            return False
        return not any(is_word(token.word) for token in self.instead(start, end))

    def between(self, start: int, end: int) -> list[Token] | None:
        """What stands now where a stretch stood; None when what stood around it is no more there."""
        left = self.places[start - 1] if start else -1
        right = self.places[end] if end < len(self.places) else len(self.tokens)
        is_whole = start == 0 and end == len(self.places)
        return None if left is None or right is None or is_whole else self.tokens[left + 1 : right]

    def instead(self, start: int, end: int) -> list[Token]:
        """What stands now between the nearest words that are left on either side of a stretch."""
        left = max((place for place in self.places[:start] if place is not None), default=-1)
        right = min((place for place in self.places[end:] if place is not None), default=len(self.tokens))
        return self.tokens[left + 1 : right]

    def said(self, tokens: Sequence[Token]) -> str:
        """The text from the first word of a stretch to its last."""
        return self.text[tokens[0].start : tokens[-1].end] if tokens else ""


def _places(before: Sequence[str], now: Sequence[str]) -> list[int | None]:
    """Where each word stands now, None for gone; for all of them where looking for them would cost too much."""
    places: list[int | None] = [None] * len(before)
    n_now = Counter(now)
    if sum(n * n_now[word] for word, n in Counter(before).items()) <= PAIRS_MAX:
        for block in SequenceMatcher(None, before, now, autojunk=False).get_matching_blocks():
            places[block.a : block.a + block.size] = range(block.b, block.b + block.size)
    return places


def is_too_long(lines: Sequence[DeliveredLine], came: Sequence[str]) -> bool:
    """Whether far more words came back than were delivered."""
    n_came = sum(len(tokens_of(one)) for one in came)
    return n_came > max(N_WORDS_SAFE, LONGER_MAX * sum(len(line.words) for line in lines))


def in_common(lines: Sequence[DeliveredLine], came: Sequence[str]) -> float:
    """Share of the delivered words that came back, wherever they stand: what pieces keep is never more."""
    delivered = Counter(word for line in lines for word in line.words)
    returned = delivered & Counter(token.word for one in came for token in tokens_of(one))
    return returned.total() / max(1, delivered.total())


def kept(pieces: Sequence[Piece]) -> float:
    """Share of the delivered words that stand in what their paragraphs became."""
    places = [place for piece in pieces for place in piece.places]
    return sum(place is not None for place in places) / max(1, len(places))


def pieces_of(
    lines: Sequence[DeliveredLine], came: Sequence[str], headings: Collection[int] = frozenset()
) -> list[Piece]:
    """Lines and what they became, in the order of the lines; then the paragraphs that nobody delivered.

    Paragraphs that came back whole are the same; of the others, one is what became of a line when it holds most of its
    long words, or the line most of its own (paragraphs joined, parted, moved), or when it stands alone in its place. A
    heading by its style is what became of a heading, where as many of them stand in one place.

    `headings` : numbers of the paragraphs that came with the style of a heading.
    """
    keys = [tuple(token.word for token in tokens_of(one)) for one in came]
    whole = SequenceMatcher(None, [line.words for line in lines], keys, autojunk=False).get_opcodes()
    links = [(i1 + at, j1 + at) for kind, i1, i2, j1, _ in whole if kind == "equal" for at in range(i2 - i1)]
    changed = [(range(i1, i2), range(j1, j2)) for kind, i1, i2, j1, j2 in whole if kind != "equal"]
    titles = {row for row, line in enumerate(lines) if line.heading not in ("", "motto", "slot")}
    links += _one_for_one(changed, titles, headings)
    known, named = set(dict(links)), {number for _, number in links}
    links += _alike(
        {row: lines[row].words for rows, _ in changed for row in rows if row not in known},
        {number: keys[number] for _, numbers in changed for number in numbers if number not in named},
    )
    known, named = set(dict(links)), {number for _, number in links}
    links += _one_for_one(changed, set(range(len(lines))) - known, set(range(len(came))) - named)
    return [Piece(*ends, lines, came) for ends in _grouped(links, len(lines), len(came))]


def _one_for_one(
    changed: Sequence[tuple[range, range]], rows: Collection[int], numbers: Collection[int]
) -> Iterator[tuple[int, int]]:
    """Of some rows and numbers, those that stand in one place, in order, where they are as many."""
    for place in changed:
        own, theirs = ([one for one in side if one in some] for side, some in zip(place, (rows, numbers), strict=True))
        yield from zip(own, theirs, strict=True) if len(own) == len(theirs) else ()


def _grouped(links: Sequence[tuple[int, int]], n_rows: int, n_numbers: int) -> Iterable[tuple[list[int], list[int]]]:
    from scipy.cluster.hierarchy import DisjointSet

    tied = DisjointSet(range(n_rows + n_numbers))
    for row, number in links:
        tied.merge(row, n_rows + number)
    groups: dict[int, tuple[list[int], list[int]]] = {}
    for one in range(n_rows + n_numbers):
        groups.setdefault(tied[one], ([], []))[one >= n_rows].append(one - n_rows * (one >= n_rows))
    return groups.values()


def _alike(lines: dict[int, tuple[str, ...]], paragraphs: dict[int, tuple[str, ...]]) -> Iterator[tuple[int, int]]:
    """Lines and paragraphs of which one holds most of the long words of the other, the nearest of those that do; none
    where looking for them would cost too much."""
    of_lines, of_paragraphs = ({key: _long(words) for key, words in side.items()} for side in (lines, paragraphs))
    holders: dict[str, list[int]] = {}
    for number, words in of_paragraphs.items():
        for word in words:
            holders.setdefault(word, []).append(number)
    if sum(len(holders.get(word, ())) for words in of_lines.values() for word in words) > PAIRS_MAX:
        return
    shared = {row: Counter(n for word in words for n in holders.get(word, ())) for row, words in of_lines.items()}
    best: dict[int, tuple[int, int, int]] = {}
    for row, counts in shared.items():
        ranked = [(-n, abs(number - row), number) for number, n in counts.items()]
        if ranked and -min(ranked)[0] >= max(_SHARED_MIN, _SAME_MIN * len(of_lines[row])):
            yield row, min(ranked)[2]
        for n, far, number in ranked:
            best[number] = min(best.get(number, (0, 0, row)), (n, far, row))
    for number, (n, _, row) in best.items():
        if -n >= max(_SHARED_MIN, _SAME_MIN * len(of_paragraphs[number])):
            yield row, number


def _long(words: Sequence[str]) -> frozenset[str]:
    return frozenset(word.lower() for word in words if len(word) >= _LONG) or frozenset(words)
