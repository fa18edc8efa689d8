"""Fill the README's blocks from `mesures.json`, `peer.json`, `incremental.json` and `installed.json`: no figure there
is typed by hand.

python tests/bench/readme.py
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pipeline.resources import root
from pipeline.workbench.speed import TOTAL, StageCost, growth_exponent, read_report

HERE = Path(__file__).parent
README = root() / "README.md"


def measures() -> str:
    """How long a run takes, from the files beside this one."""
    costs = read_report(HERE / "mesures.json")
    if not costs:
        return ""
    machine = json.loads((HERE / "mesures.json").read_text(encoding="utf-8"))["machine"]
    told = [f"Measured on {machine['cores']} cores ({machine['architecture']}), whole command, every document written:"]
    told += ["", *_table(costs), ""]
    for profile in sorted({cost.profile for cost in costs}):
        exponent = growth_exponent(costs, profile, TOTAL, 10_000)
        days = {cost.date for cost in costs if cost.profile == profile and cost.n >= 10_000}
        if exponent is not None and len(days) == 1:  # sizes of two versions tell no growth
            told.append(f"From 10,000 contributions on, the time of `{profile}` grows as n to the {exponent:.2f}.")
    if (HERE / "peer.json").is_file():
        told += map(_beside, json.loads((HERE / "peer.json").read_text(encoding="utf-8")))
    if (HERE / "incremental.json").is_file():
        told += map(_one_more, json.loads((HERE / "incremental.json").read_text(encoding="utf-8")))
    return "\n".join(told).strip()


def _one_more(found: dict[str, Any]) -> str:
    before, after = found["items"]
    seconds, groups = found["seconds"], found["groups"]
    return (
        f"One more table ({after - before:,} ideas) beside {before:,} ideas, groups kept (`--garder-groupes`): "
        f"{_clock(seconds['after'][TOTAL])} instead of {_clock(seconds['before'][TOTAL])}, of which "
        f"{_clock(seconds['after']['restitution'])} to write every document again; {groups['same_id']:,} of "
        f"{groups['before']:,} groups keep their id (`tests/bench/incremental.py`, {_day(found.get('date', ''))})."
    )


def _table(costs: Sequence[StageCost]) -> list[str]:
    lines = ["| profile | contributions | ideas | time | of processor | memory | measured |"]
    lines.append("|---|---:|---:|---:|---:|---:|---|")
    for cost in costs:
        if cost.stage == TOTAL:
            memory = "–" if cost.peak_mib is None else f"{cost.peak_mib / 1024:.1f} GiB"
            times = f"{_clock(cost.seconds)} | {_clock(cost.cpu_seconds)}"
            lines.append(f"| {cost.profile} | {cost.n:,} | {cost.n_items:,} | {times} | {memory} | {_day(cost.date)} |")
    return lines


def _day(date: str) -> str:
    return date or "on an earlier version"


def _clock(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 120 else f"{seconds / 60:.1f} min"


def _beside(peer: dict[str, Any]) -> str:
    theirs, ours = peer["peer"], peer["rosace"]
    return (
        f"On the same {peer['size']:,} texts in the same run, BERTopic with the architecture of its multilingual "
        f"encoder (random weights: time alone) takes {_clock(theirs[TOTAL])}, and leaves "
        f"{theirs['share_in_no_topic']:.0%} of the texts in no topic; `rapide` takes {_clock(ours[TOTAL])}, "
        f"{peer['times_faster']:.1f} times less (`tests/bench/peer_bertopic.py`, {_day(peer.get('date', ''))})."
    )


def installed() -> str:
    """How long each way to install the wheel takes, and what it weighs."""
    found = json.loads((HERE / "installed.json").read_text(encoding="utf-8"))
    wheel = found["wheel"]
    lines = ["| in an empty environment | installed in | of processor | on the disk | first workshop, of processor |"]
    lines.append("|---|---:|---:|---:|---:|")
    for way, command in WAYS.items():
        one = found["ways"][way]
        times = f"{_clock(one['seconds'])} | {_clock(one['cpu_seconds'])}"
        then = f"{one['bytes'] / 1e6:,.0f} MB | {_clock(one['demo_cpu_seconds'])}"
        lines.append(f"| `{command} {wheel['name']}` | {times} | {then} |")
    return "\n".join([f"The wheel weighs {wheel['bytes'] / 1e6:.0f} MB, models and demonstration inside.", "", *lines])


WAYS = {"pip": "pip install", "pipx": "pipx install", "uv": "uv tool install"}
BLOCKS = {"measures": measures, "installed": installed}


def filled(readme: str) -> str:
    """The README with its blocks made again."""
    for name, told in BLOCKS.items():
        begin, end = f"<!-- {name}: python tests/bench/readme.py -->", f"<!-- end of {name} -->"
        before, _, rest = readme.partition(begin)
        _, _, after = rest.partition(end)
        readme = f"{before}{begin}\n{told()}\n{end}{after}"
    return readme


if __name__ == "__main__":
    README.write_text(filled(README.read_text(encoding="utf-8")), encoding="utf-8")
