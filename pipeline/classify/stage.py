"""The classify stage: items with their context → tags."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.classify.model import build_model
from pipeline.classify.store import open_model
from pipeline.config import Config
from pipeline.errors import ModelError
from pipeline.execution import partition_bounds
from pipeline.language.encoders import Embeddings
from pipeline.schemas import conform, empty


class AxisModel(Protocol):
    """A loaded, checked model of `models/axes/<profile>/`. `sha256` covers every file that decides.

    `encoder_sha256` names the encoder of the vectors that it reads, "" when it reads none.
    """

    @property
    def sha256(self) -> str:
        """Of the manifest of the model."""

    @property
    def encoder_sha256(self) -> str:
        """Of the encoder of topics, or ""."""

    def predict(
        self,
        texts: Sequence[str],
        contexts: Sequence[str],
        text_vectors: npt.NDArray[np.float16],
        context_vectors: npt.NDArray[np.float16],
    ) -> pd.DataFrame:
        """Rows in order, columns of the schema `tags` but `item_id`; vectors have shape (len(texts), d)."""


@lru_cache(maxsize=4)
def load_axis_model(profile: str, folder: Path | None = None) -> AxisModel:
    """The model of a profile (`precis` or `rapide`), loaded once per process, after its sha256 was checked.

    Raises
    ------
    ModelError : missing, altered or of another version, with what to do.
    """
    return build_model(open_model(profile, folder))


def classify(
    items: pd.DataFrame,
    contributions: pd.DataFrame,
    embeddings: Embeddings,
    model: AxisModel,
    config: Config,
    tick: Callable[[int], None] = lambda _: None,
) -> pd.DataFrame:
    """The table `tags`: one row per item, in the order of `items`.

    Items are classified in partitions of `config.taille_partition` rows sorted by item_id, so that the order of the
    files moves no digit.

    Raises
    ------
    ModelError : the vectors come from another encoder than the one that the model learned with.
    """
    if model.encoder_sha256 and model.encoder_sha256 != embeddings.encoder_sha256:
        raise ModelError(
            f"Le modèle des axes a été appris avec l'encodeur {model.encoder_sha256[:12]}…, et les vecteurs "
            f"viennent de {embeddings.encoder_sha256[:12]}…. Installez les versions du dépôt "
            "(make install), ou réapprenez (make train)."
        )
    if items.empty:
        return empty("tags")
    ids = items["item_id"].to_numpy(dtype=str)
    texts = items["text"].to_numpy(dtype=object)
    headings = contributions.set_index("contribution_id")["context"]
    contexts = items["contribution_id"].map(headings).fillna("").to_numpy(dtype=object)
    context_vectors = embeddings.contexts_of_items()
    order = np.argsort(ids, kind="stable")
    parts = []
    for start, end in partition_bounds(len(ids), config.taille_partition):
        rows = order[start:end]
        tags = model.predict(
            list(texts[rows]), list(contexts[rows]), embeddings.text_vectors[rows], context_vectors[rows]
        )
        parts.append(tags.assign(item_id=ids[rows], row=rows))
        tick(len(rows))
    return conform("tags", pd.concat(parts, ignore_index=True).sort_values("row", kind="stable"))
