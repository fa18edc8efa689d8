"""The measured cost of a run: corpora of growing size, time, rows per second and peak memory of each stage.

Corpora are made from the project's own annotated texts: each contribution joins two of them and a number, so that all
texts are distinct and their lengths are spread as in real material.
"""

from __future__ import annotations

import json
import math
import random
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from pipeline.axes import PROJECT_ROOT
from pipeline.errors import RosaceError

ANNOTATED = PROJECT_ROOT / "corpus" / "annotated"


@dataclass(frozen=True)
class StageCost:
    """One stage of one run: `n` contributions, `n_items` items, seconds, items per second, peak memory in MiB."""

    profile: str
    n: int
    stage: str
    n_items: int
    seconds: float
    items_per_s: float
    peak_mib: float | None


def annotated_texts() -> list[str]:
    """Every text of the annotated corpus, in file order."""
    texts: list[str] = []
    for path in sorted(ANNOTATED.glob("*.jsonl")):
        with path.open(encoding="utf-8") as file:
            texts.extend(json.loads(line)["text"] for line in file if line.strip())
    if not texts:
        raise RosaceError(f"Aucun texte dans {ANNOTATED} : le corpus annoté manque.")
    return texts


def distinct_texts(n: int, seed: int) -> Iterator[str]:
    """`n` distinct texts. Half are one annotated text with a number, a quarter two, a quarter three."""
    texts = annotated_texts()
    chooser = random.Random(seed)
    for rank in range(n):
        n_parts = chooser.choice((1, 1, 2, 3))
        parts = [chooser.choice(texts).rstrip(" .") for _ in range(n_parts)]
        yield ". ".join(parts) + f" ({rank + 1})"


def write_corpus(folder: Path, n: int, seed: int) -> None:
    """A corpus of `n` contributions in one csv, with its `atelier.toml`."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "atelier.toml").write_text('[atelier]\ntitre = "Mesure"\n', encoding="utf-8")
    with (folder / "contributions.csv").open("w", encoding="utf-8", newline="") as file:
        file.write("table;texte\n")
        for rank, text in enumerate(distinct_texts(n, seed)):
            escaped = text.replace('"', '""')
            file.write(f'{rank % 20 + 1};"{escaped}"\n')


def measure(sizes: Sequence[int], profiles: Sequence[str], folder: Path, seed: int) -> list[StageCost]:
    """Run `rosace synthesize` on each size and profile, each in a fresh process and a fresh folder."""
    costs: list[StageCost] = []
    for profile in profiles:
        for n in sizes:
            corpus, run = folder / f"corpus-{n}", folder / f"run-{profile}-{n}"
            write_corpus(corpus, n, seed)
            costs.extend(_measured_run(corpus, run, profile, n))
    return costs


def _measured_run(corpus: Path, run: Path, profile: str, n: int) -> list[StageCost]:
    for path in run.glob("*"):
        if path.is_file():
            path.unlink()
    command = [sys.executable, "-m", "pipeline.cli", "synthesize", str(corpus), "--out", str(run)]
    done = subprocess.run([*command, "--profile", profile], check=False, capture_output=True, text=True)
    if done.returncode != 0:
        raise RosaceError(f"La mesure sur {n} contributions a échoué (code {done.returncode}) :\n{done.stderr[-2000:]}")
    stages = json.loads((run / "manifest.json").read_text(encoding="utf-8"))["stages"]
    n_items = stages["ingest"]["rows"]["items"]
    costs = [
        StageCost(
            profile, n, name, n_items, record["seconds"], _rate(n_items, record["seconds"]), record["peak_memory_mib"]
        )
        for name, record in stages.items()
    ]
    total = sum(cost.seconds for cost in costs)
    peaks = [cost.peak_mib for cost in costs if cost.peak_mib is not None]
    return [*costs, StageCost(profile, n, "total", n_items, total, _rate(n_items, total), max(peaks, default=None))]


def _rate(n_items: int, seconds: float) -> float:
    return round(n_items / seconds, 1) if seconds > 0 else math.inf


def growth_exponent(costs: Sequence[StageCost], profile: str, stage: str, from_size: int) -> float | None:
    """Slope of log(seconds) against log(n) by least squares, from `from_size` on; None below two sizes."""
    points = [
        (math.log(cost.n), math.log(cost.seconds))
        for cost in costs
        if cost.profile == profile and cost.stage == stage and cost.n >= from_size and cost.seconds > 0
    ]
    if len(points) < 2:
        return None
    mean_x = sum(x for x, _ in points) / len(points)
    mean_y = sum(y for _, y in points) / len(points)
    spread = sum((x - mean_x) ** 2 for x, _ in points)
    return sum((x - mean_x) * (y - mean_y) for x, y in points) / spread


def as_markdown(costs: Sequence[StageCost]) -> str:
    """The table, in French, one line per run and stage."""
    lines = [
        "| profil | contributions | étape | secondes | idées/s | mémoire (Mio) |",
        "|---|---:|---|---:|---:|---:|",
    ]
    for cost in costs:
        memory = "–" if cost.peak_mib is None else f"{cost.peak_mib:.0f}"
        lines.append(
            f"| {cost.profile} | {cost.n} | {cost.stage} | {cost.seconds:.1f} | {cost.items_per_s:.0f} | {memory} |"
        )
    return "\n".join(lines) + "\n"


def write_report(costs: Sequence[StageCost], folder: Path, from_size: int) -> dict[str, float | None]:
    """Write `mesures.json`, `mesures.md` and `mesures.svg`; returns the growth exponent of each profile's total."""
    import altair as alt
    import pandas as pd

    exponents = {
        profile: growth_exponent(costs, profile, "total", from_size) for profile in sorted({c.profile for c in costs})
    }
    rows = [asdict(cost) for cost in costs]
    report = {"costs": rows, "growth_exponents": exponents}
    (folder / "mesures.json").write_text(json.dumps(report, ensure_ascii=False, indent=1), encoding="utf-8")
    (folder / "mesures.md").write_text(as_markdown(costs), encoding="utf-8")
    chart = (
        alt.Chart(pd.DataFrame(rows), title="Temps de chaque étape selon le nombre de contributions")
        .mark_line(point=True)
        .encode(
            x=alt.X("n:Q", scale=alt.Scale(type="log"), title="contributions"),
            y=alt.Y("seconds:Q", scale=alt.Scale(type="log"), title="secondes"),
            color=alt.Color("stage:N", title="étape"),
            strokeDash=alt.StrokeDash("profile:N", title="profil"),
        )
    )
    chart.save(folder / "mesures.svg")
    return exponents
