"""Titles as general as their groups."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from pipeline.cluster.naming.coverage import Coverage, Topics
from pipeline.cluster.naming.general import General, agrees, general_titles, judged_phrases, nature_of, reads_well
from pipeline.cluster.naming.scores import GroupTexts
from pipeline.language.models.parsing import parse


def generals(
    axis: str, texts: Sequence[str], natures: Sequence[str | None] = (), objects: Sequence[str | None] = ()
) -> list[General]:
    group = GroupTexts(axis, texts, [False] * len(texts), False, natures=natures, objects=objects)
    return general_titles(group, judged_phrases(group), Coverage(texts, Topics(None)), {})


def titles(axis: str, texts: Sequence[str], natures: Sequence[str | None], objects: Sequence[str | None]) -> list[str]:
    """Those that are true of two texts or more, the best first."""
    return [one.text for one in generals(axis, texts, natures, objects) if one.covered.sum() > 1]


def test_a_lack_that_several_texts_tell_is_named() -> None:
    texts = ["Pas de gardien au port", "Aucun gardien depuis deux ans", "Le quai reste fermé faute de gardien"]
    assert titles("est", texts, ["manque", "manque", None], [None] * 3)[0] == "manque de gardiens"


def test_a_lack_is_true_only_of_the_texts_that_tell_it() -> None:
    texts = ["Pas de gardien au port", "Aucun gardien depuis deux ans", "Les gardiens parlent trop fort"]
    found = {one.text: one.covered.tolist() for one in generals("est", texts, ["manque", "manque", None], [None] * 3)}
    assert found["manque de gardiens"] == [True, True, False]


def test_what_is_done_with_one_thing_is_named() -> None:
    texts = ["Ouvrir la cale le soir", "Il faudrait ouvrir la cale aux clubs", "Ouvrir la cale le dimanche"]
    assert titles("sud", texts, [None] * 3, [None] * 3)[0] == "ouvrir la cale"


def test_what_is_refused_is_not_proposed() -> None:
    texts = ["Ne pas ouvrir la cale le soir", "Éviter d'ouvrir la cale aux clubs", "Ne plus ouvrir la cale"]
    assert not [title for title in titles("sud", texts, [None] * 3, [None] * 3) if "ouvrir" in title]


def test_a_word_that_one_text_says_is_in_no_title_of_several() -> None:
    texts = ["Le ponton rouge est cassé", "Le ponton est cassé", "Le ponton est trop court"]
    assert not [title for title in titles("est", texts, ["qualite"] * 3, ["ponton"] * 3) if "rouge" in title]


def test_texts_that_share_nothing_have_none_in_common() -> None:
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
    found = {one.text: one for one in generals("nord", ["Un poste de conseillère numérique"] * 2)}
    held = {
        text: any(reads_well(place, next(iter(parse([place.sentence])))) for place in one.places)
        for text, one in found.items()
    }
    assert held["le poste de conseillère numérique"] and not held["le poste de conseillère"]


def test_a_subject_and_its_verb_are_no_name_of_a_thing() -> None:
    texts = ["L'association finance du contenu", "L'association finance des films"]
    assert not [one.text for one in generals("nord", texts) if "finance" in one.text]


def test_a_noun_is_not_told_with_the_article_of_another_gender() -> None:
    texts = ["Une secrétaire médicale partagée", "La secrétaire médicale est seule"]
    assert not [one.text for one in generals("nord", texts) if "le secrétaire" in one.text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("des pistes cyclables sécurisées", True),
        ("des pistes cyclables sécurisé", False),
        ("les quai abîmés", False),
        ("le quai abîmés", False),
        ("les stationnements vélo", True),
        ("le gros temps", True),
        ("aménager piste cyclable", False),
        ("aménager une piste cyclable", True),
        ("faire confiance aux jeunes", True),
        ("travailler ensemble", True),
    ],
)
def test_a_phrase_whose_agreement_is_at_fault_is_known(text: str, expected: bool) -> None:
    assert agrees(text) is expected
