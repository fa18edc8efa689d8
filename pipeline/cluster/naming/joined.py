"""Two titles told as one, when none is true of a whole group: « le car et la fibre », as a facilitator titles a column.

What is said and counted under such a title is true of each idea: it is about one or the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np

from pipeline.cluster.naming.candidate import Candidate, Title
from pipeline.cluster.naming.coverage import said
from pipeline.cluster.naming.general import TRUE
from pipeline.language.text.typography import capitalized, decapitalized, typeset

PAIR = 0.15
"""What a title of two parts loses."""
N_JOINED = 24
"""Titles of a group that are joined, the best."""
PART_MAX = 48
"""Characters of a part."""


def joined_titles(candidates: Sequence[Candidate], length_max: int) -> list[Candidate]:
    """The best title of two parts that is true of more texts than either."""
    parts = [one for one in candidates if one.kind and len(one.title.text) <= PART_MAX]
    parts = _varied(parts)
    best: Candidate | None = None
    for one, other in combinations(parts, 2):
        first, second = (np.array(side.title.covered, dtype=bool) for side in (one, other))
        both = first | second
        is_worth = both.sum() > max(first.sum(), second.sum()) and one.kind == other.kind
        is_one_thing = one.key <= other.key or other.key <= one.key or _head(one) == _head(other)
        if not is_worth or is_one_thing:
            continue
        merit = (one.score + other.score - TRUE * (first.mean() + second.mean())) / 2
        score = round(float(TRUE * both.mean() + merit - PAIR), 4)
        text = typeset(f"{capitalized(one.title.text)} et {decapitalized(other.title.text)}")
        if len(text) <= length_max and (best is None or score > best.score):
            best = Candidate(Title(text, None, tuple(both.tolist()), n_parts=2), one.key | other.key, score)
    return [] if best is None else [best]


def _head(one: Candidate) -> frozenset[str]:
    return said(one.title.text).head


def _varied(parts: Sequence[Candidate]) -> list[Candidate]:
    """The best parts, and the best that are true of each text."""
    kept = list(parts[: N_JOINED // 2])
    n_texts = len(parts[0].title.covered or ()) if parts else 0
    for text in range(n_texts):
        kept += next(([one] for one in parts if (one.title.covered or ())[text] and one not in kept), [])
        if len(kept) >= N_JOINED:
            break
    return kept
