"""The restitution of a run with its language model and without, from the same tables and decisions; nothing of the run
is written but the answers of the model."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from pipeline.config import Config, with_options
from pipeline.contracts.checks import empty
from pipeline.contracts.draft import Draft
from pipeline.contracts.facts import Facts
from pipeline.contracts.plan import Plan
from pipeline.contracts.tables import REVIEWED
from pipeline.execution import LocalExecutor
from pipeline.folder.artifacts import RunFolder
from pipeline.restitution.rewriting import Outcome
from pipeline.restitution.stage import write_restitution
from pipeline.restitution.tables import RestitutionTables
from pipeline.review.stage import MachineTables, review
from pipeline.review.titling import advise
from pipeline.run.assistants import assistant_of, vectors_of
from pipeline.run.jobs import Job
from pipeline.run.stages import names_of, outcomes_of
from pipeline.workbench.drafts import Measure, evaluate_drafts
from pipeline.workbench.scoreboard import Line


@dataclass(frozen=True)
class Told:
    """A draft, what it was written from, and what became of each answer of the model."""

    draft: Draft
    facts: Facts
    plan: Plan
    tables: RestitutionTables
    outcomes: tuple[Outcome, ...] = ()


@dataclass(frozen=True)
class BothWays:
    """Two drafts of one workshop, and what asking cost."""

    without: Told
    with_model: Told
    cost: tuple[str, ...]


def both_ways(job: Job) -> BothWays:
    """Write the draft twice; the configuration of `job` names the model.

    Raises
    ------
    UsageError : it names none.
    """
    names = [name for name in MachineTables.__dataclass_fields__ if name != "advice"]
    machine = MachineTables(**{name: job.run.load_table(name) for name in names}, advice=empty("advice"))
    assistant = assistant_of(job)
    if assistant is None:
        raise ValueError("no language model in the configuration")
    advice = advise(machine, assistant, job.config, vectors_of, job.run.decisions.lines())
    without = _tables(job, machine)
    alone = write_restitution(without, job.config)
    advised = _tables(job, replace(machine, advice=advice))
    helped = write_restitution(advised, job.config, assistant, vectors_of, outcomes_of(advice))
    return BothWays(
        Told(alone.draft, alone.facts, alone.plan, without),
        Told(helped.draft, helped.facts, helped.plan, advised, helped.outcomes),
        (f"{assistant.account.summary}.", *assistant.account.problems),
    )


def _tables(job: Job, machine: MachineTables) -> RestitutionTables:
    """What the restitution is written from, once people's decisions are replayed on these tables."""
    namer = partial(names_of, machine, job.config.cluster)
    reviewed = review(machine, job.run.decisions.lines(), None, namer)
    read = {
        name: getattr(reviewed, name) if name in REVIEWED else job.run.load_table(name)
        for name in RestitutionTables.__dataclass_fields__
    }
    return RestitutionTables(**read)


def both_lines(target: Path, url: str, settings: Config, tell: Callable[[str], None]) -> list[Line]:
    """Each measure of the draft without the model, then with it, then what became of its answers."""
    run = RunFolder.open(target)
    config = with_options(settings, modele={"url": url})
    found = both_ways(Job(run.path, run, config, LocalExecutor()))
    for line in found.cost:
        tell(line)
    pairs = zip(_measures(found.without, settings), _measures(found.with_model, settings), strict=True)
    lines = [
        measure.line._replace(label=f"{measure.label} ({how})")
        for pair in pairs
        for how, measure in zip(("sans", "avec"), pair, strict=True)
    ]
    return [*lines, *_answers(found.with_model)]


def _measures(told: Told, settings: Config) -> tuple[Measure, ...]:
    floors, spaces = settings.evaluation.drafts, settings.restitution.espaces
    return evaluate_drafts(told.draft, told.facts, told.plan, told.tables, floors, spaces).told


def _answers(told: Told) -> list[Line]:
    """The share of the answers of each task that was taken, and the reasons of the others."""
    lines = []
    for task in dict.fromkeys(one.task for one in told.outcomes):
        found = [one for one in told.outcomes if one.task == task]
        taken = sum(not one.reason for one in found)
        reasons = Counter(one.reason for one in found if one.reason)
        detail = ", ".join(f"{reason} {n}" for reason, n in sorted(reasons.items(), key=lambda r: (-r[1], r[0])))
        lines.append(
            Line(f"Réponses retenues ({task})", taken / len(found), detail=f"{taken} sur {len(found)} ; {detail}")
        )
    return lines
