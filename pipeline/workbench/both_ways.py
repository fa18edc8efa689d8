"""The restitution of a run with its language model and without, from the same tables and decisions; nothing of the run
is written but the answers of the model."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

from pipeline.contracts.checks import empty
from pipeline.contracts.draft import Draft
from pipeline.contracts.facts import Facts
from pipeline.contracts.plan import Plan
from pipeline.contracts.tables import REVIEWED
from pipeline.restitution.rewriting.outcomes import Outcome
from pipeline.restitution.stage import write_restitution
from pipeline.restitution.tables import RestitutionTables
from pipeline.review.advice.stage import advise
from pipeline.review.stage import MachineTables, review
from pipeline.run.assistants import assistant_of, told_of, vectors_of
from pipeline.run.jobs import Job
from pipeline.run.stages import names_of, outcomes_of


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
    namer = partial(names_of, machine, job.config.cluster)
    advice = advise(machine, assistant, job.config, namer, vectors_of, job.run.decisions.lines())
    without = _tables(job, machine)
    alone = write_restitution(without, job.config)
    advised = _tables(job, replace(machine, advice=advice))
    helped = write_restitution(advised, job.config, assistant, vectors_of, outcomes_of(advice))
    return BothWays(
        Told(alone.draft, alone.facts, alone.plan, without),
        Told(helped.draft, helped.facts, helped.plan, advised, helped.outcomes),
        tuple(told_of(assistant)),
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
