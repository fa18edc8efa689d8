"""docx and odt through pandoc, from its own document tree: nothing that a participant wrote is ever parsed as mark-up.

Bytes depend on the draft alone: pandoc's dates come from SOURCE_DATE_EPOCH, and the zip is written again with fixed
dates and a fixed order.
"""

from __future__ import annotations

import base64
import io
import json
import os
import re
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pipeline.contracts.draft import Block, Draft, Sentence
from pipeline.errors import UsageError
from pipeline.language.text.typography import NO_BREAK
from pipeline.restitution.writers.finishing import finished_docx, finished_odt
from pipeline.restitution.writers.reading import field_title, header_rows, stretches

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
EPOCH = "1577836800"
ZIP_DATE = (2020, 1, 1, 0, 0, 0)
Tree = dict[str, Any]


def write_office(draft: Draft, images: dict[str, bytes], kind: str, level: int, reference: str) -> bytes:
    """restitution.docx or .odt.

    Parameters
    ----------
    images : png of each figure of the draft, by name.
    reference : path of an organisation's reference document; "" for ours.

    Raises
    ------
    UsageError : the reference document is missing or pandoc cannot read it.
    """
    import pypandoc

    model = Path(reference) if reference else TEMPLATES / f"reference.{kind}"
    if not model.is_file():
        raise UsageError(
            f"Document de référence introuvable : {model}. Corrigez modele_{kind} dans la configuration, "
            "ou laissez-le vide pour celui de Rosace."
        )
    document = json.dumps(_document(draft, images, level, kind), ensure_ascii=False)
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / f"restitution.{kind}"
        before = os.environ.get("SOURCE_DATE_EPOCH")
        os.environ["SOURCE_DATE_EPOCH"] = EPOCH
        try:
            pypandoc.convert_text(
                document,
                kind,
                format="json",
                outputfile=str(target),
                extra_args=[f"--reference-doc={model}"],
                verify_format=False,  # asking pandoc which formats it knows launches it twice more
            )
        except RuntimeError as error:
            raise UsageError(
                f"pandoc n'a pas pu écrire restitution.{kind} avec {model} ({str(error).strip()[:300]}). "
                f"Vérifiez modele_{kind} dans la configuration."
            ) from error
        finally:
            if before is None:
                del os.environ["SOURCE_DATE_EPOCH"]
            else:
                os.environ["SOURCE_DATE_EPOCH"] = before
        return _fixed(target.read_bytes(), kind, _alternatives(draft))


def _alternatives(draft: Draft) -> list[str]:
    """The alternative text of each figure, in the order of the document."""
    blocks = [block for section in draft.sections for block in section.blocks if block.kind == "figure"]
    return [draft.figures[block.value.figure].alt for block in blocks]


def _fixed(content: bytes, kind: str, alternatives: list[str]) -> bytes:
    """The same archive with fixed dates and order; an odt keeps its `mimetype` first and uncompressed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w") as target:
        names = sorted(source.namelist(), key=lambda name: (name != "mimetype", name != "[Content_Types].xml", name))
        for name in names:
            info = zipfile.ZipInfo(name, ZIP_DATE)
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            data = source.read(name)
            if kind == "odt" and name in ("meta.xml", "content.xml"):
                data = _without_dates(data)
            if name == "content.xml":
                data = finished_odt(data.decode(), alternatives).encode()
            elif name == "word/document.xml":
                data = finished_docx(data.decode()).encode()
            target.writestr(info, data)
    return out.getvalue()


def _without_dates(xml: bytes) -> bytes:
    return re.sub(rb"(<(?:meta:creation-date|dc:date)>)[^<]*", rb"\g<1>2020-01-01T00:00:00Z", xml)


def _document(draft: Draft, images: dict[str, bytes], level: int, kind: str) -> Tree:
    apart = NO_BREAK if kind == "odt" else ""  # LibreOffice puts nothing between a note and its number
    notes = {note.n: apart + note.text for note in draft.notes}
    blocks: list[Tree] = [_heading(draft.title, level)] if level > 1 else []
    blocks.append(_header_table(draft))
    blocks.append(_heading(field_title(), level))
    for section in draft.sections:
        blocks.append(_heading(section.title, level + 1, section.axis))
        for block in section.blocks:
            blocks += _block(block, draft, images, notes, level)
    meta: Tree = {"lang": {"t": "MetaString", "c": draft.language}}
    if level == 1:
        meta["title"] = {"t": "MetaInlines", "c": [_string(draft.title)]}
    return {"pandoc-api-version": [1, 23, 1], "meta": meta, "blocks": blocks}


def _block(block: Block, draft: Draft, images: dict[str, bytes], notes: dict[int, str], level: int) -> list[Tree]:
    kind = block.kind
    if kind == "paragraph":
        inlines: list[Tree] = []
        for sentence in block.sentences:
            inlines += ([{"t": "Space"}] if inlines else []) + _inlines(sentence, notes)
        return [{"t": "Para", "c": inlines}]
    if kind == "list":
        return [{"t": "BulletList", "c": [[{"t": "Plain", "c": _inlines(s, notes)}] for s in block.sentences]}]
    if kind == "heading":
        return [_heading(block.value.text, level + 1 + block.level)]
    if kind == "motto":
        return [_styled("Devise", block.value.text)]
    if kind == "slot":
        return [_styled("À compléter", block.value.text)]
    return _figure(block.value.figure, draft, images)


def _figure(name: str, draft: Draft, images: dict[str, bytes]) -> list[Tree]:
    figure = draft.figures[name]
    uri = "data:image/png;base64," + base64.b64encode(images[name]).decode()
    width = "9cm" if name == "rose" else "15.5cm"
    image = {"t": "Image", "c": [["", [], [["width", width]]], [_string(figure.alt)], [uri, ""]]}
    return [
        _styled("Figure centrée", image),
        _styled("Légende de figure", figure.title),
        _table(figure.columns, figure.rows),
    ]


def _string(text: str) -> Tree:
    return {"t": "Str", "c": text}


def _inlines(sentence: Sentence, notes: dict[int, str]) -> list[Tree]:
    """A sentence, its note at its end."""
    out: list[Tree] = []
    for strong, stretch in stretches(sentence, lambda run: run.text):
        node = _string(stretch)
        out.append({"t": "Strong", "c": [node]} if strong else node)
    if sentence.note:
        out.append({"t": "Note", "c": [{"t": "Para", "c": [_string(notes[sentence.note])]}]})
    return out


def _heading(text: str, level: int, axis: str = "") -> Tree:
    inline = _string(text)
    if axis:  # a character style, so that the heading stays a heading of the navigation pane
        inline = {"t": "Span", "c": [["", [], [["custom-style", f"Axe {axis.capitalize()}"]]], [inline]]}
    return {"t": "Header", "c": [min(level, 6), [axis, [], []], [inline]]}


def _styled(style: str, content: str | Tree) -> Tree:
    inline = _string(content) if isinstance(content, str) else content
    return {"t": "Div", "c": [["", [], [["custom-style", style]]], [{"t": "Para", "c": [inline]}]]}


def _header_table(draft: Draft) -> Tree:
    rows = [[label, value] for label, value, _ in header_rows(draft)]
    return _table([], rows, widths=[0.36, 0.64], strong_first=True)


def _table(
    columns: Sequence[str], rows: Sequence[Sequence[str]], widths: list[float] | None = None, strong_first: bool = False
) -> Tree:
    n = len(rows[0]) if rows else len(columns)
    default: list[Tree] = [{"t": "ColWidth", "c": w} for w in widths] if widths else [{"t": "ColWidthDefault"}] * n
    if widths is None:
        longest = [
            max(16, 1.6 * max(map(len, columns[at].split())) + 6, min(45, max(len(row[at]) for row in rows)) + 6)
            for at in range(n)
        ]
        default = [{"t": "ColWidth", "c": round(length / sum(longest), 3)} for length in longest]
    attr: list[Any] = ["", [], []]

    def cell(text: str, strong: bool) -> list[Any]:
        inline = {"t": "Strong", "c": [_string(text)]} if strong else _string(text)
        return [attr, {"t": "AlignDefault"}, 1, 1, [{"t": "Plain", "c": [inline]}]]

    def row(values: Sequence[str], is_head: bool) -> list[Any]:
        return [attr, [cell(value, is_head or (strong_first and i == 0)) for i, value in enumerate(values)]]

    head = [attr, [row(columns, True)] if columns else []]
    body = [[attr, 0, [], [row(values, False) for values in rows]]]
    return {
        "t": "Table",
        "c": [attr, [None, []], [[{"t": "AlignDefault"}, w] for w in default], head, body, [attr, []]],
    }
