"""A draft as pandoc's own document tree: nothing that a participant wrote is ever parsed as mark-up.

Styles are those that Word and LibreOffice have under their own names (Titre, Titre 1, Corps de texte, Citation,
Légende…), so that an organisation's reference document dresses the text; the few others are ours, and are added to it.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

from pipeline.contracts.draft import Block, Draft, FigureText, Section, Sentence
from pipeline.contracts.draft_files import FINGERPRINT, fingerprint
from pipeline.language.text.typography import NO_BREAK, THIN
from pipeline.restitution.writers.reading import (
    ANNEXES,
    TITLE,
    FromFile,
    anchor,
    by_place,
    explained,
    field_title,
    header_rows,
    is_long,
    runs,
)

Tree = dict[str, Any]
MOTTO, FIGURE, MARK, FRAME = "Devise", "Figure centrée", "Repère", "Encadré"
FRAMED = "essentiel"
NAMES = {
    "docx": {"quote": "Quote Char", "caption": "caption", "source": "Bibliography"},
    "odt": {"quote": "Citation", "caption": "Caption", "source": "Bibliography 1"},
}
"""The names that Word and LibreOffice give their styles, where they differ."""
IMAGE_WIDTH = "15cm"
"""Of square pictures: the smallest of their words are read at 7 points, and a page holds one under its heading."""


@dataclass(frozen=True)
class Look:
    """What rendering a block asks for: the draft, its images by name, the level of its title, `docx` or `odt`."""

    draft: Draft
    images: dict[str, bytes]
    level: int
    kind: str

    def style(self, name: str) -> str:
        """The name of a style in the word processor of this kind."""
        return NAMES[self.kind][name]


def document(look: Look) -> Tree:
    """Title, header, contents when the document is long, text, annexes."""
    draft, level = look.draft, look.level
    blocks: list[Tree] = [heading(draft.title, level)] if level > 1 else []
    if rows := header_rows(draft):
        blocks.append(_table([], rows, widths=[0.3, 0.7], strong_first=True))
    if is_long(draft):
        blocks.append(contents_block(list(_entries(draft)), look.kind, level))
    blocks.append(heading(field_title(draft), level, key="texte"))
    for section in draft.sections:
        if not section.is_annex:
            blocks += _section(section, look)
    annexes = [block for section in draft.sections if section.is_annex for block in _section(section, look)]
    annexes += _sources(look)
    if annexes:
        blocks += [heading(ANNEXES, level, key="annexes"), *annexes]
    meta: Tree = {
        "lang": {"t": "MetaString", "c": draft.language},
        FINGERPRINT: {"t": "MetaString", "c": fingerprint(draft)},
    }
    if level == 1:
        meta["title"] = {"t": "MetaInlines", "c": [_string(draft.title)]}
    return {"pandoc-api-version": [1, 23, 1], "meta": meta, "blocks": blocks}


def _entries(draft: Draft) -> Iterator[Entry]:
    yield Entry(field_title(draft), 0, "texte")
    for is_annex in (False, True):
        if is_annex and (draft.sources or any(section.is_annex for section in draft.sections)):
            yield Entry(ANNEXES, 0, "annexes")
        yield from (Entry(part.title, 1, part.key) for part in draft.sections if part.is_annex is is_annex)
    if draft.sources:
        yield Entry(TITLE, 1, "sources")


def _section(section: Section, look: Look) -> list[Tree]:
    blocks = [heading(section.title, look.level + 1, section.axis, section.key)]
    for block in section.blocks:
        made = _block(block, look)
        blocks += [_div(FRAME, one) for one in made] if section.key == FRAMED else made
    return blocks


def _block(block: Block, look: Look) -> list[Tree]:
    kind = block.kind
    if kind == "paragraph":
        inlines: list[Tree] = []
        for sentence in block.sentences:
            inlines += ([{"t": "Space"}] if inlines else []) + _inlines(sentence, look)
        return [{"t": "Para", "c": inlines}]
    if kind == "list":
        return [{"t": "BulletList", "c": [[{"t": "Plain", "c": _inlines(s, look)}] for s in block.sentences]}]
    if kind == "heading":
        return [heading(block.value.text, look.level + 1 + block.level, block.value.axis)]
    if kind == "motto":
        return [_styled(MOTTO, _string(block.value.text))]
    return _figure(block.value.figure, look.draft.figure_of(block), look)


def _figure(name: str, figure: FigureText, look: Look) -> list[Tree]:
    """Its image, that holds its title, or its title and its table."""
    if figure.shows == "table":
        return [_styled(look.style("caption"), _string(figure.title)), _table(figure.columns, figure.rows)]
    uri = "data:image/png;base64," + base64.b64encode(look.images[name]).decode()
    image = {"t": "Image", "c": [["", [], [["width", IMAGE_WIDTH]]], [_string(figure.alt)], [uri, ""]]}
    return [_styled(FIGURE, image)]


def _sources(look: Look) -> list[Tree]:
    """What marks stand for: a paragraph a place, each mark where the text leads."""
    if not look.draft.sources:
        return []
    blocks = [heading(TITLE, look.level + 1, key="sources"), {"t": "Para", "c": [_string(explained(look.draft))]}]
    for place, files in by_place(look.draft):
        inlines: list[Tree] = [{"t": "Strong", "c": [_string(f"{place}.")]}]
        for found in files:
            inlines += _from_file(found)
        blocks.append(_styled(look.style("source"), *inlines))
    return blocks


def _from_file(found: FromFile) -> list[Tree]:
    inlines: list[Tree] = [_string(f" {found.file}{NO_BREAK}: ")]
    for rank, source in enumerate(found.sources):
        target = {"t": "Span", "c": [[anchor(source.mark), [], []], [_string(source.mark)]]}
        inlines += [_string(f"{THIN}; ")] if rank else []
        inlines += [target, _string(f"{NO_BREAK}{source.locator}" if source.locator else "")]
    return [*inlines, _string(".")]


def _string(text: str) -> Tree:
    return {"t": "Str", "c": text}


def _inlines(sentence: Sentence, look: Look) -> list[Tree]:
    """A sentence, its quotations in the style of quotations, its marks as links to their sources."""
    out: list[Tree] = []
    for run in runs(sentence, with_marks=True):
        if run.is_mark:
            mark = _span(MARK, _string(run.text))
            out += [_string(run.joint)] * bool(run.joint)
            out.append({"t": "Link", "c": [["", [], []], [mark], [f"#{anchor(run.text)}", ""]]})
        else:
            node = _span(look.style("quote"), _string(run.text)) if run.is_quoted else _string(run.text)
            out.append({"t": "Strong", "c": [node]} if run.strong else node)
    return out


def heading(text: str, level: int, axis: str = "", key: str = "") -> Tree:
    """A title, where `key` leads; in the colour of its axis by a character style, so that it stays a title."""
    inline = _span(f"Axe {axis.capitalize()}", _string(text)) if axis else _string(text)
    return {"t": "Header", "c": [min(level, 6), [key, [], []], [inline]]}


def _span(style: str, *inlines: Tree) -> Tree:
    return {"t": "Span", "c": [["", [], [["custom-style", style]]], list(inlines)]}


def _div(style: str, block: Tree) -> Tree:
    return {"t": "Div", "c": [["", [], [["custom-style", style]]], [block]]}


def _styled(style: str, *inlines: Tree) -> Tree:
    return _div(style, {"t": "Para", "c": list(inlines)})


def _table(
    columns: Sequence[str], rows: Sequence[Sequence[str]], widths: list[float] | None = None, strong_first: bool = False
) -> Tree:
    n = len(rows[0]) if rows else len(columns)
    if widths is None:
        longest = [
            max(16, 1.6 * max(map(len, columns[at].split())) + 6, min(45, max(len(row[at]) for row in rows)) + 6)
            for at in range(n)
        ]
        widths = [round(length / sum(longest), 3) for length in longest]
    attr: list[Any] = ["", [], [["custom-style", "Tableau"]]]
    bare: list[Any] = ["", [], []]

    def cell(text: str, strong: bool) -> list[Any]:
        inline = {"t": "Strong", "c": [_string(text)]} if strong else _string(text)
        return [bare, {"t": "AlignDefault"}, 1, 1, [{"t": "Plain", "c": [inline]}]]

    def row(values: Sequence[str], is_head: bool) -> list[Any]:
        return [bare, [cell(value, is_head or (strong_first and i == 0)) for i, value in enumerate(values)]]

    head = [bare, [row(columns, True)] if columns else []]
    body = [[bare, 0, [], [row(values, False) for values in rows]]]
    shares = [[{"t": "AlignDefault"}, {"t": "ColWidth", "c": width}] for width in widths]
    return {"t": "Table", "c": [attr, [None, []], shares, head, body, [bare, []]]}


CONTENTS_TITLE = "Sommaire"


class Entry(NamedTuple):
    """A part: its title, its depth (0 for the outermost) and the name of its place."""

    title: str
    depth: int
    key: str


def contents_block(entries: Sequence[Entry], kind: str, level: int) -> dict[str, Any]:
    """The contents, a true field of Word or a true index of LibreOffice, filled with links: a raw block of the tree.

    Page numbers come when the author updates them (F9): no program knows the pages of another.

    Parameters
    ----------
    kind : of mark-up, `docx` or `odt`.
    level : that of depth 0.
    """
    if kind == "docx":
        return {"t": "RawBlock", "c": ["openxml", _field(entries, level)]}
    return {"t": "RawBlock", "c": ["opendocument", _index(entries, level)]}


def _field(entries: Sequence[Entry], level: int) -> str:
    start = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> TOC \\o "{level}-{level + 1}" \\h \\z \\u </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    lines = [
        f'<w:p><w:pPr><w:pStyle w:val="TOC{level + entry.depth}"/></w:pPr>{start if not rank else ""}'
        f'<w:hyperlink w:anchor="{entry.key}" w:history="1"><w:r><w:t>{escape(entry.title)}</w:t></w:r></w:hyperlink>'
        f"{end if rank == len(entries) - 1 else ''}</w:p>"
        for rank, entry in enumerate(entries)
    ]
    return (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/></w:docPartObj>'
        '</w:sdtPr><w:sdtContent><w:p><w:pPr><w:pStyle w:val="TOCHeading"/></w:pPr>'
        f"<w:r><w:t>{CONTENTS_TITLE}</w:t></w:r></w:p>"
        f"{''.join(lines)}</w:sdtContent></w:sdt>"
    )


def _index(entries: Sequence[Entry], level: int) -> str:
    templates = "".join(
        f'<text:table-of-content-entry-template text:outline-level="{depth}" text:style-name="Contents_20_{depth}">'
        "<text:index-entry-link-start/><text:index-entry-text/>"
        '<text:index-entry-tab-stop style:type="right" style:leader-char="."/><text:index-entry-page-number/>'
        "<text:index-entry-link-end/></text:table-of-content-entry-template>"
        for depth in range(1, level + 2)
    )
    link = 'text:style-name="Index_20_Link" text:visited-style-name="Index_20_Link"'
    lines = "".join(
        f'<text:p text:style-name="Contents_20_{level + entry.depth}">'
        f'<text:a xlink:type="simple" xlink:href="#{entry.key}" {link}>{escape(entry.title)}</text:a></text:p>'
        for entry in entries
    )
    title = f'<text:p text:style-name="Contents_20_Heading">{CONTENTS_TITLE}</text:p>'
    return (
        f'<text:table-of-content text:name="{CONTENTS_TITLE}" text:protected="false">'
        f'<text:table-of-content-source text:outline-level="{level + 1}"><text:index-title-template '
        f'text:style-name="Contents_20_Heading">{CONTENTS_TITLE}</text:index-title-template>{templates}'
        f'</text:table-of-content-source><text:index-body><text:index-title text:name="{CONTENTS_TITLE}_Head">{title}'
        f"</text:index-title>{lines}</text:index-body></text:table-of-content>"
    )
