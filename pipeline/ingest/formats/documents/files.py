"""Documents → entries: txt, md, docx, odt, html, pdf with a text layer, Etherpad."""

from __future__ import annotations

import json
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipeline.errors import RefusedFileError
from pipeline.ingest.formats.documents.blocks import Block, blocks_of_text, promote
from pipeline.ingest.formats.documents.minutes import read_minutes
from pipeline.ingest.formats.documents.note_tables import titles_of
from pipeline.ingest.formats.documents.pads import pad_blocks
from pipeline.ingest.formats.documents.pdf import pdf_blocks, read_pages
from pipeline.ingest.formats.records import Reading
from pipeline.ingest.formats.speech.transcripts import read_turns
from pipeline.tables.decoding import read_text

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_PANDOC_TIMEOUT_S = 60
_NO_TEXT = "Vérifiez que c'est le bon fichier."


def _reading(kind: str, blocks: list[Block], source: str, lines: list[str] | None = None) -> Reading:
    headings = {block.text: block.level for block in blocks if block.kind == "heading"}
    transcript = read_turns(lines if lines is not None else [block.text for block in blocks], headings)
    if transcript is not None:
        transcript.format = f"transcription ({kind})"
        return transcript
    reading = read_minutes(kind, blocks)
    if not reading.entries:
        raise RefusedFileError(source, "le document ne contient pas de texte", _NO_TEXT)
    return reading


def read_note(path: Path, source: str, is_markdown: bool) -> Reading:
    """A txt or md note, or a transcript written as text."""
    text = read_text(path, source)
    kind = "note Markdown" if is_markdown else "texte"
    return _reading(kind, blocks_of_text(text, is_markdown), source, text.split("\n"))


def read_pad(content: Any, source: str) -> Reading:
    """An Etherpad export: the text of the pad, and its authors where it is in everybody's hand; the chat stays out."""
    blocks, is_by_all = pad_blocks(content)
    if not blocks:
        raise RefusedFileError(source, "le pad ne contient pas de texte", _NO_TEXT)
    reading = _reading("pad Etherpad", blocks, source)
    if is_by_all:
        reading.provenance = "ecrit"
        reading.notes.append("écrit à plusieurs mains, chaque ligne par qui l'a tapée")
    return reading


# docx ----------------------------------------------------------------------------------------------------------


def read_docx(path: Path, source: str) -> Reading:
    """A Word document: headings, lists, paragraphs, tables, text boxes; accepted insertions in, deletions out."""
    import docx

    try:
        document = docx.Document(str(path))
        blocks = [block for block in _docx_blocks(document) if block.text]
    except (KeyError, ValueError, zipfile.BadZipFile, OSError, SyntaxError) as error:
        raise RefusedFileError(
            source,
            "ce n'est pas un document Word lisible",
            "Ouvrez-le dans Word ou LibreOffice et enregistrez-le en .docx.",
        ) from error
    return _reading("document Word", blocks, source, [line for block in blocks for line in block.text.split("\n")])


def _docx_blocks(document: Any) -> Iterator[Block]:
    styles = {style.style_id: (style.name or "").lower() for style in document.styles}
    titles = _docx_titles(document)
    number = 0
    for element in document.element.body.iter(f"{_W}p"):
        if any(True for _ in element.iterancestors(_FALLBACK)):
            continue
        number += 1
        title = titles.get(_cell_around(element), "")
        text = _docx_text(element).strip()
        if title is None:
            continue
        style_node = element.find(f"{_W}pPr/{_W}pStyle")
        style = styles.get(style_node.get(f"{_W}val"), "") if style_node is not None else ""
        place = f"paragraphe {number}"
        if style.startswith(("heading", "titre", "title")):
            digits = "".join(c for c in style if c.isdigit())
            yield Block("heading", 1 + int(digits[:1] or 0), text, place, title)
            continue
        numbering = element.find(f"{_W}pPr/{_W}numPr/{_W}ilvl")
        if numbering is not None or style.startswith("list"):
            digits = "".join(c for c in style if c.isdigit())
            depth = int(numbering.get(f"{_W}val") or 0) if numbering is not None else int(digits[:1] or 1) - 1
            yield Block("bullet", 1 + depth, text, place, title)
            continue
        yield from _typed_blocks(text, place, title)


def _typed_blocks(text: str, place: str, title: str) -> Iterator[Block]:
    """A paragraph typed by hand may hold bullets and line breaks of its own."""
    for rank, block in enumerate(blocks_of_text(text, False), start=1):
        block.place = place if rank == 1 else f"{place}, partie {rank}"
        block.title = title
        yield block


def _docx_titles(document: Any) -> dict[Any, str | None]:
    """Cell of a table → the title that it stands under, None for a cell that is itself a title."""
    titles: dict[Any, str | None] = {}
    for table in document.element.body.iter(f"{_W}tbl"):
        rows = [row.findall(f"{_W}tc") for row in table.findall(f"{_W}tr")]
        texts = [["\n".join(_docx_text(p) for p in cell.iter(f"{_W}p")).strip() for cell in row] for row in rows]
        first = table.find(f"{_W}tr/{_W}trPr/{_W}tblHeader")
        found = titles_of(texts, first is not None and first.getparent().getparent() is table.find(f"{_W}tr"))
        for at, row in enumerate(rows):
            titles |= {cell: None if found.holds(at, n) else found.over(at, n) for n, cell in enumerate(row)}
    return titles


def _cell_around(paragraph: Any) -> Any:
    return next(paragraph.iterancestors(f"{_W}tc"), None)


def _docx_text(paragraph: Any) -> str:
    parts: list[str] = []
    for node in paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br", f"{_W}cr", f"{_W}noBreakHyphen"):
        owner = next(node.iterancestors(f"{_W}p"))
        if owner is not paragraph or any(True for _ in node.iterancestors(f"{_W}del", f"{_W}moveFrom", f"{_W}tabs")):
            continue
        name = node.tag[len(_W) :]
        parts.append({"t": node.text or "", "tab": "\t", "noBreakHyphen": "\u2011"}.get(name, "\n"))
    return "".join(parts)


# odt, html -----------------------------------------------------------------------------------------------------


def read_with_pandoc(path: Path, source: str, form: str) -> Reading:
    """An odt or html document, through pandoc in its sandbox, with bounded memory and time."""
    import pypandoc

    command = [pypandoc.get_pandoc_path(), "+RTS", "-M768M", "-RTS", "--sandbox", "-f", form, "-t", "json", str(path)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=_PANDOC_TIMEOUT_S, check=True)
        tree = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError, RecursionError) as error:
        raise RefusedFileError(
            source, "le document est abîmé ou démesuré", "Ouvrez-le et enregistrez-le à nouveau, par exemple en .docx."
        ) from error
    blocks: list[Block] = []
    _walk(tree["blocks"], 0, blocks)
    if form == "html":
        promote(blocks)  # pads write their headings as plain lines
    if len(blocks) > 1 and blocks[0].kind == "paragraph" and blocks[1].kind == "heading" and _is_title(blocks[0].text):
        blocks[0].kind, blocks[0].level = "heading", 0  # the style « Titre », which pandoc takes for a paragraph
    return _reading("document OpenDocument" if form == "odt" else "page HTML", blocks, source)


def _is_title(text: str) -> bool:
    return len(text.split()) <= 12 and text[-1:] not in ".!?…;:"


def _walk(nodes: list[Any], depth: int, blocks: list[Block]) -> None:
    for node in nodes:
        kind, content = node["t"], node.get("c")
        place = f"paragraphe {len(blocks) + 1}"
        if kind == "Header":
            blocks.append(Block("heading", content[0], _inline(content[2]), place))
        elif kind in ("Para", "Plain"):
            text = _inline(content)
            if text and depth:
                blocks.append(Block("bullet", depth, text, place))
            elif text:
                blocks += [Block(b.kind, b.level, b.text, place) for b in blocks_of_text(text, False)]
        elif kind in ("BulletList", "OrderedList"):
            for item in content if kind == "BulletList" else content[1]:
                _walk(item, depth + 1, blocks)
        elif kind in ("BlockQuote", "Div", "Figure"):
            _walk(content if kind == "BlockQuote" else content[-1], depth, blocks)
        elif kind == "Table":
            _walk_table(content, depth, blocks)


def _walk_table(content: list[Any], depth: int, blocks: list[Block]) -> None:
    """The cells of a table, row after row, each with its title; titles themselves are no blocks."""
    head = [row[1] for row in content[3][1]]
    rows = [*head, *(row[1] for body in content[4] for part in (body[2], body[3]) for row in part)]
    cells: list[list[list[Block]]] = []
    for row in rows:
        cells.append([])
        for cell in row:
            inside: list[Block] = []
            _walk(cell[4], depth, inside)
            cells[-1].append(inside)
    titles = titles_of([["\n".join(block.text for block in cell) for cell in row] for row in cells], bool(head))
    for at, found in enumerate(cells):
        for n, cell in enumerate(found):
            for block in cell if not titles.holds(at, n) else ():
                block.place, block.title = f"paragraphe {len(blocks) + 1}", block.title or titles.over(at, n)
                blocks.append(block)


def _inline(nodes: list[Any]) -> str:
    parts: list[str] = []
    for node in nodes:
        kind, content = node["t"], node.get("c")
        if kind == "Str":
            parts.append(content)
        elif kind in ("Space", "SoftBreak"):
            parts.append(" ")
        elif kind == "LineBreak":
            parts.append("\n")
        elif kind == "Quoted":
            parts.append(f"« {_inline(content[1])} »")
        elif kind in ("Code", "Math"):
            parts.append(content[1])
        elif kind in ("Link", "Span"):
            parts.append(_inline(content[1]))
        elif kind in ("Emph", "Strong", "Underline", "Superscript", "Subscript", "SmallCaps"):
            parts.append(_inline(content))
    return "".join(parts).strip(" ") if len(parts) > 1 else "".join(parts)


# pdf -----------------------------------------------------------------------------------------------------------


def read_pdf(path: Path, source: str) -> Reading:
    """A pdf that holds text; a scanned one is refused with what to do."""
    pages = read_pages(path, source)
    reading = _reading("PDF", pdf_blocks(pages), source, [line.text for page in pages for line in page])
    reading.notes.append("l'ordre des lignes et des colonnes est à vérifier")
    return reading
