"""Texts that a person must see: those that no model of French ideas can read, and why it hesitates on the others."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.axes import AXIS_CODES
from pipeline.classify.reading.features import fold
from pipeline.language.text.languages import foreign_language
from pipeline.language.text.lists import read_lines

MAX_WORDS = 250
MAX_SHORT = 5
"""Words of a text that says little by itself."""

_SIGNS = re.compile(r"\W+")
_NO_ANSWERS = frozenset(_SIGNS.sub(" ", line) for line in read_lines(__name__, "no_answers"))
"""What a form or a table holds where nobody had anything to say: it is off the axes, whatever stands above it."""


def unreadable_reason(text: str) -> str:
    """Empty when the text can be read; "vide" without a letter or an answer; "autre_langue"; "trop_long"."""
    head = fold(text)
    if not any(map(str.isalpha, head)) or _SIGNS.sub(" ", head).strip() in _NO_ANSWERS:
        return "vide"
    if len(text) > 20 * MAX_WORDS or text.count(" ") > MAX_WORDS:
        return "trop_long"
    return "" if foreign_language(text) is None else "autre_langue"


def with_doubts(
    tags: pd.DataFrame,
    texts: Sequence[str],
    unreadable: Sequence[str],
    alone: npt.NDArray[np.float64],
    bare: npt.NDArray[np.float64],
) -> pd.DataFrame:
    """The tags and why each idea is `a_relire` (`doubt`, a code of `contracts.labels.DOUBT_NAMES`), None for sure ones.

    Its second axis is then the one that it hesitates with: what the words say without their heading, what the idea
    says without its neighbours, or the next most probable.

    Parameters
    ----------
    tags : columns p_*, axis, second_axis, status.
    unreadable : see `unreadable_reason`.
    alone, bare : probabilities of each idea without its neighbours, and of its words without their heading, (n, 5).
    """
    codes = np.array(AXIS_CODES, dtype=object)
    axis, second = tags["axis"].to_numpy(dtype=object), tags["second_axis"].to_numpy(dtype=object)
    chances = tags[[f"p_{code}" for code in AXIS_CODES]].to_numpy()
    by_words, by_itself = codes[bare.argmax(axis=1)], codes[alone.argmax(axis=1)]
    next_one = codes[np.argsort(-chances, axis=1, kind="stable")[:, 1]]
    is_short = np.array([len(text.split()) <= MAX_SHORT for text in texts], dtype=bool)
    reasons = np.array(unreadable, dtype=object)
    cases = [reasons != "", by_words != axis, by_itself != axis, is_short, pd.notna(second)]
    doubts = np.select(cases, [reasons, "titre", "voisines", "court", "proches"], default="epars")
    others = np.select(cases[:3], [next_one, by_words, by_itself], default=next_one)
    is_doubtful = (tags["status"] == "a_relire").to_numpy(dtype=bool)
    return tags.assign(
        second_axis=np.where(is_doubtful, others, second),
        doubt=pd.Series(doubts, dtype=object).where(is_doubtful, None),
    )
