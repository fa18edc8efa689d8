"""What the lock takes of a language model's answers on a run, by task and cause, and the draft with it and without.

    python tests/bench/modele.py RUN URL NAME [--titles 25] [--tokens 120] [--tasks titre,phrase,introduction,lissage]

The answers are kept in the run, so that a measure that was stopped goes on. Results go to `modele.json` beside this
file, by the name of the model; `modele.md` says what they mean.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pipeline.api.runs import Quiet
from pipeline.config import TasksConfig, load_config
from pipeline.execution import LocalExecutor
from pipeline.folder.artifacts import RunFolder
from pipeline.restitution.checks.evaluate import evaluate_drafts
from pipeline.restitution.rewriting.outcomes import Outcome
from pipeline.review.advice import stage
from pipeline.run.both_ways import Told, both_ways
from pipeline.run.jobs import Job

HERE = Path(__file__).parent
RESULTS = HERE / "modele.json"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("run", type=Path)
    parser.add_argument("url")
    parser.add_argument("name")
    parser.add_argument("--titles", type=int, default=25)
    parser.add_argument("--tokens", type=int, default=120)
    parser.add_argument("--tasks", default="titre,phrase,introduction,lissage")
    asked = parser.parse_args()
    stage.TITLES_MAX = asked.titles
    base = load_config()
    tasks = TasksConfig(**{name: name in asked.tasks.split(",") for name in TasksConfig.model_fields})
    model = base.modele.model_copy(
        update={"url": asked.url, "taches": tasks, "delai_s": 300.0, "jetons_max": asked.tokens, "simultanees": 1}
    )
    config = base.model_copy(update={"modele": model})
    run = RunFolder.open(asked.run)
    found = both_ways(Job(asked.run, run, config, LocalExecutor(), Talking()))
    known = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.is_file() else {}
    known[asked.name] = {
        "cost": list(found.cost),
        "answers": counted(found.with_model.outcomes),
        "without": measured(found.without),
        "with": measured(found.with_model),
    }
    RESULTS.write_text(json.dumps(known, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    print(json.dumps(known[asked.name], ensure_ascii=False, indent=1))
    print(json.dumps([asdict(one) for one in found.with_model.outcomes], ensure_ascii=False, indent=1))


class Talking(Quiet):
    """Tells how far it is."""

    def tell(self, text: str) -> None:
        """See `pipeline.run.jobs.Progress`."""
        print(text, flush=True)


def counted(outcomes: tuple[Outcome, ...]) -> dict[str, Any]:
    """By task: how many answers, how many were taken, and why the others were not."""
    found: dict[str, Any] = {}
    for one in outcomes:
        task = found.setdefault(one.task, {"n": 0, "taken": 0, "refused": Counter()})
        task["n"] += 1
        task["taken"] += not one.reason
        if one.reason:
            task["refused"][one.reason] += 1
    return found


def measured(told: Told) -> dict[str, float]:
    """The measures of a draft, by name."""
    base = load_config()
    found = evaluate_drafts(
        told.draft, told.facts, told.plan, told.tables, base.evaluation.drafts, base.restitution.espaces
    )
    return {one.name: round(one.share, 4) for one in found.measures} | {"phrases": found.n_sentences}


if __name__ == "__main__":
    main()
