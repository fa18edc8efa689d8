"""How many texts per second each profile reads: start of Python, models, sentence vectors and axes, all included.

    python tests/bench/axes_speed.py --items 5000 --out tests/bench [--table TABLE.csv]

Each profile reads the same distinct texts, each under its context, in a fresh process. Texts are those of
`corpus/annotated`, or those of a csv with the columns text and context. Writes `axes_speed.json`.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd

from pipeline.metering import Meter
from pipeline.workbench.examples import load_corpus

CASES = {"rapide": ("rapide", False), "precis": ("precis", True), "precis, axes alone": ("precis", False)}
"""Name → profile, and whether the vectors that the groups read are computed too, as a run does."""
READ = """
import sys
import numpy as np, pandas as pd
from pipeline.classify.stage import load_axis_model
from pipeline.language.models.encoders import load_encoder

table = pd.read_json(sys.argv[1], dtype=False)
encoder, model = load_encoder(), load_axis_model(sys.argv[2])
texts, contexts = table["text"].tolist(), table["context"].tolist()
of_texts = encoder.encode(texts).astype(np.float16)
rows = {context: row for row, context in enumerate(dict.fromkeys(contexts))}
of_contexts = encoder.encode(list(rows)).astype(np.float16)[[rows[context] for context in contexts]]
assert len(model.predict(texts, contexts, of_texts, of_contexts, with_ideas=sys.argv[3] == "True").tags) == len(table)
"""


def drawn(table: pd.DataFrame, n_items: int) -> pd.DataFrame:
    """`n_items` distinct texts with their contexts, spread over the table."""
    distinct = table[["text", "context"]].fillna("").drop_duplicates("text")
    if len(distinct) < n_items:
        sys.exit(f"{len(distinct)} textes distincts seulement, {n_items} demandés.")
    return distinct.sample(n_items, random_state=0).reset_index(drop=True)


def seconds_to_read(profile: str, with_ideas: bool, texts: Path) -> tuple[float, float | None]:
    """Seconds on the clock and peak memory (MiB) of a process that reads the texts."""
    started = time.perf_counter()
    with Meter() as meter:
        subprocess.run([sys.executable, "-c", READ, str(texts), profile, str(with_ideas)], check=True)
    return time.perf_counter() - started, meter.peak_mib


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--items", type=int, default=5000)
    parser.add_argument("--table", type=Path)
    parser.add_argument("--out", type=Path, default=Path(__file__).parent)
    chosen = parser.parse_args()
    table = load_corpus() if chosen.table is None else pd.read_csv(chosen.table, dtype=str)
    texts = drawn(table, chosen.items)
    place = chosen.out / "axes_speed.texts.json"
    texts.to_json(place, orient="records")
    found: dict[str, object] = {
        "n": len(texts),
        "mean_characters": round(float(texts["text"].str.len().mean()), 1),
        "texts": "corpus/annotated" if chosen.table is None else "another table",
        "machine": {"cores": os.cpu_count(), "architecture": platform.machine()},
    }
    try:
        for name, (profile, with_ideas) in CASES.items():
            seconds, peak = seconds_to_read(profile, with_ideas, place)
            found[name] = {
                "seconds": round(seconds, 1),
                "texts_per_s": round(len(texts) / seconds),
                "peak_mib": None if peak is None else round(peak),
            }
    finally:
        place.unlink()
    (chosen.out / "axes_speed.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    sys.stdout.write(json.dumps(found, indent=1) + "\n")


if __name__ == "__main__":
    main()
