"""Blocks of a document → entries, each with what stands above it: headings, table, list, the bullet that introduces."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from itertools import zip_longest

from pipeline.ingest.formats.documents.blocks import Block
from pipeline.ingest.formats.records import Entry
from pipeline.ingest.structure import bare_heading, context_of, named_group, named_table
from pipeline.language.text.lists import read_lines
from pipeline.tables.columns import header_key

_LABEL_WORDS_MAX = 12
_END = " :\u00a0\u202f"


def entries_of_blocks(blocks: list[Block]) -> list[Entry]:
    """One entry per paragraph or bullet.

    Context: the two nearest headings that say something (a title that stands over the whole document is left out),
    then the bullet that introduces this one. A heading `Table 3 : …` gives its table to what follows.
    """
    outline = Outline(title_level(blocks))
    entries: list[Entry] = []
    for block, following in zip_longest(blocks, blocks[1:]):
        if block.kind == "heading":
            outline.open(block.level, block.text)
            continue
        outline.leave_bullets(block)
        context = outline.context(block.title)
        if _introduces(block, following):
            outline.introduce(block)
            if block.text.endswith(":") and len(block.text.split()) <= _LABEL_WORDS_MAX:
                continue  # a label: it lives on as the context of what it introduces
        entry = Entry(block.place, block.text, context, block.voice)
        outline.place(entry)
        if block.kind == "bullet":
            entry.list_key, entry.rank = outline.next_in_list()
        entries.append(entry)
    return entries


def title_level(blocks: list[Block]) -> int:
    """The level of the one heading that stands over the whole document, 0 without."""
    levels = [block.level for block in blocks if block.kind == "heading"]
    return min(levels) if len(levels) > 1 and levels.count(min(levels)) == 1 else 0


def is_agenda(heading: str) -> bool:
    """Whether a heading stands over what a meeting will speak of."""
    return header_key(heading) in _agenda()


@cache
def _agenda() -> frozenset[str]:
    return frozenset(header_key(line) for line in read_lines(__name__, "agenda_headings"))


def _introduces(block: Block, following: Block | None) -> bool:
    if following is None or following.kind != "bullet":
        return False
    return following.level > block.level or block.kind == "paragraph"


@dataclass(frozen=True)
class _Heading:
    """A heading that stands above: its text cleaned, the table and the group that it names."""

    level: int
    text: str
    table: str | None
    group: str | None


@dataclass
class Outline:
    """Where a reader stands in a document: the headings and the bullets above.

    `title_level` : the level of a title that stands over the whole, and tells nothing of its parts; 0 for none.
    """

    title_level: int = 0
    bullets: list[tuple[int, str]] = field(default_factory=list)
    _above: list[_Heading] = field(default_factory=list)
    _n_lists: int = 0
    _n_in_list: int = 0

    def open(self, level: int, text: str) -> None:
        """What a heading closes, opens and names."""
        bare = bare_heading(text)
        table, rest = named_table(bare)
        self._above = [heading for heading in self._above if heading.level < level]
        self._above.append(_Heading(level, bare_heading(rest) if table else bare, table, named_group(text)))
        self.bullets.clear()
        self._n_in_list = 0

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings above, outermost first; a title is one where nothing else stands, an agenda over its points."""
        is_alone = len(self._above) == 1
        return tuple(
            one.text
            for one in self._above
            if one.text
            and (one.level != self.title_level or is_alone)
            and (one is self._above[-1] or not is_agenda(one.text))
        )

    def place(self, entry: Entry) -> None:
        """Give an entry the headings, the table and the group that it stands under."""
        entry.headings = self.headings
        entry.table = next((one.table for one in reversed(self._above) if one.table), None)
        entry.given_group = next((one.group for one in reversed(self._above) if one.group), None)

    def leave_bullets(self, block: Block) -> None:
        """Bullets introduce only what stands under them; a paragraph ends the list."""
        if block.kind == "bullet":
            self.bullets = [pair for pair in self.bullets if pair[0] < block.level]
        else:
            self.bullets, self._n_in_list = [], 0

    def introduce(self, block: Block) -> None:
        """A bullet, or a paragraph that ends with a colon, is the context of the bullets under it."""
        if block.kind == "bullet":
            self.bullets.append((block.level, block.text.rstrip(_END)))
        elif block.text.endswith(":"):
            self.bullets.append((0, block.text.rstrip(_END)))

    def next_in_list(self) -> tuple[str, int]:
        """The key of the list that is being read, and the rank of one more bullet in it."""
        self._n_lists += self._n_in_list == 0
        self._n_in_list += 1
        return f"liste {self._n_lists}", self._n_in_list

    def context(self, cell_title: str = "") -> str:
        """The nearest headings, the title of the cell, the bullet that introduces."""
        return context_of(self.headings, cell_title, *(text for _, text in self.bullets[-1:]))
