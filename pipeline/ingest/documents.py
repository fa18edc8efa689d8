"""Documents → entries: txt, md, docx, odt, html, pdf with a text layer, Etherpad."""

from __future__ import annotations

import json
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipeline.errors import RefusedFileError
from pipeline.ingest.blocks import Block, blocks_of_text, entries_of_blocks
from pipeline.ingest.pdf import pdf_blocks, read_pages
from pipeline.ingest.records import Reading
from pipeline.ingest.transcripts import read_turns
from pipeline.tables.decoding import read_text

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_PANDOC_TIMEOUT_S = 60
_NO_TEXT = "Vérifiez que c'est le bon fichier."


def _reading(kind: str, blocks: list[Block], source: str, lines: list[str] | None = None) -> Reading:
    transcript = read_turns(lines if lines is not None else [block.text for block in blocks])
    if transcript is not None:
        transcript.format = f"transcription ({kind})"
        return transcript
    reading = Reading(kind, "note", "note", entries_of_blocks(blocks))
    if not reading.entries:
        raise RefusedFileError(source, "le document ne contient pas de texte", _NO_TEXT)
    return reading


def read_note(path: Path, source: str, is_markdown: bool) -> Reading:
    """A txt or md note, or a transcript written as text."""
    text = read_text(path, source)
    kind = "note Markdown" if is_markdown else "texte"
    return _reading(kind, blocks_of_text(text, is_markdown), source, text.split("\n"))


def read_pad(content: Any, source: str) -> Reading:
    """An Etherpad export: the text of the pad; authors and chat stay out."""
    texts = [
        value["atext"]["text"]
        for key, value in sorted(content.items())
        if key.startswith("pad:") and key.count(":") == 1 and isinstance(value, dict) and _has_text(value)
    ]
    if not texts:
        raise RefusedFileError(source, "le pad ne contient pas de texte", _NO_TEXT)
    return _reading("pad Etherpad", blocks_of_text("\n".join(texts).replace("\n*", "\n* "), False), source)


def _has_text(value: dict[str, Any]) -> bool:
    return isinstance(value.get("atext"), dict) and isinstance(value["atext"].get("text"), str)


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
    number = 0
    for element in document.element.body.iter(f"{_W}p", f"{_W}tr"):
        if any(True for _ in element.iterancestors(_FALLBACK)):
            continue
        if element.tag == f"{_W}tr":
            continue
        number += 1
        text = _docx_text(element).strip()
        style_node = element.find(f"{_W}pPr/{_W}pStyle")
        style = styles.get(style_node.get(f"{_W}val"), "") if style_node is not None else ""
        place = f"paragraphe {number}"
        if style.startswith(("heading", "titre", "title")):
            digits = "".join(c for c in style if c.isdigit())
            yield Block("heading", 1 + int(digits[:1] or 0), text, place)
            continue
        numbering = element.find(f"{_W}pPr/{_W}numPr/{_W}ilvl")
        if numbering is not None or style.startswith("list"):
            digits = "".join(c for c in style if c.isdigit())
            depth = int(numbering.get(f"{_W}val") or 0) if numbering is not None else int(digits[:1] or 1) - 1
            yield Block("bullet", 1 + depth, text, place)
            continue
        yield from _typed_blocks(text, place)


def _typed_blocks(text: str, place: str) -> Iterator[Block]:
    """A paragraph typed by hand may hold bullets and line breaks of its own."""
    for rank, block in enumerate(blocks_of_text(text, False), start=1):
        block.place = place if rank == 1 else f"{place}, partie {rank}"
        yield block


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
            for part in (content[3][1], *(rows for body in content[4] for rows in (body[2], body[3]))):
                for row in part:
                    for cell in row[1]:
                        _walk(cell[4], depth, blocks)


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
