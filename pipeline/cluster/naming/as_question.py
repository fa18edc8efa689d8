"""The question that people asked about an obstacle, and a disagreement told as « Faut-il … ? »."""

from __future__ import annotations

import re

from pipeline.axes import EST
from pipeline.cluster.naming.templates import LACKING, question_of
from pipeline.language.lexicon.nouns import is_noun
from pipeline.language.syntax.noun_groups import is_lacking, noun_groups, tokens_of
from pipeline.language.syntax.phrases import INFINITIVE, NOUN, QUESTION, Phrase
from pipeline.language.text.lists import read_words
from pipeline.language.text.typography import decapitalized, with_que

LACK_WORDS = 6
"""Words of what is lacking, in a question, at most."""
FIRST_PERSON = re.compile(r"\b(?:je|moi|mon|ma|mes|me)\b|\b[jm]'", re.IGNORECASE)
_IMPERFECT = re.compile(
    rf"\b(?!{'|'.join(sorted(read_words(__name__, 'not_imperfect')))})\w+(?<!r)(?:ait|aient)\b", re.IGNORECASE
)
_COMPOUND = re.compile(
    rf"\b(?:{'|'.join(sorted(read_words(__name__, 'have_forms')))}) (?:déjà |bien |pas |jamais |tout )?"
    rf"(?:{'|'.join(sorted(read_words(__name__, 'short_participles')))}|\w+ées?|\w{{2,}}és?)\b",
    re.IGNORECASE,
)
"""With « avoir »: with « être », most are states."""


def tells_past(text: str) -> bool:
    """Whether a text is a tale of the past: imperfect, or a compound past."""
    return _IMPERFECT.search(text) is not None or _COMPOUND.search(text) is not None


def as_asked(phrase: Phrase) -> str | None:
    """The question that people asked themselves about an obstacle; None when they asked none."""
    text = decapitalized(phrase.text).rstrip(" ?")
    if FIRST_PERSON.search(text) or "(" in text:
        return None
    is_open = phrase.kind == QUESTION and re.match(r"^qui |^où |^quel|^que faire|^à qui ", text, re.IGNORECASE)
    return _close(text[0].upper() + text[1:]) if is_open or text.lower().startswith("comment ") else None


def question_of_lack(text: str) -> str | None:
    """The question about the first thing that a phrase says is lacking: « pas de médecin scolaire »."""
    told = text.replace("’", "'")
    tokens = tokens_of(told)
    lacking = [one for one in noun_groups(told, tokens) if is_lacking(one, tokens) and is_noun(tokens[one.head].low)]
    whole = [one for one in lacking if one.head == lacking[0].head and one.end - one.first <= LACK_WORDS]
    return question_of(EST, LACKING, whole[-1].text, tokens[whole[-1].head].low) if whole else None


def without_what_is(phrase: Phrase) -> Phrase:
    """« c'est quoi, un voisin ? » → « qu'est-ce qu'un voisin ? »."""
    asked = re.match(r"^c'est quoi,? (?P<what>.+?) ?\?$", phrase.text, re.IGNORECASE)
    if asked is None:
        return phrase
    return Phrase(f"qu'est-ce {with_que(asked['what'])} ?", QUESTION)


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
