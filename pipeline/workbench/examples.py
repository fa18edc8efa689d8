"""Labelled ideas: the annotated corpus, real texts that are referenced, facilitators' corrections.

Which of them are learnt from, and which whole sources and themes are left out to measure.
"""

import json
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.axes import AXIS_CODES
from pipeline.cluster.rows import unit_rows
from pipeline.errors import UsageError
from pipeline.resources import corpus, in_repository

CORPUS_FOLDER, BENCHMARKS = corpus() / "annotated", corpus() / "benchmarks"
REFERENCES = corpus() / "references.csv"
COLUMNS = (
    *("id", "text", "context", "axis", "secondary", "facet"),
    *("register", "theme", "source", "confidence", "origin", "path"),
)
WRITTEN = "ecrit"
"""Source of the ideas written for the project."""

HELD_OUT_SHARE = 11
"""One theme out of eleven, chosen by its hash, is never learned from: the gate is measured on them."""

CONFIDENCE_WEIGHTS = {3: 1.0, 2: 0.8, 1: 0.5}
SECONDARY_WEIGHT = 0.2

N_FOLDS = 5
MAX_SHARE = 0.02
"""No real source weighs more than this among the real texts: what helps is their number."""
CONTRASTS = ("memes_mots", "positions")
"""Files of `corpus/annotated` that are learnt whole: same words under other headings, positions side by side."""
WALLS = corpus() / "references_murs.csv"


def read_jsonl(path: Path) -> list[dict[str, Any]]:
    """The lines of a file of the repository, in their order."""
    with in_repository(path).open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def read_folder(folder: Path) -> list[tuple[str, dict[str, Any]]]:
    """The lines of the jsonl files of a folder, in the order of names, each beside the name of its file.

    Raises UsageError: there are none.
    """
    rows = [(path.stem, row) for path in sorted(in_repository(folder).glob("*.jsonl")) for row in read_jsonl(path)]
    if not rows:
        raise UsageError(
            f"Aucune idée dans {folder} : attendu des fichiers .jsonl (voir le README ou le LISEZ-MOI de ce dossier)."
        )
    return rows


def load_corpus(folder: Path = CORPUS_FOLDER) -> pd.DataFrame:
    """Every idea written for the project, columns `COLUMNS`, source "ecrit", in a fixed order."""
    common = {"source": WRITTEN, "confidence": 3}
    rows = [{**common, "origin": name, **row} for name, row in read_folder(folder)]
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

    Raises UsageError: the file cannot be read, a column is missing, an axis is unknown, or rows are not in the
    references (their ids are told, five at most).
    """
    table = read_csv(path)
    if "repo" in table:
        table = table.assign(source=table["repo"])
    need_columns(table, ("id", "source", "context", "text", "axis"), path)
    table = table.assign(register="", theme="", origin="reel")
    for name, default in (("secondary", ""), ("facet", ""), ("path", ""), ("confidence", "3")):
        if name not in table:
            table[name] = default
    table["confidence"] = pd.to_numeric(table["confidence"]).fillna(3).astype(int)
    bad = sorted(set(table["axis"]) - set(AXIS_CODES))
    if bad:
        raise UsageError(f"{path} : axes inconnus {bad} ; attendus {list(AXIS_CODES)}.")
    _need_references(table, references, path)
    return table[list(COLUMNS)]


def referenced_texts(path: Path, columns: Sequence[str], references: Path) -> pd.DataFrame:
    """These columns of a csv, all text, each of its texts checked against the published references.

    Raises UsageError: a column is missing, or rows are not in the references.
    """
    table = read_csv(path)
    need_columns(table, columns, path)
    _need_references(table, references, path)
    return table[list(columns)]


def _need_references(table: pd.DataFrame, references: Path, path: Path) -> None:
    known = set(pd.read_csv(in_repository(references), dtype=str)["sha256"])
    unknown = table[[text_sha256(str(text)) not in known for text in table["text"]]]
    if len(unknown):
        named = f" (par exemple {', '.join(unknown['id'].head().astype(str))})" if "id" in table else ""
        raise UsageError(
            f"{path} : {len(unknown)} textes ne sont pas dans {references}{named}. Seuls les textes référencés peuvent "
            "servir : ajoutez leur référence, ou retirez-les."
        )


def read_csv(path: Path) -> pd.DataFrame:
    """A csv, all text. Raises UsageError: it cannot be read."""
    try:
        return pd.read_csv(path, dtype=str, keep_default_na=False)
    except (OSError, ValueError) as error:
        raise UsageError(f"{path} ne se lit pas comme un csv ({error}).") from error


def need_columns(table: pd.DataFrame, columns: Sequence[str], path: Path) -> None:
    """Nothing, when a table has these columns; `UsageError` otherwise."""
    missing = sorted(set(columns) - set(table.columns))
    if missing:
        raise UsageError(f"{path} n'a pas les colonnes {', '.join(missing)}.")


def text_sha256(text: str) -> str:
    """The sha256 of a text in UTF-8, as in the references."""
    return sha256(text.encode()).hexdigest()


def corrected_examples(reviewed_tags: pd.DataFrame, items: pd.DataFrame, contributions: pd.DataFrame) -> pd.DataFrame:
    """The items whose axis a person decided, columns as `examples.COLUMNS`; their source is the workshop's."""
    decided = reviewed_tags[reviewed_tags["decided_by"].notna()]
    rows = decided.merge(items[["item_id", "contribution_id", "text"]], on="item_id").merge(
        contributions[["contribution_id", "context"]], on="contribution_id"
    )
    rows = rows.sort_values("item_id", kind="stable")
    examples = rows.rename(columns={"item_id": "id"}).assign(
        facet=rows["facet"].fillna(""),
        **dict.fromkeys(("secondary", "register", "theme", "path"), ""),
        **dict.fromkeys(("source", "origin"), "corrections"),
    )
    examples = examples[[name for name in COLUMNS if name != "confidence"]].astype(object).assign(confidence=3)
    return examples[list(COLUMNS)].reset_index(drop=True)


def left_out(examples: pd.DataFrame, walls: Path = WALLS) -> npt.NDArray[np.bool_]:
    """Rows of the sources that are never learnt from, shape (n,): those of sorted walls, then others up to a fifth.

    Without real texts, a fifth of the themes stands for them.
    """
    sources = source_folds(examples, sorted_walls(walls))
    if not sources:
        return np.asarray(examples["theme"].map(len) % N_FOLDS == 0, dtype=bool)
    return np.asarray(examples["source"].map(sources).fillna(-1) == 0, dtype=bool)


def sorted_walls(path: Path = WALLS) -> set[str]:
    """Repositories of the sorted walls that are set aside for the axes too."""
    walls = pd.read_csv(path, dtype=str, usecols=["repo", "aside"])
    return set(walls.loc[walls["aside"] == "1", "repo"])


def source_folds(examples: pd.DataFrame, first: set[str]) -> dict[str, int]:
    """Fold of each real source, of about the same number of texts; sources of `first` are in fold 0."""
    counts = examples.loc[examples["source"] != WRITTEN, "source"].value_counts()
    sizes = [0] * N_FOLDS
    folds: dict[str, int] = {}
    for source in sorted(first & set(counts.index)):
        folds[source] = 0
        sizes[0] += int(counts[source])
    for name, size in sorted(counts.items(), key=lambda pair: (-pair[1], str(pair[0]))):
        if name not in folds:
            fold = sizes.index(min(sizes))
            folds[str(name)] = fold
            sizes[fold] += int(size)
    return folds


def mixture(examples: pd.DataFrame, n_written: int) -> pd.DataFrame:
    """The real texts, `MAX_SHARE` a source at most, the contrast sets, and `n_written` other written ideas.

    Which texts of a source are kept is decided by their sha256. Without real texts, every written idea.
    """
    is_real = (examples["source"] != WRITTEN).to_numpy(dtype=bool)
    if not is_real.any():
        return examples
    rank = examples["text"].map(lambda text: sha256(str(text).encode()).hexdigest())
    in_order = examples.assign(_rank=rank).sort_values("_rank", kind="stable")
    real = in_order[in_order["source"] != WRITTEN]
    real = real[real.groupby("source").cumcount() < most_of_a_source(real["source"].value_counts().tolist())]
    written = in_order[in_order["source"] == WRITTEN]
    is_contrast = written["origin"].isin(CONTRASTS)
    kept = pd.concat([real, written[is_contrast], written[~is_contrast].head(n_written)])
    return kept.sort_index().drop(columns="_rank").reset_index(drop=True)


def parts(examples: pd.DataFrame, n_written: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What is learnt (`mixture`), and the texts of the sources left out."""
    out = left_out(examples)
    return mixture(examples[~out].reset_index(drop=True), n_written), examples[out].reset_index(drop=True)


def most_of_a_source(counts: Sequence[int]) -> int:
    """How many texts of a source are kept, so that it weighs `MAX_SHARE` of what is kept at most; all of them, when
    there are too few sources for that."""
    if len(counts) * MAX_SHARE <= 1:
        return max(counts)
    most = float(sum(counts))
    for _ in range(100):
        most = MAX_SHARE * sum(min(count, most) for count in counts)
    return max(1, int(most))


def soft_targets(examples: pd.DataFrame) -> npt.NDArray[np.float64]:
    """What each example weighs on each axis, shape (n, 5); a secondary reading takes a fifth of the weight.

    Weights count the confidence of the reading, and the square root of the rarity of the main axis.
    """
    axes = examples["axis"].map(AXIS_CODES.index).to_numpy()
    confidence = examples["confidence"].map(CONFIDENCE_WEIGHTS).fillna(1.0).to_numpy(dtype=float)
    per_axis = np.maximum(np.bincount(axes, confidence, len(AXIS_CODES)), 1.0)
    weights = confidence * np.sqrt(per_axis.mean() / per_axis[axes])
    second = examples["secondary"].isin(AXIS_CODES).to_numpy() & (examples["secondary"] != examples["axis"]).to_numpy()
    rows = np.flatnonzero(second)
    targets = np.zeros((len(examples), len(AXIS_CODES)))
    targets[np.arange(len(examples)), axes] = weights * np.where(second, 1 - SECONDARY_WEIGHT, 1.0)
    targets[rows, examples["secondary"].iloc[rows].map(AXIS_CODES.index)] = weights[rows] * SECONDARY_WEIGHT
    return targets


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
    for name, row in read_folder(folder):
        world = f"{name}/{row['world']}"
        key = f"{world}/{row['key']}"
        family = f"{world}/{row['family']}" if row["family"] else f"~{key}"
        rows.append({**row, "world": world, "key": key, "family": family})
    ideas = pd.DataFrame(rows)
    held_out = sorted(set(ideas["world"]))[::HELD_OUT_EVERY]
    return ideas.assign(is_held_out=ideas["world"].isin(held_out))


def retrieval(vectors: npt.NDArray[np.floating], ideas: pd.DataFrame) -> dict[str, float]:
    """Among texts that have a like: share whose nearest neighbour says the same idea, or is on the same subject.

    `vectors` : shape (n, d), rows as in `ideas`.
    """
    rows = vectors.astype(np.float32)
    units = unit_rows(rows - rows.mean(axis=0))
    likeness = units @ units.T
    np.fill_diagonal(likeness, -np.inf)
    nearest = likeness.argmax(axis=1)
    has_like = ideas["key"].map(ideas["key"].value_counts()).to_numpy() > 1
    found: dict[str, float] = {"n": int(has_like.sum())}
    for name, column in (("meme_idee", "key"), ("meme_sujet", "family")):
        values = ideas[column].to_numpy()
        found[name] = round(float((values[nearest] == values)[has_like].mean()), 4)
    return found
