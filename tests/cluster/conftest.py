"""Hand-made frames for the cluster stage."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas as pd
import pytest

from pipeline.axes import AXIS_CODES
from pipeline.cluster.corpus import ClusterResult
from pipeline.cluster.grouping.likeness import load_likeness
from pipeline.cluster.stage import cluster
from pipeline.config import load_config
from pipeline.contracts.checks import empty
from pipeline.language.models.encoders import Embeddings, load_encoder


def make_frames(
    texts: Sequence[str],
    axes: Sequence[str],
    tables: Sequence[str | None] | None = None,
    channels: Sequence[str] | None = None,
    voices: Sequence[str | None] | None = None,
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame, Embeddings]:
    """Items, contributions, tags and embeddings: one item per contribution, ids in the order given."""
    n = len(texts)
    ids = [f"i{row:04d}" for row in range(n)]
    items = pd.DataFrame({"item_id": ids, "contribution_id": [f"c{i}" for i in ids], "start": 0, "text": list(texts)})
    items["end"] = [max(1, len(text)) for text in texts]
    contributions = pd.DataFrame(
        {
            "contribution_id": items["contribution_id"],
            "source": "notes.csv",
            "text": list(texts),
            "channel": list(channels) if channels else "postit",
            "provenance": "ecrit",
            "context": "",
            "voice": list(voices) if voices else pd.Series([pd.NA] * n, dtype="string"),
            "table": list(tables) if tables else [f"Table {row % 5 + 1}" for row in range(n)],
            "workshop": "atelier",
            "attributes": "{}",
        }
    )
    tags = pd.DataFrame({"item_id": ids, "axis": list(axes), "confidence": 0.8, "status": "sur"})
    tags["second_axis"] = pd.Series([pd.NA] * n, dtype="string")
    for name in ("facet", "doubt"):
        tags[name] = pd.Series([pd.NA] * n, dtype="string")
    for code in AXIS_CODES:
        tags[f"p_{code}"] = [0.8 if axis == code else 0.05 for axis in axes]
    vectors = load_encoder().encode(list(texts)).astype(np.float16)
    embeddings = Embeddings(
        np.array(ids, dtype=str), vectors, np.arange(n, dtype=np.int32), np.full(n, -1, np.int32), "essai"
    )
    return items, contributions, tags, embeddings


Runner = Callable[..., ClusterResult]


@pytest.fixture
def run_cluster() -> Runner:
    """The whole stage on texts and their axes; `subjects` declares what each table spoke of."""

    def run(
        texts: Sequence[str],
        axes: Sequence[str],
        subjects: dict[str, str] | None = None,
        titles: pd.DataFrame | None = None,
        placings: pd.DataFrame | None = None,
        **columns: Any,
    ) -> ClusterResult:
        items, contributions, tags, embeddings = make_frames(texts, axes, **columns)
        declared = empty("workshop_tables")
        if subjects:
            declared = pd.DataFrame({"workshop": "atelier", "table": list(subjects), "sujet": list(subjects.values())})
        given = {"titles": titles, "placings": placings}
        return cluster(items, contributions, tags, embeddings, declared, load_config(), load_likeness(), **given)

    return run
