"""What was answered by a side, a figure or a vote: each question with its counts, in people where they are known."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import pandas as pd

from pipeline.contracts.labels import CONTEXT_JOINT
from pipeline.contracts.tables import (
    ABSTAINS,
    AGAINST,
    CELL,
    COLUMN,
    CONDITION,
    DECISION,
    FOR,
    LISTED,
    NEITHER,
    SCALE,
    SIDES,
    THREAD,
    VOTE,
)
from pipeline.language.text.folding import fold
from pipeline.language.text.lists import read_lines
from pipeline.language.vocabulary.cues import UNKNOWN
from pipeline.language.vocabulary.degrees import answer_key, degrees_of, in_order, number_of

_TOLD = (COLUMN, CELL, SCALE, VOTE, DECISION, THREAD, LISTED)
"""Evidence that somebody answered what stands above: words are those of ideas, counted with their group."""

_WORD = re.compile(r"\w+")
_BARE_SIDES, _AUXILIARIES = ("pour", "contre"), ("est", "sont", "a", "ont", "n", "ne")


@dataclass(frozen=True)
class Question:
    """A question, a proposal or a motion, and how it was answered.

    Attributes
    ----------
    key : stable across runs.
    sides : side → how many people took it; one who took two sides is for on a condition.
    answers : answer, in the words of the files → how many people gave it, from one end of their scale to the other,
        else the most given first. n_others : how many answered, in their own words, something else.
    is_vote : whether it was voted on, and counted, or decided.
    is_scale : whether the answers are numbers of a scale.
    source : the file of a vote, or of its first answer.
    outcome : what was decided, in the words of the files; "" where they only say that it was.
    has_people : whether all who answered are known, each once.
    said : side → the contributions that take it in words. rows : the rows that answer it in a column of theirs, as
        (file, who wrote them) → side and answer. is_debate : whether people answered it in turn;
        `proposed` is then the contribution that says it. is_listed : whether its sides are lists of what is said for
        and against.
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
    rows: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    is_debate: bool = False
    is_listed: bool = False
    proposed: str = ""
    outcome: str = ""
    n_others: int = 0
    source: str = ""

    @property
    def n(self) -> int:
        """How many answered, whatever they answered."""
        return sum(self.sides.values()) + self.n_others

    @property
    def has_sides(self) -> bool:
        """Whether anybody is for or against."""
        return any(self.sides.get(side) for side in (FOR, AGAINST, CONDITION))

    @property
    def has_camps(self) -> bool:
        """Whether some are for it and others against, in so many words."""
        return bool(self.sides.get(FOR) and self.sides.get(AGAINST)) and not self.is_vote and self.is_told_by_sides

    @property
    def is_told_by_sides(self) -> bool:
        """Whether its sides say what was answered: `pour` and `contre`, one side in several words or signs, or the ends
        of a scale of many numbers; degrees, and one answer a side, say more than they."""
        if not self.has_sides or self.is_scale or not self.answers:
            return self.has_sides and not 0 < len(self.answers) <= VALUES_MAX
        if any(fold(one) in _BARE_SIDES or not _WORD.search(one) for one in self.answers):
            return True
        are_bare = any(_WORD.findall(fold(one))[:1] in (["oui"], ["non"]) for one in self.answers)
        if len(self.answers) > len(self.sides):
            return are_bare and not degrees_of(self.answers)
        return are_bare and sum(self.answers.values()) < sum(self.sides.values())  # « Oui, mais pas le soir » is a side

    def values(self, side: str) -> list[str]:
        """The answers of rows that take a side, from one end of their scale to the other."""
        return in_order(dict.fromkeys(answer for of, answer in self.rows.values() if of == side and answer))

    @property
    def told(self) -> dict[str, int]:
        """What it is told by, as facts name it: its sides or its answers, each with its count."""
        answers = {f"reponse.{answer}": n for answer, n in self.answers.items()}
        return self.sides if self.is_told_by_sides or (self.is_vote and self.has_sides) else answers


VALUES_MAX = 11
"""Numbers of a scale that are told one by one."""


def read_questions(positions: pd.DataFrame) -> tuple[Question, ...]:
    """The questions that positions answer, in the order of the files; those that nobody took a side on only when they
    are scales."""
    return tuple(question for question, _ in with_rows(positions))


def with_rows(positions: pd.DataFrame) -> Iterator[tuple[Question, pd.DataFrame]]:
    """The same, each with the positions that answer it."""
    rows = positions[positions["evidence"].isin(_TOLD) & (positions["about"] != "")]
    rows = rows[~((rows["evidence"] == THREAD) & (rows["side"] == NEITHER))]
    ballot = _ballots(rows)
    keys = [rows["workshop"], rows["about"].map(fold), rows["source"].where(ballot != "", ""), ballot]
    for (workshop, *_), of_one in rows.groupby(keys, sort=False):
        on_scale = set(of_one["evidence"]) - {CELL} == {SCALE}
        given = of_one["answer"].dropna().map(str)
        is_scale = on_scale and len(given) > 0 and all(number_of(one) is not None for one in given)
        question = _question(str(workshop), of_one, is_scale)
        if question.has_sides or question.is_vote or on_scale:
            yield question, of_one


def says_otherwise(outcome: str, more: int) -> bool:
    """Whether what was decided is not what the voices say, `more` for than against: `rejeté`, of more for it than
    against, or a vote that decided nothing, `sans quorum`."""
    became = {name: tuple(stems) for name, *stems in map(str.split, read_lines(__name__, "outcomes"))}
    told = [word for word in _WORD.findall(fold(outcome)) if word not in _AUXILIARIES]
    is_other = "".join(told[:1]).startswith(became["turned_down" if more > 0 else "adopted"])
    return is_other or any(word.startswith(became["open"]) for word in told)


def _ballots(rows: pd.DataFrame) -> pd.Series:
    """The place of the vote that each row counts, "" where none: two votes on one point are two, and one whose
    sides stand in several places is one, as long as no side comes twice."""
    found = pd.Series("", index=rows.index)
    seen: dict[tuple[str, str, str], tuple[str, dict[str, str]]] = {}
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


def _question(workshop: str, of_one: pd.DataFrame, is_scale: bool) -> Question:
    about = str(of_one["about"].iloc[0])
    is_decided = of_one["evidence"] == DECISION
    outcome, rows = next(iter(of_one.loc[is_decided, "answer"].dropna()), ""), of_one[~is_decided]
    is_vote = bool(of_one["evidence"].isin((VOTE, DECISION)).all())
    of_voice: dict[str, set[str]] = {}
    said: dict[str, str] = {}
    others = set[str]()
    sides, answers, n_others = Counter[str](), Counter[str](), 0
    columns = (rows["voice"], rows["side"], rows["answer"].fillna(""), rows["n"], rows["evidence"])
    for voice, side, answer, n, evidence in zip(*(column.tolist() for column in columns), strict=True):
        is_other = evidence in (COLUMN, SCALE) and side == NEITHER and not answer
        if pd.isna(voice):
            sides[side] += 0 if is_other else int(n)
            n_others += int(n) * is_other
            answers.update({answer: int(n)} if answer else {})
        elif is_other:
            others.add(voice)
        else:
            of_voice.setdefault(voice, set()).add(side)
            said |= {voice: answer} if answer else {}
    for taken in of_voice.values():
        sides[next(iter(taken)) if len(taken) == 1 else _of_several(taken)] += 1
    answers.update(said.values())
    worded, kinds = rows[rows["contribution_id"].notna()], set(rows["evidence"])
    spoken = {side: tuple(one["contribution_id"].tolist()) for side, one in worded.groupby("side", sort=False)}
    in_columns = rows[rows["evidence"].isin((COLUMN, CELL, SCALE)) & rows["voice"].notna()]
    whose = zip(in_columns["source"], in_columns["voice"], strict=True)
    given = zip(in_columns["side"].map(str), in_columns["answer"].fillna(""), strict=True)
    where = f"\x1f{of_one['locator'].iloc[0]}" if is_vote else ""
    digest = hashlib.blake2b(f"{workshop}\x1f{fold(about)}{where}".encode(), digest_size=4).hexdigest()
    return Question(
        f"avis-{digest}",
        workshop,
        about,
        {side: sides[side] for side in SIDES if sides[side]},
        _merged(answers),
        is_vote,
        is_scale,
        bool(rows["voice"].notna().all()),
        {str(side): found for side, found in spoken.items()},
        dict(zip(whose, given, strict=True)),
        THREAD in kinds,
        kinds == {LISTED},
        next(iter(rows["target"].dropna()), ""),
        outcome,
        n_others + len(others - of_voice.keys()),
        str(of_one["source"].iloc[0]),
    )


def told_by_few(positions: pd.DataFrame, contributions: pd.DataFrame) -> pd.Series:
    """Whether each position is of what less than half of those who wrote there take a side on, at the head of their
    words alone: a few titles « Favorable » among others are no answer of all (bool, one per position)."""
    keys = ["workshop", "about"]
    is_head = positions["evidence"].eq(CELL).groupby([positions[key] for key in keys]).transform("all").eq(True)
    sides = positions[is_head]
    by_source = contributions.groupby("source").size()
    headings = contributions["context"].map(lambda one: str(one).partition(CONTEXT_JOINT)[0])
    under = contributions.groupby(["source", headings.rename("about")]).size()
    files = sides[[*keys, "source"]].drop_duplicates()
    wrote = files[keys].assign(
        there=under.reindex(pd.MultiIndex.from_frame(files[["source", "about"]])).to_numpy(),
        beside=by_source.reindex(files["source"]).to_numpy(),
    )
    n_wrote = wrote.groupby(keys)[["there", "beside"]].sum()
    n_sides = sides.groupby(keys).size()
    n_bare = sides["contribution_id"].isna().groupby([sides[key] for key in keys]).sum()
    few = 2 * n_sides < n_wrote["there"].where(n_wrote["there"] > 0, n_wrote["beside"]) + n_bare
    told = pd.Series(False, index=positions.index)
    told[sides.index] = few.reindex(pd.MultiIndex.from_frame(sides[keys])).to_numpy(dtype=bool)
    return told


def _merged(given: Counter[str]) -> dict[str, int]:
    """Answers in the order of `Question.answers`, those that are written in several ways once, in the most usual."""
    alike: dict[str, list[str]] = {}
    for answer in sorted(given, key=lambda one: (-given[one], one)):
        alike.setdefault(answer_key(answer), []).append(answer)
    answers = {first: sum(given[one] for one in (first, *same)) for first, *same in alike.values()}
    return {one: answers[one] for one in in_order(sorted(answers, key=lambda one: -answers[one]))}


def _of_several(taken: set[str]) -> str:
    """The side of one who took several: of one side and none, that side."""
    left = taken - {NEITHER, ABSTAINS}
    return next(iter(left)) if len(left) == 1 else CONDITION if left else NEITHER


def with_decided_sides(positions: pd.DataFrame, items: pd.DataFrame, memberships: pd.DataFrame) -> pd.DataFrame:
    """Positions with the sides that people gave to the words that hold them.

    Parameters
    ----------
    items, memberships : item_id and contribution_id of each idea; its stance, what it is on, and who decided.
    """
    decided = memberships[memberships["decided_by"].notna() & memberships["stance_on"].notna()]
    rows = decided.merge(items[["item_id", "contribution_id"]], on="item_id")
    decisions = zip(rows["contribution_id"], rows["stance_on"], rows["stance"], strict=True)
    given = {(of, about): side for of, about, side in decisions}
    if not given:
        return positions
    keys = zip(positions["contribution_id"].astype(object), positions["about"], strict=True)
    sides = [_DECIDED.get(given.get(key, ""), "") for key in keys]
    before = zip(positions["side"], sides, strict=True)
    has_changed = [bool(new) and new != _STANCES.get(old, old) for old, new in before]
    kept = ~pd.Series(has_changed, index=positions.index)
    told = pd.Series(sides, index=positions.index, dtype=positions["side"].dtype)
    return positions.assign(side=positions["side"].where(kept, told), answer=positions["answer"].where(kept))


_DECIDED = {FOR: FOR, AGAINST: AGAINST, CONDITION: CONDITION, UNKNOWN: NEITHER}
_STANCES = {ABSTAINS: NEITHER}
