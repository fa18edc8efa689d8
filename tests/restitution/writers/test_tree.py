"""The document tree: a heading in the colour of its axis, annexes after the text."""

from __future__ import annotations

import json

from draft_by_hand import DRAFT
from lxml import etree

from pipeline.restitution.writers.tree import Entry, Look, contents_block, document, heading


def test_a_title_of_an_axis_stays_a_title() -> None:
    found = heading("Les pistes", 3, "sud")
    assert found["t"] == "Header"
    assert found["c"][0] == 3
    assert found["c"][2][0]["c"][0][2] == [["custom-style", "Axe Sud"]]


def test_no_title_goes_below_the_sixth_level() -> None:
    assert heading("Bas", 9)["c"][0] == 6


def test_the_text_comes_before_the_annexes_and_the_sources_last() -> None:
    tree = document(Look(DRAFT, {"rose": b""}, 1, "docx"))
    titles = [block["c"][1][0] for block in tree["blocks"] if block["t"] == "Header" and block["c"][1][0]]
    assert titles == ["texte", "est", "annexes", "rose", "sources"]
    told = json.dumps(tree, ensure_ascii=False)
    assert told.index("Quatre secteurs.") > told.index("Les axes")


def test_a_quotation_has_the_style_of_quotations_and_its_mark_leads_somewhere() -> None:
    told = {
        kind: json.dumps(document(Look(DRAFT, {"rose": b""}, 1, kind)), ensure_ascii=False) for kind in ("docx", "odt")
    }
    assert '["custom-style", "Quote Char"]' in told["docx"]
    assert '["custom-style", "Citation"]' in told["odt"]
    assert '["#source-T2-4", ""]' in told["docx"]


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
