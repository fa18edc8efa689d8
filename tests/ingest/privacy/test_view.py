"""Texts folded, places kept."""

from __future__ import annotations

import pytest

from pipeline.ingest.privacy.marks import View, bare

FOLDED = [
    ("０６\u2009３９ ＠", "06 39 @"),
    ("𝟎𝟔·𝟑𝟗 – l’été", "06\u00b739 - l'été"),
    ("m² et ½", "m² et ½"),
    ("zoe&#64;four&commat;x&nbsp;%40", "zoe@four@x\xa0@"),
    ("R&D ; 100%", "R&D ; 100%"),
]


@pytest.mark.parametrize(("text", "expected"), FOLDED)
def test_one_form_for_many_spellings(text: str, expected: str) -> None:
    assert View(text).text.replace("\xa0", " ") == expected.replace("\xa0", " ")


def test_places_are_those_of_the_text() -> None:
    text = "À zoe&#64;four.example, oui"
    view = View(text)
    start = view.text.index("zoe")
    assert text[view.place(start) : view.place(view.text.index(","))] == "zoe&#64;four.example"
    assert view.place(len(view.text)) == len(text)


def test_what_a_leak_is_looked_for_by() -> None:
    assert bare("０６.39\u202f98&nbsp;O1") == bare("06 39 98 o1") == "063998o1"
