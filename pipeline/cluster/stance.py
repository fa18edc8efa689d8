"""For, against, mixed or not told: the stance that a text takes on its object, from its own words.

Sentence encoders are blind to negation; these cues are not. A text without a cue stays `inconnu`.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.language.cues import AGAINST, FOR, HEDGES
from pipeline.language.words import fold

PRO, CON, MIXED, UNKNOWN = "pour", "contre", "nuance", "inconnu"


def stance_of(text: str) -> str:
    """One of `pour`, `contre`, `nuance`, `inconnu`."""
    folded = " ".join(fold(text).split())
    is_against = AGAINST.search(folded) is not None
    is_for = FOR.search(AGAINST.sub(" ", folded)) is not None
    if (is_for and is_against) or (HEDGES.search(folded) and (is_for or is_against)):
        return MIXED
    if is_against:
        return CON
    return PRO if is_for else UNKNOWN


def holds_both(stances: Sequence[str]) -> bool:
    """Whether a group is a disagreement: at least one text for, and one against."""
    return PRO in stances and CON in stances
