"""How files made to harm are taken: how many, what was wrong, how long the slowest took.

    python tests/bench/fuzz.py [MUTANTS] [SEED]

writes `fuzz.json` beside this file, with the names and seconds of the five slowest.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tests.fuzz import hostile
from tests.fuzz.test_hostile_files import verdict

RESULT = Path(__file__).with_name("fuzz.json")


def measure(files: Iterable[tuple[str, bytes]]) -> dict[str, Any]:
    """Counts over these files."""
    wrong: list[str] = []
    seconds: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        for name, content in files:
            start = time.monotonic()
            told = verdict(Path(folder), name, content)
            seconds[name] = round(time.monotonic() - start, 1)
            wrong += [told] if told else []
    slowest = sorted(seconds, key=lambda name: -seconds[name])[:5]
    return {"files": len(seconds), "wrong": wrong, "slowest_s": {name: seconds[name] for name in slowest}}


def main() -> None:
    """Measure, and write the counts."""
    n, seed = (int(told) for told in (*sys.argv[1:], *("10000", "22")[len(sys.argv) - 1 :]))
    kinds = {"by_hand": hostile.by_hand().items(), "bombs": hostile.bombs(), "mutants": hostile.mutants(seed, n)}
    found = {"seed": seed, **{name: measure(files) for name, files in kinds.items()}}
    RESULT.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
