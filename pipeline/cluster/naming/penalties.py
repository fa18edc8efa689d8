"""How far a phrase is from what an author would sign as the title of a group."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pipeline.axes import EST, NORD, OUEST, SUD
from pipeline.cluster.naming.as_question import FIRST_PERSON, tells_past
from pipeline.language.lexicon.firstnames import first_names
from pipeline.language.syntax.phrases import CLAUSE, FRAGMENT, INFINITIVE, LACK, NOUN, Phrase
from pipeline.language.text.folding import fold
from pipeline.language.text.lists import read_patterns, read_toml, read_words
from pipeline.language.text.typography import capitalized
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
_POINTS_BACK = re.compile(r"^(?:l'|les? |la |lui |leur |y |en )\w+(?:er|ir|re|oir)\b", re.IGNORECASE)
_SAYS_I = re.compile(r"^\s*:.{0,80}?(?:\bje\b|\bj'|«)", re.IGNORECASE | re.DOTALL)


_FRAGMENT, _NAMED, _POINTING, _LABEL, _UNSURE = 1.0, 3.0, 1.2, 1.8, 0.25
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
    cost += _POINTING * (phrase.kind == INFINITIVE and _POINTS_BACK.match(text) is not None)
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
