"""What ten million ideas would cost: stages measured on growing corpora, each a cost that is fixed and one an idea.

    python tests/bench/ten_million.py RUN RUN RUN --out tests/bench

Each RUN is a finished run of `rosace synthesize --profile rapide` on a corpus of `rosace bench`, of another size. The
largest is left out first: what the two before it announce of it is compared with what it took. The two largest then
announce ten million ideas. Seconds are of processor, all processes together: they hold on a busy machine. Writes
`ten_million.json`; `docs/generate.py` puts it in the page of several machines.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pipeline.run.benchmark import TOTAL, StageCost, costs_of

WANTED = 10_000_000
ON_WORKERS, ON_CORES = ("embed", "classify"), ("ingest",)
"""Stages shared out to a cluster, and to the cores of the machine that launches; the others are one process."""
N_WORKERS, N_CORES = 64, 16
DIMENSIONS, BYTES = 512, 2
"""Of the vector of an idea."""


def announced(two: Sequence[StageCost], n: int, name: str) -> float:
    """A cost for `n` ideas by the line through those of two sizes; never less than that of the larger one."""
    low, high = sorted(two, key=lambda cost: cost.n_items)
    slope = (getattr(high, name) - getattr(low, name)) / (high.n_items - low.n_items)
    return float(max(getattr(high, name), getattr(high, name) + slope * (n - high.n_items)))


def simulated(runs: Sequence[Sequence[StageCost]]) -> dict[str, Any]:
    """The costs measured, announced for the largest size and for `WANTED`; stages by name."""
    by_size = sorted(runs, key=lambda costs: costs[0].n_items)
    stages = {
        cost.stage: [next(c for c in costs if c.stage == cost.stage) for costs in by_size] for cost in by_size[-1]
    }
    rows = {stage: _row(costs) for stage, costs in stages.items() if stage != TOTAL}
    measured = sum(costs[-1].cpu_seconds for stage, costs in stages.items() if stage != TOTAL)
    told = sum(row["announced_s"] for row in rows.values())
    return {
        "version": version("rosace"),
        "sizes": [costs[0].n_items for costs in by_size],
        "stages": rows,
        "error": round(told / measured - 1, 3),
        "wanted": WANTED,
        "cpu_hours": round(sum(row["wanted_s"] for row in rows.values()) / 3600, 2),
        "clock_hours": round(sum(_clock(stage, row["wanted_s"]) for stage, row in rows.items()) / 3600, 2),
        "n_workers": N_WORKERS,
        "n_cores": N_CORES,
        "vectors_gib": round(WANTED * DIMENSIONS * BYTES / 2**30, 1),
        "machine": {"cores": os.cpu_count(), "load_average": os.getloadavg()[2]},
    }


def _row(costs: Sequence[StageCost]) -> dict[str, Any]:
    last = costs[-1]
    return {
        "measured_s": [cost.cpu_seconds for cost in costs],
        "measured_mib": [cost.peak_mib for cost in costs],
        "announced_s": round(announced(costs[-3:-1], last.n_items, "cpu_seconds"), 1),
        "wanted_s": round(announced(costs[-2:], WANTED, "cpu_seconds")),
        "wanted_gib": round(announced(costs[-2:], WANTED, "peak_mib") / 1024, 1),
    }


def _clock(stage: str, seconds: float) -> float:
    return seconds / (N_WORKERS if stage in ON_WORKERS else N_CORES if stage in ON_CORES else 1)


def main() -> None:
    """Read the runs, write `ten_million.json`."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("runs", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent)
    given = parser.parse_args()
    found = simulated([costs_of(run, "rapide", rank) for rank, run in enumerate(given.runs)])
    (given.out / "ten_million.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(found, indent=1))


if __name__ == "__main__":
    main()
