"""A run in a process of its own, which tells how far it is, one line of JSON at a time.

python -m pipeline.home.child FILES RESULTS PROFILE
"""

from __future__ import annotations

import json
import sys
from typing import Any

from pipeline.api import synthesize
from pipeline.errors import EXIT_DONE, EXIT_REFUSED, RosaceError
from pipeline.run.jobs import Progress


def tell(kind: str, **values: Any) -> None:
    """Say something to the page."""
    sys.stdout.write(json.dumps({"kind": kind, **values}, default=int) + "\n")
    sys.stdout.flush()


class JsonProgress(Progress):
    """Progress of a run as lines of JSON."""

    def start(self, stage: str, total: int | None) -> None:
        tell("start", stage=stage, total=total)

    def advance(self, n: int) -> None:
        tell("advance", n=n)

    def tell(self, text: str) -> None:
        tell("tell", text=text)

    def finish(self, stage: str, is_fresh: bool, seconds: float) -> None:
        tell("finish", stage=stage, is_fresh=is_fresh, seconds=seconds)


def main() -> int:
    """Make the run; returns the exit code."""
    files, results, profile = sys.argv[1:]
    try:
        made = synthesize(files, results, profile=profile, workers=0, progress=JsonProgress())
    except RosaceError as error:
        tell("refusal", text=str(error))
        return error.exit_code
    tell("done", warnings=made.warnings, refused=made.refused)
    return EXIT_REFUSED if made.refused else EXIT_DONE


if __name__ == "__main__":
    sys.exit(main())
