"""Spans that could be quoted."""

from __future__ import annotations

from dataclasses import replace

import pytest
from atelier import workshop

from pipeline.restitution.material.load import read_material
from pipeline.restitution.material.model import Item
from pipeline.restitution.quoting.spans import candidates, visible, with_cuts


def an_item(text: str, **changes: object) -> Item:
    like = read_material(workshop()).groups["g-toit"].members[0]
    return replace(like, **{"text": text, "source_text": text, "start": 0, "end": len(text), **changes})


def test_a_quotation_never_opens_nor_stops_in_the_middle_of_a_list() -> None:
    text = (
        "on pourrait faire un conseil de la plage avec tout le monde, les pêcheurs, la criée, les campings, et on "
        "regarde les horaires ensemble une fois par mois, sans les cacher, même quand ils sont mauvais"
    )
    found = [text[start:end] for start, end in candidates(an_item(text))]
    assert "on regarde les horaires ensemble une fois par mois" in found
    assert not [words for words in found if words.startswith(("les pêcheurs", "la criée", "les campings"))]
    assert not [words for words in found if words.endswith(("les pêcheurs", "la criée"))]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Alors euh la salle est froide en hiver.", "la salle est froide en hiver"),
        ("« La salle est froide »", "La salle est froide"),
        ("– La salle est froide,", "La salle est froide"),
    ],
    ids=["openings of speech", "its own quotation marks", "a dash and a comma"],
)
def test_what_surrounds_words_is_left_out(text: str, first: str) -> None:
    start, end = candidates(an_item(text))[0]
    assert text[start:end] == first


def test_a_masked_name_is_cut_out() -> None:
    text = "Demander à Paul les clés de la salle"
    item = an_item(text, masks=((11, 15),))
    assert visible(item, (0, len(text))) == [(0, 11), (15, len(text))]


def test_a_part_of_a_sentence_is_shown_as_cut() -> None:
    text = "La salle est froide, le soir on rentre tôt"
    item = an_item(text)
    span = (text.index("le soir"), len(text))
    assert with_cuts(item, span)[0] == (0, len(text))
