"""What pandoc leaves out: styles of the word processor, rows that stay whole, short tables on one page, image texts."""

from __future__ import annotations

import re

from pipeline.restitution.writers.finishing import SHORT_TABLE, finished_docx, finished_odt, finished_settings

ROW = '<w:tr><w:tc><w:p><w:pPr><w:pStyle w:val="Compact" /></w:pPr></w:p></w:tc></w:tr>'
FRENCH_WORD = (
    '<w:style w:type="paragraph" w:styleId="Corpsdetexte"><w:name w:val="Body Text"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Listepuces"><w:name w:val="List Bullet"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="TM1"><w:name w:val="toc 1"/></w:style>'
    '<w:style w:type="table" w:styleId="Grilledutableau"><w:name w:val="Table Grid"/></w:style>'
)


def table(n_rows: int) -> str:
    return f'<w:tbl><w:tblPr><w:tblStyle w:val="Tableau" /></w:tblPr>{ROW * n_rows}</w:tbl>'


def paragraph(style: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}" /></w:pPr></w:p>'


def test_rows_never_split_and_a_short_table_stays_on_its_page() -> None:
    short, long = finished_docx(table(3), ""), finished_docx(table(SHORT_TABLE + 1), "")
    assert short.count("<w:cantSplit />") == 3
    assert short.count("<w:keepNext />") == 2
    assert long.count("<w:cantSplit />") == SHORT_TABLE + 1
    assert "<w:keepNext />" not in long


def test_styles_of_an_organisation_are_found_by_their_names_in_french_word_too() -> None:
    xml = "".join(paragraph(style) for style in ("FirstParagraph", "Compact", "TOC1", "Heading1")) + table(1)
    found = finished_docx(xml, FRENCH_WORD)
    assert found.startswith("".join(paragraph(style) for style in ("Corpsdetexte", "Listepuces", "TM1", "Heading1")))
    assert '<w:tblStyle w:val="Grilledutableau" />' in found
    assert found.count('w:val="Corpsdetexte"') == 2  # what is in the table too


def test_an_image_is_not_written_twice_and_word_opens_a_document_of_today() -> None:
    xml = '<pic:cNvPr descr="data:image/png;base64,AAAA" id="1" /><wp:docPr descr="Quatre secteurs" />'
    assert finished_docx(xml, "") == '<pic:cNvPr descr="" id="1" /><wp:docPr descr="Quatre secteurs" />'
    settings = finished_settings("<w:settings><w:zoom /><w:rsids></w:rsids><w:themeFontLang /></w:settings>")
    assert re.fullmatch(r'.*<w:compat>.*compatibilityMode.*w:val="15".*</w:compat><w:rsids>.*', settings)
    assert finished_settings(settings) == settings


def test_each_image_of_an_odt_has_its_text_escaped() -> None:
    xml = "<office:automatic-styles></office:automatic-styles><draw:frame></draw:frame><draw:frame></draw:frame>"
    found = finished_odt(xml, "", ["Quatre secteurs", "a < b"])
    assert found.index("<svg:desc>Quatre secteurs</svg:desc>") < found.index("<svg:desc>a &lt; b</svg:desc>")
    assert "RosaceRow" in found


def test_lists_and_first_paragraphs_of_an_odt_have_the_styles_of_libreoffice() -> None:
    xml = (
        '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Text_20_body" '
        'style:list-style-name="L1"/><text:p text:style-name="First_20_paragraph"/>'
    )
    ours, bare = finished_odt(xml, '<style:style style:name="List_20_1"/>', []), finished_odt(xml, "", [])
    assert 'parent-style-name="List_20_1"' in ours
    assert 'parent-style-name="Text_20_body"' in bare
    assert '<text:p text:style-name="Text_20_body"/>' in ours


def test_what_leads_to_a_list_stays_on_its_page() -> None:
    item = '<w:p><w:pPr><w:pStyle w:val="Compact" /><w:numPr></w:numPr></w:pPr></w:p>'
    found = finished_docx(f"{paragraph('BodyText')}{paragraph('BodyText')}{item}{item}", "")
    assert found.count("<w:keepNext />") == 1
    assert found.index("<w:keepNext />") > found.index("</w:p>")
    body = '<text:p text:style-name="Text_20_body">'
    told = f'{body}Un.</text:p>{body}Deux :</text:p><text:list text:style-name="L1">'
    xml = f"<office:automatic-styles></office:automatic-styles>{told}"
    assert re.findall(r'<text:p text:style-name="(\w+)">', finished_odt(xml, "", [])) == ["Text_20_body", "RosaceLead"]
