"""What takes too long for each day, run by night: `make nuit`, or

    python tests/bench/nightly.py [hasard arrets degats brises parcours fautes failles vitesse] [--seed 7] [--write]

`nightly.json` keeps, part by part, its last runs: date, version, seed, counts; `nightly.md` tells them.
"""

import argparse
import datetime
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).parents[2]
TOLD = Path(__file__).with_name("nightly.json")
PAGE = TOLD.with_suffix(".md")
N_KEPT = 3
N_PAIRS, SLOWER = 5, 1.1
N_SESSIONS = 6
FAST = "not slow and not browser and not office"
COUNTED = re.compile(r"(\d+) (passed|failed|error|skipped|deselected)")
ROOMS = ("restitution/quoting", "review/log", "ingest/privacy")
LABELS = {
    "hasard": "tous les tests dans un autre ordre",
    "arrets": "une exécution, une page, un retrait arrêtés net",
    "degats": "chaque fichier abîmé de chaque façon",
    "brises": "fichiers brisés, fiches, cellules, noms, identifiants, requêtes, tirés au sort",
    "parcours": "branches de trois salles que leurs tests parcourent",
    "fautes": "petites fautes mises dans le code (`mutants.md`)",
    "failles": "failles connues de ce que l’on installe",
    "vitesse": "la démonstration, à côté de ce qui a été mesuré (`targets.json`)",
}


def tested(*arguments: str, **variables: str) -> dict[str, Any]:
    """How a session of pytest went: its counts, its failures."""
    command = [
        sys.executable,
        "-m",
        "pytest",
        *arguments,
        "-rfE",
        "--tb=short",
        "-o",
        "addopts=-q --import-mode=importlib",
        "-o",
        "timeout=3600",  # on a machine that does other things, a test of kills takes more than ten minutes
    ]
    done = subprocess.run(command, cwd=ROOT, env=os.environ | variables, capture_output=True, text=True, check=False)
    last = done.stdout.strip().rsplit("\n", 1)[-1]
    if done.returncode:
        print(done.stdout[-20_000:], done.stderr[-2_000:], flush=True)
    failed = re.findall(r"^(?:FAILED|ERROR) (\S+)", done.stdout, re.MULTILINE)
    return {"outcome": done.returncode, "counts": {what: int(n) for n, what in COUNTED.findall(last)}, "failed": failed}


def _shuffled(seed: int) -> dict[str, Any]:
    """Every test, in `N_SESSIONS` sessions of rooms that are drawn too: one process each, so that others may work."""
    rooms = sorted({*ROOT.glob("tests/*/"), *ROOT.glob("tests/test_*.py")} - {ROOT / "tests" / "bench"})
    rooms = [str(room.relative_to(ROOT)) for room in rooms if any(room.rglob("test_*.py")) or room.is_file()]
    random.Random(seed).shuffle(rooms)
    counts, failed, outcome = Counter[str](), list[str](), 0
    for n in range(N_SESSIONS):
        one = tested("-p", "randomly", f"--randomly-seed={seed}", *rooms[n::N_SESSIONS])
        print(*rooms[n::N_SESSIONS], one, flush=True)
        counts.update(one["counts"])
        failed += one["failed"]
        outcome = outcome or one["outcome"]
    return {"outcome": outcome, "counts": dict(counts), "failed": failed}


def _killed(seed: int) -> dict[str, Any]:
    return tested("tests/run/test_kills.py", "tests/api/test_interrupted_withdrawals.py", ROSACE_LONG="1")


def _damaged(seed: int) -> dict[str, Any]:
    return tested("tests/run/test_damage.py", ROSACE_LONG="1")


def _broken(seed: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        counts = Path(folder) / "counts.tsv"
        counts.touch()
        told = tested(
            *("tests/fuzz", "tests/app/test_requests.py", f"--hypothesis-seed={seed}"),
            ROSACE_LONG="1",
            ROSACE_COUNTS=str(counts),
        )
        drawn = Counter[str]()
        for line in counts.read_text(encoding="utf-8").splitlines():
            what, n = line.split("\t")
            drawn[what] += int(n)
    return told | {"drawn": dict(sorted(drawn.items()))}


def _covered(seed: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        told = tested(
            *("-m", FAST, "--cov-branch", f"--cov-report=json:{report}"),
            *(option for room in ROOMS for option in (f"tests/{room}", f"--cov=pipeline/{room}")),
            COVERAGE_FILE=f"{folder}/data",
        )
        files = json.loads(report.read_text(encoding="utf-8"))["files"]
    shares = []
    for room in ROOMS:
        found = [one["summary"] for name, one in files.items() if f"pipeline/{room}/" in name]
        n_seen = sum(one["covered_lines"] + one["covered_branches"] for one in found)
        n_all = sum(one["num_statements"] + one["num_branches"] for one in found)
        shares.append(f"{room} {n_seen} sur {n_all} ({n_seen / n_all:.1%})".replace(".", ","))
    return told | {"told": ", ".join(shares)}


def _faults(seed: int) -> dict[str, Any]:
    command = [sys.executable, "tests/bench/mutants.py", "--seed", str(seed), "--drawn", "40", "--write"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return {"outcome": done.returncode, "told": done.stdout.strip().rsplit("\n", 1)[-1]}


def _flaws(seed: int) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "tests/bench/audit.py"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return {"outcome": done.returncode, "told": done.stdout.strip()}


def _paired(seed: int) -> dict[str, Any]:
    """The demonstration in `rapide`, by turns with this code and with that of the commit that `targets.json` is of."""
    commit = _git("log", "-1", "--format=%h", "--", "tests/bench/targets.json")
    with tempfile.TemporaryDirectory() as folder:
        then = Path(folder) / "then"
        _git("worktree", "add", "--detach", "--quiet", str(then), commit)
        try:
            seconds: dict[Path, list[float]] = {then: [], ROOT: []}
            for number in range(N_PAIRS):
                for code, found in seconds.items():
                    found.append(_demo_seconds(code, Path(folder) / f"{code.name}-{number}"))
        finally:
            _git("worktree", "remove", "--force", str(then))
    ratio = median(now / before for before, now in zip(seconds[then], seconds[ROOT], strict=True))
    told = f"{N_PAIRS} paires avec {commit} : {ratio:.2f} fois son temps de processeur".replace(".", ",")
    return {"outcome": int(ratio > SLOWER), "told": told}


def _git(*arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()


def _demo_seconds(code: Path, run: Path) -> float:
    """Seconds of processor that its stages say they took, all processes together."""
    command = [sys.executable, "-m", "pipeline.cli", "synthesize", str(ROOT / "corpus" / "demo"), "--out", str(run)]
    variables = os.environ | {"PYTHONPATH": str(code)}
    subprocess.run([*command, "--profile", "rapide"], cwd=code, env=variables, capture_output=True, check=True)
    stages = json.loads((run / "manifest.json").read_text(encoding="utf-8"))["stages"]
    return float(sum(one["cpu_seconds"] for one in stages.values()))


PARTS: dict[str, Callable[[int], dict[str, Any]]] = {
    "hasard": _shuffled, "arrets": _killed, "degats": _damaged, "brises": _broken, "parcours": _covered,
    "fautes": _faults, "failles": _flaws, "vitesse": _paired,
}  # fmt: skip


def page(told: dict[str, list[dict[str, Any]]]) -> str:
    """The last runs of each part, for people to read."""
    lines = [
        "# Ce qui est essayé la nuit",
        "",
        "`make nuit` (`python tests/bench/nightly.py`) ; de chaque partie, les trois dernières fois au plus.",
        "",
        "| | date | version | graine | minutes | résultat |",
        "|---|---|---|---:|---:|---|",
    ]
    for part, label in LABELS.items():
        for one in told.get(part, ()):
            counts = one.get("counts", {}) | one.get("drawn", {})
            result = ", ".join([*(f"{n} {what}" for what, n in counts.items()), *one.get("told", "").splitlines()])
            state = "" if one["outcome"] == 0 else " — **à voir**"
            lines.append(
                f"| {label} | {one['date']} | {one['version']} | {one['seed']} | {one['minutes']} | {result}{state} |"
            )
    lines += [f"- {name}" for part in LABELS for one in told.get(part, ()) for name in one.get("failed", ())]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Run the parts asked for, all of them by default."""
    parser = argparse.ArgumentParser()
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], default=[])
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 31))
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    told: dict[str, list[dict[str, Any]]] = json.loads(TOLD.read_text(encoding="utf-8")) if TOLD.is_file() else {}
    is_whole = True
    for part in asked.parts or PARTS:
        start = time.monotonic()
        found = PARTS[part](asked.seed)
        one = {
            "date": f"{datetime.date.today()}",
            "version": version("rosace"),
            "seed": asked.seed,
            "minutes": round((time.monotonic() - start) / 60),
            **found,
        }
        told[part] = [*told.get(part, ()), one][-N_KEPT:]
        is_whole &= found["outcome"] == 0
        print(part, json.dumps(one, ensure_ascii=False), flush=True)
        if asked.write:
            TOLD.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
            PAGE.write_text(page(told), encoding="utf-8")
    sys.exit(not is_whole)


if __name__ == "__main__":
    main()
