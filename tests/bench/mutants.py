"""Small faults put in a copy of the source, one at a time: do the tests of their room see them?

    python tests/bench/mutants.py [--room verrou] [--write]

`mutants.json` holds what was found; at most three may survive.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import shutil
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
FOUND = HERE / "mutants.json"
SURVIVORS_MAX = 3
FAST = "not slow and not browser and not office"
LOADED = (
    "pandas",
    "scipy.stats",
    "scipy.cluster.hierarchy",
    "pyarrow.parquet",
    "spacy",
    "sklearn",
    "hypothesis",
)
"""Libraries that every room loads: once for all, then each fault is tried in a fork."""


def copy_of(place: Path) -> Path:
    """The source and its tests, to be spoilt; models and corpora are those of the repository."""
    for name in ("pipeline", "rosace", "tests", "configs"):
        shutil.copytree(ROOT / name, place / name, ignore=shutil.ignore_patterns("__pycache__", "bench"))
    for name in ("models", "corpus", "docs"):
        (place / name).symlink_to(ROOT / name)
    for path in (path for path in ROOT.iterdir() if path.is_file() and path.name != ".git"):
        shutil.copy(path, place)
    return place


def passes(place: Path, tests: list[str]) -> bool:
    """Whether the tests of a room pass on a copy."""
    pid = os.fork()
    if not pid:
        said = os.open(place / "said.txt", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(said, 1)
        os.dup2(said, 2)
        os.chdir(place)
        sys.dont_write_bytecode = True
        sys.path.insert(0, str(place))
        os.environ["PYTHONPATH"] = str(place)
        code = pytest.main(["-q", "-x", "-m", FAST, "-p", "no:cacheprovider", *tests])
        sys.stdout.flush()
        os._exit(code)
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    if code not in (0, 1):
        raise SystemExit((place / "said.txt").read_text(encoding="utf-8")[-2_000:])
    return code == 0


def survivors_of(place: Path, tests: list[str], mutants: list[dict[str, str]]) -> list[dict[str, str]]:
    """The faults that no test of the room sees."""
    if not passes(place, tests):
        raise SystemExit(f"these tests fail on a sound source: {' '.join(tests)}")
    found = []
    for mutant in mutants:
        path = place / "pipeline" / mutant["file"]
        source = path.read_text(encoding="utf-8")
        if source.count(mutant["was"]) != 1:
            raise SystemExit(f"{mutant['file']} holds {mutant['was']!r} {source.count(mutant['was'])} times")
        path.write_text(source.replace(mutant["was"], mutant["becomes"]), encoding="utf-8")
        survives = passes(place, tests)
        path.write_text(source, encoding="utf-8")
        print("SURVIVES" if survives else "killed  ", mutant["file"], "|", mutant["becomes"].strip(), flush=True)
        found += [mutant] if survives else []
    return found


def main() -> None:
    """Run every room, or one."""
    for library in LOADED:
        importlib.import_module(library)
    parser = argparse.ArgumentParser()
    parser.add_argument("--room", action="append", help="that room alone, and others given so")
    parser.add_argument(
        "--left", action="store_true", help="those alone that no test saw the last time, or that are new"
    )
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    rooms: dict[str, Any] = tomllib.loads((HERE / "mutants.toml").read_text(encoding="utf-8"))["rooms"]
    chosen = {name: room for name, room in rooms.items() if asked.room is None or name in asked.room}
    known: dict[str, Any] = json.loads(FOUND.read_text(encoding="utf-8")) if FOUND.is_file() else {}
    told: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as folder:
        place = copy_of(Path(folder))
        for name, room in chosen.items():
            seen = known.get(name, {"killed": []})["killed"] if asked.left else []
            tried = [mutant for mutant in room["mutants"] if mutant not in seen]
            left = survivors_of(place, room["tests"], tried) if tried else []
            told[name] = {"killed": [mutant for mutant in room["mutants"] if mutant not in left], "left": left}
    n_left = sum(len(room["left"]) for room in told.values())
    print(f"{sum(len(room['killed']) for room in told.values()) + n_left} faults, {n_left} not seen")
    if asked.write:
        FOUND.write_text(json.dumps(known | told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    sys.exit(n_left > SURVIVORS_MAX)


if __name__ == "__main__":
    main()
