"""Results of votes told in words: `Relancer le journal : 12 pour, 3 contre, proposition adoptée`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_FOR, _AGAINST = r"pour|d'accord|accords?|favorables?", r"contre|désaccords?|oppositions?|défavorables?"
_SIDE = rf"(?P<for>{_FOR})|(?P<against>{_AGAINST})|abstentions?|blancs?|nuls?"
_OTHERS = r"présent[\w·.]*|votants?|votes? en anticipé|exprimés?"
_NUMBER_FIRST = re.compile(
    rf"\b(?P<n>\d{{1,4}})\s*(?:voix|votes?|avis|personnes)?\s*(?:{_SIDE}|{_OTHERS})\b", re.IGNORECASE
)
_NUMBER_LAST = re.compile(rf"\b(?:votes?\s+|voix\s+)?(?:{_SIDE})\s*[:=]\s*(?P<n>\d{{1,4}})\b", re.IGNORECASE)
_OUTCOME = re.compile(
    r"\b(?P<said>(?P<yes>adoptée?s?|approuvée?s?|acceptée?s?)|rejetée?s?|refusée?s?)\b(?:\s+à\s+l['’]unanimité)?",
    re.IGNORECASE,
)
_AROUND = re.compile(
    r"\b(?:vot(?:es?|é)|voix|résultats?|(?:proposi|mo|résolu|délibéra)tions?|l[ea]?|est|du|unanimité)\b", re.IGNORECASE
)
_VOTED = re.compile(r"\b(?:proposition|motion|résolution|délibération|vote)s?\b", re.IGNORECASE)
_BRACKETS = re.compile(r"\([^()]*\)")
_OTHER_WORDS_MAX, _SUBJECT_WORDS_MAX = 1, 2
_WORD = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True)
class Result:
    """A result: voices for and against (None when not told), what was decided ("" when not told).

    `is_bare` : the text says nothing else.
    """

    n_for: int | None
    n_against: int | None
    outcome: str
    is_bare: bool


def result_of(text: str) -> Result | None:
    """The result that a text tells; None when it tells none: one number alone proves nothing."""
    found = [*_NUMBER_FIRST.finditer(text), *_NUMBER_LAST.finditer(text)]
    sides = [match for match in found if match["for"] or match["against"]]
    outcome = _OUTCOME.search(text)
    n_others = len(_WORD.findall(_AROUND.sub(" ", _told_beside(text))))
    is_bare = bool(found) and n_others <= _OTHER_WORDS_MAX
    if not found and outcome:  # « Rapport moral approuvé. », « Proposition rejetée. »
        is_bare = n_others <= _SUBJECT_WORDS_MAX and bool(n_others or _VOTED.search(text))
    if not is_bare and (not sides or (len(found) < 2 and outcome is None)):
        return None
    return Result(
        _sum(match["n"] for match in sides if match["for"]),
        _sum(match["n"] for match in sides if match["against"]),
        ("adoptée" if outcome["yes"] else "rejetée") if outcome else "",
        is_bare,
    )


def _told_beside(text: str) -> str:
    """What a text says beside numbers of votes and what was decided."""
    for pattern in (_BRACKETS, _NUMBER_FIRST, _NUMBER_LAST, _OUTCOME):
        text = pattern.sub(" ", text)
    return text


def _sum(numbers: Iterable[str]) -> int | None:
    listed = list(map(int, numbers))
    return sum(listed) if listed else None
