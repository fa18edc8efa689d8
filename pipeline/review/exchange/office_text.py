"""A docx or an odt as paragraphs of text, tracked changes accepted, without the marks of sources and the contents."""

from __future__ import annotations

import html
import json
import re
import subprocess
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.contracts.draft_files import FINGERPRINT
from pipeline.errors import BROKEN_ARCHIVE, RefusedFileError

ADVICE = "Donnez le document écrit par Rosace, corrigé et enregistré en .docx ou en .odt."
_KINDS = {"word/document.xml": ("docx+styles", "docProps/custom.xml"), "content.xml": ("odt", "meta.xml")}
"""The part that tells what a document is → its kind, and the part that holds its properties."""
_PART_MAX, _TIMEOUT_S = 64 << 20, 60
"""Bytes of a part of the archive once inflated, and seconds: a document of a thousand pages has a tenth of them."""
_PROPERTY = re.compile(rf'name="{FINGERPRINT}"[^>]*>(?:\s*<[^>]*>)*([^<]*)<')
_ANCHOR = "#source-"
"""What the links of the marks lead to begins with it."""
_MARK = "\ue000"
"""Stands for the mark of a source while a paragraph is read; the spaces before it go with it."""
_MARKS = re.compile(rf"\s*{_MARK}")
_BREAKS = frozenset(("Space", "SoftBreak", "LineBreak"))
_SKIPPED = frozenset(("Note", "Image"))
_TEXTS = frozenset(("Para", "Plain", "Header", "MetaInlines"))
_STYLE = "custom-style"
_CONTENTS = re.compile(r"toc\b|contents|table des mati", re.IGNORECASE)
"""How the styles of a table of contents are named."""


@dataclass(frozen=True)
class Paragraph:
    """The text of a paragraph; those of tables stand apart, and headings are told by their style."""

    text: str
    is_in_table: bool = False
    is_heading: bool = False


@dataclass(frozen=True)
class OfficeText:
    """A document as it is read.

    `fingerprint` : that of the draft that it was written from, "" when the document does not say it any more.
    """

    paragraphs: tuple[Paragraph, ...]
    fingerprint: str


def read_office(path: Path) -> OfficeText:
    """The paragraphs of a docx or an odt, insertions in, deletions out; through pandoc in its sandbox, with bounded
    memory and time.

    Raises RefusedFileError: it is neither, or it is broken.
    """
    import pypandoc

    try:
        with zipfile.ZipFile(path) as archive:
            sizes = {one.filename: one.file_size for one in archive.infolist()}
            known = next((_KINDS[name] for name in _KINDS if name in sizes), None)
            if known is None:
                raise RefusedFileError(path.name, "ce n'est pas un document Word ni LibreOffice", ADVICE)
            kind, properties = known
            if max(sizes.values()) > _PART_MAX:
                raise ValueError(path.name)
            told = archive.read(properties).decode("utf-8", "replace") if properties in sizes else ""
        command = [pypandoc.get_pandoc_path(), "+RTS", "-M768M", "-RTS", "--sandbox", "--track-changes=accept"]
        command += ["-f", kind, "-t", "json", str(path)]
        done = subprocess.run(command, capture_output=True, timeout=_TIMEOUT_S, check=True)
        tree = json.loads(done.stdout)
        found = _paragraphs([*tree["meta"].values(), *tree["blocks"]])  # a title is no block of pandoc's
        paragraphs = tuple(one for one in found if one.text.strip())
    except (*BROKEN_ARCHIVE, subprocess.SubprocessError) as error:
        raise RefusedFileError(path.name, "ce document est abîmé", ADVICE) from error
    mark = _PROPERTY.search(told)
    return OfficeText(paragraphs, html.unescape(mark[1]).strip() if mark else "")


def _paragraphs(node: Any, is_in_table: bool = False) -> Iterator[Paragraph]:
    if isinstance(node, list):
        for inner in node:
            yield from _paragraphs(inner, is_in_table)
    elif isinstance(node, dict) and node.get("t") in _TEXTS:
        is_heading = node["t"] == "Header"
        text = _MARKS.sub("", "".join(_words(node["c"][2] if is_heading else node["c"])))
        yield Paragraph(unicodedata.normalize("NFC", text), is_in_table, is_heading)
    elif isinstance(node, dict) and not (
        node.get("t") == "Div" and _CONTENTS.match(dict(node["c"][0][2]).get(_STYLE, ""))
    ):
        yield from _paragraphs(node.get("c"), is_in_table or node.get("t") == "Table")


def _words(node: Any) -> Iterator[str]:
    if isinstance(node, list):
        for inner in node:
            yield from _words(inner)
    elif isinstance(node, dict) and node.get("t") in _BREAKS:
        yield " "
    elif isinstance(node, dict) and node.get("t") in ("Str", "Code"):
        yield node["c"] if node["t"] == "Str" else node["c"][1]
    elif isinstance(node, dict) and node.get("t") == "Link" and node["c"][2][0].startswith(_ANCHOR):
        yield _MARK
    elif isinstance(node, dict) and node.get("t") not in _SKIPPED:
        yield from _words(node.get("c"))
