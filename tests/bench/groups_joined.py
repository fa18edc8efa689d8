"""What keeping the groups costs: three quarters of a corpus are grouped, the last quarter joins them.

    python tests/bench/groups_joined.py TABLE… [-o FILE.json]

A TABLE has the columns `text` and `label` (the group that people gave). Agreement is adjusted mutual information, weak
signals alone: of everything grouped at once, and of groups that were kept while the last quarter came (mean of
`N_DRAWS` draws).
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from sklearn.metrics import adjusted_mutual_info_score

from pipeline.api.grouping import meaning_of
from pipeline.cluster.grouping.likeness import Meaning
from pipeline.cluster.grouping.partition import partition
from pipeline.cluster.keep_groups import place
from pipeline.config import load_config
from pipeline.workbench.pairs import singletons

SEED, N_DRAWS, PART = 20, 6, 0.75


def kept(texts: Sequence[str], meaning: Meaning, old: np.ndarray) -> np.ndarray:
    """The group of each text when those of `old` were grouped first, −1 for a weak signal."""
    vectors = meaning.vectors(texts)
    said = meaning.read_ideas(texts, [""] * len(texts)) if meaning.read_ideas is not None else None
    shared = meaning.likeness.shared_of(vectors[old], None if said is None else said[old])
    meanings = meaning.likeness(vectors, said, shared)
    before = partition([texts[row] for row in old], meanings[old], SEED)
    labels = np.full(len(texts), -1)
    labels[old] = before.labels
    new, weak = np.setdiff1d(np.arange(len(texts)), old), old[before.labels < 0]
    if before.space is not None:
        rows = np.concatenate([new, weak])
        labels[rows] = place(before.space, [texts[row] for row in rows], meanings[rows], len(new), SEED).labels
    return labels


def measure(path: Path, meaning: Meaning) -> dict[str, Any]:
    """Agreement with people on one table."""
    table = pd.read_csv(path).sort_values("text")
    texts, people = table["text"].tolist(), pd.factorize(table["label"])[0]
    whole = partition(texts, meaning.alike(texts, meaning.vectors(texts)), SEED).labels
    random = np.random.default_rng(SEED)
    draws = [
        kept(texts, meaning, np.sort(random.permutation(len(texts))[: int(PART * len(texts))])) for _ in range(N_DRAWS)
    ]
    scores = [adjusted_mutual_info_score(people, singletons(labels)) for labels in draws]
    return {
        "texts": len(texts),
        "at_once": round(float(adjusted_mutual_info_score(people, singletons(whole))), 3),
        "kept": round(float(np.mean(scores)), 3),
        "weak_at_once": round(float((whole < 0).mean()), 3),
        "weak_kept": round(float(np.mean([(labels < 0).mean() for labels in draws])), 3),
    }


def main() -> None:
    """See the module."""
    parser = argparse.ArgumentParser()
    parser.add_argument("tables", nargs="+", type=Path)
    parser.add_argument("-o", type=Path, default=Path("tests/bench/groups_joined.json"))
    chosen = parser.parse_args()
    found = {}
    for profile in ("precis", "rapide"):
        meaning = meaning_of(load_config(profil=profile))
        found[profile] = {path.stem: measure(path, meaning) for path in chosen.tables}
        for name in ("at_once", "kept"):
            found[profile][f"mean_{name}"] = round(
                float(np.mean([found[profile][p.stem][name] for p in chosen.tables])), 3
            )
    chosen.o.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
