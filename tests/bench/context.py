"""What the heading of a text brings to its axis: as people wrote it, cleaned as ingest does, and none.

    python tests/bench/context.py FOLDER [--profiles rapide precis]

reads `axes_dev.csv` of a folder (columns `context`, `text`, `axis`; for measuring only: nothing is learned, nothing is
kept) and prints the macro-F1 and the accuracy of each profile. Cleaned: each part of the heading without its date,
number and emoji, those that say nothing left out (`pipeline.ingest.structure`).
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.metrics import accuracy_score, f1_score

from pipeline.classify.stage import load_axis_model
from pipeline.ingest.structure import CONTEXT_JOINT, bare_heading, context_of
from pipeline.language.models.encoders import load_encoder

CONTEXTS: dict[str, Callable[[str], str]] = {
    "as written": lambda context: context,
    "cleaned": lambda context: context_of(map(bare_heading, context.split(CONTEXT_JOINT))),
    "none": lambda _: "",
}


def reader(profile: str) -> Callable[[list[str], list[str]], list[str]]:
    """What reads the axes of texts under their headings."""
    model, encoder = load_axis_model(profile), load_encoder()

    def read(texts: list[str], contexts: list[str]) -> list[str]:
        of_texts, of_contexts = (encoder.encode(part).astype(np.float16) for part in (texts, contexts))
        return [str(axis) for axis in model.predict(texts, contexts, of_texts, of_contexts).tags["axis"]]

    return read


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--profiles", nargs="+", default=["rapide", "precis"])
    options = parser.parse_args()
    measured = pd.read_csv(options.folder / "axes_dev.csv", keep_default_na=False)
    texts, contexts, axes = (measured[name].astype(str).tolist() for name in ("text", "context", "axis"))
    n_changed = sum(CONTEXTS["cleaned"](context) != context for context in contexts)
    print(f"{len(texts)} texts, {n_changed} of whose headings are changed by cleaning")
    for profile in options.profiles:
        read = reader(profile)
        for name, told in CONTEXTS.items():
            started = time.perf_counter()
            found = read(texts, [told(context) for context in contexts])
            macro, right = f1_score(axes, found, average="macro"), accuracy_score(axes, found)
            print(
                f"{profile} {name}: macro-F1 {macro:.3f}, accuracy {right:.3f} ({time.perf_counter() - started:.0f} s)"
            )


if __name__ == "__main__":
    main()
