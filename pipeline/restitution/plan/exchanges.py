"""What two known speakers say in turn of one point, the second one not as the first: both are told side by side, in the
order of the files. Nothing says on which side each is: who reads sees it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from pipeline.contracts.draft import WordsNode
from pipeline.contracts.tables import ABSTAINS, AGAINST, FOR
from pipeline.language.text.words import content_stems
from pipeline.language.vocabulary.cues import CON
from pipeline.restitution.plan.showing import appeal, asks, own_words, shown_words
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
WORDS_FEW = 5
"""Words below which an exchange says little."""


class Said(NamedTuple):
    """What somebody says, and the words of it that are shown."""

    item: Item
    words: WordsNode


def short_words(item: Item, span: Span | None = None) -> WordsNode | None:
    """The words of an idea as its sentence, or a span of it, tells them; None where they may not be shown, or are too
    many."""
    node = own_words(item, span or item.reach) if may_tell(item) else None
    return node if node is not None and len(node.text.split()) <= QUOTE_WORDS_MAX else None


def best_exchange(
    items: Sequence[Item], turns: Mapping[str, int], title: str, about: Collection[str], turns_max: int = TURNS_MAX
) -> tuple[Said, Said] | None:
    """The words of two speakers that stand nearest in what they speak of, the second ones most contrary; None for none.

    Parameters
    ----------
    turns : idea → rank of the turn that it is of. about : stems, one of which both say; () for any.
    """
    told = [Said(item, node) for item in items if (node := _words(item, title)) is not None]
    found: list[tuple[float, int, tuple[Said, Said]]] = []
    for rank, (one, other) in enumerate(combinations(told, 2)):
        is_turn = one.item.source == other.item.source and one.item.voice != other.item.voice
        apart = turns[other.item.item_id] - turns[one.item.item_id]
        shared = frozenset(content_stems(one.words.text)) & frozenset(content_stems(other.words.text))
        if is_turn and 0 < apart <= turns_max and (shared & frozenset(about) if about else shared):
            contrary = _contrary(other.words.text)
            score = (
                contrary + 0.3 * len(shared) - 0.1 * apart + 0.3 * sum(appeal(*x, title) for x in _texts(one, other))
            )
            found += [(round(score, 4), -rank, (one, other))] if contrary >= CONTRARY_MIN else []
    return max(found, key=lambda one: one[:2])[2] if found else None


def _texts(*said: Said) -> Iterator[tuple[Item, str]]:
    return ((one.item, one.words.text) for one in said)


def _words(item: Item, title: str) -> WordsNode | None:
    """What a known speaker says that may be told alone, and asks nothing."""
    if not item.voice or item.channel not in TURNS:
        return None
    node = shown_words(item, title) or short_words(item)
    if node is None or len(node.text.split()) < WORDS_FEW or asks(node.text):
        return None
    return None if is_borne(item, node.ref.span) or hangs(item, node.ref.span) else node


def _contrary(text: str) -> float:
    return float(load_stances(IN_ANSWER).shares([text])[0, STANCES.index(CON)])


def is_split(vote: Question) -> bool:
    """Whether those who voted did not all vote alike."""
    sides = [vote.sides.get(side, 0) for side in (FOR, AGAINST, ABSTAINS)]
    return vote.is_vote and (
        sum(map(bool, sides)) > 1 or (not vote.has_sides and sum(map(bool, vote.answers.values())) > 1)
    )
