"""A pdf with a text layer: what is set larger stands above what follows; one without text is told."""

from __future__ import annotations

from pathlib import Path

import pypdf
import pytest

from pipeline.errors import RefusedFileError
from pipeline.ingest.formats.documents.pdf import pdf_blocks, read_pages

NOTE = Path(__file__).parents[1] / "files" / "note.pdf"  # saved by LibreOffice out of a note of ours


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
