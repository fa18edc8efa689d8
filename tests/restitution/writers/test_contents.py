"""The contents: a field of Word and an index of LibreOffice, filled, and what a title holds stays text."""

from __future__ import annotations

from lxml import etree

from pipeline.restitution.writers.contents import Entry, contents_block

ENTRIES = [Entry("Le texte", 0, "texte"), Entry("Est & <b>", 1, "est"), Entry("Annexes", 0, "annexes")]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


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
