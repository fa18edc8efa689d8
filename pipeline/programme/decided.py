"""What people decided of a programme, replayed: the log, undo and redo are those of a run (`pipeline.review.log`).

A decision names columns (`<workshop>/<group or idea>`) and, beside each, the ideas that it held that day: in a run that
was made again, they are found by them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal
from uuid import uuid4

from pipeline.folder.artifacts import RunFolder
from pipeline.ingest.withdrawal.quotations import ERASED
from pipeline.programme.matching.columns import Column
from pipeline.review.log.anchors import OVERLAP_MIN
from pipeline.review.log.decisions import REDO, UNDO, After, Before, Decision, Target
from pipeline.review.log.replay import UNDONE, Log, Outcome, read_log

SAME, RENAME, ANSWERS = "meme", "rename", "link"
"""Whether columns are one (`after.value`), what those that are one are called (`after.title`), and whether the second
answers the first (`after.state`)."""
GONE = "Un des groupes n'est plus dans son atelier : cet acte ne décide rien. Refaites-le s'il le faut."


@dataclass
class Decided:
    """What stands after the log.

    Attributes
    ----------
    said : pair of columns, in order → (whether they are one, who said so).
    titles : (columns, title, who gave it), in the order of the log.
    answers : obstacle and answer, columns → whether a person found the link right.
    outcomes : decision → what became of it.
    log : its decisions, and the lines that cannot be read.
    """

    said: dict[tuple[str, str], tuple[bool, str]] = field(default_factory=dict)
    titles: list[tuple[tuple[str, ...], str, str]] = field(default_factory=list)
    answers: dict[tuple[str, str], bool] = field(default_factory=dict)
    outcomes: dict[str, Outcome] = field(default_factory=dict)
    log: Log = field(default_factory=lambda: Log((), ()))


def replay(folder: RunFolder, columns: Mapping[str, Column]) -> Decided:
    """The log of a programme, on the columns of today."""
    found = Decided(log=read_log(folder.decisions.lines(), lacking=_flaw))
    undone, holders = found.log.undone(), _holders(columns)
    for decision in found.log.decisions:
        if decision.is_undo_or_redo:
            found.outcomes[decision.decision_id] = Outcome("rejouee")
        elif decision.decision_id in undone:
            found.outcomes[decision.decision_id] = UNDONE
        else:
            found.outcomes[decision.decision_id] = _apply(found, decision, columns, holders)
    return found


def _flaw(decision: Decision) -> str:
    """What a decision of a programme must say and does not; "" when nothing lacks."""
    target, after = decision.target, decision.after
    lacks = {
        SAME: [] if len(target.groups) == 2 else ["deux groupes"],
        ANSWERS: [] if len(target.groups) == 2 and after.state in ("juste", "faux") else ["deux groupes", "state"],
        RENAME: [*([] if target.groups else ["des groupes"]), *([] if after.title else ["title"])],
        UNDO: [] if target.decision_id else ["l'acte à annuler"],
        REDO: [] if target.decision_id else ["l'acte à rétablir"],
    }
    if decision.op not in lacks:
        return f"op : « {decision.op[:40]} »"
    missing = lacks[decision.op]
    return f"il y manque {', '.join(missing)}" if missing else ""


def _apply(found: Decided, decision: Decision, columns: Mapping[str, Column], holders: Mapping[str, str]) -> Outcome:
    here = [_find(one, decision.before.members.get(one, ()), columns, holders) for one in decision.target.groups]
    known = list(dict.fromkeys(one for one in here if one is not None))
    if decision.op == RENAME:
        if not known:
            return Outcome("orpheline", GONE)
        if ERASED in str(decision.after.title):
            return Outcome("orpheline", "Ce titre venait d'une parole retirée : donnez-en un autre.")
        found.titles.append((tuple(known), str(decision.after.title), decision.author))
        return Outcome("rejouee")
    if len(known) < 2:
        return Outcome("orpheline", GONE)
    if decision.op == ANSWERS:
        found.answers[(known[0], known[1])] = decision.after.state == "juste"
        return Outcome("rejouee")
    pair = (min(known), max(known))
    if columns[pair[0]].axis != columns[pair[1]].axis:
        return Outcome("conflit", "Ces deux groupes ne sont pas sur le même axe : ils ne peuvent être un.")
    found.said.pop(pair, None)
    if decision.after.value is not None:
        found.said[pair] = (decision.after.value, decision.author)
    return Outcome("rejouee")


def _holders(columns: Mapping[str, Column]) -> dict[str, str]:
    """Idea → its column."""
    return {item.item_id: key for key, column in columns.items() for item in column.items}


def _find(key: str, members: Sequence[str], columns: Mapping[str, Column], holders: Mapping[str, str]) -> str | None:
    """The column that a decision named: the same id while it holds half of the same ideas, else the one that does."""
    here = Counter(holders[member] for member in members if member in holders)
    if key in columns and (not members or here[key] >= OVERLAP_MIN * min(len(members), len(columns[key].items))):
        return key
    best = min(here.items(), key=lambda row: (-row[1], row[0]), default=None)
    return best[0] if best is not None and best[1] >= OVERLAP_MIN * sum(here.values()) else None


def decision_of(
    author: str,
    op: str,
    columns: Iterable[Column],
    value: bool | None = None,
    title: str | None = None,
    state: Literal["juste", "faux"] | None = None,
) -> Decision:
    """An act on columns, as the log keeps it: no word of anyone is in it but the title that the person gives."""
    named = list(columns)
    return Decision(
        decision_id=uuid4().hex,
        ts=datetime.now(UTC).isoformat(timespec="seconds"),
        author=author,
        op=op,
        target=Target(groups=tuple(column.column_id for column in named)),
        before=Before(members={column.column_id: tuple(item.item_id for item in column.items) for column in named}),
        after=After(value=value, title=title, state=state),
    )


def record(folder: RunFolder, decisions: Iterable[Decision]) -> None:
    """Write decisions to the log of a programme.

    Raises
    ------
    ArtifactError : the disk refused them; nothing was done.
    """
    folder.decisions.append([decision.to_line() for decision in decisions])


def undo(folder: RunFolder, author: str) -> Decision | None:
    """Undo the last act that stands; None when there is none."""
    log = read_log(folder.decisions.lines(), lacking=_flaw)
    undone = log.undone()
    acts = [one for one in log.decisions if not one.is_undo_or_redo and one.decision_id not in undone]
    if not acts:
        return None
    now = datetime.now(UTC).isoformat(timespec="seconds")
    target = Target(decision_id=acts[-1].decision_id)
    record(folder, [Decision(decision_id=uuid4().hex, ts=now, author=author, op=UNDO, target=target)])
    return acts[-1]
