"""The columns of `tags` that are read beside the axis, by models that a run names by their sha256."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.classify.reading.beside.natures import NATURES, NatureModel, load_natures
from pipeline.classify.reading.beside.worth import WORTH, WorthModel, load_worth
from pipeline.errors import ModelError


def beside_sha256() -> dict[str, str]:
    """Each of these models, and the sha256 of its manifest.

    Raises
    ------
    ModelError : one is missing.
    """
    return {one.name: one.sha256() for one in (NATURES, WORTH)}


def readers_of(encoder_sha256: str) -> dict[str, str]:
    """Those of these models that learnt above an encoder, as `beside_sha256` names them.

    Raises
    ------
    ModelError : one is missing or altered.
    """
    found: dict[str, NatureModel | WorthModel] = {NATURES.name: load_natures(), WORTH.name: load_worth()}
    return {name: model.sha256 for name, model in found.items() if model.encoder_sha256 == encoder_sha256}


def read_beside(
    tags: pd.DataFrame,
    texts: Sequence[str],
    headings: Sequence[str],
    text_vectors: npt.NDArray[np.float16],
    heading_vectors: npt.NDArray[np.float16],
    wanted: Mapping[str, str],
) -> pd.DataFrame:
    """The tags with the columns `nature`, `object` and `worth`, missing where the model of these is not `wanted`.

    Parameters
    ----------
    tags : n rows, whose axis is read. Vectors have shape (n, d).
    wanted : see `readers_of`.

    Raises
    ------
    ModelError : a model of this machine is not the one wanted.
    """
    axes = tags["axis"].tolist()
    tags = tags.assign(nature=None, object=None, worth=np.nan)
    if NATURES.name in wanted:
        natures = load_natures()
        check_same(NATURES.name, natures.sha256, wanted[NATURES.name])
        read = natures.read(texts, axes, text_vectors)
        tags = tags.assign(nature=read["nature"], object=read["object"])
    if WORTH.name in wanted:
        worth = load_worth()
        check_same(WORTH.name, worth.sha256, wanted[WORTH.name])
        tags = tags.assign(worth=worth.read(texts, headings, axes, text_vectors, heading_vectors))
    return tags


def check_same(name: str, here: str, wanted: str) -> None:
    """A `ModelError` when the model of this machine is not the one that the run names."""
    if here != wanted:
        raise ModelError(
            f"Le modèle « {name} » de cette machine ({here[:12]}…) n'est pas celui de l'exécution "
            f"({wanted[:12]}…). Installez partout la même version de Rosace."
        )
