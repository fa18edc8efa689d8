"""A pdf with a text layer → blocks: lines in reading order, those set larger or bold are headings."""

from __future__ import annotations

import logging
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import RefusedFileError
from pipeline.ingest.formats.documents.blocks import Block, blocks_of_text
from pipeline.tables.decoding import sound

_PAGES_MAX = 2000
_LARGER = 1.12
_HEADING_WORDS_MAX = 14


@dataclass(slots=True)
class _Line:
    """A line of a page: its text, the size of its letters in points, whether all are bold."""

    text: str
    size: float
    is_bold: bool


def read_pages(path: Path, source: str) -> list[list[_Line]]:
    """The lines of each page.

    Raises
    ------
    RefusedFileError : protected, damaged, or without a text layer.
    """
    import pypdf

    logging.getLogger("pypdf").setLevel(logging.ERROR)
    try:
        reader = pypdf.PdfReader(str(path))
        if reader.is_encrypted and not reader.decrypt(""):
            raise RefusedFileError(source, "le PDF est protégé par un mot de passe", "Enregistrez-le sans protection.")
        pages = [_lines(page) for page in reader.pages[:_PAGES_MAX]]
    except (pypdf.errors.PyPdfError, ValueError, KeyError, TypeError, RecursionError, OSError, AttributeError) as error:
        raise RefusedFileError(
            source, "le PDF est abîmé", "Exportez-le à nouveau, ou donnez le document d'origine."
        ) from error
    if sum(len(line.text.split()) for page in pages for line in page) < 3:
        raise RefusedFileError(
            source,
            "le PDF ne contient pas de texte (pages numérisées ou images)",
            "Passez-le par une reconnaissance de caractères, ou saisissez les paroles dans un tableau.",
        )
    return pages


def _lines(page: Any) -> list[_Line]:
    """The text of a page by lines; the face of a line is that of the pieces it is made of, matched in order."""
    faces: list[tuple[str, float, bool]] = []

    def note_face(text: str, _cm: Any, matrix: Any, font: Any, size: float) -> None:
        bare = "".join(sound(text).split())
        if bare:
            scale = abs(float(matrix[3]) or float(matrix[0])) or 1.0
            name = str((font or {}).get("/BaseFont", ""))
            faces.append((bare, round(size * scale, 1), "bold" in name.lower() or "black" in name.lower()))

    text = sound(page.extract_text(visitor_text=note_face) or "")
    lines: list[_Line] = []
    at = 0
    for raw in text.split("\n"):
        bare, met = "".join(raw.split()), []
        while at < len(faces) and bare and faces[at][0] in bare:
            met.append(faces[at])
            at += 1
        letters = [face for face in met if any(c.isalnum() for c in face[0])]
        size = max((face[1] for face in letters), default=0.0)
        lines.append(_Line(raw, size, bool(letters) and all(face[2] for face in letters)))
    return lines


def pdf_blocks(pages: list[list[_Line]]) -> list[Block]:
    """Headings and what stands under them, page by page."""
    weights: Counter[float] = Counter()
    for page in pages:
        for line in page:
            weights[line.size] += len(line.text)
    body = max(weights, key=lambda size: (weights[size], size))
    sizes = sorted({line.size for page in pages for line in page if line.size > _LARGER * body}, reverse=True)
    is_bold_rare = sum(len(line.text) for page in pages for line in page if line.is_bold) < 0.3 * sum(weights.values())
    blocks: list[Block] = []
    for number, page in enumerate(pages, start=1):
        pending: list[str] = []
        for at, line in enumerate(page, start=1):
            level = _heading_level(line, sizes, is_bold_rare)
            if not level:
                pending.append(line.text)
                continue
            blocks += _placed(pending, number, at)
            pending = []
            blocks.append(Block("heading", level, line.text.strip(), f"page {number}, ligne {at}"))
        blocks += _placed(pending, number, len(page) + 1)
    return blocks


def _heading_level(line: _Line, sizes: list[float], is_bold_rare: bool) -> int:
    text = line.text.strip()
    if not text or len(text.split()) > _HEADING_WORDS_MAX or not any(c.isalpha() for c in text):
        return 0
    if line.size in sizes:
        return 1 + sizes.index(line.size)
    is_title = line.is_bold and is_bold_rare and text[-1] not in ".!…;,"
    return 1 + len(sizes) if is_title else 0


def _placed(lines: list[str], page: int, end: int) -> list[Block]:
    """The blocks of consecutive lines of a page, `end` being the line after them."""
    blocks = blocks_of_text("\n".join(lines), False)
    for block in blocks:
        line = int(block.place.removeprefix("ligne ")) + end - len(lines) - 1
        block.place = f"page {page}, ligne {line}"
    return blocks
