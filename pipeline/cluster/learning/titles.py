"""Learning whether a title is true of an idea, from the columns that people titled on walls.

    rosace train --profile groupes --murs DOSSIER

reads the column `issue_title` of each `wall_*.csv`: the title of a column is true of its ideas, and of none of another
column of its axis. Inside a group that the machine made, such an idea is far likelier than on the whole axis: only the
`N_NEAREST` titles of each idea teach and measure.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.axes import COMPASS_CODES
from pipeline.cluster.naming.coverage import (
    NAMES,
    CoverageModel,
    Reads,
    Topics,
    features,
    save_coverage,
)
from pipeline.learned import METRICS, Linear

CARD = "card.md"

STRENGTH = 0.1
"""Inverse of the penalty of the regression (scikit-learn's C)."""
N_NEAREST = 4
"""Titles of other columns that an idea is compared with, those whose vectors are nearest."""
LEAST = 0.3
"""Chance from which a title is true of an idea."""
BOUNDS = (0.1, 0.2, LEAST, 0.4, 0.5, 0.6, 0.7)


class Pairs(NamedTuple):
    """Titles and ideas of the walls: features, shape (n, n_names), whether the title is true, and the wall."""

    features: npt.NDArray[np.float64]
    is_true: npt.NDArray[np.bool_]
    walls: npt.NDArray[np.str_]


def read_titles(walls: Mapping[str, pd.DataFrame], reads: Reads) -> Pairs:
    """The titles of columns of two ideas or more, each with its ideas and the nearest others of the axis."""
    rows, answers, names = [], [], []
    topics = Topics(reads)
    for name, wall in walls.items():
        for axis in COMPASS_CODES:
            part = wall[wall["axis"] == axis]
            counts = part["issue"].value_counts()
            titled = part[part["issue_title"].ne("") & part["issue"].map(counts).gt(1)]
            columns = titled.drop_duplicates("issue")
            if len(columns) < 2:
                continue
            texts, titles = part["text"].tolist(), columns["issue_title"].tolist()
            topics.read([*texts, *titles])
            cosines = topics.cosines(titles, texts, 0.0)
            is_true = columns["issue"].to_numpy(dtype=object)[:, None] == part["issue"].to_numpy(dtype=object)[None, :]
            others = np.where(is_true, -np.inf, cosines)
            ranks = np.argsort(np.argsort(-others, axis=0, kind="stable"), axis=0, kind="stable")
            kept = is_true | (ranks < N_NEAREST)
            rows.append(features(titles, texts, cosines)[kept])
            answers.append(is_true[kept])
            names += [name] * int(kept.sum())
    return Pairs(np.vstack(rows), np.concatenate(answers), np.array(names, dtype=np.str_))


def learn(pairs: Pairs) -> CoverageModel:
    """What the titles of walls teach."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import StandardScaler

    scaler = StandardScaler().fit(pairs.features)
    fitted = LogisticRegression(C=STRENGTH, max_iter=1_000).fit(scaler.transform(pairs.features), pairs.is_true)
    weights = fitted.coef_[0] / scaler.scale_
    bias = float(fitted.intercept_[0] - weights @ scaler.mean_)
    usual = float(pairs.features[:, NAMES.index("cosine")].mean())
    head = Linear(np.round(weights, 6)[None], np.array([round(bias, 6)]), NAMES)
    return CoverageModel(head, round(usual, 4), LEAST)


def measure(pairs: Pairs) -> dict[str, Any]:
    """Titles of each wall judged by a model that never saw it.

    Returns
    -------
    walls : name → average precision. n_pairs, n_true. bounds : bound → precision and recall, over all walls.
    """
    from sklearn.metrics import average_precision_score

    chances, scores = np.zeros(len(pairs.walls)), {}
    for wall in sorted(set(pairs.walls.tolist())):
        mine = pairs.walls == wall
        model = learn(Pairs(pairs.features[~mine], pairs.is_true[~mine], pairs.walls[~mine]))
        chances[mine] = model(pairs.features[mine])
        scores[wall] = round(float(average_precision_score(pairs.is_true[mine], chances[mine])), 3)
    n_true = int(pairs.is_true.sum())
    told = {
        str(bound): {
            "precision": round(float(pairs.is_true[chances >= bound].mean()), 3),
            "recall": round(float(pairs.is_true[chances >= bound].sum()) / n_true, 3),
        }
        for bound in BOUNDS
    }
    return {"walls": scores, "n_pairs": len(chances), "n_true": n_true, "least": LEAST, "bounds": told}


def write_model(folder: Path, model: CoverageModel, metrics: dict[str, Any]) -> None:
    """The weights, what was measured, and the card that tells it."""
    save_coverage(folder, model)
    (folder / METRICS).write_text(json.dumps(metrics, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    (folder / CARD).write_text(card(metrics), encoding="utf-8")


def card(metrics: dict[str, Any]) -> str:
    """The card of the model."""
    lines = [
        f"| {_number(float(bound))}{' (retenue)' if float(bound) == metrics['least'] else ''} "
        f"| {_number(one['precision'])} | {_number(one['recall'])} |"
        for bound, one in metrics["bounds"].items()
    ]
    mean = sum(metrics["walls"].values()) / len(metrics["walls"])
    return _CARD.format(
        n_walls=len(metrics["walls"]), n_pairs=metrics["n_pairs"], n_true=metrics["n_true"], mean=_number(mean),
        least=_number(min(metrics["walls"].values())), most=_number(max(metrics["walls"].values())),
        n_nearest=N_NEAREST, bounds="\n".join(lines),
    )  # fmt: skip


def _number(value: float) -> str:
    return f"{value:.2f}".replace(".", ",")


_CARD = """# Un titre est-il vrai d'une idée ?

_Les chiffres de cette page sont écrits par `pipeline.cluster.learning.titles` à partir de `metrics.json`._

Une régression logistique lit un titre et une idée : part des mots du titre que l'idée dit, leur
rareté, leur nombre, le nom sur lequel le titre s'ouvre, les mots du même concept, les longueurs et la proximité des
sujets. Elle choisit, parmi les titres possibles d'un groupe, celui qui est vrai du plus d'idées ; celles dont il n'est
pas vrai quittent le groupe. `title_coverage` dit la part des idées dont le titre est vrai.

Apprise de {n_walls} murs réels, dont un lecteur a titré les colonnes : le titre d'une colonne est vrai de ses idées, et
faux de celles des autres colonnes ({n_pairs} paires, dont {n_true} vraies ; chaque idée est comparée aux {n_nearest}
titres les plus proches parmi les autres). Ces lectures ont été produites avec des modèles de langue. Aucun texte n'est
dans le modèle : `corpus/references_murs.csv` dit d'où les murs viennent (dépôt, version, chemin, empreinte).

## Mesure

Chaque mur est jugé par un modèle qui ne l'a pas vu. Précision moyenne : {mean} (de {least} à {most} selon le mur).

| probabilité à partir de laquelle un titre est vrai | paires justes | retrouvées |
| --- | --- | --- |
{bounds}

## Limites

- Les titres appris sont ceux d'un lecteur ; ceux de la machine sont faits des mots d'une idée ou de plusieurs.
- Une idée dont un lecteur dirait qu'elle est d'une autre colonne peut tout de même dire ce que dit un titre large.
"""
