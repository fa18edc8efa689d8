"""A title per group, in the participants' own words: short, specific, whole, and unlike its neighbours."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import log2

from pipeline.axes import EST, NORD, OUEST, SUD
from pipeline.cluster.naming.as_infinitive import as_action, as_gesture
from pipeline.cluster.naming.as_question import as_debate, as_problem
from pipeline.cluster.naming.candidates import segments
from pipeline.cluster.naming.penalties import GroupTexts, faults, what_follows
from pipeline.language.syntax.phrases import (
    CLAUSE,
    FRAGMENT,
    INFINITIVE,
    LACK,
    NOUN,
    QUESTION,
    Phrase,
    read,
)
from pipeline.language.text.lists import read_patterns, read_words
from pipeline.language.text.typography import capitalized, typeset, with_que
from pipeline.language.text.words import content_stems, content_words
from pipeline.language.vocabulary.concepts import concepts_in

SHORT, LONG, TOO_LONG = 24, 58, 60
"""Characters under which a title seldom says enough, above which it no longer reads at a glance, and above `LONG` that
cost as much as saying nothing that the items share."""
N_SHARED, SHARED = 3, 0.9
"""Words of a phrase whose share of the items counts, the commonest, and its weight."""
LONE = 1.5
"""Items under which a word is one item's alone (shares are rounded)."""
CLUMSY = {"personal": 0.5, "slack": 0.4, "vague": 0.2, "comma_of_noun": 0.4, "comma": 0.25, "spoken": 0.25}
NARROW = {"one_word": 0.5, "no_question": 0.35, "cut": 0.2, "lone_words": 0.4, "cut_list": 1.2}
RANK = 0.08
"""What a phrase costs, the last for each doubling of the rank of its item; set, as the preferences below, by reading
titles beside one another: what is shared by all the items counts 1."""
NEAR = 0.7
"""Share of their stems from which two titles are near-identical."""
N_CENTRAL = 10
"""Items of a group that may give its title, the most central ones."""
_WHOLE_MAX = 100
"""Characters of a text that stands as its own title when no shorter phrase holds."""
_N_COVERED = 60
"""Items of a group, the most central ones, that a title should speak for."""
COVERAGE = 0.6
"""Weight of the share of the items that a title speaks for."""
N_PIECES = 6
"""Pieces of one item, the first ones: a long text says first what it is about."""
_N_SEGMENTS = 24
_N_PARSED = 2_400
"""Phrases of one group, and of all groups together, that are parsed at most (three hundred a second)."""


@dataclass(frozen=True)
class Title:
    """`text` on one line without final stop; `question` for obstacles (« Comment … ? »), else None."""

    text: str
    question: str | None


@dataclass(frozen=True)
class _Candidate:
    phrase: Phrase
    score: float


_PREFERENCE: dict[str, dict[str, float]] = {
    EST: {LACK: 0.3, CLAUSE: 0.3, NOUN: 0.2, INFINITIVE: -0.3, QUESTION: 0.0, FRAGMENT: -0.6},
    SUD: {INFINITIVE: 0.5, NOUN: 0.1, CLAUSE: -0.1, LACK: -0.2, QUESTION: -0.3, FRAGMENT: -0.6},
    NORD: {NOUN: 0.35, CLAUSE: 0.2, INFINITIVE: 0.0, LACK: -0.3, QUESTION: -0.5, FRAGMENT: -0.6},
    OUEST: {QUESTION: 0.5, CLAUSE: 0.2, INFINITIVE: 0.2, NOUN: 0.1, LACK: -0.2, FRAGMENT: -0.6},
}
_NEUTRAL = {INFINITIVE: 0.2, NOUN: 0.2, CLAUSE: 0.2, LACK: 0.2, QUESTION: 0.0, FRAGMENT: -0.6}
_PERSONAL = re.compile(
    rf"\b(?:{'|'.join(sorted(read_words(__name__, 'people_pronouns')))})\b"
    r"|^(?:ils?|elles?|ça|c[e']|cela|celui|celle|ceux)\b(?! (?:y a|n'y a|faut|manque))",
    re.IGNORECASE,
)
_SLACK = read_patterns(__name__, "titles")["slack"]
_VAGUE = re.compile(
    r"^(?:(?:la |le |les |l')\S+ on |la situation|le problème|les gens|tout le monde|c'est|il y a)\b", re.IGNORECASE
)


def title_groups(groups: Sequence[GroupTexts], length_max: int) -> list[Title]:
    """One title per group, in order; on one axis no two are near-identical."""
    from pipeline.language.models.parsing import parse

    n_each = max(3, min(_N_SEGMENTS, _N_PARSED // max(1, len(groups))))
    pieces = [_pieces(group, n_each, length_max) for group in groups]
    distinct = dict.fromkeys(piece for group in pieces for _, piece in group)
    docs = dict(zip(distinct, parse(distinct), strict=True))
    titles: list[Title] = []
    taken: dict[str, list[frozenset[str]]] = {}
    for group, parts in zip(groups, pieces, strict=True):
        candidates: list[_Candidate] = []
        support, keys = _support(group.texts), [_keys(text) for text in group.texts[:_N_COVERED]]
        for row, piece in parts:
            doc = docs[piece]
            phrase = read(doc)
            if phrase is not None:
                phrase = _as_question(phrase)
                if group.axis == SUD or group.is_disputed:
                    phrase = as_action(phrase, doc)
                elif group.axis in (OUEST, EST):
                    phrase = as_gesture(phrase, doc)
                candidates.append(
                    _Candidate(phrase, _score(phrase, group, row, support) + COVERAGE * _covered(phrase, keys, row))
                )
        candidates.sort(key=lambda candidate: (-round(candidate.score, 4), candidate.phrase.text))
        titles.append(_choose(candidates, group, taken.setdefault(group.axis, []), length_max))
    return _asked_once(titles)


def _asked_once(titles: Sequence[Title]) -> list[Title]:
    """The titles, a question that two groups would ask being asked by the first alone."""
    asked: set[str] = set()
    kept = []
    for title in titles:
        kept.append(Title(title.text, None) if title.question in asked else title)
        asked.add(title.question or "")
    return kept


def _keys(text: str) -> frozenset[str]:
    """What a text speaks of: its stems, and its concepts, so that « car » and « navette » are one."""
    return frozenset(content_stems(text)) | {f"#{concept}" for concept in concepts_in(content_words(text))}


def _covered(phrase: Phrase, keys: Sequence[frozenset[str]], row: int) -> float:
    """Share of the other items that speak of something that the phrase says."""
    own = _keys(phrase.text)
    others = [known for place, known in enumerate(keys) if place != row]
    return sum(bool(own & known) for known in others) / len(others) if others else 0.0


def _as_question(phrase: Phrase) -> Phrase:
    """« c'est quoi, un voisin ? » → « qu'est-ce qu'un voisin ? »."""
    asked = re.match(r"^c'est quoi,? (?P<what>.+?) ?\?$", phrase.text, re.IGNORECASE)
    if asked is None:
        return phrase
    return Phrase(f"qu'est-ce {with_que(asked['what'])} ?", QUESTION)


def _pieces(group: GroupTexts, n_each: int, length_max: int) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []
    for row, text in enumerate(group.texts[:N_CENTRAL]):
        found += [(row, piece) for piece in segments(text, length_max)[:N_PIECES]]
    if len(found) <= n_each:
        return found
    support = _support(group.texts[:N_CENTRAL])
    shared = [
        sum(sorted((support.get(word, 0.0) for word in set(content_stems(piece))), reverse=True)[:3])
        for _, piece in found
    ]
    best = sorted(range(len(found)), key=lambda place: (-round(shared[place], 4), place))[:n_each]
    return [found[place] for place in sorted(best)]


def _support(texts: Sequence[str]) -> dict[str, float]:
    """Share of the items that have each stem."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(set(content_stems(text)))
    return {word: count / len(texts) for word, count in counts.items()}


def _score(phrase: Phrase, group: GroupTexts, row: int, support: dict[str, float]) -> float:
    """How good a phrase is as the title of its group: what it shares with the items, how it reads, what it costs."""
    stems = set(content_stems(phrase.text))
    shares = sorted((support.get(word, 0.0) for word in stems), reverse=True)
    shared = sum(shares[:N_SHARED]) / N_SHARED + (sum(shares) / len(shares) if shares else 0.0)
    n_characters = len(phrase.text)
    length = -max(0, SHORT - n_characters) / SHORT - max(0, n_characters - LONG) / TOO_LONG
    preference = _PREFERENCE.get(group.axis, _NEUTRAL)[phrase.kind]
    cost = _clumsiness(phrase, group, row) + _narrowness(phrase, group, row, support) + faults(phrase, group, row)
    return SHARED * shared + length + preference - cost - RANK * log2(1 + row)


def _clumsiness(phrase: Phrase, group: GroupTexts, row: int) -> float:
    """What a phrase costs that reads as speech."""
    patterns = {"personal": _PERSONAL, "slack": _SLACK, "vague": _VAGUE}
    cost = sum(CLUMSY[name] for name, pattern in patterns.items() if pattern.search(phrase.text))
    cost += CLUMSY["comma_of_noun" if phrase.kind == NOUN else "comma"] * phrase.text.count(",")
    return cost + CLUMSY["spoken"] * bool(group.spoken[row])


def _narrowness(phrase: Phrase, group: GroupTexts, row: int, support: dict[str, float]) -> float:
    """What a phrase costs that says less than the group does, or less than its own text."""
    stems, n, text = set(content_stems(phrase.text)), len(group.texts), group.texts[row]
    cost = NARROW["one_word"] * (len(stems) < 2)
    cost += NARROW["no_question"] * (group.axis == EST and as_problem(phrase) is None)
    cost += NARROW["cut"] * (phrase.kind == CLAUSE and _is_cut(phrase.text, text))
    if n > 2 and stems:  # a word that one item alone says makes the title narrower than the group
        cost += NARROW["lone_words"] * sum(support.get(word, 0.0) * n < LONE for word in stems) / len(stems)
    return cost + NARROW["cut_list"] * (phrase.kind == NOUN and _is_cut_list(phrase.text, text))


def _is_cut(phrase: str, text: str) -> bool:
    """Whether the text goes on after the phrase with a comma: what follows may change what it says."""
    return what_follows(phrase, text).startswith(",")


_TERM = re.compile(r",? (?:du |de la |de l'|des |d'|et )")
_OTHER_TERM = re.compile(r", (?!(?:qu[ie]|dont|où|avec|sans|pour|une?|\w+[eui]e?s?) |qu'|\d)")


def _is_cut_list(phrase: str, text: str) -> bool:
    """Whether the phrase stops at the first term of an enumeration: « les terrains du club, de la ville et … »."""
    rest = what_follows(phrase, text)
    return _TERM.match(rest) is not None or _OTHER_TERM.match(rest) is not None


def _key(candidate: _Candidate) -> frozenset[str]:
    """The stems of a candidate: two titles with the same ones are one title."""
    return frozenset(content_stems(candidate.phrase.text))


def _is_near(candidate: _Candidate, taken: list[frozenset[str]]) -> bool:
    stems = _key(candidate)
    return any(len(stems & other) >= NEAR * min(len(stems), len(other)) for other in taken if stems and other)


def _choose(candidates: Sequence[_Candidate], group: GroupTexts, taken: list[frozenset[str]], length_max: int) -> Title:
    far = [candidate for candidate in candidates if not _is_near(candidate, taken)]
    for candidate in far or [other for other in candidates if _key(other) not in taken]:
        taken.append(_key(candidate))
        return _finished(candidate.phrase, group)
    whole = min(map(_trimmed, group.texts[:N_CENTRAL]), key=lambda text: (not text, len(text) > _WHOLE_MAX))
    whole = whole or "(sans titre)"
    if len(whole) > _WHOLE_MAX:
        whole = whole[:length_max].rsplit(" ", 1)[0].rstrip(" ,;:") + " […]"
    return Title(typeset(capitalized(whole)), None)


def _trimmed(text: str) -> str:
    return " ".join(text.split()).strip(" .,;:-–—•>")


def _finished(phrase: Phrase, group: GroupTexts) -> Title:
    text = as_debate(phrase) if group.is_disputed else None
    question = as_problem(phrase) if group.axis == EST and _is_shared(phrase, group) else None
    return Title(typeset(text or phrase.title), None if question is None else typeset(question))


def _is_shared(phrase: Phrase, group: GroupTexts) -> bool:
    """Whether the phrase is about what the group speaks of: in three items or more, two share one of its words."""
    stems = set(content_stems(phrase.text))
    return len(group.texts) < 3 or any(share * len(group.texts) > LONE for share in _shares(stems, group))


def _shares(stems: set[str], group: GroupTexts) -> list[float]:
    support = _support(group.texts)
    return [support.get(word, 0.0) for word in stems]
