"""The vectors of the ideas that are compared, taken from the runs where they were made."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from pipeline.cluster.grouping.likeness import Likeness
from pipeline.errors import ArtifactError
from pipeline.folder.artifacts import IDEAS, RunFolder
from pipeline.programme.workshops import RunRead

Vectors = npt.NDArray[np.float16]


def check_same_models(runs: Sequence[RunRead], likeness: Likeness) -> None:
    """Nothing when the runs were read by the models of today; else `ArtifactError`: their vectors say other things."""
    for run in runs:
        _check(run.folder, likeness)
    axes = {run.folder.path: _axis_models(run.folder) for run in runs}
    known = dict(models for found in axes.values() for models in found)
    for path, found in axes.items():
        if any(known[name] != sha for name, sha in found):
            raise ArtifactError(
                f"{path} et les autres n'ont pas été lus par la même version du modèle des axes : leurs idées ne se "
                "comparent pas. Relancez « rosace synthesize » sur chaque atelier : vos décisions sont gardées."
            )


def _check(folder: RunFolder, likeness: Likeness) -> None:
    if folder.embeddings.load().encoder_sha256 != likeness.topics_sha256:
        raise ArtifactError(
            f"{folder.path} a été lu par une autre version de Rosace : ses idées ne se comparent pas aux autres. "
            "Relancez « rosace synthesize » sur cet atelier : vos décisions sont gardées."
        )


def _axis_models(folder: RunFolder) -> tuple[tuple[str, str], ...]:
    models: dict[str, str] = folder.load_manifest()["stages"].get("classify", {}).get("models", {})
    return tuple((name, sha) for name, sha in models.items() if name.startswith("axes/"))


def rows_of(run: RunRead, items: Sequence[str]) -> tuple[Vectors, Vectors | None]:
    """Vectors of topics of some ideas of a run (by their ids there), and of what is said, None in `rapide`."""
    embeddings = run.folder.embeddings.load()
    places = {item: row for row, item in enumerate(embeddings.item_ids.tolist())}
    rows = np.array([places[item] for item in items], dtype=np.int64)
    said = run.folder.load_matrix(IDEAS)
    return embeddings.texts(rows), np.asarray(said[rows]) if said.shape[1] else None


def meanings_of(likeness: Likeness, topics: Vectors, said: Sequence[Vectors | None]) -> Vectors:
    """What the ideas of all runs mean, shape (n, k): by their topics alone as soon as one run has nothing else."""
    sides = [side for side in said if side is not None]
    return likeness(topics, np.vstack(sides) if len(sides) == len(said) else None)
