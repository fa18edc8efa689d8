"""Cards are what their templates make of the measures that stand beside them."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from pipeline.classify.reading.beside import WORTH
from pipeline.cluster.grouping.likeness import IDEAS
from pipeline.cluster.linking.signs import LINKS, load_weights
from pipeline.cluster.naming.coverage import TITLES
from pipeline.cluster.pairs import PAIRS
from pipeline.learned import ModelFolder
from pipeline.workbench.cards import CARD, NOTES, number
from pipeline.workbench.likeness import likeness_card
from pipeline.workbench.links import links_card
from pipeline.workbench.pairs import pairs_card
from pipeline.workbench.titles import titles_card
from pipeline.workbench.worth import worth_card


def of_links(metrics: dict[str, Any]) -> str:
    return links_card(load_weights(), metrics)


def of_pairs(metrics: dict[str, Any]) -> str:
    return pairs_card(metrics, (PAIRS.path / NOTES).read_text(encoding="utf-8"))


CARDS: list[tuple[ModelFolder, Callable[[dict[str, Any]], str], tuple[str | int, ...], str]] = [
    (LINKS, of_links, ("answers", "test", "precision_at_1"), "| `test` (jamais apprise) | 48 | 0,12 |"),
    (PAIRS, of_pairs, ("means", 0, "ami"), "| 0,12 |"),
    (TITLES, titles_card, ("bounds", "0.6", "recall"), "| 0,60 (retenue) | "),
    (IDEAS, likeness_card, ("retrouver", "sujets", "meme_idee"), "| sujets | 0,12 |"),
    (WORTH, worth_card, ("overall", "0"), "| 0 : pas telle quelle | 0,12 |"),
]


@pytest.mark.parametrize(("model", "card", "place", "told"), CARDS, ids=[model.name for model, *_ in CARDS])
def test_the_card_that_stands_is_that_of_the_measures_that_stand(
    model: ModelFolder, card: Callable[[dict[str, Any]], str], place: tuple[str | int, ...], told: str
) -> None:
    metrics = model.metrics()
    assert (model.path / CARD).read_text(encoding="utf-8") == card(metrics)
    other: Any = deepcopy(metrics)
    within = other
    for key in place[:-1]:
        within = within[key]
    within[place[-1]] = 0.1234
    assert card(other) != card(metrics)
    assert told in card(other)


@pytest.mark.parametrize(
    ("value", "told"), [(0.5, "0,50"), (-1.08, "−1,08"), (None, "–")], ids=["half", "negative", "not measured"]
)
def test_numbers_are_french(value: float | None, told: str) -> None:
    assert number(value) == told


@pytest.mark.parametrize(
    ("card", "said"),
    [
        (of_links, "par qui a aussi choisi ce qui est pesé"),
        (of_pairs, "produites avec des modèles de langue"),
        (worth_card, "faites par des modèles de langue"),
    ],
    ids=["links", "pairs", "worth"],
)
def test_a_card_says_who_read_what_was_learnt(card: Callable[[dict[str, Any]], str], said: str) -> None:
    models = {of_links: LINKS, of_pairs: PAIRS, worth_card: WORTH}
    assert said in " ".join(card(models[card].metrics()).split())
