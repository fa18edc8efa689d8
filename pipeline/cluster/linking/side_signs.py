"""What tells that an idea objects to a proposal made by others, or supports it.

Two things are weighed together: whether the idea takes a side at all (its axis and facet as the model reads them, the
turns of phrase of those who are for or against), and whether this proposal is the one that it speaks of (meaning, rare
words, what it names first, what was proposed just before). The weights are learnt (`learn_sides`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log, log1p

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.axes import AXIS_CODES, EST, OUEST
from pipeline.language.text.folding import fold
from pipeline.language.text.words import content_stems, content_words
from pipeline.language.vocabulary.concepts import concepts_in
from pipeline.language.vocabulary.cues import AGAINST, FOR, HEDGES, LIKING, NO, OBJECTION, OBSTACLE, WANT, YES
from pipeline.language.vocabulary.rarity import stem_weight

_CUES = ("against", "for", "hedges", "objection", "wants")
_FORMS = ("asks", "asks_inside", "exclaims", "length", "short")
_ANSWERS = ("says_yes", "says_no", "likes", "hindered")
TEXT_SIGNS = (*AXIS_CODES, "tension", "asked_of_others", *_CUES, *_FORMS, *_ANSWERS)
"""What an idea says by itself, in the order of `text_signs`."""
WORDS_OF = {"objects": ("against", "hedges", "objection", "says_no"), "supports": ("for", "says_yes")}
"""Side → the signs by which the words themselves take it."""
_WORDS = ("rarest", "covered", "said", "own", "no_word", "concept")
_NAMES = ("names", "aimed", "aimed_elsewhere")
PAIR_SIGNS = ("meaning", "rank", *_WORDS, *_NAMES, "last", "last_and_short", "proposal")
"""What it shares with a proposal, in the order of `pair_signs`."""
N_SHORT = 3
"""Words that carry a subject, from which a text names what it speaks of."""
P_MIN = 1e-3
_N_HEAD = 2
"""Words of a text, or of what follows « je suis contre », that name its object."""


@dataclass(frozen=True)
class Said:
    """The words of an idea, read once: `head` names what it speaks of first, `aim` what it is for or against."""

    stems: frozenset[str]
    concepts: frozenset[int]
    head: tuple[str, ...]
    aim: tuple[str, ...]


def read_said(text: str) -> Said:
    """The words of an idea."""
    stems, folded = content_stems(text), _folded(text)
    found = [match.end() for cue in (AGAINST, FOR) if (match := cue.search(folded)) is not None]
    aim = content_stems(folded[min(found) :])[:_N_HEAD] if found else []
    return Said(frozenset(stems), concepts_in(content_words(text)), tuple(dict.fromkeys(stems))[:_N_HEAD], tuple(aim))


def text_signs(rows: pd.DataFrame) -> npt.NDArray[np.float64]:
    """What each idea says by itself, shape (n, len(TEXT_SIGNS)).

    Parameters
    ----------
    rows : text, facet, and the probability of each axis (`p_nord`…).
    """
    axes = np.log(np.clip(rows[[f"p_{code}" for code in AXIS_CODES]].to_numpy(dtype=np.float64), P_MIN, 1.0))
    facets = [rows["facet"].eq(name).fillna(False).to_numpy(dtype=np.float64) for name in ("tension", "demande")]
    words = np.array([_cues(text) for text in rows["text"]], dtype=np.float64).reshape(len(rows), -1)
    return np.column_stack([axes, *facets, words])


def words_take(kind: str, signs: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
    """Whether the words of ideas take a side by themselves, shape (n,); `signs` start as `text_signs` gives them.

    To ask is to object, unless what is asked is a question to think about.
    """
    found = np.asarray(signs[:, [TEXT_SIGNS.index(name) for name in WORDS_OF[kind]]].any(axis=1), dtype=bool)
    if kind == "objects":
        est, ouest, asks = (signs[:, TEXT_SIGNS.index(name)] for name in (EST, OUEST, "asks_inside"))
        return np.asarray(found | ((asks > 0) & (est > ouest)))
    return np.asarray(found & (signs[:, TEXT_SIGNS.index("against")] == 0))


def are_named(signs: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
    """Whether an idea names the proposal beside it, shape (n_pairs,): a word of it comes first, or is what it is for or
    against."""
    start = len(TEXT_SIGNS)
    columns = [start + PAIR_SIGNS.index(name) for name in ("names", "aimed")]
    return np.asarray(signs[:, columns].any(axis=1), dtype=bool)


def _cues(text: str) -> tuple[float, ...]:
    folded, written = _folded(text), text.rstrip()
    return (
        AGAINST.search(folded) is not None,
        FOR.search(AGAINST.sub(" ", folded)) is not None,
        HEDGES.search(folded) is not None,
        OBJECTION.search(folded) is not None,
        WANT.search(folded) is not None,
        written.endswith("?"),
        "?" in written,
        "!" in written,
        log1p(len(folded.split())),
        len(content_stems(text)) < N_SHORT,
        YES.search(folded) is not None,
        NO.search(folded) is not None,
        LIKING.search(folded) is not None,
        OBSTACLE.search(text) is not None,
    )


def _folded(text: str) -> str:
    return " ".join(fold(text).split()).strip(" -–—•*>")


@dataclass(frozen=True)
class Order:
    """Where ideas stand in what was said one after the other: `source` (−1 where order tells nothing) and `place`."""

    source: npt.NDArray[np.int64]
    place: npt.NDArray[np.int64]

    def last_before(self, chosen: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """The last of the `chosen` rows that stands before each row in its source, −1 where there is none."""
        found = np.full(len(self.place), -1, dtype=np.int64)
        is_chosen = np.zeros(len(self.place), dtype=bool)
        is_chosen[chosen] = True
        source, last = -1, -1
        for row in np.flatnonzero(self.source >= 0)[np.argsort(self.place[self.source >= 0], kind="stable")].tolist():
            source, last = int(self.source[row]), last if self.source[row] == source else -1
            found[row] = last
            last = row if is_chosen[row] else last
        return found


@dataclass(frozen=True)
class Proposals:
    """What is known of all the proposals of a corpus: how many there are, and how many say each stem."""

    n: int
    counts: Mapping[str, int]

    @classmethod
    def of(cls, said: Sequence[Said]) -> Proposals:
        """Counted over the readings of proposals."""
        return cls(len(said), Counter(stem for one in said for stem in one.stems))

    def share(self, stem: str) -> float:
        """How much a stem belongs to few proposals, in [0, 1]."""
        return log((self.n + 1) / self.counts.get(stem, 1)) / log(self.n + 1)

    def weight(self, stem: str) -> float:
        """How much a stem tells."""
        return stem_weight(stem, self.counts.get(stem, 0), self.n)


def pair_signs(
    one: Said, other: Said, likeness: float, rank: int, is_last: bool, p_sud: float, among: Proposals
) -> tuple[float, ...]:
    """What an idea shares with a proposal, in the order of `PAIR_SIGNS`.

    Parameters
    ----------
    likeness, rank : cosine of their centred vectors, and how many proposals are nearer to the idea.
    is_last : whether it is the last proposal before the idea, where order tells something.
    p_sud : how surely the proposal is one.
    """
    both = sorted(one.stems & other.stems)
    weights = [among.weight(stem) for stem in both]
    total = sum(weights)
    aimed = any(stem in other.stems for stem in one.aim)
    return (
        likeness,
        log1p(rank),
        max(weights, default=0.0),
        total / max(1.0, sum(among.weight(stem) for stem in sorted(other.stems))),
        total / max(1.0, sum(among.weight(stem) for stem in sorted(one.stems))),
        max((among.share(stem) for stem in both), default=0.0),
        not both,
        bool(one.concepts & other.concepts),
        any(stem in other.stems for stem in one.head),
        aimed,
        bool(one.aim) and not aimed,
        is_last,
        is_last and len(one.stems) < N_SHORT,
        log(max(P_MIN, p_sud)),
    )
