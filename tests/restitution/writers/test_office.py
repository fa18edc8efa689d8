"""The documents of Word and LibreOffice, opened as they would: page, styles, titles with their text, links, tables."""

import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from draft_by_hand import DRAFT, EST
from lxml import etree

from pipeline.contracts.draft import Draft
from pipeline.restitution.stage import RestitutionResult
from pipeline.restitution.writers.office import (
    SHORT_TABLE,
    TEMPLATES,
    finished_docx,
    finished_odt,
    finished_settings,
    write_office,
)
from pipeline.restitution.writers.tree import Entry, contents_block, heading

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
HREF = "{http://www.w3.org/1999/xlink}href"
LONG = replace(DRAFT, sections=(*DRAFT.sections, *(replace(EST, key=f"s{n}", blocks=EST.blocks * 5) for n in range(9))))
PIXEL = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89\x00\x00\x00"
    b"\rIDATx\x9cc\xf8\xff\xff?\x00\x05\xfe\x02\xfe\xa75\x81\x84\x00\x00\x00\x00IEND\xaeB`\x82"
)


def written(draft: Draft, kind: str, reference: str = "") -> dict[str, bytes]:
    content = write_office(draft, {"rose": PIXEL}, kind, 1, reference)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def word(draft: Draft) -> etree._Element:
    return etree.fromstring(written(draft, "docx")["word/document.xml"])


def libre(draft: Draft, name: str = "content.xml") -> etree._Element:
    return etree.fromstring(written(draft, "odt")[name])


def test_pages_are_a4_in_both() -> None:
    document = docx.Document(io.BytesIO(write_office(DRAFT, {"rose": PIXEL}, "docx", 1, "")))
    page = document.sections[0]
    assert (round(page.page_width.cm, 1), round(page.page_height.cm, 1)) == (21.0, 29.7)
    layout = next(libre(DRAFT, "styles.xml").iter(f"{STYLE}page-layout-properties"))
    assert (layout.get(f"{FO}page-width"), layout.get(f"{FO}page-height")) == ("21cm", "29.7cm")


def test_word_finds_its_own_styles_and_none_of_pandoc() -> None:
    document = docx.Document(io.BytesIO(write_office(DRAFT, {"rose": PIXEL}, "docx", 1, "")))
    cells = [p for table in document.tables for row in table.rows for cell in row.cells for p in cell.paragraphs]
    used = {p.style.name for p in [*document.paragraphs, *cells] if p.style}
    builtin = {"Title", *(f"Heading {level}" for level in (1, 2, 3)), "Body Text", "List Bullet", "Caption"}
    assert used == builtin | {"Bibliography", "Devise", "Figure centrée", "Texte de tableau"}
    assert {table.style.name for table in document.tables if table.style} == {"Tableau"}
    runs = {run.style.name for p in document.paragraphs for run in p.runs if run.style}
    assert {"Quote Char", "Axe Est"} <= runs


def test_libreoffice_finds_its_own_styles_and_each_that_is_used_exists() -> None:
    files = written(DRAFT, "odt")
    content, styles = files["content.xml"].decode(), files["styles.xml"].decode()
    used = set(re.findall(r'text:style-name="([^"]+)"', content))
    assert {"Devise", "Caption", "Figure_20_centrée", "Citation", "Repère", "Text_20_body"} <= used
    assert not used & {"First_20_paragraph", "Definition"}
    assert all(f'style:name="{name}"' in styles + content for name in used)
    assert 'style:parent-style-name="List_20_1"' in content


def test_titles_are_kept_with_what_follows_them() -> None:
    styles = docx.Document(str(TEMPLATES / "reference.docx")).styles
    for name in ("Heading 1", "Heading 2", "Heading 3", "Heading 4", "Devise", "Caption"):
        assert styles[name].paragraph_format.keep_with_next, name
    found = {style.get(f"{STYLE}name"): style for style in libre(DRAFT, "styles.xml").iter(f"{STYLE}style")}
    for name in ("Heading_20_1", "Heading_20_2", "Heading_20_3", "Heading_20_4", "Devise", "Caption"):
        properties = found[name].find(f"{STYLE}paragraph-properties")
        assert properties is not None
        assert properties.get(f"{FO}keep-with-next") == "always", name


def test_a_mark_leads_to_its_source_in_word() -> None:
    root = word(DRAFT)
    links = [(link.get(f"{W}anchor"), "".join(link.itertext())) for link in root.iter(f"{W}hyperlink")]
    assert links == [("source-T2-4", "T2.4")] * 2
    targets = {mark.get(f"{W}name") for mark in root.iter(f"{W}bookmarkStart")}
    assert {"source-T2-4", "source-E3"} <= targets
    styles = {style.get(f"{W}val") for link in root.iter(f"{W}hyperlink") for style in link.iter(f"{W}rStyle")}
    assert len(styles) == 1


def test_a_mark_leads_to_its_source_in_libreoffice_after_the_words() -> None:
    root = libre(DRAFT)
    links = [(link.get(HREF), "".join(link.itertext()), link.tail) for link in root.iter(f"{TEXT}a")]
    assert links[0][:2] == ("#source-T2-4", "T2.4")
    assert str(links[0][2]).startswith(".")
    assert {"source-T2-4", "source-E3"} <= {mark.get(f"{TEXT}name") for mark in root.iter(f"{TEXT}bookmark-start")}


def test_links_of_libreoffice_say_their_style_or_would_be_blue() -> None:
    styles = {link.get(f"{TEXT}style-name") for link in libre(LONG).iter(f"{TEXT}a")}
    assert styles == {"Repère", "Index_20_Link"}


def test_there_are_no_footnotes(result: RestitutionResult) -> None:
    with zipfile.ZipFile(io.BytesIO(result.files["restitution.docx"])) as archive:
        assert b"footnoteReference" not in archive.read("word/document.xml")
    with zipfile.ZipFile(io.BytesIO(result.files["restitution.odt"])) as archive:
        assert b"<text:note " not in archive.read("content.xml")


@pytest.mark.parametrize(("draft", "expected"), [(DRAFT, 0), (LONG, 1)], ids=["short", "long"])
def test_only_a_long_document_has_its_contents(draft: Draft, expected: int) -> None:
    fields = [field.text or "" for field in word(draft).iter(f"{W}instrText")]
    assert sum(field.strip().startswith("TOC") for field in fields) == expected
    assert len(list(libre(draft).iter(f"{TEXT}table-of-content"))) == expected


def test_contents_lead_to_titles_that_are_there() -> None:
    root = word(LONG)
    contents = next(root.iter(f"{W}sdt"))
    targets = {mark.get(f"{W}name") for mark in root.iter(f"{W}bookmarkStart")}
    wanted = [link.get(f"{W}anchor") for link in contents.iter(f"{W}hyperlink")]
    assert wanted[:2] == ["texte", "est"]
    assert wanted[-3:] == ["annexes", "rose", "sources"]
    assert set(wanted) <= targets


def test_a_figure_is_an_image_with_its_text_or_a_table(result: RestitutionResult) -> None:
    document = docx.Document(io.BytesIO(result.files["restitution.docx"]))
    shown = [
        result.draft.figures[block.value.figure].shows
        for section in result.draft.sections
        for block in section.blocks
        if block.kind == "figure"
    ]
    assert len(document.inline_shapes) == shown.count("image") > 0
    assert len(document.tables) == shown.count("table") + 1  # the header block
    xml = etree.tostring(document.element, encoding="unicode")
    assert 'descr="Rose des vents à quatre secteurs' in xml
    rows = re.findall(r"<w:tr>|<w:tr ", xml)
    assert len(rows) == xml.count("<w:cantSplit") > 0
    with zipfile.ZipFile(io.BytesIO(result.files["restitution.odt"])) as archive:
        content = archive.read("content.xml").decode()
    assert "<svg:desc>Rose des vents à quatre secteurs" in content
    assert content.count("<svg:desc>") == content.count("<draw:frame") == shown.count("image")
    assert 'fo:border="none"' not in content
    assert "<table:table-row>" not in content


@pytest.mark.parametrize("kind", ["docx", "odt"])
def test_a_document_of_an_organisation_dresses_the_text(kind: str, tmp_path: Path) -> None:
    """Theirs is ours with another font for the body: nothing in the text says otherwise."""
    own = tmp_path / f"charte.{kind}"
    inner = "word/styles.xml" if kind == "docx" else "styles.xml"
    with zipfile.ZipFile(TEMPLATES / f"reference.{kind}") as source, zipfile.ZipFile(own, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            target.writestr(name, data.replace(b"Arial", b"Marianne") if name == inner else data)
    files = written(DRAFT, kind, str(own))
    assert b"Marianne" in files[inner]
    assert b"Arial" not in files["word/document.xml" if kind == "docx" else "content.xml"].split(b"office:body")[-1]


def test_both_are_in_french(result: RestitutionResult) -> None:
    with zipfile.ZipFile(io.BytesIO(result.files["restitution.docx"])) as archive:
        assert b'w:val="fr-FR"' in archive.read("word/styles.xml")
    with zipfile.ZipFile(io.BytesIO(result.files["restitution.odt"])) as archive:
        assert b'fo:language="fr"' in archive.read("styles.xml")


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


def test_what_follows_a_table_stands_apart_from_it_be_it_a_list() -> None:
    item = '<w:p><w:pPr><w:pStyle w:val="Compact" /><w:numPr></w:numPr></w:pPr></w:p>'
    found = finished_docx(f"{table(1)}{paragraph('FirstParagraph')}{table(1)}{item}{item}", FRENCH_WORD)
    told = re.findall(r'<w:p><w:pPr><w:pStyle w:val="(\w+)" />(?:<w:numPr></w:numPr>)?(<w:spacing [^>]*>)?', found)
    assert [style for style, space in told if space] == ["Corpsdetexte", "Listepuces"]
    assert len([style for style, _ in told if style == "Listepuces"]) == 2


def test_what_leads_to_a_list_stays_on_its_page() -> None:
    item = '<w:p><w:pPr><w:pStyle w:val="Compact" /><w:numPr></w:numPr></w:pPr></w:p>'
    found = finished_docx(f"{paragraph('BodyText')}{paragraph('BodyText')}{item}{item}", "")
    assert found.count("<w:keepNext />") == 1
    assert found.index("<w:keepNext />") > found.index("</w:p>")
    body = '<text:p text:style-name="Text_20_body">'
    told = f'{body}Un.</text:p>{body}Deux :</text:p><text:list text:style-name="L1">'
    xml = f"<office:automatic-styles></office:automatic-styles>{told}"
    assert re.findall(r'<text:p text:style-name="(\w+)">', finished_odt(xml, "", [])) == ["Text_20_body", "RosaceLead"]


def test_no_title_goes_below_the_sixth_level() -> None:
    assert heading("Bas", 9)["c"][0] == 6


ENTRIES = [Entry("Le texte", 0, "texte"), Entry("Est & <b>", 1, "est"), Entry("Annexes", 0, "annexes")]


def parsed(kind: str) -> etree._Element:
    name, xml = contents_block(ENTRIES, kind, 1)["c"]
    assert name == {"docx": "openxml", "odt": "opendocument"}[kind]
    names = f'xmlns:w="{W[1:-1]}" xmlns:text="{TEXT[1:-1]}" xmlns:xlink="x" xmlns:style="s"'
    return etree.fromstring(f"<root {names}>{xml}</root>")


def test_word_has_one_field_that_begins_and_ends_around_links() -> None:
    root = parsed("docx")
    marks = [mark.get(f"{W}fldCharType") for mark in root.iter(f"{W}fldChar")]
    assert marks == ["begin", "separate", "end"]
    assert next(root.iter(f"{W}instrText")).text.strip().startswith('TOC \\o "1-2"')
    links = [(link.get(f"{W}anchor"), "".join(link.itertext())) for link in root.iter(f"{W}hyperlink")]
    assert links == [("texte", "Le texte"), ("est", "Est & <b>"), ("annexes", "Annexes")]
    assert [style.get(f"{W}val") for style in root.iter(f"{W}pStyle")] == ["TOCHeading", "TOC1", "TOC2", "TOC1"]


def test_libreoffice_has_an_index_that_knows_how_to_number_its_pages() -> None:
    root = parsed("odt")
    source = next(root.iter(f"{TEXT}table-of-content-source"))
    assert source.get(f"{TEXT}outline-level") == "2"
    assert len(list(source.iter(f"{TEXT}index-entry-page-number"))) == 2
    assert [link.get("{x}href") for link in root.iter(f"{TEXT}a")] == ["#texte", "#est", "#annexes"]


def test_annexes_begin_a_page() -> None:
    word = '<w:bookmarkStart w:id="1" w:name="annexes" /><w:p><w:pPr><w:pStyle w:val="Heading1" /></w:pPr></w:p>'
    found = finished_docx(word + word.replace("annexes", "rose"), "")
    assert found.count("<w:pageBreakBefore />") == 1 and '<w:pStyle w:val="Heading1" /><w:pageBreakBefore />' in found
    title = '<text:h text:style-name="Heading_20_1" text:outline-level="1"><text:bookmark-start text:name="annexes" />'
    found = finished_odt(f"<office:automatic-styles></office:automatic-styles>{title}Annexes</text:h>", "", [])
    assert '<text:h text:style-name="RosaceAnnexes"' in found
    assert 'style:parent-style-name="Heading_20_1"><style:paragraph-properties fo:break-before="page" />' in found
