"""Chances while a person sorts: those of a run, acts and new titles included."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from pipeline.place.features import Sides, headed
from pipeline.place.live import LivePlacing
from pipeline.place.model import PlaceModel, load_place
from pipeline.place.stage import find
from pipeline.place.titles import Title
from tests.place.test_model import TITLES, UNDER, read

AXES = np.full((len(UNDER), 5), 0.2)


@pytest.fixture(scope="module")
def model() -> PlaceModel:
    return load_place("rapide")


@pytest.fixture
def live(model: PlaceModel) -> LivePlacing:
    return LivePlacing(read(list(UNDER)), AXES, model)


def test_they_are_those_of_a_run_before_and_after_acts(model: PlaceModel) -> None:
    first, second = list(UNDER)[:2]
    headings = ["Se déplacer", "Se déplacer", "", "Au jardin", "", ""]
    ideas = replace(read(list(UNDER), headings), above=headed(list(UNDER), headings, {first}))
    live = LivePlacing(ideas, AXES, model)
    told = (replace(TITLES[0], examples=(first, "Un covoiturage"), refused=(second,)), *TITLES[1:])
    refused = (replace(TITLES[0], refused=(first,)), *TITLES[1:])
    for titles in (tuple(TITLES), told, refused, tuple(TITLES)):
        found = find(live.ideas, titles, AXES, model)
        chances = live.chances(titles)
        assert np.allclose(chances.max(axis=1)[found.is_placed], found.chance[found.is_placed], atol=1e-4)
    chances = live.chances(told)
    assert (chances[0, 0], chances[1, 0]) == (1.0, 0.0)


def test_a_title_that_is_typed_or_reworded_is_read_at_once(live: LivePlacing) -> None:
    before = live.chances(TITLES)
    after = live.chances((*TITLES, Title("La pluie", "nord")))
    assert after.shape == (len(UNDER), len(TITLES) + 1)
    again = live.chances((replace(TITLES[0], text="Le potager du roi"), *TITLES[1:]))
    assert again[0, 0] < before[0, 0]


def test_titles_are_read_all_at_once_and_once(model: PlaceModel) -> None:
    asked: list[list[str]] = []

    def reading(texts: Sequence[str]) -> Sides:
        asked.append(list(texts))
        return model.read_titles(texts)

    live = LivePlacing(read(list(UNDER)), AXES, replace(model, read_titles=reading))
    late = (*TITLES, Title("La pluie", "nord"))
    live.chances(TITLES)
    assert np.array_equal(live.chances(late), LivePlacing(read(list(UNDER)), AXES, model).chances(late))
    assert asked == [[title.text for title in TITLES], ["La pluie"]]


def test_without_titles_nothing_is_likely(live: LivePlacing) -> None:
    assert live.chances(()).shape == (len(UNDER), 0)
