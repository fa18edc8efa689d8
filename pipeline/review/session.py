"""A review under way: the state in memory; every act is written to the log before it counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from pipeline.contracts.checks import empty
from pipeline.contracts.titles import DECIDING
from pipeline.folder.artifacts import RunFolder
from pipeline.language.text.typography import capitalized, counted
from pipeline.review.log.anchors import anchor_of, find_group
from pipeline.review.log.decisions import REDO, UNDO, After, Before, Decision, ItemAnchor, Part, Target, new_group_id
from pipeline.review.log.membership import count_again
from pipeline.review.log.on_titles import FOLLOWING, may_follow, typed_title_id, whole_title
from pipeline.review.log.ops import OPS, describe, flaw
from pipeline.review.log.replay import Log, Outcome, apply, followed, read_log, replay
from pipeline.review.log.state import ReviewState
from pipeline.workshop.records import MachineTables


@dataclass(frozen=True)
class Wish:
    """An act as the page asks for it, with the ids of today."""

    op: str
    items: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    theme_id: str | None = None
    spans: tuple[ItemAnchor, ...] = ()
    part: Part | None = None


@dataclass
class ImportPlan:
    """What a file asks for: acts ready to be recorded, in order, a sentence in French for each (`lines`), and what
    decides nothing, and why (`conflicts`)."""

    decisions: list[Decision] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)

    def add(self, state: ReviewState, decision: Decision, note: str = "") -> None:
        """Plan an act, told as the history will tell it."""
        self.decisions.append(decision)
        self.lines.append(f"{decision.author} {describe(state, decision)}{note}")


class Session:
    """The review of one run: every act is appended to the log and applied to the state; undo and redo replay the log.
    Lines that another program appended meanwhile are taken in at the next `sync`."""

    def __init__(
        self,
        run: RunFolder,
        machine: MachineTables,
        clock: Callable[[], str] = lambda: datetime.now(UTC).isoformat(timespec="seconds"),
        make_id: Callable[[], str] = lambda: uuid4().hex,
    ) -> None:
        self.run = run
        self.start = ReviewState.from_machine(machine)
        self._clock = clock
        self._make_id = make_id
        self._replay(run.decisions.lines())

    # the log -----------------------------------------------------------------------------------------------

    def sync(self) -> None:
        """Take in what was written to the log since we last looked."""
        lines = self.run.decisions.lines()
        if lines != self._lines:
            self._replay(lines)

    def _replay(self, lines: list[str]) -> None:
        self._lines, self.log = lines, read_log(lines)
        replayed = replay(self.start, self.log)
        self.state, self.outcomes = replayed.state, replayed.outcomes

    def record(self, decisions: Iterable[Decision]) -> list[Outcome]:
        """Write decisions to the log, then do them.

        Raises ArtifactError: the disk refused them; nothing was done.
        """
        self.sync()
        taken = list(decisions)
        lines = [decision.to_line() for decision in taken]
        self.run.decisions.append(lines)
        if self.log.bad_lines or any(decision.is_undo_or_redo for decision in taken):
            self._replay([*self._lines, *lines])
        else:
            self._lines, self.log = [*self._lines, *lines], Log((*self.log.decisions, *taken), ())
            for decision in taken:
                self.outcomes[decision.decision_id] = apply(self.state, decision)
                count_again(self.state)
        return [self.outcomes[decision.decision_id] for decision in taken]

    # acts --------------------------------------------------------------------------------------------------

    def act(self, author: str, wish: Wish, **after: Any) -> tuple[Decision, Outcome]:
        """One act of `author`: what it is about is anchored, what it replaces is kept, the line is written.

        Raises KeyError: the page speaks of something that is no longer there; ValueError: the act is incomplete, or
        holds what no act may (pydantic's `ValidationError`).
        """
        decision = self.propose(author, wish, **after)
        return decision, self.record([decision])[0]

    def propose(self, author: str, wish: Wish, **after: Any) -> Decision:
        """The decision that `act` would write, with the same errors."""
        op, decision_id = OPS[wish.op], self._make_id()
        named = [*wish.groups]
        if "group_id" in op.fields and after.get("group_id"):
            named.append(after["group_id"])
        if op.opens_group:
            after["group_id"] = new_group_id(decision_id)
        if op.about == "titles" and wish.items:
            after["group_id"] = typed_title_id(decision_id, 0)
        state = self.state
        unopened = state.titled.keys() - state.groups.keys()
        decision = Decision(
            decision_id=decision_id,
            ts=self._clock(),
            author=author,
            op=wish.op,
            target=Target(
                items=(*(anchor_of(state.items[item_id]) for item_id in wish.items), *wish.spans),
                groups=wish.groups,
                theme_id=wish.theme_id,
                part=wish.part,
            ),
            before=Before(
                members={key: () if key in unopened else tuple(state.members[key]) for key in named},
                titles={key: str(self.title_of(key)) for key in named},
                value=self._value_before(wish),
            ),
            after=After(**after),
        )
        if lacking := flaw(decision):
            raise ValueError(lacking)
        return decision

    def _value_before(self, wish: Wish) -> Any:
        state, op = self.state, OPS[wish.op]
        if wish.part is not None:
            return state.parts[wish.part].text if wish.part in state.parts else None
        if wish.theme_id is not None:
            return state.themes[wish.theme_id].title
        if op.was_title and wish.groups and (title := whole_title(state, wish.groups[0])) is not None:
            return op.was_title(title)
        if wish.groups:
            group = state.groups.get(wish.groups[0])
            return op.was_group(group) if group else self.title_of(wish.groups[0])
        return op.was_item(state, state.items[wish.items[0]]) if wish.items else None

    def became(self, group_id: str) -> str | None:
        """The group that holds most of the words of one that is gone; None when there is none, or it never was."""
        members = tuple(self.start.members.get(group_id, ()))
        for decision in self.log.decisions:
            members = decision.before.members.get(group_id, members)
        return find_group(self.state, group_id, members)

    def title_of(self, group_id: str | None) -> str | None:
        """The title of a group, or of one of people; None for a weak signal."""
        group, given = self.state.groups.get(group_id or ""), self.state.titled.get(group_id or "")
        return group.title if group else given.text if given else None

    # undo, redo --------------------------------------------------------------------------------------------

    def undoable(self) -> Decision | None:
        """The last act that stands."""
        undone, decisions = self.log.undone(), reversed(self.log.decisions)
        return next((one for one in decisions if not one.is_undo_or_redo and one.decision_id not in undone), None)

    def redoable(self) -> Decision | None:
        """The act that was undone last, when nothing was done since."""
        undone = self.log.undone()
        for decision in reversed(self.log.decisions):
            if not decision.is_undo_or_redo:
                return None
            if decision.op == UNDO and (key := decision.target.decision_id) in undone:
                return next((one for one in self.log.decisions if one.decision_id == key), None)
        return None

    def set_undone(self, author: str, decision_id: str, is_undone: bool) -> Outcome:
        """Undo an act at any point of the history, or do it again."""
        decision = Decision(
            decision_id=self._make_id(),
            ts=self._clock(),
            author=author,
            op=UNDO if is_undone else REDO,
            target=Target(decision_id=decision_id),
        )
        return self.record([decision])[0]


ROSACE = "Rosace"


def follow_page(run: RunFolder, page: str, under: Mapping[str, str]) -> None:
    """Put ideas under the titles under which a page of a language model tells them, as its choice, in one act; what
    another page had put goes back. A person who undoes it has the last word on that page.

    `page` : what tells it from another, "" for none. `under` : idea → title, as it is called.
    """
    if not page and not any(f'"op": "{FOLLOWING}"' in line for line in run.decisions.lines()):
        return
    session, decision_id = open_session(run), f"{FOLLOWING}-{page}"
    _, last = followed(session.state, session.log)
    if last and last != decision_id:
        session.set_undone(ROSACE, last, True)
    if undo := session.log.undone().get(decision_id):
        if undo.author == ROSACE:
            session.set_undone(ROSACE, decision_id, False)
    elif decision_id not in session.outcomes:
        titles = {one.text: one.title_id for one in session.state.titled.values() if one.origin in DECIDING}
        put = ((session.state.items[key], titles[title]) for key, title in under.items() if title in titles)
        free = ((item, key) for item, key in put if may_follow(session.state, item, key))
        items = tuple(anchor_of(item).model_copy(update={"under": key}) for item, key in free)
        if items:
            target, now = Target(items=items), datetime.now(UTC).isoformat(timespec="seconds")
            session.record([Decision(decision_id=decision_id, ts=now, author=ROSACE, op=FOLLOWING, target=target)])


def record_plan(session: Session, plan: ImportPlan) -> tuple[str, list[str]]:
    """Do what was planned; how many acts were done, as a sentence, and what could not be done, line by line."""
    acts = list(zip(plan.decisions, plan.lines, session.record(plan.decisions), strict=True))
    lost = [f"{line} : {one.message}" for _, line, one in acts if one.state not in ("rejouee", "annulee")]
    done = sum(one.state == "rejouee" and not decision.is_undo_or_redo for decision, _, one in acts)
    return f"{capitalized(counted(done, 'décision enregistrée', 'décisions enregistrées', feminine=True))}.", lost


def open_session(run: RunFolder) -> Session:
    """The review of a run, read from its folder."""
    # a run of an earlier version has no pairs to ask about, nor titles; its review is none the worse
    later = ("near_pairs", "positions", "titles", "placings")
    lacking = {name: empty(name) for name in later if not run.has_table(name)}
    return Session(run, run.load(MachineTables, **lacking).on_placed_axes())


def title_of(run: RunFolder) -> str:
    """What a run is about: its workshops."""
    workshops = run.load_table("workshops")
    return " · ".join(workshops["titre"]) if len(workshops) else run.path.name
