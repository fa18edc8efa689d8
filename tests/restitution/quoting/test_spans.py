"""Spans that could be quoted."""

import pytest
from labelled import each
from workshop_told import item_of

from pipeline.restitution.quoting.spans import (
    balanced,
    candidates,
    fitness,
    holds_marks,
    holds_personal_data,
    trimmed,
    visible,
    with_cuts,
)

test_no_sentence_is_told_without_those_after_it = each(
    lambda text: [text[start:end] for start, end in candidates(item_of(text))],
    ("La mairie refusait. Le diocèse a prêté.", ["La mairie refusait. Le diocèse a prêté", "Le diocèse a prêté"]),
    ("On a un four. Il est cassé.", ["On a un four. Il est cassé", "Il est cassé"]),
    ("S'inscrire où, en ligne ?? au guichet", ["S'inscrire où, en ligne ?? au guichet"]),
    names=["an obstacle got past", "a good thing that fails", "one that goes on after its question marks"],
)


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
    start, end = candidates(item_of(text))[0]
    assert text[start:end] == first


def test_a_masked_name_is_cut_out() -> None:
    text = "Demander à Paul les clés de la salle"
    item = item_of(text, masks=((11, 15),))
    assert visible(item, (0, len(text))) == [(0, 11), (15, len(text))]


def test_words_that_a_person_corrected_are_masked_by_her_alone() -> None:
    text = "Demander à Paul les clés de la salle"
    assert visible(item_of(text, masks=((11, 15),), is_corrected=True), (0, len(text))) == [(0, len(text))]


def test_a_part_of_a_sentence_is_shown_as_cut() -> None:
    text = "La salle est froide, le soir on rentre tôt"
    item = item_of(text)
    span = (text.index("le soir"), len(text))
    assert with_cuts(item, span)[0] == (0, len(text))


GOOD = "La salle est froide dès le mois d'octobre"


@pytest.mark.parametrize(
    "worse",
    [
        "Ça se refroidit dès le mois d'octobre",
        "La salle euh est froide ben dès octobre",
        "La salle la salle est froide dès octobre",
        "Appeler [téléphone] pour la salle froide",
        "Froide",
    ],
    ids=["points back", "hesitates", "stutters", "a mark", "one word"],
)
def test_a_clean_sentence_reads_better(worse: str) -> None:
    def score(text: str) -> float:
        return fitness(item_of(text), (0, len(text)))

    assert score(GOOD) > score(worse)


test_what_opens_closes = each(
    balanced,
    ('la "petite" salle', True),
    ('la "petite salle', False),
    ('la "petite" salle, dite "froide', False),
    ("la salle (froide", False),
    ("la « petite » salle (froide)", True),
)


@pytest.mark.parametrize(
    ("text", "marked", "personal"),
    [
        ("Appeler [téléphone] le matin", True, True),
        ("Écrire à lea@exemple.example", False, True),
        ("Appeler le 06 12 34 56 78", False, True),
        ("La salle a 120 places", False, False),
    ],
    ids=["a mark", "an address", "a number to call", "a number"],
)
def test_personal_data_are_seen(text: str, marked: bool, personal: bool) -> None:
    assert (holds_marks(text), holds_personal_data(text)) == (marked, personal)


def test_a_mark_that_only_closes_stays() -> None:
    text = "On l'a dit : la salle est froide »"
    assert trimmed(text, (0, len(text))) == (0, len(text))


def test_openings_of_speech_stay_where_too_little_would_be_left() -> None:
    few, more = "Alors euh la salle", "Alors euh la salle est froide"
    assert trimmed(few, (0, len(few))) == (0, len(few))
    assert trimmed(more, (0, len(more))) == (more.index("la salle"), len(more))


def test_words_that_name_one_thing_alone_read_worse() -> None:
    one, two = (f"Il y a le marché et aussi le {thing}" for thing in ("marché", "quai"))
    gap = fitness(item_of(two), (0, len(two))) - fitness(item_of(one), (0, len(one)))
    assert gap == pytest.approx(0.5, abs=0.1)


def test_what_a_mask_cuts_reads_worse() -> None:
    whole, cut = item_of(GOOD), item_of(GOOD, masks=((0, 2),))
    assert fitness(cut, (0, len(GOOD))) < fitness(whole, (0, len(GOOD)))
