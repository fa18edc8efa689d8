"""The stances of the items of a group, and those that are opposed.

Sentence encoders are blind to negation; these cues are not. A text without a cue stays `inconnu`.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from pipeline.axes import SUD
from pipeline.language.text.words import content_stems
from pipeline.language.vocabulary.stances import CON, PRO, UNKNOWN, stance_of

SAME_OBJECT = 0.45
"""Cosine from which two texts that share no word are about one object; measured on the benchmark of stances."""


def stances_of(sources: pd.DataFrame) -> list[str]:
    """The stance of each item (text, axis)."""
    return [stance_of(text, axis == SUD) for text, axis in zip(sources["text"], sources["axis"], strict=True)]


def holds_both(stances: Sequence[str], least: float) -> bool:
    """Whether a group is a disagreement: both sides are there, each with at least a share `least` of the items."""
    n_for, n_against = list(stances).count(PRO), list(stances).count(CON)
    return min(n_for, n_against) >= max(1, least * len(stances))


def are_opposed(one: str, other: str, likeness: float) -> bool:
    """Whether one text is for and the other against, about one object.

    Parameters
    ----------
    likeness : cosine of their sentence vectors, or any measure of what they are about.
    """
    sides = {stance_of(one), stance_of(other)}
    return sides == {PRO, CON} and (
        likeness >= SAME_OBJECT or bool(set(content_stems(one)) & set(content_stems(other)))
    )


def with_proposals(sources: pd.DataFrame) -> pd.Series:
    """The stances: in a group of sud where someone is against, whoever makes the proposal is for it."""
    disputed = sources.loc[sources["stance"].eq(CON), "group_id"].dropna()
    proposes = sources["axis"].eq(SUD) & sources["group_id"].isin(disputed) & sources["stance"].eq(UNKNOWN)
    return sources["stance"].where(~proposes, PRO)
