"""A table of closed questions: its caption, its header and its cells in every format."""

import io
import re
import zipfile
from dataclasses import replace

import pytest
from draft_by_hand import DRAFT

from pipeline.contracts.draft import Block, NamedNode, NamedRef, Section, Sentence, Shown, TextNode
from pipeline.contracts.draft_files import dump_draft, load_draft
from pipeline.restitution.writers.office import write_office
from pipeline.restitution.writers.page import write_page
from pipeline.restitution.writers.text import MARKDOWN, PLAIN, YESWIKI
from pipeline.review.exchange.alignment import around_the_text, flat, lines_of

ROWS = (("Question", "Oui | non", "Total"), ("Le four ?", "12", "13"), ("La *cale* ?", "–", "9"))
CELLS = [
    Sentence((NamedNode("given", first, NamedRef("contexte")), *map(TextNode, others)), ("a",))
    for first, *others in ROWS
]
TABLE = Block("table", tuple(CELLS), value=Shown("Combien ont dit oui"))
OF_TABLE = replace(DRAFT, sections=(*DRAFT.sections, Section("avis", "Avis", (TABLE,))))


def test_text_formats_write_the_caption_the_header_and_each_row() -> None:
    assert (
        "**Combien ont dit oui**\n\n| Question | Oui \\| non | Total |\n| --- | --- | --- |\n"
        "| Le four ? | 12 | 13 |\n| La \\*cale\\* ? | – | 9 |\n"
    ) in MARKDOWN.write(OF_TABLE, 1).decode()
    assert ("Combien ont dit oui\nLe four ? : Oui | non 12, Total 13\nLa *cale* ? : Total 9\n") in PLAIN.write(
        OF_TABLE
    ).decode()
    wiki = YESWIKI.write(OF_TABLE, 1).decode()
    assert "**Combien ont dit oui**\n[|\n|**Question**|**Oui &#124; non**|**Total**|\n|Le four ?|12|13|\n" in wiki


def test_the_page_names_the_table_and_its_rows_and_columns() -> None:
    page = write_page(OF_TABLE, {"rose": b"<svg/>"}, 1).decode()
    (found,) = re.findall(r"<figure>(?:(?!</figure>).)*Le four(?:(?!</figure>).)*</figure>", page, re.DOTALL)
    (name,) = re.findall(r'<figcaption id="([^"]*)">Combien ont dit oui</figcaption>', found)
    assert f'aria-labelledby="{name}"' in found
    assert re.findall(r'<th scope="(\w+)">([^<]*)<', found) == [
        ("col", "Question"), ("col", "Oui | non"), ("col", "Total"), ("row", "Le four ?"), ("row", "La *cale* ?"),
    ]  # fmt: skip
    assert page.count(f'id="{name}"') == 1


@pytest.mark.parametrize("kind", ["docx", "odt"])
def test_office_documents_repeat_the_header_of_the_table(kind: str) -> None:
    name = {"docx": "word/document.xml", "odt": "content.xml"}[kind]
    xml = zipfile.ZipFile(io.BytesIO(write_office(OF_TABLE, {"rose": b""}, kind, 1, ""))).read(name).decode()
    table = xml[xml.index("Combien ont dit oui") :]
    assert re.search("w:tblHeader|table:table-header-rows", table)
    assert table.index("Question") < table.index("Le four") < table.index("cale")


def test_a_draft_with_a_table_is_kept_and_what_comes_back_from_a_word_processor_is_no_text_of_hers() -> None:
    assert load_draft(dump_draft(OF_TABLE)) == OF_TABLE
    titles, cells = around_the_text(OF_TABLE)
    assert flat("Combien ont dit oui") in titles
    assert {flat("Le four ?"), "12", flat("–")} <= cells
    assert not [line for line in lines_of(OF_TABLE) if "four ?" in line.text]
