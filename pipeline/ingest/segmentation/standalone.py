"""What a stretch of a sentence is worth by itself: it hangs on another, it can stand alone, it brings a subject."""

from __future__ import annotations

import re

from pipeline.ingest.segmentation.openings import ACTS, PROBLEM_START, alternatives, opener
from pipeline.language.syntax.finite_verbs import has_main_verb, has_verb, opening_pronoun, subject_of

_STARTS_DEPENDENT = opener("hanging", r"à mon avis")
_CONJUNCTION = opener("conjunctions", r"pour [a-zà-ÿ]+(?:er|ir|re)")
OPEN_LEFT = re.compile(rf"(?:\b(?:{alternatives('open_ends')}|qu['’])|['’])\s*$", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_NEXT_STEP = re.compile(r"(?:et )?(?:puis|ensuite|enfin|alors|donc|du coup)\b", re.IGNORECASE)
_LAST_SUBORDINATE = re.compile(r"\b(?:que|qu['’]|dont|où|lorsque|puisque)\s*(?!(?:on|il)\b)", re.IGNORECASE)


def n_words(text: str) -> int:
    """How many words a text holds, `l'école` counting for one."""
    return len(_WORD.findall(text))


def is_dependent(clause: str) -> bool:
    """Whether a stretch hangs on what follows: a conjunction opens it, or a preposition and no verb comes."""
    return bool(_STARTS_DEPENDENT.match(clause)) and (bool(_CONJUNCTION.match(clause)) or not has_main_verb(clause))


def can_stand(left: str) -> bool:
    if (
        is_dependent(left)
        and re.match(r"\W*(?:quand|si|lorsqu|comme|puisqu)", left, re.IGNORECASE)
        and left.count(",") < 2
    ):
        return False
    part = re.split(r"[:;]\s", left)[-1]
    last = re.split(r",\s", part)[-1] if is_dependent(part) else part
    if n_words(last) < 3 or is_dependent(last) or OPEN_LEFT.search(left):
        return False
    hanging = _LAST_SUBORDINATE.split(last)[-1]
    if hanging != last and not has_verb(hanging):
        return False  # "… que les enfants | et les adultes ne sont pas formés"
    return bool(has_verb(last) or PROBLEM_START.match(last) or ACTS["lack"].match(last))


def stands_alone(clause: str, left: str = "") -> bool:
    """Whether a clause has a subject of its own: no pronoun that points back, nor the "je" that spoke just before."""
    if n_words(clause) < 4 or subject_of(clause) not in ("noun", "person"):
        return False
    if _NEXT_STEP.match(clause) or _CONJUNCTION.match(left) or re.match(r"(?:car|parce)\b", left):
        return False
    pronoun = opening_pronoun(clause)
    return pronoun not in ("je", "j") or opening_pronoun(left) not in ("je", "j")


def brings_subject(clause: str) -> bool:
    """Whether a clause opens with something new to speak of: a noun and its verb, or "il y a"."""
    return subject_of(clause) in ("noun", "there")
