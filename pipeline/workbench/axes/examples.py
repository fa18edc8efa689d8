"""Labelled ideas: the annotated corpus, the references of real texts, and their held-out themes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import pandas as pd

from pipeline.axes import AXIS_CODES
from pipeline.errors import UsageError
from pipeline.resources import corpus, in_repository

CORPUS_FOLDER = corpus() / "annotated"
REFERENCES = corpus() / "references.csv"
COLUMNS = (
    "id",
    "text",
    "context",
    "axis",
    "secondary",
    "facet",
    "register",
    "theme",
    "source",
    "confidence",
    "origin",
    "path",
)
WRITTEN = "ecrit"
"""Source of the ideas written for the project."""

HELD_OUT_SHARE = 11
"""One theme out of eleven, chosen by its hash, is never learned from: the gate is measured on them."""

CONFIDENCE_WEIGHTS = {3: 1.0, 2: 0.8, 1: 0.5}
SECONDARY_WEIGHT = 0.2


def load_corpus(folder: Path = CORPUS_FOLDER) -> pd.DataFrame:
    """Every idea written for the project, columns `COLUMNS`, source "ecrit", in a fixed order."""
    rows = []
    for path in sorted(in_repository(folder).glob("*.jsonl")):
        with path.open(encoding="utf-8") as lines:
            common = {"source": WRITTEN, "confidence": 3, "origin": path.stem}
            rows += [{**common, **json.loads(line)} for line in lines if line.strip()]
    if not rows:
        raise UsageError(f"Aucune idée annotée dans {folder} : attendu des fichiers .jsonl (voir son README.md).")
    return pd.DataFrame(rows, columns=list(COLUMNS)).fillna("")


def is_held_out(theme: str) -> bool:
    """Whether a theme is kept for measuring."""
    return int(sha256(theme.encode()).hexdigest(), 16) % HELD_OUT_SHARE == 0


def split_themes(corpus: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The ideas to learn from, and those of the held-out themes."""
    held_out = corpus["theme"].map(is_held_out).to_numpy(dtype=bool)
    return corpus[~held_out].reset_index(drop=True), corpus[held_out].reset_index(drop=True)


def load_extra(path: Path, references: Path = REFERENCES) -> pd.DataFrame:
    """Real texts that the model may also learn from, each checked against the published references.

    Parameters
    ----------
    path : csv with the columns id, source, context, text, axis, secondary, facet, confidence, its rows in the order of
        the documents; a column repo, where there is one, tells the source instead, a column path the document.
    references : csv with the columns repo, commit, path, sha256, label.

    Raises
    ------
    UsageError : a column is missing, or rows are not in the references (their ids are told, five at most).
    """
    table = _labelled_texts(path)
    known = set(pd.read_csv(references, dtype=str)["sha256"])
    unknown = [str(row.id) for row in table.itertuples() if text_sha256(str(row.text)) not in known]
    if unknown:
        raise UsageError(
            f"{path} : {len(unknown)} textes ne sont pas dans {references} (par exemple {', '.join(unknown[:5])}). "
            "Seuls les textes référencés peuvent servir : ajoutez leur référence, ou retirez-les."
        )
    return table


def load_measured(path: Path) -> pd.DataFrame:
    """Real texts that serve for measuring only, columns `COLUMNS`; see `load_extra` for those of the csv.

    Raises
    ------
    UsageError : the file cannot be read, a column is missing, or an axis is unknown.
    """
    return _labelled_texts(path)


def referenced_texts(path: Path, columns: Sequence[str], references: Path) -> pd.DataFrame:
    """These columns of a csv, all text, each of its texts checked against the published references.

    Raises
    ------
    UsageError : a column is missing, or rows are not in the references.
    """
    table = _read_csv(path)
    _need(table, columns, path)
    known = set(pd.read_csv(in_repository(references), dtype=str)["sha256"])
    unknown = sum(text_sha256(text) not in known for text in table["text"])
    if unknown:
        raise UsageError(
            f"{path} : {unknown} textes ne sont pas dans {references}. Seuls les textes référencés servent."
        )
    return table[list(columns)]


def _read_csv(path: Path) -> pd.DataFrame:
    try:
        return pd.read_csv(path, dtype=str, keep_default_na=False)
    except (OSError, ValueError) as error:
        raise UsageError(f"{path} ne se lit pas comme un csv ({error}).") from error


def _need(table: pd.DataFrame, columns: Sequence[str], path: Path) -> None:
    missing = sorted(set(columns) - set(table.columns))
    if missing:
        raise UsageError(f"{path} n'a pas les colonnes {', '.join(missing)}.")


def _labelled_texts(path: Path) -> pd.DataFrame:
    table = _read_csv(path)
    if "repo" in table:
        table = table.assign(source=table["repo"])
    _need(table, ("id", "source", "context", "text", "axis"), path)
    table = table.assign(register="", theme="", origin="reel")
    for name, default in (("secondary", ""), ("facet", ""), ("path", ""), ("confidence", "3")):
        if name not in table:
            table[name] = default
    table["confidence"] = pd.to_numeric(table["confidence"]).fillna(3).astype(int)
    bad = sorted(set(table["axis"]) - set(AXIS_CODES))
    if bad:
        raise UsageError(f"{path} : axes inconnus {bad} ; attendus {list(AXIS_CODES)}.")
    return table[list(COLUMNS)]


def text_sha256(text: str) -> str:
    """The sha256 of a text in UTF-8, as in the references."""
    return sha256(text.encode()).hexdigest()


def soft_rows(examples: pd.DataFrame) -> tuple[list[int], list[int], list[float]]:
    """Examples as weighted hard ones: (row, axis index, weight); a secondary reading takes a fifth of the weight.

    Weights count the confidence of the reading, and the square root of the rarity of the main axis.
    """
    axes = examples["axis"].map(AXIS_CODES.index).to_numpy()
    confidence = examples["confidence"].map(CONFIDENCE_WEIGHTS).fillna(1.0).to_numpy(dtype=float)
    per_axis = [max(float(confidence[axes == index].sum()), 1.0) for index in range(len(AXIS_CODES))]
    rows: list[int] = []
    labels: list[int] = []
    weights: list[float] = []
    for row, secondary in enumerate(examples["secondary"]):
        main = int(axes[row])
        weight = float(confidence[row]) * (sum(per_axis) / len(per_axis) / per_axis[main]) ** 0.5
        has_second = secondary in AXIS_CODES and secondary != AXIS_CODES[main]
        rows.append(row)
        labels.append(main)
        weights.append(weight * (1 - SECONDARY_WEIGHT if has_second else 1.0))
        if has_second:
            rows.append(row)
            labels.append(AXIS_CODES.index(secondary))
            weights.append(weight * SECONDARY_WEIGHT)
    return rows, labels, weights
