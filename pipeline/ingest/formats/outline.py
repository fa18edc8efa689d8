"""Blocks of a document → entries, each with the headings and the bullet that stand above it."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.ingest.formats.blocks import TABLE_HEADING, Block
from pipeline.ingest.formats.records import Entry
from pipeline.ingest.workshop import table_label

CONTEXT_MAX = 200
CONTEXT_JOINT = " > "
_LABEL_WORDS_MAX = 12
_END = " :\u00a0\u202f"


def entries_of_blocks(blocks: list[Block]) -> list[Entry]:
    """One entry per paragraph or bullet.

    Context: the two nearest headings (a title that stands over the whole document is left out), then the bullet that
    introduces this one. A heading `Table 3 : …` gives its table to what follows.
    """
    outline = _Outline(_title_level(blocks))
    entries: list[Entry] = []
    for block, following in zip(blocks, [*blocks[1:], None], strict=True):
        if block.kind == "heading":
            outline.open(block)
            continue
        outline.leave_bullets(block)
        context = outline.context(block.title)
        if _introduces(block, following):
            outline.introduce(block)
            if block.text.endswith(":") and len(block.text.split()) <= _LABEL_WORDS_MAX:
                continue  # a label: it lives on as the context of what it introduces
        entries.append(Entry(block.place, block.text, context, table=outline.table))
    return entries


def _title_level(blocks: list[Block]) -> int:
    """The level of the one heading that stands over the whole document, 0 without."""
    levels = [block.level for block in blocks if block.kind == "heading"]
    return min(levels) if len(levels) > 1 and levels.count(min(levels)) == 1 else 0


def _introduces(block: Block, following: Block | None) -> bool:
    if following is None or following.kind != "bullet":
        return False
    return following.level > block.level or block.kind == "paragraph"


@dataclass
class _Outline:
    """Where a reader stands in a document: the headings and bullets above, and the table that one of them names."""

    title_level: int
    headings: list[tuple[int, str]] = field(default_factory=list)
    bullets: list[tuple[int, str]] = field(default_factory=list)
    table: str | None = None
    _table_level: int = 0

    def open(self, heading: Block) -> None:
        """What a heading closes, opens and names."""
        self.headings = [pair for pair in self.headings if pair[0] < heading.level]
        self.headings.append((heading.level, heading.text.rstrip(_END)))
        self.bullets.clear()
        found = TABLE_HEADING.match(heading.text)
        if found:
            self.table, self._table_level = table_label(found.group(1)), heading.level
        elif heading.level <= self._table_level:
            self.table, self._table_level = None, 0

    def leave_bullets(self, block: Block) -> None:
        """Bullets introduce only what stands under them."""
        self.bullets = [pair for pair in self.bullets if pair[0] < block.level] if block.kind == "bullet" else []

    def introduce(self, block: Block) -> None:
        """A bullet, or a paragraph that ends with a colon, is the context of the bullets under it."""
        if block.kind == "bullet":
            self.bullets.append((block.level, block.text.rstrip(_END)))
        elif block.text.endswith(":"):
            self.bullets.append((0, block.text.rstrip(_END)))

    def context(self, cell_title: str) -> str:
        """The two nearest headings, the title of the cell, the bullet that introduces."""
        is_alone = len(self.headings) == 1
        kept = [text for level, text in self.headings if level != self.title_level or is_alone][-2:]
        kept += [cell_title.rstrip(_END), *(text for _, text in self.bullets[-1:])]
        return CONTEXT_JOINT.join(
            text if len(text) <= CONTEXT_MAX else text[: CONTEXT_MAX - 1] + "…" for text in kept if text
        )
