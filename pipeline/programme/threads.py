"""Columns of several workshops that are one: decisions replayed, then what the machine claims, and what it asks.

The log, undo and redo are those of a run (`pipeline.review.log`). A decision names columns
(`<workshop>/<group or idea>`) and, beside each, the ideas that it held that day: in a run that was made again, they are
found by them."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cached_property
from itertools import combinations, pairwise, product
from typing import Literal
from uuid import uuid4

from pipeline.folder.artifacts import RunFolder
from pipeline.ingest.withdrawal.quotations import ERASED
from pipeline.language.text.words import content_stems
from pipeline.programme.columns import Column, Near, is_asked, is_match
from pipeline.restitution.material.kinship import Kinship, place_stems
from pipeline.restitution.material.model import Group, Material
from pipeline.restitution.quoting.quotes import masked, may_tell
from pipeline.restitution.quoting.standing import has_good_title
from pipeline.review.log.anchors import OVERLAP_MIN
from pipeline.review.log.decisions import REDO, UNDO, After, Before, Decision, Target
from pipeline.review.log.replay import UNDONE, Log, Outcome, read_log

IS_SAME, RENAME, IS_ANSWER = "meme", "rename", "link"
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
    undone = found.log.undone()
    holders = {item.item_id: key for key, column in columns.items() for item in column.items}
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
        IS_SAME: [] if len(target.groups) == 2 else ["deux groupes"],
        IS_ANSWER: [] if len(target.groups) == 2 and after.state in ("juste", "faux") else ["deux groupes", "state"],
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
    if decision.op == IS_ANSWER:
        found.answers[(known[0], known[1])] = decision.after.state == "juste"
        return Outcome("rejouee")
    pair = (min(known), max(known))
    if columns[pair[0]].axis != columns[pair[1]].axis:
        return Outcome("conflit", "Ces deux groupes ne sont pas sur le même axe : ils ne peuvent être un.")
    found.said.pop(pair, None)
    if decision.after.value is not None:
        found.said[pair] = (decision.after.value, decision.author)
    return Outcome("rejouee")


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


Pair = tuple[str, str]
LEAST = 0.2
"""Mean chance of the pairs of two threads from which a match joins them: those that are no nearest ones have none."""


@dataclass(frozen=True)
class Match:
    """Two columns that are one, and who says so: their run, the machine, or a person by name."""

    one: str
    other: str
    by: str
    chance: float


@dataclass(frozen=True)
class Thread:
    """What comes back: columns of several workshops, in the order of those; until it is named (see `titled`), its
    title is that which a person gave, or ""."""

    thread_id: str
    axis: str
    columns: tuple[str, ...]
    title: str
    titled_by: str
    matches: tuple[Match, ...]


@dataclass(frozen=True)
class Woven:
    """Everything that was matched.

    Attributes
    ----------
    threads : the widest first.
    questions : pairs that a person is asked about, those of groups first, then the nearest.
    """

    threads: tuple[Thread, ...]
    questions: tuple[Near, ...]
    columns: Mapping[str, Column]

    def thread_of(self, column: str) -> Thread | None:
        """The thread of a column; None for what is proper to its workshop."""
        return self._holders.get(column)

    @cached_property
    def _holders(self) -> dict[str, Thread]:
        return {key: thread for thread in self.threads for key in thread.columns}


def weave(columns: Mapping[str, Column], near: Sequence[Near], decided: Decided, order: Sequence[str]) -> Woven:
    """Threads and questions.

    A person's word goes before all; a machine's match joins two threads only where no two columns are of one workshop,
    none was told apart, and those of both sides are near in the mean.

    Parameters
    ----------
    order : keys of the workshops, as they are told.
    """
    from scipy.cluster.hierarchy import DisjointSet

    alone = {key: column.is_alone for key, column in columns.items()}
    vouched = {key: column.is_vouched for key, column in columns.items()}
    chances = {_pair(one.one, one.other): one.chance for one in near}
    apart = {pair for pair, (is_one, _) in decided.said.items() if not is_one}
    tied = DisjointSet(columns)
    matches = list(_said(columns, decided, chances))
    for match in matches:
        tied.merge(match.one, match.other)
    for one in near:
        if is_match(one, vouched) and _may_join(tied.subset(one.one), tied.subset(one.other), columns, chances, apart):
            tied.merge(one.one, one.other)
            matches.append(Match(one.one, one.other, "machine", one.chance))
    rank = {key: place for place, key in enumerate(order)}
    threads = [
        _thread(columns, sorted(held, key=lambda key: (rank[columns[key].workshop], key)), matches, decided)
        for held in sorted(tied.subsets(), key=min)
        if len({columns[key].workshop for key in held}) > 1
    ]
    threads.sort(key=lambda thread: _width(columns, thread))
    told = set(decided.said)
    together = {pair for thread in threads for pair in combinations(sorted(thread.columns), 2)}
    asked = (one for one in near if _pair(one.one, one.other) not in told | together and is_asked(one, alone))
    return Woven(tuple(threads), tuple(sorted(asked, key=lambda one: alone[one.one] + alone[one.other])), columns)


def _may_join(
    one: set[str], other: set[str], columns: Mapping[str, Column], chances: Mapping[Pair, float], apart: set[Pair]
) -> bool:
    """Whether a machine may say that two sets of columns are one, or that columns of one set are."""
    if one == other:
        return True
    pairs = [_pair(a, b) for a, b in product(one, other)]
    mean = sum(chances.get(pair, 0.0) for pair in pairs) / len(pairs)
    has_common_workshop = {columns[key].workshop for key in one} & {columns[key].workshop for key in other}
    return not has_common_workshop and not apart.intersection(pairs) and mean >= LEAST


def _said(columns: Mapping[str, Column], decided: Decided, chances: Mapping[Pair, float]) -> Iterable[Match]:
    """What needs no bound: parts of one group of a run, then what people said is one."""
    owners: dict[str, list[str]] = {}
    for key, column in columns.items():
        if column.owner:
            owners.setdefault(column.owner, []).append(key)
    for parts in owners.values():
        for one, other in pairwise(parts):
            if _pair(one, other) not in decided.said:
                yield Match(one, other, "atelier", 1.0)
    for (one, other), (is_one, author) in decided.said.items():
        if is_one:
            yield Match(one, other, author, chances.get((one, other), 0.0))


def _thread(columns: Mapping[str, Column], keys: Sequence[str], matches: Iterable[Match], decided: Decided) -> Thread:
    held = set(keys)
    own = tuple(match for match in matches if match.one in held)
    given = [(title, who) for named, title, who in decided.titles if held.intersection(named)]
    title, who = given[-1] if given else ("", "")
    thread_id = "fil-" + hashlib.sha256("\n".join(sorted(keys)).encode()).hexdigest()[:12]
    return Thread(thread_id, columns[keys[0]].axis, tuple(keys), title, who, own)


def _width(columns: Mapping[str, Column], thread: Thread) -> tuple[int, int]:
    """In how many workshops a thread was said, and how many ideas say it, the widest first."""
    held = [columns[key] for key in thread.columns]
    return -len({column.workshop for column in held}), -sum(len(column.items) for column in held)


def _pair(one: str, other: str) -> Pair:
    return (one, other) if one < other else (other, one)


UNTOLD = "À ne pas citer"
"""The title of what only words that may not be told say."""


def titled(woven: Woven, material: Material) -> Woven:
    """The same threads, each with a title."""
    kinship, places = Kinship(material), place_stems(material)
    threads = (
        one if one.title else replace(one, title=_title_of(one, woven.columns, kinship, places))
        for one in woven.threads
    )
    return replace(woven, threads=tuple(threads))


def as_group(thread: Thread, columns: Mapping[str, Column], is_titled: bool) -> Group:
    """A thread as a group of several workshops."""
    members = tuple(item for key in thread.columns for item in columns[key].items)
    first = next((group for key in thread.columns if (group := columns[key].group) is not None), None)
    return Group(
        group_id=thread.thread_id,
        axis=thread.axis,
        theme_id=first.theme_id if first is not None else "",
        title=thread.title,
        question="",
        keywords=(),
        recurrence=float(len(members)),
        position=0,
        members=members,
        author_text="",
        is_accepted=False,
        is_titled=is_titled,
    )


def _title_of(thread: Thread, columns: Mapping[str, Column], kinship: Kinship, places: frozenset[str]) -> str:
    """A person's title goes first; then those that can be told, name no place, and are true of most workshops, then of
    most ideas; without any group, the shortest of its ideas."""
    groups = [group for key in thread.columns if (group := columns[key].group) is not None]
    if not groups:
        alone = (columns[key].items[0] for key in thread.columns)
        told = [masked(item).rstrip(" .") for item in alone if may_tell(item)]
        return min(told, key=lambda text: (len(text), text), default=UNTOLD)

    def rank(group: Group) -> tuple[bool, bool, bool, int, int, int, str]:
        named = replace(thread, thread_id=f"{thread.thread_id} {group.group_id}", title=group.title)
        true_of = kinship(as_group(named, columns, is_titled=False))
        is_local = bool(places & set(content_stems(group.title)))
        is_good = has_good_title(group)
        n = len({item.workshop for item in true_of}), len(true_of)
        return not group.is_titled, is_local, not is_good, -n[0], -n[1], len(group.title), group.group_id

    return min(groups, key=rank).title
