"""Placing gives the same bytes whatever the order of ideas, the size of partitions and the number of workers."""

import numpy as np
import pandas as pd
import pytest

from pipeline.axes import AXIS_CODES
from pipeline.config import load_config
from pipeline.execution import LocalExecutor
from pipeline.language.models.encoders import Embeddings, load_encoder
from pipeline.place import stage
from pipeline.place.model import load_place
from pipeline.place.titles import Title, identified

TEXTS = (
    "Les cars sont trop rares",
    "Il n'y a plus assez de médecins",
    "Le marché du samedi revit",
    "Un lieu pour les jeunes",
    "Plus de car le soir",
    "Des médecins partent à la retraite",
    "Les jeunes s'ennuient",
    "Bonjour à tous",
)
TITLES = identified((Title("Des cars trop rares", "est"), Title("Trop peu de médecins"), Title("La place des jeunes")))


def placings(order: list[int], size: int, workers: int, is_noted: bool = True) -> pd.DataFrame:
    ids = [f"i{row}" for row in order]
    texts = [TEXTS[row] for row in order]
    items = pd.DataFrame({"item_id": ids, "contribution_id": ids, "text": texts, "start": 0})
    contributions = pd.DataFrame({"contribution_id": ids, "context": ["", "Échanges"][is_noted], "position": order})
    contributions = contributions.assign(source="notes.md", channel=["postit", "note"][is_noted])
    tags = pd.DataFrame({f"p_{code}": [0.6 if code == "est" else 0.1] * len(ids) for code in AXIS_CODES})
    rows = np.arange(len(ids), dtype=np.int32)
    encoder = load_encoder()
    vectors = encoder.encode(texts).astype(np.float16)
    embeddings = Embeddings(np.array(ids), vectors, rows, np.full_like(rows, -1), encoder.sha256)
    found = stage.place(
        items,
        contributions,
        tags.assign(item_id=ids, axis="est"),
        embeddings,
        np.zeros((len(ids), 0), dtype=np.float16),
        TITLES,
        load_place("rapide"),
        load_config(profil="rapide", taille_partition=size),
        LocalExecutor(workers),
    )
    return found.placings.sort_values("item_id").reset_index(drop=True)


@pytest.mark.parametrize(
    ("order", "size", "workers"),
    [(list(range(8))[::-1], 8, 1), ([3, 1, 4, 0, 5, 7, 2, 6], 3, 1), (list(range(8)), 1, 2)],
)
def test_the_same_bytes(monkeypatch: pytest.MonkeyPatch, order: list[int], size: int, workers: int) -> None:
    monkeypatch.setattr(stage, "MIN_PARTS_FOR_PROCESSES", 2)
    straight = placings(list(range(8)), 8, 1)
    assert straight["title_id"].notna().sum() >= 3
    pd.testing.assert_frame_equal(placings(order, size, workers), straight)


def test_an_idea_that_comes_late_on_a_wall_moves_no_other() -> None:
    every, before = (placings(list(range(n)), 8, 1, is_noted=False) for n in (8, 7))
    pd.testing.assert_frame_equal(every[every["item_id"] != "i7"].reset_index(drop=True), before)
