"""A file that comes back, workbook or decisions: what it asks for, then the acts done."""

from __future__ import annotations

from pathlib import Path

from pipeline.language.text.typography import capitalized, counted
from pipeline.review.exchange.cells import ImportPlan
from pipeline.review.exchange.workbook_import import plan_decisions, plan_import
from pipeline.review.session import Session

_OF_DECISIONS = (".jsonl", ".json", ".txt")


def plan_file(session: Session, path: Path, author: str) -> ImportPlan:
    """What a file asks for, against the state of today; nothing is recorded.

    Parameters
    ----------
    author : who filled a workbook; a file of decisions says so itself.

    Raises
    ------
    RefusedFileError : the file is neither, or holds no act.
    """
    if path.suffix.lower() in _OF_DECISIONS:
        text = path.read_text(encoding="utf-8-sig", errors="replace")
        return plan_decisions(session, text.split("\n"), path.name)
    return plan_import(session, path, author)


def record_plan(session: Session, plan: ImportPlan) -> tuple[str, list[str]]:
    """Do what was planned.

    Returns
    -------
    How many acts were done, as a sentence, and what could not be done, line by line.
    """
    outcomes = session.record(plan.decisions)
    lost = [
        f"{line} : {outcome.message}"
        for line, outcome in zip(plan.lines, outcomes, strict=True)
        if outcome.state not in ("rejouee", "annulee")
    ]
    acts = zip(plan.decisions, outcomes, strict=True)
    done = sum(outcome.state == "rejouee" and not decision.is_undo_or_redo for decision, outcome in acts)
    return f"{capitalized(counted(done, 'acte enregistré', 'actes enregistrés'))}.", lost
