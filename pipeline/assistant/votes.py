"""Votes that a text tells, compared: how many are on each side, of what, and whether it passes."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from pipeline.assistant.support import GENERAL, VOICE, by_kind, stems_of
from pipeline.language.text.folding import fold
from pipeline.language.text.typography import in_figures
from pipeline.language.text.words import STOP_WORDS, stem

_ONE = re.compile(r"\bune?\b(?=\s+(?:voix|abst|vote))")
_VOTERS = r"(?:(?:voix|votes?|avis|personnes?|elus?|membres|habitants)\s+)?(?:en\s+)?"
_ARE = r"(?:(?:sont|votent|ont vote|se prononcent|se sont|s')\s*)?"
_FOR, _AGAINST = r"pour|oui|favorables?", r"contre|non|defavorables?|oppos(?:ent|ee?s?)"
_OUT = r"abst(?:entions?|iennent|enu\w*)"
_COUNT = re.compile(
    rf"\b(?:(?P<pour>{_FOR})|(?P<contre>{_AGAINST})|(?P<sans>{_OUT}))\s*[:=(]\s*(?P<after>\d+)\b"
    rf"|\b(?P<before>\d+)\s+{_VOTERS}{_ARE}(?:(?P<are_pour>{_FOR})|(?P<are_contre>{_AGAINST})|(?P<are_sans>{_OUT}))\b"
)
"""`Pour : 12`, `3 voix contre`, `2 abstentions`."""
_VERSUS = re.compile(rf"\b(\d+)\s+{_VOTERS}contre\s+(\d+)\b(?!\s+(?:voix\s+)?(?:pour|abst))")
"""`12 voix contre 3`: the first number is of the side that wins."""
_OUTCOMES = by_kind("outcomes", str)
_OUTCOME = re.compile(rf"\b(?:(?P<yes>{'|'.join(sorted(_OUTCOMES['yes']))})|{'|'.join(sorted(_OUTCOMES['no']))})\b")
_DENIED = re.compile(
    r"\b(?:n'|ne\s).*\b(?:pas|jamais)\b|\b(?:aucune?|personne)\b.*\b(?:n'|ne\s)|\b(?:non|pas)\s(?:ete\s)?$"
)
_NEAR = 25
"""Characters before an outcome among which it is denied."""


@dataclass(frozen=True)
class Vote:
    """A vote that a text tells.

    Attributes
    ----------
    about : the stems of the words that say what it is on.
    counts : (side, number) of those who are counted: `pour`, `contre`, `sans`.
    outcome : 1 where it passes, -1 where it does not, 0 where nothing tells it; `word` : the one that does.
    """

    about: frozenset[str]
    counts: frozenset[tuple[str, str]]
    outcome: int = 0
    word: str = ""


def told_otherwise(claim: str, texts: Sequence[str]) -> Iterator[str]:
    """What a sentence tells of a vote otherwise than texts do: a number of another side or of another object, an
    outcome."""
    said = [*chain.from_iterable(map(votes_in, texts))]
    numbers = {n for other in said for _, n in other.counts}
    for one in votes_in(claim) if said else ():
        near = max(len(one.about & other.about) for other in said)
        same = [other for other in said if len(one.about & other.about) == near or not other.about]
        known = frozenset[tuple[str, str]]().union(*(other.counts for other in same))
        yield from (n for side, n in sorted(one.counts) if (side, n) not in known and n in numbers)
        outcomes = {other.outcome for other in same if other.outcome}
        if one.word and outcomes == {-one.outcome}:
            yield one.word


def votes_in(text: str) -> list[Vote]:
    """The votes that a text tells: of each sentence, one up to where a side is counted again."""
    found: list[Vote] = []
    for sentence in re.split(r"(?<=[.!?;])\s+", _in_figures(text)):
        told = _VERSUS.sub(_by_sides, sentence)
        groups: list[list[re.Match[str]]] = []
        for match in _COUNT.finditer(told):
            if not groups or _side(match) in map(_side, groups[-1]):
                groups.append([])
            groups[-1].append(match)
        starts = [0, *(group[-1].end() for group in groups[:-1])]
        ends = [*(group[0].start() for group in groups[1:]), len(told)]
        found += [_vote(told, group, *span) for group, *span in zip(groups or [[]], starts, ends, strict=True)]
    return [one for one in found if one.counts or one.outcome]


def without_counts(text: str) -> str:
    """A text, folded, without the people that it counts on a side: « six voix s'opposent au bac » is « au bac »."""
    return _COUNT.sub(" ", _in_figures(text))


def _vote(text: str, group: Sequence[re.Match[str]], start: int, end: int) -> Vote:
    outcome = _OUTCOME.search(text, start, end)
    counts = {_side(match): match["after"] or match["before"] for match in group}
    around = _COUNT.sub(" ", _OUTCOME.sub(" ", text[start : group[0].start() if group else end]))
    about = _content(around) or _content(_COUNT.sub(" ", text[start:end]))
    told = (1 if _passes(outcome) else -1) if outcome is not None else 0
    if not told and {"pour", "contre"} <= counts.keys():
        more = int(counts["pour"]) - int(counts["contre"])
        told = (more > 0) - (more < 0)
    return Vote(about, frozenset(counts.items()), told, outcome.group() if outcome is not None else "")


def _content(text: str) -> frozenset[str]:
    words = " ".join(word for word in re.findall(r"[^\W\d_]+", text) if word not in STOP_WORDS and len(word) > 1)
    return stems_of(words) - VOICE - GENERAL - {stem(word) for word in ("voix", "vote", "recueille", "obtient")}


def _side(match: re.Match[str]) -> str:
    return next(name.removeprefix("are_") for name, one in match.groupdict().items() if one and not one.isdigit())


def _passes(outcome: re.Match[str]) -> bool:
    """Whether an outcome is that a thing passes: `adopte`, `n'est pas rejete`; no `n'accorde pas`."""
    before = re.split("[,;:]", outcome.string[max(0, outcome.start() - _NEAR) : outcome.start()])[-1]
    after = outcome.string[outcome.end() : outcome.end() + len(" pas ")]
    is_denied = _DENIED.search(before) or (re.search(r"\b(?:n'|ne\s)$", before) and after.startswith(" pas"))
    return bool(outcome["yes"]) != bool(is_denied)


def _by_sides(found: re.Match[str]) -> str:
    """Voices against others, each with its side, by the outcome that stands before, else after."""
    before = [*_OUTCOME.finditer(found.string, 0, found.start())]
    outcome = before[-1] if before else _OUTCOME.search(found.string, found.end())
    sides = ("pour", "contre") if outcome is None or _passes(outcome) else ("contre", "pour")
    return f"{found[1]} {sides[0]}, {found[2]} {sides[1]}"


def _in_figures(text: str) -> str:
    """A text, folded, with its numbers in figures."""
    return _ONE.sub("1", in_figures(fold(text.replace("’", "'"))))
