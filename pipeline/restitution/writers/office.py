"""docx and odt through pandoc, from its own document tree: nothing that a participant wrote is ever parsed as mark-up.

Bytes depend on the draft alone: pandoc's dates come from SOURCE_DATE_EPOCH, and the zip is written again with fixed
dates and a fixed order.

pandoc leaves out rules and whole rows in tables, alternative texts in odt, and dresses paragraphs in styles of its own
(First Paragraph, Compact), that no organisation has: they take those of the word processor, found in the reference
document by their name, since Word translates their identifiers.
"""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from xml.sax.saxutils import escape

from pipeline.contracts.draft import Draft
from pipeline.errors import UsageError
from pipeline.language.text.lists import either
from pipeline.restitution.writers.tree import Look, document

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
EPOCH = "1577836800"
ZIP_DATE = (2020, 1, 1, 0, 0, 0)


def write_office(draft: Draft, images: dict[str, bytes], kind: str, level: int, reference: str) -> bytes:
    """The document as docx or odt.

    Parameters
    ----------
    images : png of each figure of the draft, by name.
    reference : the path of an organisation's reference document; "" for ours.

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
    tree = json.dumps(document(Look(draft, images, level, kind)), ensure_ascii=False)
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / f"restitution.{kind}"
        command = [pypandoc.get_pandoc_path(), "--from=json", f"--to={kind}", f"--reference-doc={model}", "-o", target]
        dated = {**os.environ, "SOURCE_DATE_EPOCH": EPOCH}
        done = subprocess.run(command, input=tree.encode(), capture_output=True, env=dated, check=False)
        if done.returncode:
            raise UsageError(
                f"pandoc n'a pas pu écrire restitution.{kind} avec {model} "
                f"({done.stderr.decode(errors='replace').strip()[:300]}). "
                f"Vérifiez modele_{kind} dans la configuration."
            )
        return _fixed(target.read_bytes(), kind, _alternatives(draft))


def _alternatives(draft: Draft) -> list[str]:
    """The alternative text of each image, in the order of the document, where annexes come last."""
    sections = sorted(draft.sections, key=lambda section: section.is_annex)
    blocks = [block for section in sections for block in section.blocks if block.kind == "figure"]
    figures = [draft.figures[block.value.figure] for block in blocks]
    return [figure.alt for figure in figures if figure.shows == "image"]


def _fixed(content: bytes, kind: str, alternatives: list[str]) -> bytes:
    """The same archive with fixed dates and order; an odt keeps its `mimetype` first and uncompressed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w") as target:
        styles = source.read("word/styles.xml" if kind == "docx" else "styles.xml").decode()
        names = sorted(source.namelist(), key=lambda name: (name != "mimetype", name != "[Content_Types].xml", name))
        for name in names:
            info = zipfile.ZipInfo(name, ZIP_DATE)
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            data = source.read(name)
            if kind == "odt" and name in ("meta.xml", "content.xml"):
                data = re.sub(rb"(<(?:meta:creation-date|dc:date)>)[^<]*", rb"\g<1>2020-01-01T00:00:00Z", data)
            if name == "content.xml":
                data = finished_odt(data.decode(), styles, alternatives).encode()
            elif name == "word/document.xml":
                data = finished_docx(data.decode(), styles).encode()
            elif name == "word/settings.xml":
                data = finished_settings(data.decode()).encode()
            target.writestr(info, data)
    return out.getvalue()


SHORT_TABLE = 12
"""Rows up to which a table stays on one page, with the caption before it."""
_RULE = "0.5pt solid #d6cfbf"
_CELL = re.compile(
    r'(<style:style style:name="Table(Header)?RowCell" style:family="table-cell">\s*<style:table-cell-properties )'
    r'fo:border="none"'
)
_ROW_STYLE = (
    '<style:style style:name="RosaceRow" style:family="table-row">'
    '<style:table-row-properties fo:keep-together="always" /></style:style>'
)
_LEAD_STYLE = (
    '<style:style style:name="RosaceLead" style:family="paragraph" style:parent-style-name="Text_20_body">'
    '<style:paragraph-properties fo:keep-with-next="always" /></style:style>'
)
_ANNEXES_STYLE = (
    '<style:style style:name="RosaceAnnexes" style:family="paragraph" style:parent-style-name="{}">'
    '<style:paragraph-properties fo:break-before="page" /></style:style>'
)
_ANNEXES_ODT = re.compile(r'(<text:h text:style-name=")([^"]*)("[^>]*><text:bookmark-start text:name="annexes" />)')
_ANNEXES_DOCX = re.compile(r'(<w:bookmarkStart [^>]*w:name="annexes"[^>]*/>\s*<w:p><w:pPr><w:pStyle [^>]*/>)')
"""The heading of the annexes: they begin a page, so that none of their headings stands alone below the text."""
_LEAD = re.compile(r'<text:p text:style-name="Text_20_body">((?:(?!</text:p>).)*</text:p>\s*<text:list )', re.DOTALL)
_PARAGRAPH = re.compile(r"(?=<w:p>|<w:p )")
_NAMED = re.compile(r'((?:text|draw):style-name=")([^"]* [^"]*)(")')
_STYLE = re.compile(r'<w:style [^>]*?w:styleId="([^"]*)"[^>]*>\s*<w:name w:val="([^"]*)"')
_LINK = re.compile(r'<text:span text:style-name="Definition">(.*?</text:span>)</text:span>')
_MARK = re.compile(r'(<text:a )([^>]*>)(<text:span text:style-name="Repère">)')
_AS_MARK = 'text:style-name="Repère" text:visited-style-name="Repère" '
"""A link takes the style of links, blue, unless it says its own."""
_LIST = re.compile(r'(style:family="paragraph" style:parent-style-name=")Text_20_body(" style:list-style-name=)')
_TABLE = re.compile(r'<table:table table:name="([^"]*)".*?</table:table>', re.DOTALL)


def finished_odt(xml: str, styles: str, alternatives: Sequence[str]) -> str:
    """content.xml in the styles of LibreOffice, ruled tables, rows that never split, short tables whole, image texts,
    what leads to a list kept with it, annexes on a page of theirs.

    Parameters
    ----------
    styles : styles.xml.
    alternatives : alternative text of each image, in the order of the document.
    """
    xml = _MARK.sub(rf"\1{_AS_MARK}\2\3", _LINK.sub(r"\1", xml)).replace('"First_20_paragraph"', '"Text_20_body"')
    if 'style:name="List_20_1"' in styles:
        xml = _LIST.sub(r"\1List_20_1\2", xml)
    xml = _NAMED.sub(lambda match: match[1] + match[2].replace(" ", "_20_") + match[3], xml)
    xml = _CELL.sub(_ruled, xml)
    xml = xml.replace("<table:table-row>", '<table:table-row table:style-name="RosaceRow">')
    xml = _LEAD.sub(r'<text:p text:style-name="RosaceLead">\1', xml)
    own = _ROW_STYLE + _LEAD_STYLE
    if annexes := _ANNEXES_ODT.search(xml):
        own += _ANNEXES_STYLE.format(annexes[2])
        xml = _ANNEXES_ODT.sub(r"\1RosaceAnnexes\3", xml)
    xml = xml.replace("</office:automatic-styles>", f"{own}</office:automatic-styles>", 1)
    xml = xml.replace("<style:table-properties ", '<style:table-properties fo:margin-bottom="0.4cm" ')
    short = [match[1] for match in _TABLE.finditer(xml) if match[0].count("<table:table-row ") <= SHORT_TABLE]
    for name in short:
        start = f'<style:style style:name="{name}" style:family="table">'
        at = xml.find("<style:table-properties ", xml.find(start)) if start in xml else -1
        if at >= 0:
            head = at + len("<style:table-properties ")
            xml = f'{xml[:head]}style:may-break-between-rows="false" {xml[head:]}'
    texts = iter(alternatives)
    return re.sub(r"</draw:frame>", lambda _: f"<svg:desc>{escape(next(texts, ''))}</svg:desc></draw:frame>", xml)


def _ruled(match: re.Match[str]) -> str:
    sides = f'fo:border-bottom="{_RULE}" fo:padding="0.08cm"'
    return match[1] + (f'fo:border-top="{_RULE}" fo:background-color="#f4f0e6" ' if match[2] else "") + sides


_OF_TODAY = (
    '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" '
    'w:val="15" /></w:compat>'
)
"""Without it, Word opens a document as one of 2007, and says so beside its title."""


def finished_settings(xml: str) -> str:
    """word/settings.xml of a document of today."""
    return xml if "<w:compat>" in xml else re.sub(r"(?=<w:rsids>|<w:themeFontLang)", _OF_TODAY, xml, count=1)


def finished_docx(xml: str, styles: str) -> str:
    """document.xml in the styles of Word, with rows that never split, short tables kept whole, what leads to a list
    kept with it, and annexes on a page of theirs.

    Images lose the copy of all their bytes that pandoc gives them for a description; their alternative text stays.

    Parameters
    ----------
    styles : word/styles.xml.
    """
    xml = re.sub(r'descr="data:[^"]*"', 'descr=""', xml)
    ids = {name.lower(): found for found, name in _STYLE.findall(styles)}
    body = ids.get("body text", "BodyText")
    table = next((ids[name] for name in ("tableau", "table grid", "table") if name in ids), "Table")
    in_tables = {"Compact": ids.get("texte de tableau", body), "Tableau": table}
    xml = re.sub(r"<w:tbl>.*?</w:tbl>", lambda match: _styled(_whole_rows(match[0]), in_tables), xml, flags=re.DOTALL)
    contents = {f"TOC{level}": ids.get(f"toc {level}", f"TOC{level}") for level in range(1, 8)}
    contents["TOCHeading"] = ids.get("toc heading", "TOCHeading")
    xml = _styled(xml, contents | {"FirstParagraph": body, "Compact": ids.get("list bullet", body)})
    xml = _ANNEXES_DOCX.sub(r"\1<w:pageBreakBefore />", _with_leads(xml))
    told = either({body, ids.get("list bullet", body)})
    after = re.compile(rf'(</w:tbl>\s*<w:p><w:pPr><w:pStyle w:val="(?:{told})" />(?:<w:numPr>.*?</w:numPr>)?)')
    return after.sub(r'\1<w:spacing w:before="200" />', xml)


def _with_leads(xml: str) -> str:
    """Paragraphs before a list stay on its page."""
    pieces = _PARAGRAPH.split(xml)
    for at, (one, following) in enumerate(pairwise(pieces)):
        if "<w:numPr>" in following and "<w:numPr>" not in one and "</w:tbl>" not in one:
            pieces[at] = re.sub(r"(<w:pStyle [^>]*/>)", r"\1<w:keepNext />", one, count=1)
    return "".join(pieces)


def _styled(xml: str, names: Mapping[str, str]) -> str:
    """The same with other styles for some of pandoc's."""
    return re.sub(
        r'(<w:(?:pStyle|tblStyle) w:val=")([^"]*)"', lambda match: f'{match[1]}{names.get(match[2], match[2])}"', xml
    )


def _whole_rows(table: str) -> str:
    rows = re.split(r"(?=<w:tr>)", table)
    for index, row in enumerate(rows[1:], start=1):
        if "<w:trPr>" in row:
            row = row.replace("<w:trPr>", "<w:trPr><w:cantSplit />", 1)
        else:
            row = row.replace("<w:tr>", "<w:tr><w:trPr><w:cantSplit /></w:trPr>", 1)
        if len(rows) - 1 <= SHORT_TABLE and index < len(rows) - 1:
            row = re.sub(r"(<w:pStyle [^>]*/>)", r"\1<w:keepNext />", row)
        rows[index] = row
    return "".join(rows)
