"""Documents as blocks (headings, paragraphs, bullets) → entries with the headings above them as context."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.ingest.formats.records import Entry
from pipeline.ingest.workshop import table_label

BULLET = re.compile(
    r"^(\s*)(?:[-–—*•\uf0b7\uf0a7\uf0d8●○▪■◦‣⁃·►➢➤→✓✔☐☑+]|\(?\d{1,2}[.)]|[a-z]\))[ \t\u00a0\u202f]+(?=\S)"
)
_MARKDOWN_HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*#*\s*$")
_WIKI_HEADING = re.compile(r"^(={2,6})\s*([^=].*?)\s*\1\s*$")
_UNDERLINE = re.compile(r"^(?:={3,}|-{3,}|_{3,}|\*{3,})\s*$")
_TABLE_HEADING = re.compile(
    r"^\W*table\s*(?:n\s*[°o]\s*)?0*(\d{1,3}\b|(?<=\s)[a-z](?=\s*(?:[:.–—-]|$)))", re.IGNORECASE
)
"""`Table 3 : se loger`, `Table B – la cantine`; a letter is a name only where nothing or a sign follows."""
_BROKEN_WORD = re.compile(r"[^\W\d_]-$")
_MARKUP = (
    (re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1"), r"\2"),
    (re.compile(r"!?\[([^\]]*)\]\((?:[^()\s]*)\)"), r"\1"),
)
_EMPHASIS = re.compile(r"(?<![\w*])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![\w*])")
CONTEXT_MAX = 200
CONTEXT_JOINT = " > "


@dataclass(slots=True)
class Block:
    """`kind` is `heading`, `paragraph` or `bullet`; `level` counts from 1; `place` names it for people.

    `title` : that of the column or of the row of a table that it stands in.
    """

    kind: str
    level: int
    text: str
    place: str
    title: str = ""


def blocks_of_text(text: str, is_markdown: bool) -> list[Block]:
    """Blocks of a plain or Markdown note. Lines that were wrapped by hand are joined again."""
    lines = text.split("\n")
    if is_markdown and lines and lines[0].strip() == "---":  # front matter
        end = next((n for n, line in enumerate(lines[1:], 1) if line.strip() in ("---", "...")), 0)
        lines = [""] * (end + 1) + lines[end + 1 :]
    blocks: list[Block] = []
    is_wrapped = _is_wrapped(lines)
    can_continue = False
    for number, line in enumerate(lines, start=1):
        bare = line.strip()
        if not bare or _UNDERLINE.match(bare):
            if bare[:1] in ("=", "-") and can_continue and blocks and blocks[-1].kind == "paragraph":
                blocks[-1].kind, blocks[-1].level = "heading", 1 if bare[0] == "=" else 2
            can_continue = False
            continue
        block = _block_of_line(line, f"ligne {number}", is_markdown)
        if can_continue and block.kind == "paragraph" and _continues(blocks[-1], line, is_wrapped):
            joint = "" if _BROKEN_WORD.search(blocks[-1].text) else " "
            blocks[-1].text += f"{joint}{block.text}"
            continue
        blocks.append(block)
        can_continue = block.kind != "heading"
    for at, block in enumerate(blocks):
        if block.kind == "paragraph" and _is_pseudo_heading(
            block.text, blocks[at + 1] if at + 1 < len(blocks) else None
        ):
            block.kind, block.level = "heading", 6 if _TABLE_HEADING.match(block.text) else 7
    return blocks


def _block_of_line(line: str, place: str, is_markdown: bool) -> Block:
    bare = line.strip()
    heading = _MARKDOWN_HEADING.match(bare)
    if heading:
        return Block("heading", len(heading.group(1)), _plain(heading.group(2), is_markdown), place)
    wiki = _WIKI_HEADING.match(bare)
    if wiki:
        return Block("heading", 7 - len(wiki.group(1)), wiki.group(2), place)
    bullet = BULLET.match(line)
    if bullet and not (re.match(r"\s*[a-z]\)", line) and "(" in line):
        indent = len(bullet.group(1).replace("\t", "    "))
        text = re.sub(r"^\[[ xX]\]\s+", "", line[bullet.end() :].strip())
        return Block("bullet", 1 + indent // 2, _plain(text, is_markdown), place)
    if is_markdown and bare.startswith(">"):
        bare = bare.lstrip("> ")
    return Block("paragraph", 1, _plain(bare, is_markdown), place)


def _plain(text: str, is_markdown: bool) -> str:
    if not is_markdown:
        return text
    for pattern, kept in _MARKUP:
        text = pattern.sub(kept, text)
    return _EMPHASIS.sub(r"\1", text).replace("\\*", "*").replace("\\_", "_").strip()


def _is_wrapped(lines: list[str]) -> bool:
    """Whether lines stop near one width, as those of an editor that cuts them."""
    lengths = [len(line.rstrip()) for line in lines if len(line.rstrip()) > 40]
    if len(lengths) < 4:
        return False
    return sum(1 for length in lengths if length >= 0.8 * max(lengths)) > 0.5 * len(lengths) and max(lengths) <= 120


def _continues(previous: Block, line: str, is_wrapped: bool) -> bool:
    bare = line.strip()
    is_indented = line[:1] in " \t" and previous.kind == "bullet"
    is_open = previous.text[-1:] not in ".!?…:;" and bare[:1].islower()
    return (is_open and (is_wrapped or is_indented or len(previous.text) > 60)) or (is_indented and is_wrapped)


def _is_pseudo_heading(text: str, following: Block | None) -> bool:
    n_words = len(text.split())
    if following is None or following.kind == "heading" or n_words > 12:
        return False
    letters = [c for c in text if c.isalpha()]
    is_capitals = n_words <= 8 and len(letters) > 3 and all(c.isupper() for c in letters) and text[-1:] not in "!."
    is_label = text.endswith(":") and (following.kind == "bullet" or n_words <= 6)
    is_over_list = following.kind == "bullet" and n_words <= 6 and text[-1:] not in ".!?…;,"
    is_table = bool(_TABLE_HEADING.match(text)) and text[-1:] not in ".!?"
    return is_table or is_capitals or is_label or is_over_list or (text.endswith("?") and following.kind == "bullet")


def entries_of_blocks(blocks: list[Block]) -> list[Entry]:
    """One entry per paragraph or bullet.

    Context: the two nearest headings (a title that stands over the whole document is left out), then the bullet that
    introduces this one. A heading `Table 3 : …` gives its table to what follows.
    """
    headings: list[tuple[int, str]] = []
    parents: list[tuple[int, str]] = []
    table: str | None = None
    table_level = 0
    lowest = [block.level for block in blocks if block.kind == "heading"]
    title_level = min(lowest) if lowest and lowest.count(min(lowest)) == 1 and len(lowest) > 1 else 0
    entries: list[Entry] = []
    for at, block in enumerate(blocks):
        if block.kind == "heading":
            headings = [pair for pair in headings if pair[0] < block.level]
            headings.append((block.level, block.text.rstrip(" :\u00a0\u202f")))
            parents.clear()
            found = _TABLE_HEADING.match(block.text)
            if found:
                table, table_level = table_label(found.group(1)), block.level
            elif block.level <= table_level:
                table, table_level = None, 0
            continue
        parents = [pair for pair in parents if pair[0] < block.level] if block.kind == "bullet" else []
        context = _context(headings, title_level, parents, block.title)
        following = blocks[at + 1] if at + 1 < len(blocks) else None
        introduces = (
            following is not None
            and following.kind == "bullet"
            and (following.level > block.level or block.kind == "paragraph")
        )
        if (block.kind == "bullet" and introduces) or (introduces and block.text.endswith(":")):
            parents.append((block.level if block.kind == "bullet" else 0, block.text.rstrip(" :\u00a0\u202f")))
        if introduces and block.text.endswith(":") and len(block.text.split()) <= 12:
            continue  # a label: it lives on as the context of what it introduces
        entries.append(Entry(block.place, block.text, context, table=table))
    return entries


def _context(headings: list[tuple[int, str]], title_level: int, parents: list[tuple[int, str]], cell_title: str) -> str:
    kept = [text for level, text in headings if level != title_level or len(headings) == 1][-2:]
    kept += [cell_title.rstrip(" :\u00a0\u202f"), *(text for _, text in parents[-1:])]
    return CONTEXT_JOINT.join(
        text if len(text) <= CONTEXT_MAX else text[: CONTEXT_MAX - 1] + "…" for text in kept if text
    )
