"""Proposals that undo one another: to have a thing and to take it away, more of it and less."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import combinations
from typing import NamedTuple

from pipeline.language.text.folding import fold
from pipeline.language.text.lists import read_lines
from pipeline.language.text.words import content_stems

_NEAR, _SHARED_MIN = 7, 2
"""Words of its object that are read after an act; stems that two objects share to be one thing."""
_WORD = re.compile(r"[a-z]+")
_STOP = re.compile(r"[.;:!?…()\n]|,|\b(?:pour|afin|mais|et)\b")
_LOWERS = re.compile(r"(?:revoir|ramener)\b(?=[^.;:!?]* a la baisse)")
_RAISES = re.compile(r"(?:revoir|ramener)\b(?=[^.;:!?]* a la hausse)")


class Act(NamedTuple):
    """What a text would have done: the family of the act, its side in it, the stems of its object."""

    family: int
    side: bool
    thing: frozenset[str]


@cache
def _acts() -> dict[str, tuple[int, bool]]:
    found: dict[str, tuple[int, bool]] = {}
    for family, line in enumerate(read_lines(__name__, "opposites")):
        for side, words in enumerate(line.split("|")):
            found.update(dict.fromkeys(words.split(), (family, bool(side))))
    return found


def acts_of(text: str) -> list[Act]:
    """The acts that a text would have, each an infinitive with its object; a denial before it turns it."""
    folded = fold(text).replace("’", "'")
    folded = (
        _RAISES.sub("augmenter", _LOWERS.sub("diminuer", folded))
        .replace(" a la baisse", "")
        .replace(" a la hausse", "")
    )
    found = []
    for match in _WORD.finditer(folded):
        known = _acts().get(match.group())
        if known is None:
            continue
        after = _STOP.split(folded[match.end() :], maxsplit=1)[0]
        thing = frozenset(content_stems(" ".join(after.split()[:_NEAR])))
        before = folded[: match.start()].split()[-3:]
        is_denied = "pas" in before or "sans" in before[-1:]
        if len(thing) >= _SHARED_MIN:
            found.append(Act(known[0], known[1] != is_denied, thing))
    return found


def opposed(texts: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Places of two texts that would have the contrary done of one thing, by its two words of subject at least, in
    order; each act is only compared with those of the contrary that share two such words."""
    read = [(at, act) for at, text in enumerate(texts) for act in acts_of(text)]
    known: dict[tuple[int, bool, tuple[str, ...]], list[int]] = {}
    for n, (_, act) in enumerate(read):
        for shared in _shared(act):
            known.setdefault((act.family, act.side, shared), []).append(n)
    for n, (at, act) in enumerate(read):
        others = (known.get((act.family, not act.side, shared), []) for shared in _shared(act))
        for other in sorted({one for found in others for one in found[bisect(found, n) :]}):
            if read[other][0] != at:
                yield at, read[other][0]


def _shared(act: Act) -> Iterator[tuple[str, ...]]:
    """What an act may share with another: so many of the words of its object."""
    return combinations(sorted(act.thing), _SHARED_MIN)
