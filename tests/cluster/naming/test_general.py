"""Titles as general as their groups."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from pipeline.cluster.naming.coverage import Coverage
from pipeline.cluster.naming.general import general_titles, nature_of, reads_well
from pipeline.cluster.naming.penalties import GroupTexts
from pipeline.language.models.parsing import parse


def titles(axis: str, texts: Sequence[str], natures: Sequence[str | None], objects: Sequence[str | None]) -> list[str]:
    group = GroupTexts(axis, texts, [False] * len(texts), False, natures=natures, objects=objects)
    return [one.text for one in general_titles(group, Coverage(texts))]


def test_a_lack_that_several_texts_tell_is_named() -> None:
    texts = ["Pas de gardien au port", "On cherche un gardien depuis deux ans", "Le quai reste fermé faute de gardien"]
    assert titles("est", texts, ["manque", None, "manque"], [None] * 3)[0] == "manque de gardiens"


def test_what_is_done_with_one_thing_is_named() -> None:
    texts = ["Ouvrir la cale le soir", "Il faudrait ouvrir la cale aux clubs", "Ouvrir la cale le dimanche"]
    assert titles("sud", texts, [None] * 3, [None] * 3)[0] == "ouvrir la cale"


def test_what_is_refused_is_not_proposed() -> None:
    texts = ["Ne pas ouvrir la cale le soir", "Éviter d'ouvrir la cale aux clubs", "Ne plus ouvrir la cale"]
    assert titles("sud", texts, [None] * 3, [None] * 3) == []


def test_a_word_that_one_text_says_is_in_no_general_title() -> None:
    texts = ["Le ponton rouge est cassé", "Le ponton est cassé", "Le ponton est trop court"]
    assert not [title for title in titles("est", texts, ["qualite"] * 3, ["ponton"] * 3) if "rouge" in title]


def test_texts_that_share_nothing_have_none() -> None:
    assert titles("est", ["La criée ferme", "Le loyer a doublé", "Trop de vent"], ["cout"] * 3, [None] * 3) == []


@pytest.mark.parametrize(
    ("natures", "expected"),
    [
        (["manque", "manque", None], "manque"),
        (["manque", "cout"], None),
        (["manque", None, None, None], None),
        ([], None),
    ],
)
def test_a_nature_needs_the_majority(natures: list[str | None], expected: str | None) -> None:
    assert nature_of(natures, len(natures)) == expected


def test_a_phrase_whose_adjective_was_cut_off_does_not_read_well() -> None:
    texts = ["Un poste de conseillère numérique", "Le poste de conseillère numérique"]
    group = GroupTexts("nord", texts, [False] * 2, False)
    found = {one.text: one for one in general_titles(group, Coverage(texts))}
    held = {
        text: any(reads_well(place, next(iter(parse([place.sentence])))) for place in one.places)
        for text, one in found.items()
    }
    assert held["le poste de conseillère numérique"] and not held["le poste de conseillère"]
