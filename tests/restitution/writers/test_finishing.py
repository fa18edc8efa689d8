"""What pandoc leaves out: rows that stay whole, short tables on one page, the text of each image."""

from __future__ import annotations

from pipeline.restitution.writers.finishing import SHORT_TABLE, finished_docx, finished_odt

ROW = '<w:tr><w:tc><w:p><w:pPr><w:pStyle w:val="Compact" /></w:pPr></w:p></w:tc></w:tr>'


def table(n_rows: int) -> str:
    return f"<w:tbl>{ROW * n_rows}</w:tbl>"


def test_rows_never_split_and_a_short_table_stays_on_its_page() -> None:
    short, long = finished_docx(table(3)), finished_docx(table(SHORT_TABLE + 1))
    assert short.count("<w:cantSplit />") == 3
    assert short.count("<w:keepNext />") == 2
    assert long.count("<w:cantSplit />") == SHORT_TABLE + 1
    assert "<w:keepNext />" not in long


def test_each_image_of_an_odt_has_its_text_escaped() -> None:
    xml = "<office:automatic-styles></office:automatic-styles><draw:frame></draw:frame><draw:frame></draw:frame>"
    found = finished_odt(xml, ["Quatre secteurs", "a < b"])
    assert found.index("<svg:desc>Quatre secteurs</svg:desc>") < found.index("<svg:desc>a &lt; b</svg:desc>")
    assert "RosaceRow" in found
