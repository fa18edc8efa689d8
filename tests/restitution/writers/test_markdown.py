"""Markdown: what people wrote stays words, each block has its mark, each source its short mark."""

from __future__ import annotations

from draft_by_hand import DRAFT, EST
from labelled import each

from pipeline.restitution.writers.text import MARKDOWN, escaped

test_marks_of_the_format_are_made_inert = each(
    escaped,
    ("le *mot*", r"le \*mot\*"),
    ("- un point", r"\- un point"),
    ("1. un", r"1\. un"),
    ("un [lien]", r"un \[lien\]"),
)


def test_each_block_has_its_mark() -> None:
    lines = MARKDOWN.section(EST, DRAFT, 3).splitlines()
    assert lines[0] == "### Est"
    assert "*Dire.*" in lines
    assert "#### Le pain" in lines
    assert "| Est | 3 |" in lines
    assert any(line.startswith("**Ce qui freine.** On lit") and "tout\u00a0» (T2.4)." in line for line in lines)
    assert any(line.startswith("- **Ce qui freine.**") for line in lines)


def test_marks_may_be_left_out() -> None:
    assert "T2.4" not in MARKDOWN.section(EST, DRAFT, 3, with_sources=False)


def test_a_figure_is_its_image_or_its_table_never_both() -> None:
    page = MARKDOWN.write(DRAFT, 1).decode()
    assert "![Quatre secteurs.](rose.png)" in page
    assert "axes.png" not in page
    assert page.count("| Est | 3 |") == 1


def test_annexes_come_last_and_end_on_what_the_marks_stand_for() -> None:
    page = MARKDOWN.write(DRAFT, 1).decode()
    places = [page.index(title) for title in ("### Est", "## Annexes", "### La rose", "### Sources")]
    assert places == sorted(places)
    assert page.rstrip().endswith(
        "- **Table 2** : Post-it, murs.csv\u00a0: T2.4\u00a0ligne 5\n- **Enquête** : enquete.csv\u00a0: E3\u00a0ligne 4"
    )
