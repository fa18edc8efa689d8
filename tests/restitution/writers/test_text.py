"""Formats of text: what people wrote stays words, each block has its mark, each source its short mark."""

import html
import re

from draft_by_hand import DRAFT, EST
from hypothesis import given
from hypothesis import strategies as st
from labelled import each

from pipeline.restitution.writers.text import MARKDOWN, PLAIN, escaped, inert

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


def test_each_block_is_told_without_marks() -> None:
    lines = [*PLAIN.lines(EST, DRAFT, 1)]
    assert lines[:4] == ["(Dire.)", "", "Le pain", ""]
    assert "Est : Idées 3" in lines
    assert "Sud : Idées 12" in lines
    assert any(line.startswith("- Ce qui freine. On lit") for line in lines)


def test_the_document_opens_on_its_title_underlined() -> None:
    assert PLAIN.write(DRAFT).decode().splitlines()[:2] == ["Atelier du four", "=" * len("Atelier du four")]


ACTIVE = re.compile(
    r"\{\{|\}\}|\"\"|==|//|__|\*\*|\[\[|\]\]|~~|##|@@|%%|---|<|>|''|\||[a-zà-ÿ][A-ZÀ-Þ]|[A-Za-zÀ-ÿ]\d|(?<![a-z])https?:"
)

test_words_are_inert = each(
    inert,
    ("Table3", "Table&#51;"),
    ("Covid19", "Covid&#49;9"),
    ("LibreOffice", "Libre&#79;ffice"),
    ("{{include page}}", "&#123;&#123;include page&#125;&#125;"),
    ('""<script>""', "&#34;&#34;&#60;script&#62;&#34;&#34;"),
    ("10 == 10", "10 &#61;&#61; 10"),
    ("et//ou", "et&#47;&#47;ou"),
    ("a__b__c", "a&#95;&#95;b&#95;&#95;c"),
    (" en retrait", "&#32;en retrait"),
    ("- un point", "&#45; un point"),
    ("**gras**", "&#42;&#42;gras&#42;&#42;"),
    ("[[https://a.fr lien]]", "&#91;&#91;&#104;ttps:&#47;&#47;a.fr lien&#93;&#93;"),
    ("a|b", "a&#124;b"),
    ("et/ou, l’école d’été", "et/ou, l’école d’été"),
    ("Rien à louer à l’année.", "Rien à louer à l’année."),
)


@given(st.text(alphabet="aZé3 {}[]\"<>|*#=_~@%/-'!:;.\u00a0", max_size=40))
def test_nothing_active_is_left_and_nothing_is_lost(words: str) -> None:
    source = inert(words)
    assert html.unescape(source) == words
    assert not ACTIVE.search(re.sub(r"&#\d+;", "·", source))
