"""Where the time of a run goes, function by function: `rapide`, at several sizes, each in a process of its own.

    python tests/bench/functions.py --size 400 10000 470000 --out tests/bench

The process that launches is looked at every few milliseconds: each look counts for the innermost function of
`pipeline` on its stack, whatever library it has called. Written to `functions.json`, the most frequent first.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from pathlib import Path
from types import FrameType
from typing import Any

from pipeline.config import load_config
from pipeline.resources import root
from pipeline.workbench.speed import costs_of, stamp, write_corpus

HERE = Path(__file__).parent
PERIOD_S = 0.005
N_TOLD = 12


def _innermost(frame: FrameType | None, source: str) -> str:
    while frame is not None and not frame.f_code.co_filename.startswith(source):
        frame = frame.f_back
    if frame is None:
        return "(starting)"
    module = frame.f_code.co_filename[len(source) :].removesuffix(".py").replace("/", ".")
    return f"{module}.{frame.f_code.co_qualname}"


def look(corpus: Path, run: Path, told: Path) -> None:
    """One run in this process, and how often each function was seen at work."""
    from pipeline.cli import main

    source = str(root() / "pipeline") + "/"
    seen = Counter[str]()
    launching, over = threading.get_ident(), threading.Event()

    def watch() -> None:
        while not over.wait(PERIOD_S):
            seen[_innermost(sys._current_frames().get(launching), source)] += 1

    threading.Thread(target=watch, daemon=True).start()
    sys.argv = ["rosace", "synthesize", str(corpus), "--out", str(run), "--profile", "rapide"]
    try:
        main()
    finally:
        over.set()
        told.write_text(json.dumps(seen), encoding="utf-8")


def measured(size: int) -> dict[str, Any]:
    """The share of the looks that found each function at work, and the seconds of the stages."""
    with tempfile.TemporaryDirectory() as folder:
        corpus, run, told = (Path(folder) / name for name in ("corpus", "run", "told.json"))
        write_corpus(corpus, size, load_config().graine)
        subprocess.run([sys.executable, __file__, "--one", corpus, run, told], check=True, capture_output=True)
        seen = Counter(json.loads(told.read_text(encoding="utf-8")))
        *_, total = costs_of(run, "rapide", size)
    shares = {name: round(n / seen.total(), 4) for name, n in seen.most_common(N_TOLD)}
    found = {"size": size, "n_items": total.n_items, "seconds": round(total.seconds, 1), "shares": shares}
    return stamp() | found


def main() -> None:
    """Measure the sizes asked for, and keep what was measured of others."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--size", type=int, nargs="+", default=[400, 10_000])
    parser.add_argument("--out", type=Path, default=HERE)
    parser.add_argument("--one", type=Path, nargs=3)
    asked = parser.parse_args()
    if asked.one:
        look(*asked.one)
        return
    path = asked.out / "functions.json"
    found = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else []
    for size in asked.size:
        found = sorted([one for one in found if one["size"] != size] + [measured(size)], key=lambda one: one["size"])
        path.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
        print(size, json.dumps(found[[one["size"] for one in found].index(size)]), flush=True)


if __name__ == "__main__":
    main()
