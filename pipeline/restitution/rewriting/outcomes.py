"""What a model was asked, what it gave back, and why it was taken or not: for the page on method."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from pipeline.contracts.draft import Block, Draft, Sentence
from pipeline.contracts.facts import Facts
from pipeline.contracts.plan import Plan
from pipeline.language.claims.support import Vectors
from pipeline.language.text.typography import Spaces
from pipeline.restitution.material.model import Item, Material
from pipeline.restitution.proofreading import faults
from pipeline.restitution.quoting.quotes import masked, may_tell

MEMBERS_MAX = 16
"""Contributions that a model is shown of a group, the most central first."""
WORDS_SHOWN_MAX = 60
FAULTY = "faute de langue ou de typographie"
BROKEN = "refusée par le verrou des citations"


@dataclass(frozen=True)
class Outcome:
    """One answer.

    Attributes
    ----------
    about : what it was asked of, for people.
    theirs : what it gave, "" when it gave nothing.
    reason : why it was not taken, in French; "" when it was.
    """

    task: str
    about: str
    theirs: str
    reason: str


@dataclass(frozen=True)
class RewriteResult:
    """The draft after a model, sentences that it wrote marked `rewritten`, and every outcome; the one given is not
    changed."""

    draft: Draft
    outcomes: tuple[Outcome, ...]

    @property
    def n_taken(self) -> int:
        """Answers that were taken."""
        return sum(not outcome.reason for outcome in self.outcomes)

    @property
    def summary(self) -> str:
        """One sentence in French for the person who ran it."""
        told = f"Modèle de langue : {self.n_taken} de ses {len(self.outcomes)} propositions de texte retenues"
        kept = Counter(outcome.reason for outcome in self.outcomes if outcome.reason)
        reasons = ", ".join(f"{reason} ({n})" for reason, n in sorted(kept.items(), key=lambda r: (-r[1], r[0])))
        return f"{told} ; ailleurs la nôtre est gardée : {reasons}." if reasons else f"{told}."


@dataclass(frozen=True)
class Desk:
    """What sentences are judged with.

    Attributes
    ----------
    problem_of : the quote lock: what is wrong with a sentence, "" when nothing; it has the last word.
    vectors : our own sentence vectors, None where none are at hand.
    """

    material: Material
    plan: Plan
    facts: Facts
    spaces: Spaces
    problem_of: Callable[[Sentence], str]
    vectors: Vectors | None = None

    def flaw(self, ours: Sentence | None, theirs: Sentence) -> str:
        """Why a sentence cannot be printed, whatever it says; "" when it can."""
        known = 0 if ours is None else len(faults(ours, self.spaces))
        if len(faults(theirs, self.spaces)) > known:
            return FAULTY
        return BROKEN if self.problem_of(theirs) else ""


def told_words(items: list[Item]) -> dict[str, str]:
    """What a model may be shown of some ideas: one text a contribution, names masked, by the id of the first of them.

    Words that are not to be told stay here.
    """
    found: dict[str, str] = {}
    owner: dict[str, str] = {}
    for item in items:
        if not may_tell(item):
            continue
        first = owner.setdefault(item.contribution_id, item.item_id)
        if first not in found and len(found) == MEMBERS_MAX:
            break
        words = " ".join(masked(item).split()[:WORDS_SHOWN_MAX])
        found[first] = f"{found[first]} {words}" if first in found else words
    return found


def is_brief(key: str) -> bool:
    """Whether a section has its number of words."""
    return key == "essentiel"


def n_left(block: Block, words_max: int) -> int:
    """Words that a paragraph may still take."""
    return max(0, words_max - block.n_words)
