"""An obstacle turned into the question to work on: « Comment … ? », and a disagreement into « Faut-il … ? »."""

from __future__ import annotations

import re

from pipeline.cluster.naming.of_clause import PRICES, as_clause, of_relative
from pipeline.cluster.naming.of_lack import as_lack
from pipeline.language.lexicon.verbs import third_person
from pipeline.language.syntax.clauses import split_clause
from pipeline.language.syntax.finite_verbs import has_verb_before_relative
from pipeline.language.syntax.noun_phrases import determined
from pipeline.language.syntax.phrases import CLAUSE, FRAGMENT, INFINITIVE, LACK, NOUN, QUESTION, Phrase
from pipeline.language.text.lists import read_patterns, read_words
from pipeline.language.text.typography import decapitalized, with_a
from pipeline.language.vocabulary.cues import OBSTACLE

FIRST_PERSON = re.compile(r"\b(?:je|moi|mon|ma|mes|me)\b|\b[jm]'", re.IGNORECASE)
OURS = re.compile(r"\b(?:nous|notre|nos|tu|toi|(?<!rendez-)vous|votre|vos)\b", re.IGNORECASE)
_IMPERFECT = re.compile(
    rf"\b(?!{'|'.join(sorted(read_words(__name__, 'not_imperfect')))})\w+(?<!r)(?:ait|aient)\b", re.IGNORECASE
)
_COMPOUND = re.compile(
    rf"\b(?:{'|'.join(sorted(read_words(__name__, 'have_forms')))}) (?:déjà |bien |pas |jamais |tout )?"
    rf"(?:{'|'.join(sorted(read_words(__name__, 'short_participles')))}|\w+ées?|\w{{2,}}és?)\b",
    re.IGNORECASE,
)
"""With « avoir »: with « être », most are states."""
_PATTERNS = read_patterns(__name__, "question")


def tells_past(text: str) -> bool:
    """Whether a text is a tale of the past: imperfect, or a compound past."""
    return _IMPERFECT.search(text) is not None or _COMPOUND.search(text) is not None


def as_problem(phrase: Phrase) -> str | None:
    """« Comment … ? » for an obstacle, or None when no grammatical question is certain."""
    text = decapitalized(phrase.text).rstrip(" ?")
    if FIRST_PERSON.search(text) or "(" in text or (phrase.kind == CLAUSE and "«" in text):
        return None
    if _asks(phrase, text):
        return _close(text[0].upper() + text[1:])
    if _is_no_obstacle(phrase, text):
        return None
    question = as_lack(text)
    if question is None and phrase.kind != FRAGMENT:
        question = as_clause(text) if phrase.kind in (CLAUSE, LACK) else _from_kind(phrase, text)
    return None if question is None or _CUT.search(question) else _close(question)


def _asks(phrase: Phrase, text: str) -> bool:
    """Whether people asked the question themselves."""
    return text.lower().startswith("comment ") or (
        phrase.kind == QUESTION and re.match(r"^qui |^où |^quel|^que faire|^à qui ", text, re.IGNORECASE) is not None
    )


def _is_no_obstacle(phrase: Phrase, text: str) -> bool:
    """Whether a phrase tells several things, a tale, our own doings, or what goes well."""
    if text.count(",") > 1 or "=" in text or (phrase.kind == NOUN and re.search(r",(?! et)", text)):
        return True
    return phrase.kind == QUESTION or tells_past(text) or any(found.search(text) for found in (OURS, _PATTERNS["good"]))


_CUT = re.compile(rf"\b(?:{'|'.join(sorted(read_words(__name__, 'cut_words')))})$|\bni\b", re.IGNORECASE)


_NOT_NOMINAL = re.compile(r"\bet rien\b|\bpas\b|(?<!que )\bpersonne\b|[\"«.;]|\w{3,}(?:ra|ront)\b", re.IGNORECASE)
"""What a noun phrase does not hold: a denial, a quotation, a verb to come."""


def _from_kind(phrase: Phrase, text: str) -> str | None:
    if phrase.kind == INFINITIVE:
        return f"Comment {text}" if _PATTERNS["sought"].match(text) else None
    if phrase.kind != NOUN or not OBSTACLE.search(text):
        return None
    relative = re.match(r"^(?P<who>[^,]+?) qui (?P<does>(?!.*\bqui\b).+)$", text)
    if relative is not None:
        verb = re.search(r"^(?:ne |n'|se |s'|y )*(?P<verb>[^\s']+)", relative["does"])
        form = third_person(verb["verb"]) if verb is not None else None
        who = determined(relative["who"], form.is_plural) if form is not None else None
        return None if who is None else of_relative(who, relative["does"])
    much = re.match(r"^(?P<who>(?:les|le|la) [^,]+?) trop (?P<how>élevée?s?|ch[eè]re?s?)(?P<rest>.*)$", text)
    if much is not None and PRICES.search(much["who"]):
        return f"Comment faire baisser {much['who']}{much['rest']}"
    if has_verb_before_relative(text) or split_clause(text) is not None or _NOT_NOMINAL.search(text):
        return None
    whole = determined(text)
    return None if whole is None else f"Comment faire face {with_a(whole)}"


def as_debate(phrase: Phrase) -> str | None:
    """A disagreement as a question: « Faut-il … ? », or « … : pour ou contre ? »."""
    text = decapitalized(phrase.text).rstrip(" ?")
    if phrase.kind == QUESTION:
        return _close(text[0].upper() + text[1:])
    if phrase.kind == INFINITIVE:
        return _close(f"Faut-il {text}")
    if phrase.kind == NOUN:
        return _close(f"{text[0].upper()}{text[1:]} : pour ou contre")
    return None


def _close(question: str) -> str:
    return f"{question.strip()} ?"
