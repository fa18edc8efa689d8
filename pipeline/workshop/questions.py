"""What was answered by a side, a figure or a vote: each question with its counts, in people where they are known."""

import hashlib
import re
from collections import Counter
from dataclasses import dataclass, field

import pandas as pd

from pipeline.contracts.tables import (
    ABSTAINS,
    AGAINST,
    CELL,
    COLUMN,
    CONDITION,
    DECISION,
    FOR,
    NEITHER,
    POLL,
    SCALE,
    SIDES,
    THREAD,
    VOTE,
)
from pipeline.language.text.folding import fold

_TOLD = (COLUMN, CELL, SCALE, VOTE, DECISION, POLL, THREAD)
"""Evidence that somebody answered what stands above: words and lists are those of ideas, counted with their group."""

_WORD = re.compile(r"\w+")
_BARE_SIDES = (["oui"], ["non"], ["pour"], ["contre"])


@dataclass(frozen=True)
class Question:
    """A question, a proposal or a motion, and how it was answered.

    Attributes
    ----------
    key : stable across runs.
    sides : side → how many people took it; one who took two sides is for on a condition.
    answers : answer, in the words of the files → how many people gave it, the usual order of answers.
    is_vote : whether it was voted on, and counted, or decided. is_poll : whether people chose among its answers.
    is_scale : whether the answers are numbers of a scale.
    outcome : what was decided, in the words of the files; "" where they only say that it was.
    has_people : whether all who answered are known, each once.
    said : of a proposal that people answered in turn, side → the contributions that take it; `proposed` holds it.
    """

    key: str
    workshop: str
    about: str
    sides: dict[str, int]
    answers: dict[str, int]
    is_vote: bool
    is_scale: bool
    has_people: bool
    said: dict[str, tuple[str, ...]] = field(default_factory=dict)
    proposed: str = ""
    is_poll: bool = False
    outcome: str = ""

    @property
    def n(self) -> int:
        """How many answered."""
        return sum(self.answers.values()) if self.is_poll else sum(self.sides.values())

    @property
    def has_sides(self) -> bool:
        """Whether anybody is for or against."""
        return any(self.sides.get(side) for side in (FOR, AGAINST, CONDITION))

    @property
    def is_graded(self) -> bool:
        """Whether its sides were answered by degrees, which say more than they: `satisfait`, `très satisfait`."""
        are_sides = any(_WORD.findall(fold(answer))[:1] in _BARE_SIDES for answer in self.answers)
        return not self.is_scale and not are_sides and len(self.answers) > len(self.sides)

    @property
    def ends(self) -> tuple[str, str] | None:
        """The highest and the lowest answers on a scale, where two thirds of all are, on either side; else None."""
        values = {answer: _value(answer) for answer in self.answers} if self.is_scale else {}
        if len(values) < 3 or len(set(values.values())) < len(values) or not {FOR, AGAINST} <= self.sides.keys():
            return None
        high, low = max(values, key=values.__getitem__), min(values, key=values.__getitem__)
        return (high, low) if 3 * (self.answers[high] + self.answers[low]) > 2 * self.n else None


def _value(answer: str) -> int:
    """The number that an answer on a scale is, or begins with; its stars."""
    found = re.match(r"\d+", answer)
    return int(found.group()) if found else sum(sign in "★⭐" for sign in answer)


def read_questions(positions: pd.DataFrame) -> tuple[Question, ...]:
    """The questions that positions answer, in the order of the files; those that nobody took a side on only when they
    are scales."""
    rows = positions[positions["evidence"].isin(_TOLD) & (positions["about"] != "")]
    rows = rows[~((rows["evidence"] == THREAD) & (rows["side"] == NEITHER))]
    ballot = _ballots(rows)
    keys = [rows["workshop"], rows["about"].map(fold), rows["source"].where(ballot != "", ""), ballot]
    found = []
    for (workshop, *_), of_one in rows.groupby(keys, sort=False):
        on_scale = bool((of_one["evidence"] == SCALE).all())
        question = _question(str(workshop), of_one, on_scale and _are_numbers(of_one["answer"]))
        if question.has_sides or question.is_vote or question.is_poll or on_scale:
            found.append(question)
    return tuple(found)


def _ballots(rows: pd.DataFrame) -> pd.Series:
    """The place of the vote that each row counts, "" where none: two votes on one point are two, and one whose
    sides stand in several places is one, as long as no side comes twice."""
    found = pd.Series("", index=rows.index)
    seen: dict[tuple[str, str, str], tuple[str, dict[str, str]]] = {}
    found[rows["evidence"] == POLL] = POLL
    voted = rows[rows["evidence"].isin((VOTE, DECISION))]
    voted = voted.assign(side=voted["side"].where(voted["evidence"] == VOTE, DECISION))
    columns = ("workshop", "source", "about", "locator", "side")
    for at, workshop, source, about, where, side in zip(
        voted.index, *(voted[name].tolist() for name in columns), strict=True
    ):
        key = (workshop, source, fold(about))
        first, sides = seen.get(key, (where, {}))
        if sides.get(side, where) != where:  # this side was counted elsewhere: another vote
            first, sides = where, {}
        sides[side] = where
        seen[key] = first, sides
        found[at] = first
    return found


def _are_numbers(answers: pd.Series) -> bool:
    given = [str(answer) for answer in answers.dropna().unique()]
    return bool(given) and all(answer[:1].isdigit() or set(answer) <= set("★⭐☆") for answer in given)


def _question(workshop: str, of_one: pd.DataFrame, is_scale: bool) -> Question:
    about = str(of_one["about"].iloc[0])
    is_decided = of_one["evidence"] == DECISION
    outcome, rows = next(iter(of_one.loc[is_decided, "answer"].dropna()), ""), of_one[~is_decided]
    is_vote, is_poll = bool(of_one["evidence"].isin((VOTE, DECISION)).all()), bool((of_one["evidence"] == POLL).all())
    of_voice: dict[str, set[str]] = {}
    said: dict[str, str] = {}
    sides, answers = Counter[str](), Counter[str]()
    columns = (rows["voice"], rows["side"], rows["answer"], rows["n"])
    for voice, side, answer, n in zip(*(column.tolist() for column in columns), strict=True):
        if pd.isna(voice):
            sides[side] += 0 if is_poll else int(n)
            answers.update({} if pd.isna(answer) else {str(answer): int(n)})
            continue
        of_voice.setdefault(voice, set()).add(side)
        if not pd.isna(answer):
            said[voice] = str(answer)
    for taken in of_voice.values():
        sides[next(iter(taken)) if len(taken) == 1 else _of_several(taken)] += 1
    answers.update(said.values())
    threads = rows[(rows["evidence"] == THREAD) & rows["contribution_id"].notna()]
    spoken = {side: tuple(one["contribution_id"].tolist()) for side, one in threads.groupby("side", sort=False)}
    where = f"\x1f{of_one['locator'].iloc[0]}" if is_vote else ""
    digest = hashlib.blake2b(f"{workshop}\x1f{fold(about)}{where}".encode(), digest_size=4).hexdigest()
    return Question(
        f"avis-{digest}",
        workshop,
        about,
        {side: sides[side] for side in SIDES if sides[side]},
        dict(sorted(answers.items(), key=lambda pair: (_value(pair[0]) if is_scale else 0, -pair[1], pair[0]))),
        is_vote,
        is_scale,
        bool(rows["voice"].notna().all()),
        {str(side): found for side, found in spoken.items()},
        next(iter(threads["target"].dropna()), ""),
        is_poll,
        outcome,
    )


def _of_several(taken: set[str]) -> str:
    """The side of one who took several: of one side and none, that side."""
    left = taken - {NEITHER, ABSTAINS}
    return next(iter(left)) if len(left) == 1 else CONDITION if left else NEITHER
