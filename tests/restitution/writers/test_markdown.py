"""Markdown: what people wrote stays words, each block has its mark, a note its number."""

from __future__ import annotations

import pytest
from draft_by_hand import DRAFT

from pipeline.restitution.writers.markdown import escaped, section_md, write_markdown


@pytest.mark.parametrize(
    ("text", "shown"),
    [("le *mot*", r"le \*mot\*"), ("- un point", r"\- un point"), ("1. un", r"1\. un"), ("un [lien]", r"un \[lien\]")],
)
def test_marks_of_the_format_are_made_inert(text: str, shown: str) -> None:
    assert escaped(text) == shown


def test_each_block_has_its_mark() -> None:
    lines = section_md(DRAFT.sections[0], DRAFT, 3)
    assert lines[0] == "### Est"
    assert "*Dire.*" in lines
    assert "#### Le pain" in lines
    assert "*\\[À écrire.\\]*" in lines
    assert "| Est | 3 |" in lines
    assert any(line.startswith("**Ce qui freine.** On lit") and "[^1]" in line for line in lines)
    assert any(line.startswith("- **Ce qui freine.**") for line in lines)


def test_notes_may_be_left_out() -> None:
    assert "[^1]" not in "\n".join(section_md(DRAFT.sections[0], DRAFT, 3, with_notes=False))


def test_the_document_ends_on_its_sources() -> None:
    assert write_markdown(DRAFT, 1).decode().rstrip().endswith("[^1]: Table 2, post-it")
