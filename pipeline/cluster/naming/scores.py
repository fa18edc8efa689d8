"""How good a phrase is as the title of its group: what it shares with the items, how it reads, what it costs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import log2

import numpy as np
import numpy.typing as npt

from pipeline.axes import EST, NORD, OUEST, SUD
from pipeline.cluster.naming.rewording import FIRST_PERSON, tells_past
from pipeline.language.lexicon.nouns import first_names
from pipeline.language.syntax.phrases import CLAUSE, FRAGMENT, INFINITIVE, LACK, NOUN, QUESTION, Phrase
from pipeline.language.syntax.standing import judge
from pipeline.language.text.folding import fold
from pipeline.language.text.lists import read_patterns, read_toml, read_words
from pipeline.language.text.typography import capitalized
from pipeline.language.text.words import content_stems
from pipeline.language.vocabulary.cues import OBSTACLE


@dataclass(frozen=True)
class GroupTexts:
    """What a title is made from.

    Attributes
    ----------
    axis : of the group; an empty text when items have no axis.
    texts : the items, most central first.
    spoken : whether each text is a transcription.
    is_disputed : whether the group holds both for and against.
    sure : whether the axis of each text is sure; empty when nobody read axes.
    has_voices : whether more than one person may have spoken.
    natures, objects : what kind of obstacle or action each text tells, and of what, where it is known.
    headings : the heading under which each was said, "" for none.
    vectors : of their topics, shape (n, d), where they were read.
    """

    axis: str
    texts: Sequence[str]
    spoken: Sequence[bool]
    is_disputed: bool
    sure: Sequence[bool] = ()
    has_voices: bool = True
    natures: Sequence[str | None] = ()
    objects: Sequence[str | None] = ()
    headings: Sequence[str] = ()
    vectors: npt.NDArray[np.float16] | None = None


_TABLES, _PATTERNS = read_toml(__name__, "penalties"), read_patterns(__name__, "penalties")
_UNSIGNED = tuple((float(_TABLES[name]["weight"]), pattern) for name, pattern in _PATTERNS.items())
"""What no author would sign as a title, and how much it costs."""
_AGAINST = re.compile(
    r"\bne (?:\S+ ){1,2}(?:pas|plus|jamais|qu[e'])|\bn'|\bne \S+ qu|^crainte|^si |\bsinon\b", re.IGNORECASE
)
_SAYS_I = re.compile(r"^\s*:.{0,80}?(?:\bje\b|\bj'|«)", re.IGNORECASE | re.DOTALL)


_FRAGMENT, _NAMED, _LEANING, _LABEL, _UNSURE = 1.0, 3.0, 3.0, 1.8, 0.25
_LOST_MIN = 0.5
"""Chance of a lost subject from which a phrase leans on what was said before it: no title of anything."""
_OURS, _MINE = 1.5, 0.7
"""What « je » costs: more when it is not known who speaks."""
_ON_NORD = {"figure": 0.8, "obstacle": 1.5, "obstacle_near": 0.3}
_ON_EST = {"quoted": 0.6, "no_obstacle": 0.6, "past": 0.8}
_ON_SUD = {"against": 1.5, "lack": 0.6, "clause": 0.6}
_QUOTED = 0.4
"""Costs were set by reading titles of real and imaginary workshops beside one another."""


def faults(phrase: Phrase, group: GroupTexts, row: int) -> float:
    """How far a phrase is from what an author would sign as the title of its group; 0 when nothing is wrong."""
    text = phrase.text
    cost = sum(weight for weight, pattern in _UNSIGNED if pattern.search(text)) + _QUOTED * ("«" in text)
    cost += _FRAGMENT * (phrase.kind == FRAGMENT) + _NAMED * names_someone(text)
    cost += _LEANING * (judge(text).lost >= _LOST_MIN)
    if FIRST_PERSON.search(text):
        cost += _OURS if group.has_voices else _MINE
    if group.sure and not group.sure[row]:
        cost += _UNSURE
    return cost + _LABEL * _is_label(phrase, group, row) + _faults_on_axis(phrase, group, row)


def _faults_on_axis(phrase: Phrase, group: GroupTexts, row: int) -> float:
    """What reads as of another axis."""
    text = phrase.text
    if group.axis == NORD:
        return (
            _ON_NORD["figure"] * text[:1].isdigit()
            + _ON_NORD["obstacle"] * bool(OBSTACLE.search(text))
            + _ON_NORD["obstacle_near"] * bool(OBSTACLE.search(group.texts[row]))
        )
    if group.axis == EST:
        return (
            _ON_EST["quoted"] * ("«" in text)
            + _ON_EST["no_obstacle"] * (not OBSTACLE.search(text))
            + _ON_EST["past"] * tells_past(text)
        )
    if group.axis == SUD:
        return (
            _ON_SUD["against"] * bool(_AGAINST.search(text))
            + _ON_SUD["lack"] * (phrase.kind == LACK)
            + _ON_SUD["clause"] * (phrase.kind == CLAUSE)
        )
    return 0.0


_NAME = re.compile(
    rf"(?P<place>\b(?:{'|'.join(sorted(read_words(__name__, 'place_nouns')))})[ -](?:de |du |des |la |le |l'|d')*)?"
    r"(?<![\w-])(?P<name>[A-ZÀ-Þ][\wà-ÿ]+(?:-[A-ZÀ-Þ]\w+)?)",
    re.IGNORECASE,
)
_TITLED = re.compile(r"\b(?:M\.|Mme|Mlle|Monsieur|Madame|Dr|Docteur) [A-ZÀ-Þ]")


def names_someone(text: str) -> bool:
    """Whether a phrase names a person: a first name that is no place's, or a name after « Mme »."""
    return _TITLED.search(text) is not None or any(
        match["place"] is None and match["name"] in first_names() for match in _NAME.finditer(capitalized(text))
    )


def _is_label(phrase: Phrase, group: GroupTexts, row: int) -> bool:
    """Whether the phrase only announces what the text says: a trade, a heading, a subject taken up by « c'est »."""
    if phrase.kind not in (NOUN, INFINITIVE):
        return False
    rest = what_follows(phrase.text, group.texts[row])
    if group.axis == OUEST and not group.texts[row].rstrip().endswith("?"):
        return rest.lstrip().startswith((":", ",") if phrase.kind == NOUN else (":",))
    return _SAYS_I.match(rest) is not None


def what_follows(phrase: str, text: str) -> str:
    """What the text says after the phrase; an empty text when it does not hold the phrase as it is."""
    place = fold(text).find(fold(phrase))
    return fold(text)[place + len(fold(phrase)) :] if place >= 0 else ""


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
    rest = what_follows(phrase.text, text)
    cost += NARROW["cut"] * (phrase.kind == CLAUSE and rest.startswith(","))
    is_cut_list = _TERM.match(rest) is not None or _OTHER_TERM.match(rest) is not None
    return cost + NARROW["cut_list"] * (phrase.kind == NOUN and is_cut_list)


_TERM = re.compile(r",? (?:du |de la |de l'|des |d'|et )")
_OTHER_TERM = re.compile(r", (?!(?:qu[ie]|dont|où|avec|sans|pour|une?|\w+[eui]e?s?) |qu'|\d)")
"""How an enumeration goes on after its first term: « les terrains du club, de la ville et … »."""
