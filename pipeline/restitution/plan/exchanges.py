"""What two known speakers say in turn of one point, the second one not as the first: both are told side by side, in the
order of the files. Nothing says on which side each is: who reads sees it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, islice, product
from typing import NamedTuple

from pipeline.contracts.draft import WordsNode
from pipeline.contracts.tables import ABSTAINS, AGAINST, FOR
from pipeline.language.text.words import content_stems
from pipeline.language.vocabulary.cues import CON
from pipeline.restitution.plan.showing import appeal, asks, is_of_others, own_words, shown_words
from pipeline.restitution.quoting.hanging import hangs, is_borne
from pipeline.restitution.quoting.standing import QUOTE_WORDS_MAX
from pipeline.stances.reading import IN_ANSWER, STANCES, load_stances
from pipeline.workshop.model import Item, Span, may_tell
from pipeline.workshop.questions import Question

TURNS = ("note", "transcript")
"""Channels where somebody may answer what another says."""
TURNS_MAX = 3
"""Turns from one speaker to another who goes on from what she said."""
CONTRARY_MIN = 0.6
"""Chance from which words read as those of one who answers a proposal by a no."""
SAID_MAX = 60
"""Ideas of one point among which an exchange is looked for."""
WORDS_FEW = 5
"""Words below which an exchange says little."""


@dataclass(frozen=True)
class Turns:
    """Idea → the rank of the turn that it is of: what one says under a heading until another one does; and the last
    idea of each turn."""

    ranks: Mapping[str, int]
    lasts: frozenset[str]

    @classmethod
    def of(cls, items: Iterable[Item]) -> Turns:
        """The turns of ideas in reading order."""
        runs = [[*run] for _, run in groupby(items, key=lambda one: (one.source, one.context, one.voice))]
        ranks = {item.item_id: rank for rank, run in enumerate(runs) for item in run}
        return cls(ranks, frozenset(run[-1].item_id for run in runs))


class Said(NamedTuple):
    """What somebody says, the words of it that are shown, the rank of the turn that it is of, and whether they surely
    read alone."""

    item: Item
    words: WordsNode
    rank: int
    is_sure: bool


def speaks_in_turn(item: Item) -> bool:
    """Whether an idea is of a known speaker, where others may answer her."""
    return bool(item.voice) and item.channel in TURNS


def short_words(item: Item, span: Span | None = None) -> WordsNode | None:
    """The words of an idea as its sentence, or a span of it, tells them; None where they may not be shown, or are too
    many."""
    node = own_words(item, span or item.reach) if may_tell(item) else None
    return node if node is not None and len(node.text.split()) <= QUOTE_WORDS_MAX else None


def best_exchange(
    items: Sequence[Item], turns: Turns, title: str, about: Collection[str], turns_max: int = TURNS_MAX
) -> tuple[Said, Said] | None:
    """The words of two speakers that stand nearest in what they speak of, the second ones most contrary, or said just
    after the first; None for none.

    Parameters
    ----------
    about : stems, one of which both say; () for any.
    """
    told = [*islice((one for item in items if (one := _said(item, title, turns.ranks[item.item_id]))), SAID_MAX)]
    if len(told) < 2:
        return None
    contrary = load_stances(IN_ANSWER).shares([one.words.text for one in told])[:, STANCES.index(CON)]
    stems = [frozenset(content_stems(one.words.text)) for one in told]
    scored: dict[tuple[Said, Said], float] = {}
    for (first, one), (second, other) in product(enumerate(told), repeat=2):
        apart, shared = other.rank - one.rank, stems[first] & stems[second]
        if 0 < apart <= turns_max and shared & (frozenset(about) or shared) and _answers(one, other, turns):
            is_other = contrary[second] >= CONTRARY_MIN or _DENIES.search(other.words.text) is not None
            if is_other or (about and apart == 1 and other.is_sure):
                read = sum(appeal(x.item, x.words.text, title) for x in (one, other))
                score = contrary[second] + 0.3 * is_other + 0.3 * min(2, len(shared)) - 0.1 * apart + 0.3 * read
                scored[one, other] = round(float(score), 4)
    return max(scored, key=scored.__getitem__, default=None)


def _answers(one: Said, other: Said, turns: Turns) -> bool:
    """Whether somebody else may answer what one says, in the same file; a question, where she is the next to speak."""
    may_ask = other.rank - one.rank == 1 and one.item.item_id in turns.lasts
    is_told = (may_ask or not asks(one.words.text)) and not asks(other.words.text)
    return is_told and one.item.source == other.item.source and one.item.voice != other.item.voice


_DENIES = re.compile(
    r"^(?:mais|non|pourtant|cependant)\b|\b(?:ne (?:\w+ )?|n['’])\w+ pas\b|\bau contraire\b", re.IGNORECASE
)
"""How one says what is not so: `il n'y a pas que la voiture`."""


def _said(item: Item, title: str, rank: int) -> Said | None:
    """What a known speaker says that may be told alone."""
    if not speaks_in_turn(item):
        return None
    sure = shown_words(item, title)
    node = sure or short_words(item)
    if node is None or is_of_others(item) or len(node.text.split()) < WORDS_FEW:
        return None
    is_part = is_borne(item, node.ref.span) or hangs(item, node.ref.span)
    return None if is_part else Said(item, node, rank, sure is not None)


def is_split(vote: Question) -> bool:
    """Whether those who voted did not all vote alike."""
    sides = [vote.sides.get(side, 0) for side in (FOR, AGAINST, ABSTAINS)]
    return vote.is_vote and (
        sum(map(bool, sides)) > 1 or (not vote.has_sides and sum(map(bool, vote.answers.values())) > 1)
    )
