"""The measured cost of a run: corpora of growing size, time, rows per second and peak memory of each stage.

Corpora are made from the project's own annotated texts: each contribution joins one to three of them and a number, so
that all texts are distinct and their lengths are spread as in real material.
"""

import csv
import json
import math
import os
import platform
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from pipeline.errors import RosaceError
from pipeline.resources import in_repository
from pipeline.run.stages import STAGES
from pipeline.workbench.examples import CORPUS_FOLDER, read_folder
from pipeline.workbench.reports import number, table

TOTAL = "total"
LARGE = 10_000
"""Contributions from which time is told to grow: below, most of it is the start."""
N_TABLES = 20
"""Tables of a made workshop: many, for a large room."""
N_PARTS = (1, 1, 2, 3)
"""Annotated texts joined in one contribution, drawn with equal chances."""
TOLD_MAX = 2_000
"""Characters told of a run that failed: its last message."""


@dataclass(frozen=True)
class StageCost:
    """One stage of one run.

    Attributes
    ----------
    n, n_items : contributions, ideas.
    seconds, cpu_seconds : on the clock; of processor, all processes together.
    items_per_s : ideas per second on the clock.
    peak_mib : most memory, all processes together; None where the system does not tell.
    date, version : of the measure.
    """

    profile: str
    n: int
    stage: str
    n_items: int
    seconds: float
    cpu_seconds: float
    items_per_s: float
    peak_mib: float | None
    date: str
    version: str


def stamp() -> dict[str, Any]:
    """What every measure tells of itself: the version of Rosace, the day, the machine."""
    machine = {"cores": os.cpu_count(), "system": platform.system(), "architecture": platform.machine()}
    return {"version": version("rosace"), "date": f"{date.today()}", "machine": machine}


def annotated_texts() -> list[str]:
    """Every text of the annotated corpus, in file order."""
    return [row["text"] for _, row in read_folder(CORPUS_FOLDER)]


def distinct_texts(n: int, seed: int) -> Iterator[str]:
    """`n` distinct texts. Half are one annotated text with a number, a quarter two, a quarter three."""
    texts = annotated_texts()
    chooser = random.Random(seed)  # noqa: S311  (a drawing, no secret)
    for rank in range(n):
        n_parts = chooser.choice(N_PARTS)
        parts = [chooser.choice(texts).rstrip(" .") for _ in range(n_parts)]
        yield ". ".join(parts) + f" ({rank + 1})"


def write_corpus(folder: Path, n: int, seed: int) -> None:
    """A corpus of `n` contributions in one csv, with its `atelier.toml`."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "atelier.toml").write_text('[atelier]\ntitre = "Mesure"\n', encoding="utf-8")
    with (folder / "contributions.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, delimiter=";", lineterminator="\n")
        rows.writerow(("table", "texte"))
        rows.writerows((rank % N_TABLES + 1, text) for rank, text in enumerate(distinct_texts(n, seed)))


def measure(sizes: Sequence[int], profiles: Sequence[str], folder: Path, seed: int) -> Iterator[list[StageCost]]:
    """Run `rosace synthesize` on each size and profile, each in a fresh process and a fresh folder."""
    in_repository(CORPUS_FOLDER)
    for n in sizes:
        corpus = folder / f"corpus-{n}"
        write_corpus(corpus, n, seed)
        for profile in profiles:
            yield measured_run(corpus, folder / f"run-{profile}-{n}", profile, n)


def measured_run(corpus: Path, run: Path, profile: str, n: int) -> list[StageCost]:
    """The stages of one run from nothing, and their total."""
    shutil.rmtree(run, ignore_errors=True)
    command = [sys.executable, "-m", "pipeline.cli", "synthesize", str(corpus), "--out", str(run)]
    done = subprocess.run([*command, "--profile", profile], check=False, capture_output=True, text=True)
    if done.returncode != 0:
        raise RosaceError(
            f"La mesure sur {n} contributions a échoué (code {done.returncode}) :\n{done.stderr[-TOLD_MAX:]}"
        )
    return costs_of(run, profile, n)


def costs_of(run: Path, profile: str, n: int) -> list[StageCost]:
    """What a finished run says of its stages in its manifest, and their total."""
    stages = json.loads((run / "manifest.json").read_text(encoding="utf-8"))["stages"]
    n_items = stages["ingest"]["rows"]["items"]
    measured = stamp()

    def cost(stage: str, seconds: float, cpu_seconds: float, peak_mib: float | None) -> StageCost:
        rate = round(n_items / seconds, 1) if seconds > 0 else math.inf
        times = round(seconds, 3), round(cpu_seconds, 3)
        return StageCost(profile, n, stage, n_items, *times, rate, peak_mib, measured["date"], measured["version"])

    costs = [
        cost(stage.name, record["seconds"], record["cpu_seconds"], record["peak_memory_mib"])
        for stage in STAGES
        if (record := stages.get(stage.name)) is not None
    ]
    peaks = [one.peak_mib for one in costs if one.peak_mib is not None]
    seconds, cpu_seconds = sum(one.seconds for one in costs), sum(one.cpu_seconds for one in costs)
    return [*costs, cost(TOTAL, seconds, cpu_seconds, max(peaks, default=None))]


def growth_exponent(costs: Sequence[StageCost], profile: str) -> float | None:
    """Slope of log(seconds) against log(n) by least squares, of runs of `LARGE` and more; None below two sizes."""
    totals = {cost.n: cost.seconds for cost in costs if (cost.profile, cost.stage) == (profile, TOTAL)}
    sizes = [n for n in totals if n >= LARGE]
    if len(sizes) < 2:
        return None
    return float(np.polyfit(np.log(sizes), np.log([totals[n] for n in sizes]), deg=1)[0])


def as_markdown(costs: Sequence[StageCost]) -> str:
    """The table, in French, one line per run and stage."""
    header = "profil contributions idées étape secondes processeur idées/s Mio".split()
    rows = []
    for cost in costs:
        told = [f"{cost.seconds:.1f}", f"{cost.cpu_seconds:.1f}", f"{cost.items_per_s:.0f}", number(cost.peak_mib, 0)]
        rows.append([cost.profile, cost.n, cost.n_items, cost.stage, *told])
    return table(header, rows, right=True) + "\n"


def read_report(path: Path) -> list[StageCost]:
    """The costs of an earlier measure; none when there is no such file."""
    if not path.is_file():
        return []
    return [StageCost(**row) for row in json.loads(path.read_text(encoding="utf-8"))["costs"]]


def merged(earlier: Sequence[StageCost], later: Sequence[StageCost]) -> list[StageCost]:
    """Costs by profile, size and stage in order; a run that was measured again replaces its earlier measure."""
    again = {(cost.profile, cost.n) for cost in later}
    kept = [cost for cost in earlier if (cost.profile, cost.n) not in again]
    return sorted([*kept, *later], key=lambda cost: (cost.profile, cost.n))


def write_report(costs: Sequence[StageCost], folder: Path) -> None:
    """Write `mesures.json`, every cost and the machine, and `mesures.md`."""
    report = {"costs": [asdict(cost) for cost in costs], "machine": stamp()["machine"]}
    text = json.dumps(report, ensure_ascii=False, indent=1, sort_keys=True)
    (folder / "mesures.json").write_text(text + "\n", encoding="utf-8")
    (folder / "mesures.md").write_text(as_markdown(costs), encoding="utf-8")
