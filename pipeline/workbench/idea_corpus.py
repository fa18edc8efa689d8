"""Imaginary workshops where the same ideas are said in many ways: what teaches, and measures, which texts are alike."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.errors import UsageError
from pipeline.resources import corpus, in_repository

IDEAS_FOLDER = corpus() / "ideas"
"""Workshops that the idea branch of the `precis` encoder learns from."""
PROJECTION_FOLDER = IDEAS_FOLDER / "projection"
"""Workshops that this branch never learns from, so that a projection of its vectors can be fitted on them."""
HELD_OUT_EVERY = 6
"""One workshop out of six of a folder, in the order of names, is never learnt: what was learnt is measured there."""


def load_ideas(folder: Path = IDEAS_FOLDER) -> pd.DataFrame:
    """Texts of all workshops, columns world, family, key, axis, text, context, is_held_out, in a fixed order.

    `key` and `family` are unique across workshops; an isolated idea is a family by itself.
    """
    rows = []
    for path in sorted(in_repository(folder).glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            world = f"{path.stem}/{row['world']}"
            key = f"{world}/{row['key']}"
            family = f"{world}/{row['family']}" if row["family"] else f"~{key}"
            rows.append({**row, "world": world, "key": key, "family": family})
    if not rows:
        raise UsageError(f"Aucune idée dans {folder} : attendu des fichiers .jsonl (voir son LISEZ-MOI.md).")
    ideas = pd.DataFrame(rows)
    held_out = sorted(set(ideas["world"]))[::HELD_OUT_EVERY]
    return ideas.assign(is_held_out=ideas["world"].isin(held_out))


def retrieval(vectors: npt.NDArray[np.floating], ideas: pd.DataFrame) -> dict[str, float]:
    """Among texts that have a like: share whose nearest neighbour says the same idea, or is on the same subject.

    Parameters
    ----------
    vectors : shape (n, d), rows as in `ideas`.
    """
    centred = vectors.astype(np.float32) - vectors.astype(np.float32).mean(axis=0)
    units = centred / np.maximum(np.linalg.norm(centred, axis=1, keepdims=True), 1e-6)
    likeness = units @ units.T
    np.fill_diagonal(likeness, -np.inf)
    nearest = likeness.argmax(axis=1)
    has_like = ideas["key"].map(ideas["key"].value_counts()).to_numpy() > 1
    found: dict[str, float] = {"n": int(has_like.sum())}
    for name, column in (("meme_idee", "key"), ("meme_sujet", "family")):
        values = ideas[column].to_numpy()
        found[name] = round(float((values[nearest] == values)[has_like].mean()), 4)
    return found
