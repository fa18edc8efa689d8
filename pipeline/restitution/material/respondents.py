"""Who answered a survey that was handed over in several files, one for each question: a person is counted once."""

from __future__ import annotations

import json
from collections import Counter

import pandas as pd

_TOLD_MIN = 2
"""Columns that must tell of a row: a number alone is that of a row of any survey."""
_SHARED_MIN = 0.5
"""Rows that two files must share, of the smaller one, to be two questions of one survey."""
_Row = tuple[str, str]


def with_one_voice_a_person(contributions: pd.DataFrame) -> pd.DataFrame:
    """The same rows; where files hold the same people, row for row, each has the voice of the first file.

    Rows are one person's when all their other columns, and their date, say the same; within a file, two rows that say
    the same are nobody in particular.
    """
    answers = contributions[(contributions["channel"] == "enquete") & contributions["voice"].notna()]
    if answers["source"].nunique() < 2:
        return contributions
    voices = _same_people(answers)
    if not voices:
        return contributions
    told = [voices.get(pair, pair[1]) for pair in zip(contributions["source"], contributions["voice"], strict=True)]
    return contributions.assign(voice=pd.Series(told, contributions.index, contributions["voice"].dtype))


def _same_people(answers: pd.DataFrame) -> dict[_Row, str]:
    """(file, voice) → the voice that the same person has in an earlier file of the workshop."""
    known: dict[str, dict[str, str]] = {}
    found: dict[_Row, str] = {}
    rows = answers[["workshop", "source", "voice", "attributes", "date"]].drop_duplicates(["source", "voice"])
    for (workshop, source), of_file in rows.groupby(["workshop", "source"], sort=True):
        mine = _people(of_file)
        before = known.setdefault(str(workshop), {})
        shared = mine.keys() & before.keys()
        if shared and len(shared) >= _SHARED_MIN * min(len(mine), len(before)):
            found |= {(str(source), mine[who]): before[who] for who in shared}
        known[str(workshop)] = mine | before
    return found


def _people(of_file: pd.DataFrame) -> dict[str, str]:
    """What is told of a person in a file, beside her words → her voice."""
    told = [
        (f"{attributes}\x1f{date}", str(voice))
        for voice, attributes, date in zip(of_file["voice"], of_file["attributes"], of_file["date"], strict=True)
        if len(json.loads(attributes or "{}")) + (not pd.isna(date)) >= _TOLD_MIN
    ]
    counts = Counter(who for who, _ in told)
    return {who: voice for who, voice in told if counts[who] == 1}
