"""The advice of a language model: what it is asked in turn, axes, pairs, titles, answers, each on what came before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import pandas as pd

from pipeline.assistant.asking import Assistant, Failure
from pipeline.axes import AXIS_CODES, EST, NORD, SUD, compass
from pipeline.config import Config
from pipeline.contracts.checks import conform
from pipeline.language.claims.support import Vectors
from pipeline.language.text.folding import fold
from pipeline.language.text.typography import capitalized
from pipeline.review.advice.apply import Advice, follow
from pipeline.review.advice.questions import (
    answers_question,
    axis_flaw,
    axis_question,
    coverage,
    meets,
    pair_flaw,
    pair_questions,
    question_flaw,
    texts_of,
    title_flaw,
    title_question,
    words_of,
)
from pipeline.review.log.on_pairs import to_name
from pipeline.review.log.replay import read_log, replay
from pipeline.review.log.state import Group, Item, MachineTables, ReviewState

DOUBT = 0.2
"""How far from the cut the chance of a pair may be for the grouping to hesitate on it."""
AXES_MAX, TITLES_MAX, OBSTACLES_MAX, CANDIDATES_MAX = 300, 120, 40, 6
LEAST = 2
"""Contributions from which a group is named, or an obstacle is worth an answer."""
Namer = Callable[[Sequence[Sequence[str]]], Sequence[tuple[str, str | None, float | None]]]


@dataclass
class _Desk:
    """What is asked with, and what was advised so far."""

    machine: MachineTables
    state: ReviewState
    assistant: Assistant
    config: Config
    vectors: Vectors | None
    rows: list[dict[str, str]] = field(default_factory=list)

    def note(self, task: str, ends: tuple[str, str], value: str, about: str, theirs: str, flaw: str) -> Advice | None:
        """Write an answer down; the advice when it is to be followed."""
        told = {"about": " ".join(about.split())[:160], "theirs": theirs[:400], "refusal": flaw}
        self.rows.append({"task": task, "target": ends[0], "other": ends[1], "value": "" if flaw else value} | told)
        return None if flaw else Advice(task, *ends, value)

    def follow(self, advice: Sequence[Advice | None]) -> None:
        """What comes next is asked of what this makes."""
        follow(self.state, [one for one in advice if one is not None])


def advise(
    machine: MachineTables,
    assistant: Assistant,
    config: Config,
    namer: Namer,
    vectors: Vectors | None = None,
    lines: Sequence[str] = (),
) -> pd.DataFrame:
    """The table `advice`.

    Parameters
    ----------
    namer : our own titles of groups that advice made.
    lines : the log of decisions: what people hide, mask or do not want quoted is shown to no model.
    """
    desk = _Desk(machine, ReviewState.from_machine(machine), assistant, config, vectors)
    _withhold(desk, replay(desk.state, read_log(lines)).state if lines else desk.state)
    may = config.modele.taches
    for is_on, task in ((may.axe, _axes), (may.meme_idee, _pairs)):
        if is_on:
            task(desk)
    _name(desk, namer)
    for is_on, task in ((may.titre, _titles), (may.reponse, _answers)):
        if is_on:
            task(desk)
    rows = pd.DataFrame(desk.rows, columns=["task", "target", "other", "value", "about", "theirs", "refusal"])
    return conform("advice", rows.drop_duplicates(["task", "target", "other"]).reset_index(drop=True))


def _withhold(desk: _Desk, decided: ReviewState) -> None:
    """No model is shown what may be the name of a person, nor what people keep back."""
    suggested: dict[str, list[tuple[int, int]]] = {}
    columns = (desk.machine.name_suggestions[name].tolist() for name in ("contribution_id", "start", "end"))
    for contribution_id, start, end in zip(*columns, strict=True):
        suggested.setdefault(str(contribution_id), []).append((int(start), int(end)))
    for key, item in desk.state.items.items():
        known = decided.items.get(key, item)
        item.is_hidden, item.is_quotable = known.is_hidden, known.is_quotable
        spans = {*suggested.get(item.contribution_id, ()), *known.masks} - {*known.shown_names}
        for start, end in sorted(spans, reverse=True):
            low, high = max(0, start - item.start), end - item.start
            if low < len(item.text) and high > 0:
                text = item.shown_text or item.text
                item.shown_text = f"{text[:low]}[…]{text[high:]}"


def _may_be_shown(item: Item) -> bool:
    return item.is_quotable and not item.is_hidden


def _axes(desk: _Desk) -> None:
    """The axis of ideas that wait for someone to say it."""
    waiting = [item for item in desk.state.items.values() if item.status == "a_relire" and _may_be_shown(item)][
        :AXES_MAX
    ]
    tags = desk.machine.tags.set_index("item_id")[[f"p_{code}" for code in AXIS_CODES]]
    answers = desk.assistant.ask(axis_question(desk.state, item) for item in waiting)
    taken = []
    for item, answer in zip(waiting, answers, strict=True):
        chances = dict(zip(AXIS_CODES, map(float, tags.loc[item.item_id]), strict=True))
        value = "" if isinstance(answer, Failure) else answer.axe
        flaw = axis_flaw(answer, chances)
        theirs = compass()[value].name if value else ""
        taken.append(desk.note("axe", (item.item_id, ""), value, words_of(item), theirs, flaw))
    desk.follow(taken)


def _pairs(desk: _Desk) -> None:
    """Whether ideas go together, where the grouping hesitates most."""
    items, near = desk.state.items, desk.state.near
    doubtful = [(round(abs(chance - near.cut_of([one])), 6), one, other) for one, other, chance in near.pairs]
    asked = [
        (items[one], items[other])
        for doubt, one, other in sorted(doubtful)
        if doubt <= DOUBT and _are_comparable(items.get(one), items.get(other))
    ][: desk.config.modele.paires_max]
    answers = desk.assistant.ask(question for pair in asked for question in pair_questions(*pair))
    taken = []
    for (one, other), said in zip(asked, zip(answers[::2], answers[1::2], strict=True), strict=True):
        value = "" if isinstance(said[0], Failure) else said[0].reponse
        about = f"{words_of(one)} / {words_of(other)}"
        taken.append(
            desk.note("meme_idee", (one.item_id, other.item_id), value, about, value, pair_flaw(said, one, other))
        )
    desk.follow(taken)


def _are_comparable(one: Item | None, other: Item | None) -> bool:
    if one is None or other is None:
        return False
    return one.axis == other.axis and _may_be_shown(one) and _may_be_shown(other)


def _name(desk: _Desk, namer: Namer) -> None:
    """The groups that advice made are called as the stage that groups would call them."""
    groups = to_name(desk.state)
    if not groups:
        return
    members = [[item.item_id for item in desk.state.items_of(group.group_id)] for group in groups]
    taken = []
    for group, (title, question, share) in zip(groups, namer(members), strict=True):
        other = "" if share is None else f"{share:.4f}"
        taken.append(desk.note("nom", (group.group_id, other), title, "", "", ""))
        taken.append(desk.note("question", (group.group_id, "nom"), question or "", "", "", ""))
    desk.follow(taken)


def _titles(desk: _Desk) -> None:
    """The titles and questions of groups that participants did not name themselves."""
    given = desk.machine.contributions["given_group"].dropna() if "given_group" in desk.machine.contributions else ()
    theirs = {fold(str(title)) for title in given}
    groups = sorted(desk.state.groups.values(), key=lambda group: (-group.n_items, group.group_id))
    shown = {
        group.group_id: texts
        for group in groups
        if fold(group.title) not in theirs and len(texts := texts_of(desk.state.items_of(group.group_id))) >= LEAST
    }
    asked = list(shown.items())[:TITLES_MAX]
    answers = desk.assistant.ask(title_question(desk.state.groups[key].axis, texts) for key, texts in asked)
    longest, taken = desk.config.cluster.titres.longueur_max, list[Advice | None]()
    for (key, texts), answer in zip(asked, answers, strict=True):
        group, said = desk.state.groups[key], list(texts.values())
        flaw = title_flaw(answer, said, longest, desk.vectors)
        title = "" if isinstance(answer, Failure) else capitalized(" ".join(answer.titre.split()).rstrip(" ."))
        share = f"{coverage(title, said):.4f}"
        taken.append(desk.note("titre", (key, share), title, group.title, title, flaw))
        if group.axis == EST and not isinstance(answer, Failure) and answer.question:
            why = flaw or question_flaw(answer.question, said)
            taken.append(desk.note("question", (key, ""), answer.question, group.title, answer.question, why))
    desk.follow(taken)


def _answers(desk: _Desk) -> None:
    """What would answer the widest obstacles, among what meets a need that they tell and is not linked to them yet."""
    state = desk.state
    obstacles = [g for g in state.ordered_groups(EST) if len(state.members[g.group_id]) >= LEAST][:OBSTACLES_MAX]
    linked = {(state.items[one].group_id, state.items[two].group_id) for one, two in state.links}
    asked: list[tuple[Group, Item, dict[str, str]]] = []
    for group in obstacles:
        head = _head(state, group)
        if head is None:
            continue
        found = _candidates(state, group, head, linked)
        if found:
            asked.append((group, head, found))
    questions = [
        answers_question(group.title, list(texts_of(state.items_of(group.group_id)).values())[:3], found)
        for group, _, found in asked
    ]
    taken = []
    for (group, head, found), answer in zip(asked, desk.assistant.ask(questions), strict=True):
        ids = {f"r{n}": key for n, key in enumerate(found, 1)}
        said = [] if isinstance(answer, Failure) else list(dict.fromkeys(answer.reponses))
        if isinstance(answer, Failure):
            desk.note("reponse", (head.item_id, ""), "", group.title, "", answer.reason)
        for key in said[: desk.config.cluster.liens.reponses_max]:
            flaw = "" if key in ids else "réponse inconnue"
            ends = (head.item_id, ids.get(key, key[:40]))
            taken.append(desk.note("reponse", ends, "", group.title, found.get(ids.get(key, ""), key), flaw))
    desk.follow(taken)


def _head(state: ReviewState, group: Group) -> Item | None:
    """The most typical idea of a group that may be shown."""
    return next((item for item in state.items_of(group.group_id) if _may_be_shown(item)), None)


def _candidates(
    state: ReviewState, group: Group, head: Item, linked: set[tuple[str | None, str | None]]
) -> dict[str, str]:
    """Item of a group of what is proposed or exists → what it says, those that meet most first."""
    obstacle = f"{group.title} {words_of(head)}"
    ranked: list[tuple[int, str, str]] = []
    for axis in (SUD, NORD):
        for other in state.ordered_groups(axis):
            one = _head(state, other)
            if one is None:
                continue
            text = f"{other.title} : {words_of(one)}"
            worth = meets(obstacle, text)
            is_new = (other.group_id, group.group_id) not in linked and one.contribution_id != head.contribution_id
            if worth and is_new:
                ranked.append((-worth, one.item_id, text))
    return {key: text for _, key, text in sorted(ranked)[:CANDIDATES_MAX]}
