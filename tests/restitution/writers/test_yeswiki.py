"""YesWiki: whatever participants write stays text (the traps of its formatter, as a table)."""

from __future__ import annotations

import html
import re

from hypothesis import given
from hypothesis import strategies as st
from labelled import each

from pipeline.restitution.writers.text import inert

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
