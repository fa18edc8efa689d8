"""For, against, mixed or not told: the stance that a text takes on its object, from its own words."""

from __future__ import annotations

from pipeline.language.text.folding import fold
from pipeline.language.vocabulary.cues import AGAINST, FOR, HEDGES, OBJECTION

PRO, CON, MIXED, UNKNOWN = "pour", "contre", "nuance", "inconnu"


def stance_of(text: str, is_among_proposals: bool = False) -> str:
    """One of `pour`, `contre`, `nuance`, `inconnu`; among proposals, who foresees that one fails is against it."""
    folded = " ".join(fold(text).split()).strip(" -–—•*>")
    is_against = AGAINST.search(folded) is not None
    is_for = FOR.search(AGAINST.sub(" ", folded)) is not None
    if (is_for and is_against) or (HEDGES.search(folded) and (is_for or not is_against)):
        return MIXED
    if is_against:
        return CON
    if is_among_proposals and not is_for and OBJECTION.search(folded):
        return CON
    return PRO if is_for else UNKNOWN
