"""What one more table costs: a run from nothing, then the same run with more contributions in a second file.

    python tests/bench/incremental.py --size 10000 470000 --more 470 --out tests/bench

The second run keeps the groups (`--garder-groupes`). Writes `incremental.json` and `incremental.md`: the seconds of
each stage, before and after, the memory, and how many groups kept their id. The first runs are measures of
`rosace bench`, and go with them.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from pipeline.config import load_config
from pipeline.folder.artifacts import RunFolder
from pipeline.workbench.speed import (
    StageCost,
    costs_of,
    distinct_texts,
    measured_run,
    merged,
    read_report,
    stamp,
    write_corpus,
    write_report,
)

FROM_SIZE = 10_000


def measure(size: int, more: int) -> tuple[dict[str, Any], list[StageCost]]:
    """Both runs, in one folder that is removed; and what the first one costs."""
    seed = load_config().graine
    with tempfile.TemporaryDirectory() as place:
        corpus, run = Path(place) / "corpus", Path(place) / "run"
        write_corpus(corpus, size, seed)
        before = measured_run(corpus, run, "rapide", size)
        groups = set(RunFolder.open(run).load_table("groups")["group_id"])
        lines = [f'21;"{text.replace(chr(34), chr(34) * 2)} (en plus)"' for text in distinct_texts(more, seed + 1)]
        (corpus / "une-table-de-plus.csv").write_text("\n".join(["table;texte", *lines]) + "\n", encoding="utf-8")
        command = [sys.executable, "-m", "pipeline.cli", "synthesize", str(corpus), "--out", str(run)]
        subprocess.run([*command, "--profile", "rapide", "--garder-groupes"], check=True, capture_output=True)
        after = costs_of(run, "rapide", size + more)
        again = set(RunFolder.open(run).load_table("groups")["group_id"])
    found = {
        **stamp(),
        "size": size,
        "more": more,
        "items": [before[0].n_items, after[0].n_items],
        "seconds": {"before": _seconds(before), "after": _seconds(after)},
        "peak_mib": {"before": before[-1].peak_mib, "after": after[-1].peak_mib},
        "groups": {"before": len(groups), "after": len(again), "same_id": len(groups & again)},
    }
    return found, before


def _seconds(costs: list[StageCost]) -> dict[str, float]:
    return {cost.stage: cost.seconds for cost in costs}


def as_markdown(measures: list[dict[str, Any]]) -> str:
    """A table for each size, one line per stage."""
    lines: list[str] = []
    for found in measures:
        before, after = found["seconds"]["before"], found["seconds"]["after"]
        items, groups = found["items"], found["groups"]
        lines += [
            f"| {found['size']:,} contributions ({items[0]:,} ideas), then {found['more']} ({items[1] - items[0]:,}) | "
            "from nothing (s) | with one more table (s) |",
            "|---|---:|---:|",
            *(f"| {stage} | {before[stage]:.1f} | {after[stage]:.1f} |" for stage in before),
            "",
            f"{groups['same_id']} of {groups['before']} groups kept their id; there are {groups['after']} now. Most "
            f"memory: {found['peak_mib']['before']:,.0f} MiB, then {found['peak_mib']['after']:,.0f}.",
            "",
        ]
    return "\n".join(lines)


def main() -> None:
    """See the module."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--size", type=int, nargs="+", default=[10_000])
    parser.add_argument("--more", type=int, default=470)
    parser.add_argument("--out", type=Path, default=Path("tests/bench"))
    chosen = parser.parse_args()
    measures = [measure(size, chosen.more) for size in chosen.size]
    found = [one for one, _ in measures]
    costs = [cost for _, before in measures for cost in before]
    write_report(merged(read_report(chosen.out / "mesures.json"), costs), chosen.out, FROM_SIZE)
    (chosen.out / "incremental.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    (chosen.out / "incremental.md").write_text(as_markdown(found), encoding="utf-8")


if __name__ == "__main__":
    main()
