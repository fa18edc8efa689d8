"""Formulas: greetings, how letters and messages end, thanks, what is written where one has nothing to say."""

import re

from pipeline.language.text.folding import fold
from pipeline.language.text.lists import either, read_lines, read_words

_NAME = r"(?-i:[A-ZÀ-Þ])[\w’'-]+"
_BEFORE = r"[\s,]+(?:(?:à|au|aux|de|du|des|et|la|le|les|mes|nos|ch(?:er|ère)s?)\s+|l['’])*"
_GREETED = rf"(?:{_BEFORE}(?:{either(read_words(__name__, 'greeted'))})\b)"
_CALLED = rf"(?:{_GREETED}|{_BEFORE}{_NAME})"
_HELLO = r"(?:re[- ]?)?(?:bonjour|bonsoir|salut|coucou|hello)\b"
_DEAR = r"(?:mes\s+)?ch(?:er|ère)(?:[·.]e|\(e\))?(?:[·.]?s|\(s\))?"
_SIRS = rf"(?:madame|monsieur|mesdames|messieurs|mesdemoiselles){_GREETED}{{0,6}}"
_ANNOUNCED = r"(?:observation|remarque|question|réflexion|contribution|proposition|suggestion)s?|avis"
_ANNOUNCES = (
    r"(?:(?:je|nous)\s+(?:souhait|voudr|tenons|tiens|(?:me|nous)\s+perme)\w*\s+(?:à\s+|de\s+)?(?:vous\s+)?"
    rf"(?:faire\s+part|adresser|transmettre|communiquer|soumettre)\s+(?:de\s+)?\S+\s+(?:{_ANNOUNCED})\b[^.:;?!]*)"
)
"""`Je souhaite vous faire part de quelques remarques sur le projet.`: what a letter says before it says it."""
_SIGN = r"\s*(?:[,.!:…–-]+|\Z)\s*"
_GREETINGS = [
    re.compile(rf"\W*{one}", re.IGNORECASE)
    for one in (
        rf"(?:{_HELLO}{_CALLED}{{0,6}}|{_DEAR}{_CALLED}{{1,6}}){_SIGN}",
        rf"{_HELLO}{_GREETED}{{0,6}}\s+(?=(?:je|nous|on|il|ce|pourquoi|merci)\s|[cj]['’])",
        rf"{_ANNOUNCES}{_SIGN}",
        rf"{_SIRS}\s*,\s*\Z|m(?:a|es)dames?[\s,]+(?:et\s+)?m(?:on|es)sieurs?{_GREETED}{{0,6}}{_SIGN}",
    )
]
_LEAVE, _THANKS = (
    re.compile(rf"\W*(?:{'|'.join(read_lines(__name__, name))})\W*\Z".replace("'", "['’]"), re.IGNORECASE)
    for name in ("leave_takings", "thanks_alone")
)


def greeting_at(text: str) -> int:
    """How long a greeting at the head of a text is: « Bonjour à tous, pourquoi… »; 0 for none."""
    return max((found.end() for one in _GREETINGS if (found := one.match(text))), default=0)


def greets(text: str) -> bool:
    """Whether a text is a greeting and nothing else: « Madame, Monsieur, »."""
    return bool(text.strip()) and greeting_at(text) == len(text)


def takes_leave(text: str) -> bool:
    """Whether a sentence or a line is how a letter ends: « Bien cordialement, », « Envoyé de mon téléphone »."""
    return _LEAVE.match(text) is not None


def only_thanks(text: str) -> bool:
    """Whether a sentence thanks and does not say what for."""
    return _THANKS.match(text) is not None


def says_nothing(text: str) -> bool:
    """Whether a text is what a form or a table holds where nobody had anything to say: « RAS », « N/A », « néant »."""
    return (
        len(text) <= _NO_ANSWER_MAX and _NO_ANSWER.fullmatch(" ".join(_SIGNS.sub(" ", fold(text)).split())) is not None
    )


_SIGNS, _NO_ANSWER_MAX = re.compile(r"\W+"), 60
_ANSWER, _END_OF_ANSWER = (
    fold("|".join(read_lines(__name__, name))).replace("'", " ") for name in ("no_answers", "no_answer_ends")
)
_NO_ANSWER = re.compile(rf"(?:non )?(?:{_ANSWER})(?: (?:{_END_OF_ANSWER}))*")
