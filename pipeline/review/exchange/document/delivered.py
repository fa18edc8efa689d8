"""The delivered draft as lines of words: each paragraph, its sentences, and the titles and people's words in them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.contracts.draft import Block, Draft, Node, Section, Sentence, TitleNode, WordsNode, is_quoted
from pipeline.contracts.labels import ANNEXES_TITLE, SLOT, TEXT_TITLE

_TOKEN = re.compile(r"\w+|[^\w\s]")
_ALIKE = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "«": '"', "»": '"', "\u2011": "-", "–": "-"})
"""Signs that word processors put one for the other."""


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
class Said:
    """A sentence between two words of its line, and the titles and people's words that it holds, likewise."""

    start: int
    end: int
    sentence: Sentence
    nodes: tuple[tuple[int, int, Node], ...]


@dataclass(frozen=True)
class Line:
    """A paragraph as it was delivered.

    Attributes
    ----------
    heading : the kind of heading that it is: `section`, `theme`, `heading`, `slot` for a place to fill in, "" for text.
    groups : those that its block is about.
    """

    words: tuple[str, ...]
    text: str
    section: str
    is_annex: bool = False
    heading: str = ""
    theme: str = ""
    groups: tuple[str, ...] = ()
    said: tuple[Said, ...] = field(default=())


def lines_of(draft: Draft) -> list[Line]:
    """The paragraphs of the document between its header and its sources, annexes last, as the writers put them."""
    lines: list[Line] = []
    for section in sorted(draft.sections, key=lambda one: one.is_annex):
        lines.append(_plain(section.title, section, "section"))
        for block in section.blocks:
            lines += _of_block(block, section)
    return lines


def _plain(text: str, section: Section, heading: str, theme: str = "") -> Line:
    return Line(tuple(one.word for one in tokens_of(text)), text, section.title, section.is_annex, heading, theme)


def _of_block(block: Block, section: Section) -> Iterator[Line]:
    if block.kind == "paragraph" and block.sentences:
        yield _line(block.sentences, block, section)
    elif block.kind == "list":
        yield from (_line((one,), block, section) for one in block.sentences)
    elif block.kind == "heading":
        yield _plain(block.value.text, section, "theme" if block.theme else "heading", block.theme)
    elif block.kind in ("motto", "slot"):
        yield _plain(block.value.text, section, block.kind)


def _line(sentences: tuple[Sentence, ...], block: Block, section: Section) -> Line:
    words: list[str] = []
    said: list[Said] = []
    texts: list[str] = []
    for sentence in sentences:
        start, nodes = len(words), []
        for node in sentence.nodes:
            told = f"« {node.text} »" if is_quoted(node) else node.text
            texts.append(told)
            found = [one.word for one in tokens_of(unicodedata.normalize("NFC", told))]
            inside = 1 if is_quoted(node) else 0
            if isinstance(node, TitleNode | WordsNode):
                nodes.append((len(words) + inside, len(words) + len(found) - inside, node))
            words += found
        texts.append(" ")
        said.append(Said(start, len(words), sentence, tuple(nodes)))
    text = "".join(texts).strip()
    return Line(tuple(words), text, section.title, section.is_annex, "", block.theme, block.groups, tuple(said))


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
