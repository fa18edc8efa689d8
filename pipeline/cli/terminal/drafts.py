"""The measures of a restitution, and of the same one with a language model and without."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.cli.terminal.scoreboard import Line

if TYPE_CHECKING:
    from pipeline.config import Config
    from pipeline.restitution.checks.measure import Measure
    from pipeline.run.both_ways import Told


def draft_lines(target: Path, settings: Config) -> list[Line]:
    """The measures of the restitution of a run, and what readers judged of its sentences."""
    from pipeline.contracts.draft_files import load_draft, load_facts, load_plan
    from pipeline.folder.artifacts import RunFolder
    from pipeline.restitution.checks.evaluate import evaluate_drafts
    from pipeline.restitution.checks.synthesis import judged
    from pipeline.restitution.tables import RestitutionTables

    run = RunFolder.open(target)
    tables = RestitutionTables(**{name: run.load_table(name) for name in RestitutionTables.__dataclass_fields__})
    draft, facts = load_draft(run.load_json("draft")), load_facts(run.load_json("facts"))
    plan = load_plan(run.load_json("plan"))
    found = evaluate_drafts(draft, facts, plan, tables, settings.evaluation.drafts, settings.restitution.espaces)
    judgements = run.read_file("judgements.csv")
    read = tuple(judged(draft, judgements)) if judgements is not None else ()
    print(f"{found.n_sentences} phrases, {found.n_words} mots", file=sys.stderr)
    if not found.is_spelling_checked:
        print("Orthographe non vérifiée : hunspell ou son dictionnaire fr_FR n'est pas installé.", file=sys.stderr)
    return [
        Line(m.label, m.share, m.bound, m.is_ceiling, f"{m.n_good} sur {m.n}", m.problems)
        for m in (*found.measures, *read)
        if m.name != "mots_inconnus" or found.is_spelling_checked
    ]


def both_lines(target: Path, url: str, settings: Config) -> list[Line]:
    """Each measure of the draft without the model, then with it, then what became of its answers."""
    from pipeline.api.runs import Quiet
    from pipeline.config import with_model
    from pipeline.execution import LocalExecutor
    from pipeline.folder.artifacts import RunFolder
    from pipeline.run.both_ways import both_ways
    from pipeline.run.jobs import Job

    run = RunFolder.open(target)
    config = with_model(settings, url)
    found = both_ways(Job(run.path, run, config, LocalExecutor(), Quiet()))
    for line in found.cost:
        print(line, file=sys.stderr)
    pairs = zip(_measures(found.without, settings), _measures(found.with_model, settings), strict=True)
    lines = [
        Line(f"{m.label} ({how})", m.share, m.bound, m.is_ceiling, f"{m.n_good} sur {m.n}", m.problems)
        for pair in pairs
        for how, m in zip(("sans", "avec"), pair, strict=True)
    ]
    return [*lines, *_answers(found.with_model)]


def _measures(told: Told, settings: Config) -> list[Measure]:
    from pipeline.restitution.checks.evaluate import evaluate_drafts

    floors, spaces = settings.evaluation.drafts, settings.restitution.espaces
    found = evaluate_drafts(told.draft, told.facts, told.plan, told.tables, floors, spaces)
    return [m for m in found.measures if m.name != "mots_inconnus" or found.is_spelling_checked]


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
