"""The contents of a long document: a true field of Word, a true index of LibreOffice, both filled with links.

Their page numbers come when the author updates them (F9): no program knows the pages of another.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

TITLE = "Sommaire"


class Entry(NamedTuple):
    """A part: its title, its depth (0 for the outermost) and the name of its place."""

    title: str
    depth: int
    key: str


def contents_block(entries: Sequence[Entry], kind: str, level: int) -> dict[str, Any]:
    """A raw block of pandoc's tree, in the mark-up of `kind` (`docx` or `odt`); `level` is that of depth 0."""
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
        f'</w:sdtPr><w:sdtContent><w:p><w:pPr><w:pStyle w:val="TOCHeading"/></w:pPr><w:r><w:t>{TITLE}</w:t></w:r></w:p>'
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
    title = f'<text:p text:style-name="Contents_20_Heading">{TITLE}</text:p>'
    return (
        f'<text:table-of-content text:name="{TITLE}" text:protected="false">'
        f'<text:table-of-content-source text:outline-level="{level + 1}"><text:index-title-template '
        f'text:style-name="Contents_20_Heading">{TITLE}</text:index-title-template>{templates}'
        f'</text:table-of-content-source><text:index-body><text:index-title text:name="{TITLE}_Head">{title}'
        f"</text:index-title>{lines}</text:index-body></text:table-of-content>"
    )
