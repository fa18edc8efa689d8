"""Documents → entries: txt, md, docx, odt, html, pdf with a text layer, Etherpad."""

import io
import logging
import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from pipeline.contracts.numbers import whole_number
from pipeline.errors import BROKEN_ARCHIVE, RefusedFileError
from pipeline.ingest.agreements import tell_answers
from pipeline.ingest.formats.blocks import Block, blocks_of_text, may_head, promote, take_struck, vote_blocks
from pipeline.ingest.formats.minutes import read_minutes
from pipeline.ingest.formats.records import Reading
from pipeline.ingest.formats.transcripts import read_timed_turns
from pipeline.ingest.votes import votes_of_table
from pipeline.ingest.workshop import FileOverride
from pipeline.tables.columns import is_usual_title, matches_alias
from pipeline.tables.reading import read_text, sound

_NO_TEXT = "Vérifiez que c'est le bon fichier."


def _reading(
    kind: str, blocks: list[Block], source: str, told: FileOverride | None, lines: list[str] | None = None
) -> Reading:
    headings = {block.text: block.level for block in blocks if block.kind == "heading"}
    reading = read_timed_turns(lines if lines is not None else [block.text for block in blocks], headings)
    if reading is not None:
        reading.format = f"transcription ({kind})"
    else:
        reading = read_minutes(kind, blocks, told)
        if not reading.entries and not (told and told.pas_une_parole):  # what a person set aside is no refusal
            raise RefusedFileError(source, "le document ne contient pas de texte", _NO_TEXT)
    tell_answers(list(reading.entries), source)
    return reading


def read_note(path: Path, source: str, told: FileOverride | None, is_markdown: bool) -> Reading:
    """A txt or md note, or a transcript written as text."""
    text = read_text(path, source)
    kind = "note Markdown" if is_markdown else "texte"
    return _reading(kind, blocks_of_text(text, is_markdown), source, told, text.split("\n"))


# Etherpad ----------------------------------------------------------------------------------------------------------


def read_pad(content: dict[str, Any], source: str, told: FileOverride | None) -> Reading:
    """An Etherpad export: the text of the pad; its chat, its earlier versions and its authors stay out."""
    pads = [pad for key, pad in sorted(content.items()) if key.startswith("pad:") and key.count(":") == 1]
    atexts = [pad.get("atext") for pad in pads if isinstance(pad, dict)]
    texts = [one["text"] for one in atexts if isinstance(one, dict) and isinstance(one.get("text"), str)]
    blocks = blocks_of_text("\n".join(texts).replace("\n*", "\n* "), False)
    if not blocks:
        raise RefusedFileError(source, "le pad ne contient pas de texte", _NO_TEXT)
    return _reading("pad Etherpad", blocks, source, told)


# pdf ---------------------------------------------------------------------------------------------------------------

_PAGES_MAX = 2000
_LARGER = 1.12
_HEADING_WORDS_MAX = 14


def read_pdf(path: Path, source: str, told: FileOverride | None) -> Reading:
    """A pdf that holds text; a scanned one is refused with what to do."""
    pages = read_pages(path, source)
    reading = _reading("PDF", pdf_blocks(pages), source, told, [line.text for page in pages for line in page])
    reading.notes.append("l'ordre des lignes et des colonnes est à vérifier")
    return reading


@dataclass(slots=True)
class _Line:
    """A line of a page: its text, the size of its letters in points, whether all are bold."""

    text: str
    size: float
    is_bold: bool


def read_pages(path: Path, source: str) -> list[list[_Line]]:
    """The lines of each page. Raises RefusedFileError: protected, damaged, or without a text layer."""
    import pypdf

    logging.getLogger("pypdf").setLevel(logging.ERROR)
    try:
        reader = pypdf.PdfReader(str(path))
        if reader.is_encrypted and not reader.decrypt(""):
            raise RefusedFileError(source, "le PDF est protégé par un mot de passe", "Enregistrez-le sans protection.")
        if len(reader.pages) > _PAGES_MAX:
            raise RefusedFileError(source, f"le PDF a plus de {_PAGES_MAX} pages", "Coupez-le en plusieurs fichiers.")
        pages = [_lines(page) for page in reader.pages]
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
    is_title = line.is_bold and is_bold_rare and may_head(text, _HEADING_WORDS_MAX)
    return 1 + len(sizes) if is_title else 0


def _placed(lines: list[str], page: int, end: int) -> list[Block]:
    """The blocks of consecutive lines of a page, `end` being the line after them."""
    blocks = blocks_of_text("\n".join(lines), False)
    for block in blocks:
        line = int(block.place.removeprefix("ligne ")) + end - len(lines) - 1
        block.place = f"page {page}, ligne {line}"
    return blocks


# docx --------------------------------------------------------------------------------------------------------------

_LEVELS_MAX = 9
"""Levels of a list in Word."""
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


def read_docx(path: Path, source: str, told: FileOverride | None) -> Reading:
    """A Word document: headings, lists, paragraphs, tables, text boxes; accepted insertions in, deletions out."""
    advice = "Ouvrez-le dans Word ou LibreOffice et enregistrez-le en .docx."
    blocks = _docx_blocks(path.read_bytes(), RefusedFileError(source, "ce n'est pas un document Word lisible", advice))
    marked = (block.raw if block.raw.startswith("**") else block.text for block in blocks)
    lines = [line for text in marked for line in text.split("\n")]
    return _reading("document Word", blocks, source, told, lines)


def _docx_blocks(content: bytes, refusal: RefusedFileError) -> list[Block]:
    import docx

    try:
        return [block for block in _blocks_of(docx.Document(io.BytesIO(content))) if block.text]
    except BROKEN_ARCHIVE as error:
        raise refusal from error


def _blocks_of(document: Any) -> Iterator[Block]:
    styles = {style.style_id: (style.name or "").lower() for style in document.styles}
    titles, votes = _docx_tables(document)
    number = 0
    for element in document.element.body.iter(f"{_W}p"):
        if any(True for _ in element.iterancestors(_FALLBACK)):
            continue
        number += 1
        cell = next(element.iterancestors(f"{_W}tc"), None)
        title = titles.get(cell, "")
        for rows in [votes.pop(cell)] if cell in votes else ():
            yield from vote_blocks(rows, [f"paragraphe {number}"] * len(rows))
        text = _docx_text(element).strip()
        if title is None:
            continue
        kind, level = _standing(element, styles)
        place = f"paragraphe {number}"
        if kind != "paragraph":
            yield take_struck(Block(kind, level, text, place, title))
        else:  # a paragraph typed by hand may hold bullets and line breaks of its own
            for rank, block in enumerate(blocks_of_text(text, False), start=1):
                block.place, block.title = place if rank == 1 else f"{place}, partie {rank}", title
                bold = _docx_bold_lead(element) if rank == 1 else ""
                if bold and block.text.startswith(bold):
                    block.raw = f"**{bold}**{block.text[len(bold) :]}"
                elif rank == 1:
                    block.raw = block.text
                yield block


def _standing(paragraph: Any, styles: dict[str, str]) -> tuple[str, int]:
    node = paragraph.find(f"{_W}pPr/{_W}pStyle")
    style = styles.get(node.get(f"{_W}val"), "") if node is not None else ""
    digit = next((c for c in style if c.isdecimal()), "")
    numbering = paragraph.find(f"{_W}pPr/{_W}numPr/{_W}ilvl")
    if style.startswith(("heading", "titre", "title")):
        return "heading", 1 + int(digit or 0)
    if numbering is not None:
        return "bullet", 1 + (whole_number(numbering.get(f"{_W}val") or "", _LEVELS_MAX) or 0)
    return ("bullet", int(digit or 1)) if style.startswith("list") or style == "definition" else ("paragraph", 1)


_MARKS = " \t-–—•*>"


def _docx_bold_lead(paragraph: Any) -> str:
    """The words in bold at the head of a paragraph, "" for none."""
    parts: list[str] = []
    for run in paragraph.iter(f"{_W}r"):
        text = "".join(node.text or "" for node in run.iter(f"{_W}t"))
        if not parts and not text.strip(_MARKS):
            continue  # « - » typed before the name
        if text and not _is_marked(run, "b"):
            break
        parts.append(text)
    return "".join(parts).strip()


def _docx_tables(document: Any) -> tuple[dict[Any, str | None], dict[Any, list[list[str]]]]:
    """Cell of a table → the title that it stands under, None for a cell that is itself a title, and for those of tables
    of votes; the first cell of each of these → its rows."""
    titles, votes = dict[Any, str | None](), dict[Any, list[list[str]]]()
    for table in document.element.body.iter(f"{_W}tbl"):
        rows = [row.findall(f"{_W}tc") for row in table.findall(f"{_W}tr")]
        texts = [["\n".join(_docx_text(p) for p in cell.iter(f"{_W}p")).strip() for cell in row] for row in rows]
        first = table.find(f"{_W}tr/{_W}trPr/{_W}tblHeader")
        is_marked = first is not None and first.getparent().getparent() is table.find(f"{_W}tr")
        for row, told in zip(rows, cell_titles(texts, is_marked), strict=True):
            titles |= dict(zip(row, told, strict=True))
        if rows and rows[0] and votes_of_table(texts):
            votes[rows[0][0]] = texts
            titles |= {cell: None for row in rows for cell in row}
    return titles, votes


def _docx_text(paragraph: Any) -> str:
    """The text of a paragraph, what is struck between `~~`."""
    parts: list[tuple[bool, str]] = []
    for node in paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br", f"{_W}cr", f"{_W}noBreakHyphen"):
        owner = next(node.iterancestors(f"{_W}p"))
        if owner is not paragraph or any(True for _ in node.iterancestors(f"{_W}del", f"{_W}moveFrom", f"{_W}tabs")):
            continue
        name = node.tag[len(_W) :]
        told = {"t": node.text or "", "tab": "\t", "noBreakHyphen": "\u2011"}.get(name, "\n")
        parts.append((_is_marked(node.getparent(), "strike", "dstrike"), told))
    runs = ((is_struck, "".join(told for _, told in run)) for is_struck, run in groupby(parts, lambda part: part[0]))
    return "".join(_WORDS.sub(r"~~\g<0>~~", told) if is_struck else told for is_struck, told in runs)


_WORDS = re.compile(r"\S(?:[^\n]*\S)?")


def _is_marked(run: Any, *names: str) -> bool:
    """Whether the words of a run have one of these marks: `b`, `strike`."""
    marks = (run.find(f"{_W}rPr/{_W}{name}") for name in names)
    return any(mark is not None and mark.get(f"{_W}val") not in ("0", "false") for mark in marks)


# odt, html ---------------------------------------------------------------------------------------------------------

_PANDOC_TIMEOUT_S = 60
_FILTER = Path(__file__).parent / "data" / "words_alone.lua"


def read_with_pandoc(path: Path, source: str, told: FileOverride | None, form: str) -> Reading:
    """An odt or html document, read as the Word one that pandoc makes of it, sandboxed, in bounded memory and time."""
    import pypandoc

    command = [pypandoc.get_pandoc_path(), "+RTS", "-M768M", "-RTS", "--sandbox", f"--lua-filter={_FILTER}"]
    command += ["-f", form, "-t", "docx", "-o", "-", str(path)]
    advice = "Ouvrez-le et enregistrez-le à nouveau, par exemple en .docx."
    refusal = RefusedFileError(source, "le document est abîmé ou démesuré", advice)
    try:
        done = subprocess.run(command, capture_output=True, timeout=_PANDOC_TIMEOUT_S, check=True)
    except subprocess.SubprocessError as error:
        raise refusal from error
    blocks = _docx_blocks(done.stdout, refusal)
    if form == "html":
        promote(blocks)  # pads write their headings as plain lines
    title = blocks[0].text if [block.kind for block in blocks[:2]] == ["paragraph", "heading"] else ""
    if may_head(title):
        blocks[0].kind, blocks[0].level = "heading", 0  # the style « Titre », which pandoc takes for a paragraph
    return _reading("document OpenDocument" if form == "odt" else "page HTML", blocks, source, told)


# titles in the tables of documents ---------------------------------------------------------------------------------

_TITLE_WORDS_MAX = 10
_ROLES = ("texte", "contexte", "table", "votes", "date")


def cell_titles(cells: list[list[str]], is_marked: bool = False) -> list[list[str | None]]:
    """The title that each cell of a table of a document stands under or beside, "" for none, None when it is a title.

    `is_marked` : the document says that its first row is one of titles. Otherwise words that everybody uses as titles,
    or questions, are needed in every cell of the row (of the column): a post-it in a first row stays a post-it.
    """
    above: list[str] = []
    beside: list[str] = []
    if len(cells) > 1 and min(map(len, cells)) > 1:
        above = cells[0] if _are_titles(cells[0], is_marked) else []
        first_column = [row[0] for row in cells]
        beside = first_column if not above and _are_titles(first_column, False) else []

    def title(at: int, n: int) -> str | None:
        if (above and at == 0) or (beside and n == 0):
            return None
        return above[n] if n < len(above) else beside[at] if beside else ""

    return [[title(at, n) for n in range(len(row))] for at, row in enumerate(cells)]


def _are_titles(cells: list[str], is_marked: bool) -> bool:
    """Whether these cells are all titles; the corner alone may be blank."""
    told = [cell for at, cell in enumerate(cells) if at or cell]
    if not told or not all(told) or len(set(told)) < len(told):
        return False
    if is_marked:
        return all(len(cell.split()) <= _TITLE_WORDS_MAX for cell in told)
    return all(
        cell.endswith("?") or is_usual_title(cell) or any(matches_alias(cell, role) for role in _ROLES) for cell in told
    )
