"""What a proofreader would mark in our own words: typography, joins with other people's words, spelling, repetition.

A fault counts only when it touches a character of ours; people's words are never corrected.
Rules: Lexique des règles typographiques en usage à l'Imprimerie nationale; elision and contraction as in
`pipeline.language.text.typography`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from pipeline.contracts.draft import Sentence, is_quoted
from pipeline.language.text.lists import read_words
from pipeline.language.text.typography import NO_BREAK, THIN, Spaces, elides

OUR_KINDS = ("text", "fact")
CONTEXT = 18
_ELIDED_OR_NOT = read_words(__name__, "elided_or_not")
_VERBS_IN_RE = read_words(__name__, "infinitives_in_re")
_NOUNS_LIKE_INFINITIVES = read_words(__name__, "nouns_like_infinitives")
_ARTICLE, _ELIDED = ("|".join(sorted(read_words(__name__, name))) for name in ("articles", "elided_words"))
WORD = r"[^\W\d_]+"


@dataclass(frozen=True)
class Fault:
    """One thing to correct: the rule in French, and the few words around it."""

    rule: str
    excerpt: str


def _is_article(match: re.Match[str]) -> bool:
    """Whether `le` or `les` is an article there, not the pronoun of an infinitive."""
    following = match.group("next").lower()
    if following in _NOUNS_LIKE_INFINITIVES:
        return True
    return not (following.endswith(("er", "ir")) or following in _VERBS_IN_RE)


def _lacks_elision(match: re.Match[str]) -> bool:
    word, following = match.group("word").lower(), match.group("next").lower()
    if _may_elide(match) or (word in ("le", "la") and following in ("ou", "et", "à", "a", "un", "une", "hiatus")):
        return False
    if word == "si":
        return following in ("il", "ils")
    return elides(following)


def _elides_wrongly(match: re.Match[str]) -> bool:
    following = match.group("next")
    return not elides(following) and following[0].lower() != "y" and not _may_elide(match)


def _may_elide(match: re.Match[str]) -> bool:
    """Whether people elide or not before what follows: acronyms, spelt or read (l’XML, le HLM), letters and what they
    open (de A à Z, le e-commerce), names with an H (d’Henri, de Haïti), words taken from English."""
    following = match.group("next")
    is_letter = len(following) == 1 and (following.isupper() or following in "eiou")
    is_spelt = following[1:] != following[1:].lower()
    return is_letter or is_spelt or following[0] == "H" or following.lower() in _ELIDED_OR_NOT


Rule = tuple[str, re.Pattern[str], Callable[[re.Match[str]], bool]]
"""What is told, where it may be, and whether what was found there is a fault."""

_JOIN = rf"[ {NO_BREAK}]"
_SPACES: tuple[Rule, ...] = (
    ("espace ordinaire devant « ; », « ! », « ? » ou « : »", re.compile(r" [;:!?»]"), bool),
    ("espace manquante devant « ; », « ! » ou « ? »", re.compile(r"(?<=[\w»)’])(?<![A-Z])[;!?]"), bool),
    ("espace ordinaire après «", re.compile(r"« "), bool),
)
_RULES: tuple[Rule, ...] = (
    ("guillemet droit", re.compile(r'"'), bool),
    ("apostrophe droite", re.compile(r"(?<=\w)'(?=\w)"), bool),
    ("espace double", re.compile(rf"[ {NO_BREAK}{THIN}]{{2,}}"), bool),
    ("espace devant une virgule ou un point", re.compile(rf"[ {NO_BREAK}{THIN}](?:,|\.(?!\.))"), bool),
    ("points de suspension en trois points", re.compile(r"\.{3}"), bool),
    (
        "ponctuation double",
        re.compile(r"[,;:][ \u00a0\u202f]*[,;.]|(?<!\.)\.\.(?!\.)|[?!…][ \u00a0\u202f]*\."),
        bool,
    ),
    (
        "« de le », « à les »… non contracté",
        re.compile(rf"(?<![\w’'-])(?:de|à){_JOIN}(?:le|les){_JOIN}(?P<next>{WORD})", re.IGNORECASE),
        _is_article,
    ),
    (
        "article doublé",
        re.compile(rf"(?<![\w’'-])(?:{_ARTICLE}){_JOIN}(?:le|la|les|l’|un|une)(?!\w)", re.IGNORECASE),
        bool,
    ),
    (
        "élision manquante",
        re.compile(
            rf"(?<![\w’'-])(?P<word>{_ELIDED}){_JOIN}(?P<next>{WORD})",
            re.IGNORECASE,
        ),
        _lacks_elision,
    ),
    (
        "élision devant une consonne",
        re.compile(rf"(?<!\w)(?:d|l|qu|n|s|j|m|t)’(?P<next>{WORD})", re.IGNORECASE),
        _elides_wrongly,
    ),
    (
        "mot répété",
        re.compile(rf"(?<![\w’'-])(?P<word>{WORD}){_JOIN}(?P=word)(?![\w’'-])", re.IGNORECASE),
        lambda match: (
            match[0].split()[-1].islower() and match[0].split()[-1] not in ("nous", "vous")
        ),  # « la carte Pass Pass »
    ),
)


def seen(sentence: Sentence) -> tuple[str, list[bool]]:
    """A sentence as it is read, « » put around quotations, and for each character whether it is ours."""
    pieces: list[str] = []
    ours: list[bool] = []
    for node in sentence.nodes:
        text = f"«{NO_BREAK}{node.text}{NO_BREAK}»" if is_quoted(node) else node.text
        pieces.append(text)
        ours += [node.kind in OUR_KINDS] * len(text)
    return "".join(pieces), ours


def faults(sentence: Sentence, spaces: Spaces, is_prose: bool = True) -> list[Fault]:
    """What to correct in a sentence of a draft.

    Parameters
    ----------
    spaces : the spaces that the document was set with; `aucune` has no rule about them.
    is_prose : whether the sentence must begin with a capital and end with a full stop or its like.
    """
    text, ours = seen(sentence)
    rules = _RULES if spaces == "aucune" else (*_SPACES, *_RULES)
    found = [
        Fault(label, _around(text, match.start(), match.end()))
        for label, pattern, applies in rules
        for match in pattern.finditer(text)
        if any(ours[match.start() : match.end()]) and applies(match)
    ]
    if is_prose and text:
        found += _edges(text, ours, sentence)
    return found


def _edges(text: str, ours: list[bool], sentence: Sentence) -> list[Fault]:
    first = next((at for at, character in enumerate(text) if character.isalnum()), None)
    found = []
    if first is not None and ours[first] and text[first].islower():
        found.append(Fault("majuscule manquante", _around(text, 0, 1)))
    last = sentence.nodes[-1]
    ending = text if last.kind == "text" else last.text
    if last.kind != "given" and not re.search(r"[.!?…:][)”]?$", ending):
        found.append(Fault("ponctuation finale manquante", _around(text, len(text) - 1, len(text))))
    return found


def _around(text: str, start: int, end: int) -> str:
    return text[max(0, start - CONTEXT) : end + CONTEXT].strip()
