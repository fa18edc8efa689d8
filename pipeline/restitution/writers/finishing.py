"""What pandoc leaves out of its documents: rules and whole rows in tables, alternative texts in odt, style names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.sax.saxutils import escape

SHORT_TABLE = 8
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
_NAMED = re.compile(r'((?:text|draw):style-name=")([^"]* [^"]*)(")')
_AFTER_TABLE = re.compile(r'(</w:tbl><w:p><w:pPr><w:pStyle w:val="(?:FirstParagraph|BodyText)" />)')
_TABLE = re.compile(r'<table:table table:name="([^"]*)".*?</table:table>', re.DOTALL)


def finished_odt(xml: str, alternatives: Sequence[str]) -> str:
    """content.xml with ruled tables, rows that never split, short tables whole, and the text of each image.

    Parameters
    ----------
    alternatives : alternative text of each image, in the order of the document.
    """
    xml = _NAMED.sub(lambda match: match[1] + match[2].replace(" ", "_20_") + match[3], xml)
    xml = _CELL.sub(_ruled, xml)
    xml = xml.replace("<table:table-row>", '<table:table-row table:style-name="RosaceRow">')
    xml = xml.replace("</office:automatic-styles>", f"{_ROW_STYLE}</office:automatic-styles>", 1)
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


def finished_docx(xml: str) -> str:
    """document.xml with rows that never split, and short tables kept whole."""
    xml = re.sub(r"<w:tbl>.*?</w:tbl>", lambda match: _whole_rows(match[0]), xml, flags=re.DOTALL)
    return _AFTER_TABLE.sub(r'\1<w:spacing w:before="200" />', xml)


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
