"""Which way of grouping carries over: every choice made on all corpora but one, scored on that one.

`python tests/bench/groups_loco.py TABLE… [-o FILE.json]`; a TABLE has the columns `text` and `label` (the group that
people gave). For each family of methods, the setting with the best mean agreement (adjusted mutual information, weak
signals alone) on the other corpora is scored on the one held out.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from sklearn.metrics import adjusted_mutual_info_score

from pipeline.api.grouping import meaning_of
from pipeline.cluster.baselines import bertopic_defaults
from pipeline.cluster.grouping import consensus, representation
from pipeline.cluster.grouping.consensus import average_tree
from pipeline.cluster.grouping.partition import partition, singletons
from pipeline.cluster.grouping.representation import blend, represent
from pipeline.config import load_config

SEED = 20
Method = Callable[[Sequence[str], np.ndarray], np.ndarray]


def ours(texts: Sequence[str], vectors: np.ndarray, fineness: float = 0.5, concepts: float = 0.2) -> np.ndarray:
    """The consensus of hierarchies, at another fineness or weight of concepts."""
    kept = consensus.FINENESS, representation.CONCEPT_WEIGHT
    consensus.FINENESS = (fineness - 0.1, fineness, fineness + 0.1)
    representation.CONCEPT_WEIGHT = concepts
    try:
        return partition(texts, vectors, SEED).labels
    finally:
        consensus.FINENESS, representation.CONCEPT_WEIGHT = kept


def linkage(texts: Sequence[str], vectors: np.ndarray, likeness: float) -> np.ndarray:
    """Average linkage on the same points, cut at a fixed likeness."""
    from scipy.cluster.hierarchy import fcluster

    points = blend(represent(texts, vectors, SEED)[0])
    rows, columns = np.triu_indices(len(points), 1)
    return fcluster(average_tree(1.0 - (points @ points.T)[rows, columns]), 1.0 - likeness, "distance") - 1


def louvain(texts: Sequence[str], vectors: np.ndarray, k: int, resolution: float) -> np.ndarray:
    """Louvain communities of the graph of nearest neighbours."""
    import networkx

    points = blend(represent(texts, vectors, SEED)[0])
    likeness = points @ points.T - 4 * np.eye(len(points), dtype=np.float32)
    graph = networkx.Graph()
    graph.add_nodes_from(range(len(points)))
    for row, near in enumerate(np.argsort(-likeness, axis=1, kind="stable")[:, :k].tolist()):
        graph.add_weighted_edges_from((row, other, max(1e-3, float(likeness[row, other]))) for other in near)
    labels = np.zeros(len(points), dtype=np.int64)
    for number, members in enumerate(networkx.community.louvain_communities(graph, resolution=resolution, seed=SEED)):
        labels[list(members)] = number
    return labels


def mixture(texts: Sequence[str], vectors: np.ndarray, n_dimensions: int) -> np.ndarray:
    """A mixture of spherical Gaussians, its number of components by the Bayesian criterion."""
    from sklearn.decomposition import PCA
    from sklearn.mixture import GaussianMixture

    points = blend(represent(texts, vectors, SEED)[0])
    reduced = PCA(min(n_dimensions, len(points) - 1), random_state=SEED).fit_transform(points)
    fits = [
        GaussianMixture(k, covariance_type="spherical", random_state=SEED).fit(reduced)
        for k in range(2, min(40, len(points) // 3), 3)
    ]
    return np.asarray(min(fits, key=lambda fit: fit.bic(reduced)).predict(reduced))


FAMILIES: dict[str, dict[str, Method]] = {
    "consensus de hiérarchies": {
        f"finesse {fineness}, concepts {concepts}": partial(ours, fineness=fineness, concepts=concepts)
        for fineness in (0.35, 0.45, 0.55)
        for concepts in (0.0, 0.2, 0.4)
    },
    "liaison moyenne, seuil fixe": {f"seuil {cut}": partial(linkage, likeness=cut) for cut in (0.04, 0.08, 0.12, 0.16)},
    "Louvain sur les plus proches voisins": {
        f"k {k}, résolution {resolution}": partial(louvain, k=k, resolution=resolution)
        for k in (5, 10)
        for resolution in (1.0, 1.5, 2.0)
    },
    "mélange gaussien": {f"{n} dimensions": partial(mixture, n_dimensions=n) for n in (5, 15)},
    "BERTopic par défaut": {"défaut": lambda texts, vectors: bertopic_defaults(texts, vectors, SEED)},
}


def held_out(family: dict[str, Method], corpora: dict[str, tuple[list[str], np.ndarray, np.ndarray]]) -> dict[str, Any]:
    """The score of the setting chosen without each corpus, and the settings' own scores."""
    scores: dict[str, dict[str, float]] = {}
    found: dict[str, dict[str, int]] = {}
    for setting, method in family.items():
        labels = {name: np.asarray(method(texts, vectors)) for name, (texts, vectors, _) in corpora.items()}
        scores[setting] = {
            name: round(float(adjusted_mutual_info_score(corpora[name][2], singletons(got))), 3)
            for name, got in labels.items()
        }
        found[setting] = {name: int((np.bincount(got[got >= 0]) > 1).sum()) for name, got in labels.items()}
    rows = {}
    for name in corpora:
        chosen = max(scores, key=lambda setting: sum(v for other, v in scores[setting].items() if other != name))
        rows[name] = {"setting": chosen, "ami": scores[chosen][name], "n_found": found[chosen][name]}
    return {"held_out": rows, "mean": round(float(np.mean([row["ami"] for row in rows.values()])), 3), "all": scores}


def read(paths: Sequence[Path], profile: str) -> Iterator[tuple[str, tuple[list[str], np.ndarray, np.ndarray]]]:
    """Texts sorted, what they are grouped by in a profile, and their groups, of each table."""
    meaning = meaning_of(load_config(None, profil=profile))
    for path in paths:
        table = pd.read_csv(path).sort_values("text", kind="stable")
        texts = table["text"].astype(str).tolist()
        yield path.stem, (texts, meaning.alike(texts, meaning.vectors(texts)), pd.factorize(table["label"])[0])


def table(report: dict[str, Any], profile: str) -> str:
    """The report as Markdown: agreement on each corpus held out, groups found in brackets."""
    names = list(next(iter(report.values()))["held_out"])
    lines = [
        "# Façons de grouper, chacune réglée sans le corpus qui la juge",
        "",
        f"Écrit par `tests/bench/groups_loco.py`, vecteurs du profil `{profile}` pour toutes. Accord (information",
        "mutuelle ajustée, signaux faibles seuls dans leur groupe) avec des groupes faits par des personnes ; entre",
        "parenthèses, les groupes trouvés.",
        "",
        f"| méthode | {' | '.join(names)} | moyenne |",
        f"|---|{'---:|' * (len(names) + 1)}",
    ]
    for method, found in report.items():
        cells = [f"{row['ami']:.2f} ({row['n_found']})".replace(".", ",") for row in found["held_out"].values()]
        lines.append(
            f"| {method} | {' | '.join(cells)} | {found['mean']:.2f} |".replace(
                f"{found['mean']:.2f}", f"{found['mean']:.2f}".replace(".", ",")
            )
        )
    return "\n".join(lines) + "\n"


def main() -> None:
    """Print the table and write everything as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("tables", nargs="+", type=Path)
    parser.add_argument("--profile", default="precis", help="whose vectors: precis or rapide")
    parser.add_argument("-o", "--output", type=Path)
    given = parser.parse_args()
    corpora = dict(read(given.tables, given.profile))
    report = {}
    for name, family in FAMILIES.items():
        report[name] = held_out(family, corpora)
        told = " ".join(
            f"{corpus} {row['ami']:.2f} ({row['n_found']})" for corpus, row in report[name]["held_out"].items()
        )
        print(f"{name:40s} {report[name]['mean']:.3f}  {told}", flush=True)
    if given.output is not None:
        given.output.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        given.output.with_suffix(".md").write_text(table(report, given.profile), encoding="utf-8")


if __name__ == "__main__":
    main()
