"""How good a phrase is as the title of its group: what it shares with the items, how it reads, what it costs."""

from __future__ import annotations

import re
from math import log2

from pipeline.axes import EST, NORD, OUEST, SUD
from pipeline.cluster.naming.penalties import GroupTexts, faults, what_follows
from pipeline.language.syntax.phrases import CLAUSE, FRAGMENT, INFINITIVE, LACK, NOUN, QUESTION, Phrase
from pipeline.language.text.lists import read_patterns, read_words
from pipeline.language.text.words import content_stems

SHORT, LONG, TOO_LONG = 24, 58, 60
"""Characters under which a title seldom says enough, above which it no longer reads at a glance, and above `LONG` that
cost as much as saying nothing that the items share."""
N_SHARED, SHARED = 3, 0.9
"""Words of a phrase whose share of the items counts, the commonest, and its weight."""
CLUMSY = {"personal": 0.5, "slack": 0.4, "vague": 0.2, "comma_of_noun": 0.4, "comma": 0.25, "spoken": 0.25}
NARROW = {"one_word": 0.5, "cut": 0.2, "cut_list": 1.2}
RANK = 0.08
"""What a phrase costs, the last for each doubling of the rank of its item; set, as the preferences below, by reading
titles beside one another: what is shared by all the items counts 1."""
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


def score(phrase: Phrase, group: GroupTexts, row: int, support: dict[str, float]) -> float:
    """How good a phrase is as the title of its group: what it shares with the items, how it reads, what it costs."""
    stems = set(content_stems(phrase.text))
    shares = sorted((support.get(word, 0.0) for word in stems), reverse=True)
    shared = sum(shares[:N_SHARED]) / N_SHARED + (sum(shares) / len(shares) if shares else 0.0)
    n_characters = len(phrase.text)
    length = -max(0, SHORT - n_characters) / SHORT - max(0, n_characters - LONG) / TOO_LONG
    preference = _PREFERENCE.get(group.axis, _NEUTRAL)[phrase.kind]
    cost = _clumsiness(phrase, group, row) + _narrowness(phrase, group.texts[row]) + faults(phrase, group, row)
    return SHARED * shared + length + preference - cost - RANK * log2(1 + row)


def _clumsiness(phrase: Phrase, group: GroupTexts, row: int) -> float:
    """What a phrase costs that reads as speech."""
    patterns = {"personal": _PERSONAL, "slack": _SLACK, "vague": _VAGUE}
    cost = sum(CLUMSY[name] for name, pattern in patterns.items() if pattern.search(phrase.text))
    cost += CLUMSY["comma_of_noun" if phrase.kind == NOUN else "comma"] * phrase.text.count(",")
    return cost + CLUMSY["spoken"] * bool(group.spoken[row])


def _narrowness(phrase: Phrase, text: str) -> float:
    """What a phrase costs that says less than its own text."""
    cost = NARROW["one_word"] * (len(set(content_stems(phrase.text))) < 2)
    cost += NARROW["cut"] * (phrase.kind == CLAUSE and _is_cut(phrase.text, text))
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
