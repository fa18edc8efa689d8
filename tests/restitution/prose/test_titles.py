"""Titles in a sentence: low, with an article, quoted when they speak for someone, and those that say nothing alone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from workshop_told import survey_group, told_workshop

from pipeline.restitution.material.model import Group
from pipeline.restitution.prose.telling import Telling
from pipeline.restitution.prose.titles import has_good_title, subject


@pytest.fixture(scope="module")
def telling() -> Telling:
    """What tells the hand-made workshop."""
    return told_workshop()


@pytest.fixture
def group(telling: Telling) -> Group:
    return telling.material.groups["g-toit"]


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ("low", "recenser les logements vides"),
        ("de", "de recenser les logements vides"),
        ("as_is", "Recenser les logements vides"),
    ],
)
def test_a_title_enters_a_sentence(telling: Telling, group: Group, form: str, said: str) -> None:
    assert telling.titles.title(group, form).text == said


def test_a_lack_is_named_as_what_there_is_not(telling: Telling) -> None:
    assert telling.titles.named(telling.material.groups["g-bus"]).text == "il n’y a pas de car après 18 h"


def test_a_title_that_speaks_for_someone_is_quoted() -> None:
    telling, group = survey_group("enquete", "Prêter nos salles le soir", "Prêter nos salles le soir", "Ouvrir le four")
    found = telling.titles.named(group)
    assert (found.kind, found.text) == ("quote", "Prêter nos salles le soir")


@pytest.mark.parametrize(
    ("title", "good"),
    [
        ("Recenser les logements vides", True),
        ("Les logements", False),
        ("[…] les logements vides du bourg", False),
        ("Ça manque de logements vides", False),
    ],
    ids=["says what it is", "one word of subject", "the end of a sentence", "points back"],
)
def test_a_title_must_say_something_by_itself(group: Group, title: str, good: bool) -> None:
    assert has_good_title(replace(group, title=title, members=())) is good


def test_masked_words_are_nobody_s_own(telling: Telling, group: Group) -> None:
    assert telling.titles.own_words(group) is not None
    hidden = tuple(replace(item, masks=((0, item.end),)) for item in group.members)
    assert telling.titles.own_words(replace(group, members=hidden)) is None


def test_what_a_group_speaks_of_is_its_title_and_its_first_keywords(group: Group) -> None:
    found = subject(replace(group, title="Le four", keywords=("pain", "bois", "hiver", "veillée", "marché")))
    assert len(found) == 5
