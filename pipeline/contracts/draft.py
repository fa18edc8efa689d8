"""What a draft and its facts are, typed. `pipeline.contracts.draft_files` reads and writes them.

A draft is sections of blocks of sentences of nodes. A node is a run of text of one kind:

`text`    our own words, typeset, without any figure;
`fact`    a figure or a spread, rendered from one named fact;
`place`   the name of a table or of a workshop, as declared or as met;
`title`   the title of a group, maybe with its first letter in lower case;
`report`  words told without « » (a span of one contribution, first letter free);
`quote`   an exact span of a contribution: writers put it between « »;
`given`   a value that people declared, or an author's own text.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Literal

from pydantic import Field

_WRITTEN = {"written": True}
"""Marks a field that is in the file even when it holds its default."""
Span = tuple[int, int]


@dataclass(frozen=True)
class WordsRef:
    """Where words stand: an idea, its contribution, the span told and the parts of it that are shown.

    `span` and `parts` are in characters of the contribution (of the corrected text when a person corrected it).
    """

    item_id: str
    contribution_id: str
    span: Span
    parts: tuple[Span, ...]


@dataclass(frozen=True)
class FactRef:
    """A fact by name, the form of words that says it, and what it was contracted with: `a`, `de` or ""."""

    fact: str
    form: str
    joint: str = ""


@dataclass(frozen=True)
class NamedRef:
    """What a name is of: the field that was declared, and the group, the table or the workshop that it is of; "" for
    none. Of the title of a group, the field is `question` when its question stands for its title."""

    field: str = ""
    group_id: str = ""
    table: str = ""
    workshop: str = ""


@dataclass(frozen=True)
class TextNode:
    """Our own words; `strong` is bold, in every node."""

    text: str
    strong: bool = False
    kind: Literal["text"] = field(default="text", metadata=_WRITTEN)


@dataclass(frozen=True)
class FactNode:
    """A figure in words."""

    text: str
    ref: FactRef
    strong: bool = False
    kind: Literal["fact"] = field(default="fact", metadata=_WRITTEN)


@dataclass(frozen=True)
class NamedNode:
    """The name of a place, the title of a group, or a declared value."""

    kind: Literal["place", "title", "given"]
    text: str
    ref: NamedRef
    strong: bool = False

    @property
    def is_question(self) -> bool:
        """Whether it stands between « »: a question that was asked, or a title as it was given (`cite`)."""
        return (self.kind, self.ref.field) in (("given", "contexte"), ("title", "cite"))


@dataclass(frozen=True)
class WordsNode:
    """Someone's words, quoted or told."""

    kind: Literal["quote", "report"]
    text: str
    ref: WordsRef
    strong: bool = False


Node = TextNode | FactNode | NamedNode | WordsNode


def is_quoted(node: Node) -> bool:
    """Whether a node stands between « »: someone's words, or the question that she was asked."""
    return node.kind == "quote" or (isinstance(node, NamedNode) and node.is_question)


@dataclass(frozen=True)
class Sentence:
    """Nodes in order, and what the sentence rests on.

    Attributes
    ----------
    sources : ids of items, or names of inputs.
    marks : where each of its `words` comes from, in their order (`Source.mark`).
    rewritten : whether a language model wrote our words again.
    role : what it does, as the plan says (`pipeline.contracts.plan.Kind`), or `ON_DOCUMENT`; "" for what neither is.
    cites : ids of the items that a sentence of a person's rests on, though it holds none of their words.
    """

    nodes: tuple[Annotated[Node, Field(discriminator="kind")], ...]
    sources: tuple[str, ...]
    marks: tuple[str, ...] = ()
    rewritten: bool = False
    role: str = ""
    cites: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[WordsNode, ...]:
        """The nodes that hold someone's words, in order."""
        return tuple(node for node in self.nodes if isinstance(node, WordsNode))

    @property
    def quoted_items(self) -> tuple[str, ...]:
        """Items whose words are in the sentence, in order, each once."""
        return tuple(dict.fromkeys(node.ref.item_id for node in self.words))

    @property
    def n_words(self) -> int:
        """Words of the sentence, quotations included."""
        return len(self.text.split())

    @property
    def text(self) -> str:
        """The text of its nodes, without marks around quotations."""
        return "".join(node.text for node in self.nodes)


ON_DOCUMENT = "document"
"""The role of a sentence about marks, or about the document beside: it stands where they do."""


@dataclass(frozen=True)
class Shown:
    """What a block shows beside sentences: our own text, the name of a figure, the axis that a heading stands for."""

    text: str = ""
    figure: str = ""
    axis: str = ""


@dataclass(frozen=True)
class Block:
    """A paragraph, heading, list, table, figure or motto; a slot to fill in only in drafts of earlier runs.

    Attributes
    ----------
    sentences : the words (one per point in a list; in a table one per row, the first its header, with a node a cell).
    value : what headings, mottos and figures show; the caption of a table.
    level : of a heading; 1 is the first inside a section.
    """

    kind: Literal["paragraph", "heading", "list", "table", "figure", "motto", "slot"]
    sentences: tuple[Sentence, ...] = field(default=(), metadata=_WRITTEN)
    level: int = 0
    groups: tuple[str, ...] = ()
    theme: str = ""
    value: Shown = Shown()

    @property
    def n_words(self) -> int:
        """Words of the block."""
        return sum(sentence.n_words for sentence in self.sentences)


@dataclass(frozen=True)
class Section:
    """A part of the document that stands alone.

    Attributes
    ----------
    key : stable, where `title` is for people.
    axis : "" for none.
    is_annex : whether it stands after the text, with the figures and the sources.
    """

    key: str
    title: str
    blocks: tuple[Block, ...]
    axis: str = field(default="", metadata=_WRITTEN)
    is_annex: bool = False

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """Its sentences in order."""
        return tuple(sentence for block in self.blocks for sentence in block.sentences)


@dataclass(frozen=True)
class HeaderField:
    """One field of the header; `empty` when nobody gave its value."""

    label: str
    value: str
    state: Literal["given", "empty"]


@dataclass(frozen=True)
class Source:
    """What a short mark in the text stands for: one contribution, or the answers of one person to a survey.

    Attributes
    ----------
    mark : `T3.12`, `E14`… (`pipeline.restitution.marking`); the same whatever else the text says.
    place : where it was said: `Table 3`, `Enquête`…
    file : what it is and the file that holds it: `Post-it, postits.csv`.
    locator : where in that file.
    """

    mark: str
    place: str
    file: str
    locator: str


@dataclass(frozen=True)
class FigureText:
    """What a figure says in words: title, alternative text, and its numbers as a table.

    A document shows the image or the table, never both: `shows` says which one says it best.
    """

    title: str
    alt: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    shows: Literal["image", "table"] = "table"


@dataclass(frozen=True)
class Refused:
    """A sentence of a language model that does not stand in the text, or not where it was written for.

    Attributes
    ----------
    text, about : it, and the title, the axis or the part that it was written for.
    reason : why it is left out, in French.
    sources : ids of the items that it cites.
    may_stand : whether a person who finds it right may let it in (`pipeline.assistant.by_hand.judge`).
    instead : what stands in the text in its place, or the title under which it stands now.
    """

    text: str
    about: str
    reason: str
    sources: tuple[str, ...]
    may_stand: bool = False
    instead: str = ""


@dataclass(frozen=True)
class Draft:
    """`draft.json`: writers read this, and nothing else.

    Attributes
    ----------
    sources : what the marks of the text stand for, in the order of the annex.
    left_out : sentences that did not hold to their sources, and why, one line each.
    figures : by name. body : the title of the whole text, "" for that of the form of a workshop.
    refused : what a language model wrote in its last answers that does not stand, in their order.
    """

    title: str
    language: str
    header: tuple[HeaderField, ...]
    sections: tuple[Section, ...]
    sources: tuple[Source, ...]
    left_out: tuple[str, ...]
    figures: Mapping[str, FigureText]
    body: str = ""
    refused: tuple[Refused, ...] = ()

    def figure_of(self, block: Block) -> FigureText:
        """What a figure or a table shows."""
        if block.kind == "figure":
            return self.figures[block.value.figure]
        head, *rows = (tuple(node.text for node in one.nodes) for one in block.sentences)
        return FigureText(block.value.text, "", head, tuple(rows))

    @property
    def tables(self) -> tuple[FigureText, ...]:
        """The tables of its text."""
        blocks = (block for section in self.sections for block in section.blocks)
        return tuple(self.figure_of(block) for block in blocks if block.kind == "table")


@dataclass(frozen=True)
class Fact:
    """One figure that may be told.

    Attributes
    ----------
    value : the number, or a text (a date); `numerator` and `denominator` are None where they mean nothing.
    source : where it can be counted again, in French.
    labels : the names of what is counted, where they may be told instead.
    """

    value: int | str
    numerator: int | None
    denominator: int | None
    source: str
    labels: tuple[str, ...] = ()

    @property
    def n(self) -> int:
        """Its value as a whole number; 0 for a text."""
        return self.value if isinstance(self.value, int) else 0

    @property
    def part(self) -> tuple[int, int]:
        """Numerator and denominator; 0 where they mean nothing."""
        return self.numerator or 0, self.denominator or 0


Facts = Mapping[str, Fact]
"""Fact name → fact; names are stable across runs."""
