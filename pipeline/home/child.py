"""A run in a process of its own, which tells how far it is, one line of JSON at a time.

python -m pipeline.home.child FILES RESULTS PROFILE
"""

from __future__ import annotations

import json
import sys
from typing import Any

from pipeline.api import synthesize
from pipeline.errors import EXIT_DONE, EXIT_REFUSED, RosaceError


def tell(kind: str, **values: Any) -> None:
    """Say something to the page."""
    sys.stdout.write(json.dumps({"kind": kind, **values}, default=int) + "\n")
    sys.stdout.flush()


class JsonProgress:
    """Progress of a run as lines of JSON: see `pipeline.run.jobs.Progress`."""

    def start(self, stage: str, total: int | None) -> None:
        """See `pipeline.run.jobs.Progress`."""
        tell("start", stage=stage, total=total)

    def advance(self, n: int) -> None:
        """See `pipeline.run.jobs.Progress`."""
        tell("advance", n=n)

    def tell(self, text: str) -> None:
        """See `pipeline.run.jobs.Progress`."""
        tell("tell", text=text)

    def finish(self, stage: str, is_fresh: bool, seconds: float) -> None:
        """See `pipeline.run.jobs.Progress`."""
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
