"""Plain text: no mark-up, a figure told row by row."""

from __future__ import annotations

from draft_by_hand import DRAFT, EST

from pipeline.restitution.writers.text import PLAIN


def test_each_block_is_told_without_marks() -> None:
    lines = [*PLAIN.lines(EST, DRAFT, 1)]
    assert lines[:4] == ["(Dire.)", "", "Le pain", ""]
    assert "Est : Idées 3" in lines
    assert "Sud : Idées 12" in lines
    assert any(line.startswith("- Ce qui freine. On lit") for line in lines)


def test_the_document_opens_on_its_title_underlined() -> None:
    assert PLAIN.write(DRAFT).decode().splitlines()[:2] == ["Atelier du four", "=" * len("Atelier du four")]
