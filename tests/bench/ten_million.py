"""What ten million ideas would cost, from the runs of `mesures.json` (`rosace bench`, profile `rapide`).

    python tests/bench/ten_million.py

Seconds of processor grow as a power of the number of ideas, stage by stage, by the two sizes below; at most they grow
as the number itself, once what a stage does whatever the number is small beside the rest. The largest size is first
announced by the two before it, and compared with what it took. Memory grows by a line through the two largest.
Writes `ten_million.json`; `docs/generate.py` puts it in the page of several machines.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pipeline.workbench.speed import TOTAL, StageCost, read_report

HERE = Path(__file__).parent
WANTED = 10_000_000
ON_WORKERS, ON_CORES = ("embed", "classify"), ("ingest",)
"""Stages shared out to a cluster, and to the cores of the machine that launches; the others are one process."""
N_WORKERS, N_CORES = 64, 16
DIMENSIONS, BYTES = 512, 2
"""Of the vector of an idea."""


def by_power(low: StageCost, high: StageCost, n: int) -> float:
    """Seconds of processor for `n` ideas, by those of two sizes."""
    exponent = math.log(high.cpu_seconds / low.cpu_seconds) / math.log(high.n_items / low.n_items)
    return float(high.cpu_seconds * (n / high.n_items) ** exponent)


def by_line(low: StageCost, high: StageCost, n: int) -> float:
    """Most memory for `n` ideas, in GiB."""
    slope = ((high.peak_mib or 0) - (low.peak_mib or 0)) / (high.n_items - low.n_items)
    return ((high.peak_mib or 0) + slope * (n - high.n_items)) / 1024


def simulated(costs: Sequence[StageCost]) -> dict[str, Any]:
    """The costs of the largest size measured, what the two before it announce of it, and what is announced of `WANTED`;
    stages by name."""
    stages: dict[str, list[StageCost]] = {}
    for cost in sorted(costs, key=lambda cost: cost.n):
        if cost.stage != TOTAL:
            stages.setdefault(cost.stage, []).append(cost)
    rows = {stage: _row(*found[-3:]) for stage, found in stages.items()}
    measured, told = (sum(row[name] for row in rows.values()) for name in ("measured_s", "announced_s"))
    return {
        "sizes": [cost.n_items for cost in next(iter(stages.values()))[-3:]],
        "stages": rows,
        "error": round(told / measured - 1, 3),
        "wanted": WANTED,
        "cpu_hours": [_hours({stage: row["wanted_s"][side] for stage, row in rows.items()}) for side in (0, 1)],
        "clock_hours": [_clock({stage: row["wanted_s"][side] for stage, row in rows.items()}) for side in (0, 1)],
        "n_workers": N_WORKERS,
        "n_cores": N_CORES,
        "vectors_gib": round(WANTED * DIMENSIONS * BYTES / 2**30, 1),
    }


def _row(small: StageCost, low: StageCost, high: StageCost) -> dict[str, Any]:
    at_most = high.cpu_seconds * WANTED / high.n_items
    return {
        "measured_s": high.cpu_seconds,
        "announced_s": round(by_power(small, low, high.n_items), 1),
        "wanted_s": [round(min(by_power(low, high, WANTED), at_most)), round(at_most)],
        "wanted_gib": round(by_line(low, high, WANTED), 1),
    }


def _hours(seconds: dict[str, float]) -> float:
    return round(sum(seconds.values()) / 3600, 1)


def _clock(seconds: dict[str, float]) -> float:
    """Hours on the clock, workers and cores at work together on what they share."""
    among = {stage: N_WORKERS if stage in ON_WORKERS else N_CORES if stage in ON_CORES else 1 for stage in seconds}
    return _hours({stage: spent / among[stage] for stage, spent in seconds.items()})


def main() -> None:
    """Read the measures, write `ten_million.json`."""
    found = simulated([cost for cost in read_report(HERE / "mesures.json") if cost.profile == "rapide"])
    (HERE / "ten_million.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(found, indent=1))


if __name__ == "__main__":
    main()
