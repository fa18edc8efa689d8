"""Documents: titles in their tables, headings of a pdf."""

from __future__ import annotations

from pathlib import Path

import pypdf
import pytest

from pipeline.errors import RefusedFileError
from pipeline.ingest.formats.documents import pdf_blocks, read_pages, titles_of

QUESTIONS = [["Que garder ?", "Que changer ?"], ["Le four", "Les horaires"]]
SIDE = [["Freins", "Le four ferme"], ["Pistes", "Un bal"]]
CORNER = [["", "Freins", "Pistes"], ["Table 1", "Le four ferme", "Un bal"]]
WALL = [["Le four ferme", "Un bal"], ["Un banc", "Une fontaine"]]


@pytest.mark.parametrize(
    ("cells", "columns", "rows"),
    [
        (QUESTIONS, ("Que garder ?", "Que changer ?"), ()),
        (SIDE, (), ("Freins", "Pistes")),
        (CORNER, ("", "Freins", "Pistes"), ()),
        (WALL, (), ()),
        ([["Freins", "Freins"], ["Le four", "Un bal"]], (), ()),
        ([["Freins", "Pistes"]], (), ()),
        ([["Freins"], ["Le four"]], (), ()),
        ([["Freins", ""], ["Le four", "Un bal"]], (), ()),
    ],
    ids=["questions", "beside", "a blank corner", "post-its", "twice the same", "one row", "one column", "a blank"],
)
def test_titles(cells: list[list[str]], columns: tuple[str, ...], rows: tuple[str, ...]) -> None:
    found = titles_of(cells)
    assert (found.of_columns, found.of_rows) == (columns, rows)


def test_a_row_that_the_document_marks_needs_no_usual_words() -> None:
    assert titles_of(WALL, is_marked=True).of_columns == ("Le four ferme", "Un bal")
    long = ["Le four ferme trop tôt le soir et le dimanche aussi depuis mai", "Un bal"]
    assert titles_of([long, WALL[1]], is_marked=True).of_columns == ()


def test_a_cell_stands_under_a_title_or_beside_one() -> None:
    above, beside = titles_of(QUESTIONS), titles_of(SIDE)
    assert above.over(1, 1) == "Que changer ?"
    assert above.holds(0, 1)
    assert not above.holds(1, 0)
    assert beside.over(1, 1) == "Pistes"
    assert beside.holds(1, 0)
    assert not beside.holds(0, 1)


NOTE = Path(__file__).parent / "files" / "note.pdf"  # saved by LibreOffice out of a note of ours


def test_larger_lines_are_headings_with_their_place() -> None:
    blocks = pdf_blocks(read_pages(NOTE, "note.pdf"))
    headings = [(block.text, block.level) for block in blocks if block.kind == "heading"]
    assert headings == [("Compte rendu", 1), ("Freins", 2), ("Pistes", 2)]
    assert all(block.place.startswith("page 1, ligne ") for block in blocks)
    lines = [int(block.place.removeprefix("page 1, ligne ")) for block in blocks]
    assert lines == sorted(lines)
    assert "Maisons vides rue Haute" in [block.text for block in blocks if block.kind != "heading"]


def test_pages_without_text_are_told(tmp_path: Path) -> None:
    writer = pypdf.PdfWriter()
    writer.add_blank_page(200, 200)
    writer.write(tmp_path / "a.pdf")
    with pytest.raises(RefusedFileError, match="ne contient pas de texte"):
        read_pages(tmp_path / "a.pdf", "a.pdf")


def test_a_locked_file_is_told(tmp_path: Path) -> None:
    writer = pypdf.PdfWriter(clone_from=NOTE)
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(tmp_path / "a.pdf")
    with pytest.raises(RefusedFileError, match="mot de passe"):
        read_pages(tmp_path / "a.pdf", "a.pdf")


def test_a_torn_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7\n1 0 obj\n<<")
    with pytest.raises(RefusedFileError, match="abîmé"):
        read_pages(tmp_path / "a.pdf", "a.pdf")
