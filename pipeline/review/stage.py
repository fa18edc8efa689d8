"""Review stage: machine tables and decision log → reviewed tables, states of decisions, changes since the last run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from pipeline.axes import compass
from pipeline.contracts.checks import conform, empty
from pipeline.contracts.tables import TABLES
from pipeline.language.text.typography import counted
from pipeline.review.agreement import judgements, precisions
from pipeline.review.log.anchors import OVERLAP_MIN
from pipeline.review.log.decisions import REDO, UNDO
from pipeline.review.log.on_titles import FOLLOWING
from pipeline.review.log.replay import followed, read_log, replay
from pipeline.review.log.state import ReviewState
from pipeline.review.reviewed_tables import UNREADABLE, control_rows, state_rows, to_tables
from pipeline.workshop.records import MachineTables
from pipeline.workshop.tables import ReviewedTables, rows_of

_BAD_LINES_TOLD = 5
Tables = Mapping[str, pd.DataFrame]


@dataclass(frozen=True)
class ReviewResult(ReviewedTables):
    """Frames of the schemas of the same names, and sentences for the person who ran it."""

    decision_states: pd.DataFrame
    control: pd.DataFrame
    changes: pd.DataFrame
    warnings: tuple[str, ...]


def review(machine: MachineTables, decision_lines: Sequence[str], previous: Tables | None) -> ReviewResult:
    """Replay the decision log on the machine tables.

    Stale and conflicting decisions change nothing and are told in `decision_states`.
    """
    log, machine = read_log(decision_lines), machine.on_placed_axes()
    replayed = replay(ReviewState.from_machine(machine), log, is_kept=False)
    tables, states = to_tables(replayed.state, machine), state_rows(log, replayed.outcomes)
    return ReviewResult(
        **{name: getattr(tables, name) for name in type(tables).__dataclass_fields__},
        decision_states=states,
        control=control_rows(precisions(judgements(replayed.state, log))),
        changes=list_changes(previous, machine.items, tables),
        warnings=_warnings(states, followed(replayed.state, log)[0]),
    )


def _warnings(states: pd.DataFrame, n_followed: int) -> tuple[str, ...]:
    acts = states[~states["op"].isin([UNDO, REDO, UNREADABLE, FOLLOWING])]
    done, lost = (int(acts["state"].isin(some).sum()) for some in (["rejouee"], ["orpheline", "conflit"]))
    lines = []
    if not acts.empty:
        lines.append(f"Relecture : {counted(done, 'décision reprise', 'décisions reprises', feminine=True)}.")
    if n_followed:
        told = counted(n_followed, "idée rangée", "idées rangées", feminine=True)
        lines.append(f"Assistant : {told} comme dans sa page, et marquées comme son choix.")
    if lost:
        told = counted(lost, "décision ne s'applique plus", "décisions ne s'appliquent plus", feminine=True)
        lines.append(f"À revoir : {told}. L'historique de « rosace review » dit pourquoi, et quoi faire.")
    lines += states.loc[states["op"] == UNREADABLE, "message"].tolist()[:_BAD_LINES_TOLD]
    return tuple(lines)


def list_changes(previous: Tables | None, items: pd.DataFrame, now: ReviewedTables) -> pd.DataFrame:
    """The table `changes`, sorted by kind and target, since the tables of the state before; empty on a first run."""
    if previous is None:
        return empty("changes")
    gone, come = _only_in(previous["items"], items), _only_in(items, previous["items"])
    was, is_now = (tables[["item_id", "axis"]] for tables in (previous["reviewed_tags"], now.reviewed_tags))
    tags = was.merge(is_now, on="item_id", suffixes=("_before", "_after"))
    moved = tags[tags["axis_before"] != tags["axis_after"]].itertuples(index=False, name=None)
    rows = [
        *(("item_disparu", key, text, pd.NA, "Parole qui n'est plus lue.") for key, text in gone),
        *(("item_nouveau", key, pd.NA, text, "Parole nouvelle.") for key, text in come),
        *(("axe_modifie", key, old, new, f"{compass()[old].name} → {compass()[new].name}") for key, old, new in moved),
        *_group_changes(previous, now),
    ]
    if not rows:
        return empty("changes")
    return conform(
        "changes", pd.DataFrame(rows, columns=TABLES["changes"].column_names).sort_values(["kind", "target_id"])
    )


def _only_in(one: pd.DataFrame, other: pd.DataFrame) -> Iterator[tuple[str, str]]:
    own = one[pd.Index(other["item_id"]).get_indexer(one["item_id"]) < 0]
    return rows_of(own, "item_id", "text")


def _group_changes(previous: Tables, now: ReviewedTables) -> list[tuple[Any, ...]]:
    """Groups are matched by id, else by half of their items."""
    before: dict[str, list[str]] = {}
    for group, item in rows_of(previous["reviewed_memberships"].dropna(subset="group_id"), "group_id", "item_id"):
        before.setdefault(group, []).append(item)
    holders = dict(rows_of(now.reviewed_memberships.dropna(subset="group_id"), "item_id", "group_id"))
    new = Counter(holders.values())
    old_titles, new_titles = (
        dict(rows_of(groups, "group_id", "title")) for groups in (previous["reviewed_groups"], now.reviewed_groups)
    )
    rows, matched = list[tuple[Any, ...]](), set[str]()
    for group, items in sorted(before.items()):
        held, n = Counter(holders[item] for item in items if item in holders), len(items)
        heir = min(held, key=lambda other: (-held[other], other), default="")
        successor = group if group in new else heir if held[heir] / n >= OVERLAP_MIN else ""
        if not successor or successor in matched:
            detail = f"{counted(n, 'idée', feminine=True).capitalize()} réparties autrement."
            rows.append(("groupe_disparu", group, old_titles.get(group, ""), pd.NA, detail))
            continue
        matched.add(successor)
        gained, lost = new[successor] - held[successor], n - held[successor]
        titles = old_titles.get(group, ""), new_titles[successor]
        if gained or lost or titles[0] != titles[1]:
            rows.append(("groupe_modifie", successor, *titles, f"+{gained} −{lost}"))
    for group in new.keys() - matched:
        detail = f"{counted(new[group], 'idée', feminine=True).capitalize()}."
        rows.append(("groupe_nouveau", group, pd.NA, new_titles[group], detail))
    return rows
