"""The last stages, as they are called: what people decided, and what is written for them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from pipeline.run.assistants import assistant_of, models_of, told_of, vectors_of
from pipeline.run.earlier import NOT_COMPARED, earlier_tables
from pipeline.run.jobs import Job, Output

if TYPE_CHECKING:
    import pandas as pd

    from pipeline.config import ClusterConfig
    from pipeline.review.log.state import MachineTables

REVIEWED = (
    "reviewed_tags",
    "reviewed_groups",
    "reviewed_memberships",
    "reviewed_links",
    "reviewed_themes",
    "reviewed_items",
    "decision_states",
    "control",
    "changes",
)
COMPARED = ("items", "reviewed_tags", "reviewed_groups", "reviewed_memberships")


def run_advise(job: Job) -> Output:
    """Ask the language model of the run, when there is one, what it advises."""
    from pipeline.contracts.checks import empty
    from pipeline.review.advice.stage import advise
    from pipeline.review.log.state import MachineTables

    assistant = assistant_of(job)
    if assistant is None:
        return Output(tables={"advice": empty("advice")})
    names = [name for name in MachineTables.__dataclass_fields__ if name != "advice"]
    machine = MachineTables(**{name: job.run.load_table(name) for name in names})
    job.progress.start("advise", None)
    namer = partial(names_of, machine, job.config.cluster)
    return Output(
        tables={"advice": advise(machine, assistant, job.config, namer, vectors_of(job), job.run.decisions.lines())},
        warnings=tuple(told_of(assistant)),
        models=models_of(assistant),
        is_whole=assistant.is_whole,
    )


def run_review(job: Job) -> Output:
    """Replay the decisions of people."""
    from pipeline.review.stage import MachineTables, PreviousTables, review

    load = job.run.load_table
    machine = MachineTables(**{name: load(name) for name in MachineTables.__dataclass_fields__})
    is_second = all(job.run.has_table(name, previous=True) for name in COMPARED)
    before = earlier_tables(job.run, COMPARED, previous=True) if is_second else None
    lost = (NOT_COMPARED,) if is_second and before is None else ()
    lines = job.run.decisions.lines()
    job.progress.start("review", len(lines))
    namer = partial(names_of, machine, job.config.cluster, reads=vectors_of(job))
    result = review(machine, lines, PreviousTables(**before) if before else None, job.config, namer)
    return Output(tables={name: getattr(result, name) for name in REVIEWED}, warnings=(*result.warnings, *lost))


def names_of(
    machine: MachineTables,
    settings: ClusterConfig,
    groups: Sequence[Sequence[str]],
    reads: Callable[[Sequence[str]], Any] | None = None,
) -> list[tuple[str, str | None, float | None]]:
    """Titles, questions, and what the titles cover, of groups that people's answers made, as the stage that groups
    would call them."""
    from pipeline.cluster.describing.describe import title_members

    rows = (
        machine.items[["item_id", "contribution_id", "text"]]
        .merge(machine.tags[["item_id", "axis", "status", "nature", "object"]], on="item_id")
        .merge(machine.contributions[["contribution_id", "channel", "voice"]], on="contribution_id")
        .merge(machine.memberships[["item_id", "stance"]], on="item_id", how="left")
        .fillna({"stance": "inconnu"})
        .set_index("item_id")
    )
    titles = title_members([rows.loc[list(ids)] for ids in groups], settings, reads)
    return [(title.text, title.question, title.coverage) for title in titles]


def run_restitution(job: Job) -> Output:
    """Write the documents."""
    from pipeline.contracts.draft_files import dump_draft, dump_facts, dump_plan
    from pipeline.restitution.stage import write_restitution
    from pipeline.restitution.tables import RestitutionTables

    names = RestitutionTables.__dataclass_fields__
    tables = RestitutionTables(**{name: job.run.load_table(name) for name in names})
    job.progress.start("restitution", None)
    assistant = assistant_of(job)
    advised = outcomes_of(job.run.load_table("advice"))
    result = write_restitution(tables, job.config, assistant, vectors_of(job) if assistant else None, advised)
    json = {"facts": dump_facts(result.facts), "plan": dump_plan(result.plan), "draft": dump_draft(result.draft)}
    return Output(
        json=json,
        files=result.files,
        warnings=(*result.warnings, *told_of(assistant)),
        models=models_of(assistant),
        is_whole=assistant is None or assistant.is_whole,
    )


def outcomes_of(advice: pd.DataFrame) -> tuple[Any, ...]:
    """What a model advised, for the page on method; our own names of groups left out."""
    from pipeline.restitution.rewriting.outcomes import Outcome

    rows = advice[(advice["task"] != "nom") & (advice["other"] != "nom")]
    return tuple(Outcome(*row) for row in rows[["task", "about", "theirs", "refusal"]].itertuples(index=False))
