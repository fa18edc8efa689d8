"""A docx or an odt as paragraphs of text, tracked changes accepted, without the marks of sources and the contents."""

from __future__ import annotations

import re
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.contracts.draft_files import FINGERPRINT
from pipeline.contracts.numbers import whole_number
from pipeline.errors import BROKEN_ARCHIVE, RefusedFileError

ADVICE = "Donnez le document écrit par Rosace, corrigé et enregistré en .docx ou en .odt."
_MEMBER_MAX = 64 << 20
"""Bytes of a part of the archive once inflated: a document of a thousand pages has a tenth of it."""
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
_HREF = "{http://www.w3.org/1999/xlink}href"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_ANCHOR = "source-"
"""What the links of the marks lead to begins with it."""
_CONTENTS = re.compile(r"^(?:toc|contents|tabledesmati)", re.IGNORECASE)
_SKIPPED = frozenset(
    (f"{_TEXT}table-of-content", f"{_TEXT}tracked-changes", f"{_TEXT}note", f"{_OFFICE}annotation", f"{_DRAW}frame")
)


@dataclass(frozen=True)
class Paragraph:
    """The text of a paragraph; those of tables stand apart."""

    text: str
    is_in_table: bool = False


@dataclass(frozen=True)
class OfficeText:
    """A document as it is read.

    Attributes
    ----------
    fingerprint : that of the draft that it was written from, "" when the document does not say it any more.
    """

    paragraphs: tuple[Paragraph, ...]
    fingerprint: str


def read_office(path: Path) -> OfficeText:
    """The paragraphs of a docx or an odt, insertions in, deletions out.

    Raises
    ------
    RefusedFileError : it is neither, or it is broken.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            if "word/document.xml" in names:
                properties = archive_part(archive, "docProps/custom.xml") if "docProps/custom.xml" in names else None
                return _read(_of_word(archive_part(archive, "word/document.xml")), properties, "name")
            if "content.xml" in names:
                properties = archive_part(archive, "meta.xml") if "meta.xml" in names else None
                return _read(_of_libre_office(archive_part(archive, "content.xml")), properties, f"{_META}name")
    except BROKEN_ARCHIVE as error:
        raise RefusedFileError(path.name, "ce document est abîmé", ADVICE) from error
    raise RefusedFileError(path.name, "ce n'est pas un document Word ni LibreOffice", ADVICE)


def archive_part(archive: zipfile.ZipFile, name: str) -> Any:
    """A part of an archive as a tree, bounded; entities and the network are left alone."""
    from lxml import etree

    if archive.getinfo(name).file_size > _MEMBER_MAX:
        raise ValueError(name)
    with archive.open(name) as member:
        content = member.read(_MEMBER_MAX + 1)
    if len(content) > _MEMBER_MAX:
        raise ValueError(name)
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))


def _read(paragraphs: Iterator[Paragraph], properties: Any, name: str) -> OfficeText:
    entry = (
        next((one for one in properties.iter() if one.get(name) == FINGERPRINT), None)
        if properties is not None
        else None
    )
    fingerprint = "".join(entry.itertext()).strip() if entry is not None else ""
    return OfficeText(tuple(one for one in paragraphs if one.text.strip()), fingerprint)


# Word ----------------------------------------------------------------------------------------------------------


def _of_word(tree: Any) -> Iterator[Paragraph]:
    before = ""
    for element in tree.iter(f"{_W}p"):
        if next(element.iterancestors(_FALLBACK), None) is not None or _is_contents(element):
            continue
        before += _words_of_word(element)
        if element.find(f"{_W}pPr/{_W}rPr/{_W}del") is None:  # a deleted mark joins two paragraphs
            yield Paragraph(unicodedata.normalize("NFC", before), _is_within(element, f"{_W}tc"))
            before = ""
    yield Paragraph(before)


def _is_contents(element: Any) -> bool:
    style = element.find(f"{_W}pPr/{_W}pStyle")
    return style is not None and bool(_CONTENTS.match(style.get(f"{_W}val") or ""))


def _is_within(element: Any, tag: str) -> bool:
    return next(element.iterancestors(tag), None) is not None


def _words_of_word(paragraph: Any) -> str:
    parts = []
    for node in paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br", f"{_W}cr", f"{_W}noBreakHyphen"):
        if next(node.iterancestors(f"{_W}p")) is not paragraph or _is_within(node, f"{_W}tabs"):
            continue
        if _is_within(node, f"{_W}del") or _is_within(node, f"{_W}moveFrom"):
            continue
        if any((link.get(f"{_W}anchor") or "").startswith(_ANCHOR) for link in node.iterancestors(f"{_W}hyperlink")):
            continue
        name = node.tag[len(_W) :]
        parts.append({"t": node.text or "", "noBreakHyphen": "-"}.get(name, " "))
    return "".join(parts)


# LibreOffice ---------------------------------------------------------------------------------------------------


def _of_libre_office(tree: Any) -> Iterator[Paragraph]:
    body = tree.find(f"{_OFFICE}body/{_OFFICE}text")
    for element in body.iter(f"{_TEXT}p", f"{_TEXT}h") if body is not None else ():
        if any(ancestor.tag in _SKIPPED for ancestor in element.iterancestors()):
            continue
        yield Paragraph(unicodedata.normalize("NFC", _words_of(element)), _is_within(element, f"{_TABLE}table-cell"))


def _words_of(element: Any) -> str:
    """The text of an element and of what it holds, in order."""
    parts = [element.text or ""]
    for child in element:
        if not isinstance(child.tag, str) or child.tag in _SKIPPED:
            pass
        elif child.tag == f"{_TEXT}s":
            parts.append(" " * min(100, whole_number(child.get(f"{_TEXT}c") or "1") or 1))
        elif child.tag in (f"{_TEXT}tab", f"{_TEXT}line-break"):
            parts.append(" ")
        elif not (child.tag == f"{_TEXT}a" and (child.get(_HREF) or "").startswith(f"#{_ANCHOR}")):
            parts.append(_words_of(child))
        parts.append(child.tail or "")
    return "".join(parts)
