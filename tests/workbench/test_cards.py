"""Cards are what their templates make of the measures that stand beside them."""

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from labelled import true_of

from pipeline.classify.reading.beside import WORTH
from pipeline.classify.reading.store import model_folder
from pipeline.cluster.grouping.likeness import IDEAS
from pipeline.cluster.pairs import PAIRS
from pipeline.language.syntax.standing import ALONE
from pipeline.learned import METRICS
from pipeline.place.model import PLACE
from pipeline.stances.reading import STANCES_MODEL
from pipeline.workbench.axes.measures import AXES_CARD
from pipeline.workbench.likeness import LIKENESS_CARD
from pipeline.workbench.pairs import PAIRS_CARD
from pipeline.workbench.placing import PLACING_CARD
from pipeline.workbench.quoting import ALONE_CARD, WORTH_CARD
from pipeline.workbench.reports import CARD, Card
from pipeline.workbench.stances import STANCES_CARD

CARDS: list[tuple[Path, Card, tuple[str | int, ...], str]] = [
    (PAIRS.path, PAIRS_CARD, ("means", 0, "ami"), "| 0,12 |"),
    (IDEAS.path, LIKENESS_CARD, ("retrouver", "sujets", "meme_idee"), "| sujets | 0,12 |"),
    (WORTH.path, WORTH_CARD, ("overall", "0"), "| 0 : pas telle quelle | 0,12 |"),
    (ALONE.path, ALONE_CARD, ("overall", "f"), "| 0,12 |"),
    (STANCES_MODEL.path, STANCES_CARD, ("least", "pour"), "0,12"),
    (PLACE.path, PLACING_CARD, ("axes_read",), "(juste sur 0,12 des idées)"),
    (model_folder("rapide"), AXES_CARD, ("hors_source", "macro_f1"), "| 0,12 |"),
    (model_folder("precis"), AXES_CARD, ("hors_source", "macro_f1"), "| 0,12 |"),
]


@pytest.mark.parametrize(("folder", "card", "place", "told"), CARDS, ids=[folder.name for folder, *_ in CARDS])
def test_the_card_that_stands_is_that_of_the_measures_that_stand(
    folder: Path, card: Card, place: tuple[str | int, ...], told: str
) -> None:
    metrics = json.loads((folder / METRICS).read_text(encoding="utf-8"))
    assert (folder / CARD).read_text(encoding="utf-8") == card.told(folder, metrics)
    other: Any = deepcopy(metrics)
    within = other
    for key in place[:-1]:
        within = within[key]
    within[place[-1]] = 0.1234
    assert card.told(folder, other) != card.told(folder, metrics)
    assert told in card.told(folder, other)


test_a_card_says_who_read_what_was_learnt = true_of(
    lambda folder, said: said in " ".join((folder / CARD).read_text(encoding="utf-8").split()),
    (PAIRS.path, "produites avec des modèles de langue"),
    (WORTH.path, "faites par des modèles de langue"),
    names=["pairs", "worth"],
)
