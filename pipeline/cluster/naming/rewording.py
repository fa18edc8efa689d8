"""The phrase of one person told for several: a proposal without « il faudrait », a deed without « je », a disagreement
as « Faut-il … ? »."""

import re
from dataclasses import replace

from pipeline.axes import SUD
from pipeline.language.syntax.phrases import CLAUSE, INFINITIVE, NOUN, QUESTION, Phrase
from pipeline.language.text.lists import read_patterns, read_words
from pipeline.language.text.typography import capitalized, decapitalized, elides

_WISH = read_patterns(__name__, "infinitive")["wish"]
_INFINITIVE = re.compile(
    r"^(?:(?:ne pas |ne plus )?(?:se |s'|y |en |l'|les |la |le )?)\w+(?:er|ir|re|oir)\b", re.IGNORECASE
)
_NOUN = re.compile(r"^(?:une?|des|les?|la|plus|davantage|deux|trois|plusieurs) |^l'|^d(?:e |')", re.IGNORECASE)
_REGULAR = re.compile(
    r"(?!(?:ouvre|offre|couvre|souffre|accueille|cueille|recueille|découvre)$)[^\W\dè]{2,}(?<!el)(?<!ell)(?<!ett)[^\W\daéiouè]e"
)
"""« je prête », whose infinitive only adds an r."""
_DEED = re.compile(r"^(?:je |j')(?P<self>me |m')?(?P<verb>[^\s']+)(?P<rest> .+)$", re.IGNORECASE)
_OWN = tuple((re.compile(rf"\b{mine} "), f"{hers} ") for mine, hers in (("mon", "son"), ("ma", "sa"), ("mes", "ses")))
FIRST_PERSON = re.compile(r"\b(?:je|moi|mon|ma|mes|me)\b|\b[jm]'", re.IGNORECASE)
_KIN = re.compile(rf"\bm(?:on|a|es) (?:{'|'.join(sorted(read_words(__name__, 'kin')))})\b")


def as_told(phrase: Phrase, axis: str) -> Phrase:
    """The phrase as anyone may say it, where that is certain; otherwise as it is."""
    wish = _WISH.match(phrase.text) if axis == SUD else None
    if wish is not None and not _KIN.search(phrase.text):
        link, rest = (wish["link"] or "").strip().lower(), _for_anyone(wish["rest"])
        if _INFINITIVE.match(rest):
            return Phrase(rest, INFINITIVE)
        if link not in ("que", "qu'") and _NOUN.match(rest):
            return Phrase(rest, NOUN)
    deed = _DEED.match(phrase.text)
    if deed is not None and phrase.kind != QUESTION and _REGULAR.fullmatch(deed["verb"]):
        infinitive, rest = f"{deed['verb']}r", _for_anyone(deed["rest"])
        if not FIRST_PERSON.search(re.sub(r"«[^»]*»", "", rest)):
            pronoun = ("s'" if elides(infinitive) else "se ") if deed["self"] else ""
            return Phrase(f"{pronoun}{infinitive}{rest}", INFINITIVE)
    return phrase


def _for_anyone(words: str) -> str:
    for mine, hers in _OWN:
        words = mine.sub(hers, words)
    return words


def as_debate(phrase: Phrase) -> Phrase:
    """A disagreement as a question: « Faut-il … ? », or « … : pour ou contre ? »; a clause as it is."""
    text = decapitalized(phrase.text).rstrip(" ?")
    if phrase.kind == INFINITIVE:
        text = f"Faut-il {text}"
    elif phrase.kind == NOUN:
        text = f"{text} : pour ou contre"
    return phrase if phrase.kind == CLAUSE else replace(phrase, text=f"{capitalized(text)} ?")
