"""What grouping by representatives and by samples loses beside grouping every text: adjusted mutual information.

    python tests/bench/groups_scale.py --items 20000 --out tests/bench

The reference is the method itself without its shortcuts: the pair model over every distinct text of an axis, quadratic
in time and memory (some gibibytes at 20,000 items). Beside it: the method as it is, where up to
`N_DIRECT` representatives are grouped, and the method when an axis has too many texts to be held (`N_WHOLE`), made to
happen here by grouping a quarter of the texts and letting the others join. Texts are those of `rosace bench`, read by
`rapide`. Weak signals count as one more group; the score is also told over the texts that both put in a group.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.metrics import adjusted_mutual_info_score

from pipeline.axes import COMPASS_CODES
from pipeline.cluster.grouping.partition import partition
from pipeline.config import load_config
from pipeline.folder.artifacts import RunFolder
from pipeline.workbench.speed import measured_run, write_corpus

Labels = npt.NDArray[np.int64]
EVERYTHING = 10**9


def grouped(texts: list[str], vectors: npt.NDArray[np.float16], n_direct: int, n_whole: int) -> tuple[Labels, float]:
    """Labels and seconds with these bounds instead of the method's own."""
    before = partition.N_DIRECT, partition.N_WHOLE
    partition.N_DIRECT, partition.N_WHOLE = n_direct, n_whole
    try:
        started = time.perf_counter()
        labels = partition.partition(texts, vectors, load_config().graine).labels
        return labels, time.perf_counter() - started
    finally:
        partition.N_DIRECT, partition.N_WHOLE = before


def by_axis(run: RunFolder, n_items: int) -> dict[str, tuple[list[str], npt.NDArray[np.float16]]]:
    """Texts and vectors of each axis, over `n_items` items of the compass drawn by their ids, which are hashes."""
    items = run.load_table("items").merge(run.load_table("tags")[["item_id", "axis"]], on="item_id")
    embeddings = run.embeddings.load()
    items = items.assign(row=np.arange(len(items)))
    items = items[items["axis"].isin(COMPASS_CODES)].sort_values("item_id").head(n_items)
    return {
        str(axis): (part["text"].tolist(), embeddings.texts(part["row"].to_numpy()))
        for axis, part in items.groupby("axis")
    }


def agreement(exact: Labels, other: Labels) -> dict[str, float]:
    """Adjusted mutual information over all texts, and over those that both put in a group."""
    both = (exact >= 0) & (other >= 0)
    return {
        "ami": round(float(adjusted_mutual_info_score(exact, other)), 3),
        "ami_grouped": round(float(adjusted_mutual_info_score(exact[both], other[both])), 3),
        "n_groups": int(other.max()) + 1,
        "share_weak": round(float((other < 0).mean()), 3),
    }


def compare(parts: dict[str, tuple[list[str], npt.NDArray[np.float16]]]) -> dict[str, Any]:
    """Each way beside the reference, by axis and over all axes."""
    ways: dict[str, list[Labels]] = {"exact": [], "representatives": [], "sample": []}
    seconds = dict.fromkeys(ways, 0.0)
    for texts, vectors in parts.values():
        bounds = {
            "exact": (EVERYTHING, EVERYTHING),
            "representatives": (partition.N_DIRECT, EVERYTHING),
            "sample": (partition.N_DIRECT, len(texts) // 4),
        }
        for way, (n_direct, n_whole) in bounds.items():
            labels, spent = grouped(texts, vectors, n_direct, n_whole)
            ways[way].append(labels)
            seconds[way] += spent
    found: dict[str, Any] = {"n_items": sum(len(texts) for texts, _ in parts.values())}
    for way, labels in ways.items():
        found[way] = {
            "seconds": round(seconds[way], 1),
            "all": agreement(_apart(ways["exact"]), _apart(labels)),
            "axes": {axis: agreement(ways["exact"][at], labels[at]) for at, axis in enumerate(parts)},
        }
    return found


def _apart(labels: list[Labels]) -> Labels:
    """Labels of several axes side by side, numbered apart; a weak signal stays −1."""
    shifts = np.cumsum([0, *(int(part.max()) + 1 for part in labels[:-1])])
    return np.concatenate([np.where(part >= 0, part + shift, -1) for part, shift in zip(labels, shifts, strict=True)])


def main() -> None:
    """Measure, print, write `groups_scale.json`."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--items", type=int, default=20_000)
    parser.add_argument("--run", type=Path, help="a finished run to take the items from, instead of making one")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        run = given.run
        if run is None:
            corpus, run = Path(folder) / "corpus", Path(folder) / "run"
            write_corpus(corpus, given.items * 7 // 10, load_config().graine)
            measured_run(corpus, run, "rapide", given.items)
        found = compare(by_axis(RunFolder.open(run), given.items))
    (given.out / "groups_scale.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    sys.stdout.write(json.dumps(found, indent=1) + "\n")


if __name__ == "__main__":
    main()
