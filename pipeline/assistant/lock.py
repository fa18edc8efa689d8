"""Lock on what a model wrote: whether it stands in what people said.

A heading or a sentence may use the words of the ideas that it cites, with what stands around them (title, heading,
question). Beside them: grammar, a reporter's voice, and words so general that they add nothing. Names and figures are
held to the same. A heading must not say the contrary of what is said, nor how many or how sure where nobody does. A
sentence that does, or that tells of several what one says, or a decision that nobody tells, waits for somebody who
finds it right.

What people said is untrusted too: words that order something of a machine are shown to none, and support nothing.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from pipeline.assistant.contrary import contrary, turned
from pipeline.assistant.support import (
    GENERAL,
    ORDERS,
    VOICE,
    Support,
    by_kind,
    sentences_of,
    stems_of,
)
from pipeline.assistant.votes import votes_in
from pipeline.language.lexicon.verbs import infinitive_of, is_finite
from pipeline.language.text.folding import fold
from pipeline.language.text.lists import read_words
from pipeline.language.text.typography import in_figures, with_quarters
from pipeline.language.text.words import STOP_WORDS, WORD, stem, words
from pipeline.language.vocabulary.concepts import concepts_of

FRENCH_SHARE_MIN = 0.25
KNOWN_MIN = 0.5
"""Share of the words of a sentence, grammar and a reporter's voice aside, that must be said."""
FAULTS_SHOWN = 5
NUMBER = "nombre que les paroles citées ne disent pas"
NAME = "nom que les paroles ne disent pas"
UNKNOWN_WORDS = "trop de mots qui ne sont pas dans les paroles citées"
CONTRARY = "semble dire le contraire des paroles citées"
TURNED = "retourne un vote ou une position que les paroles citées disent"
MANY = "dit de plusieurs ce que moins de voix citées disent"
DECIDED = "annonce une décision que les paroles citées ne disent pas"
ODD = re.compile(r"[«»“”\"<>{}\[\]*_#`|\\@~^=]|https?:|www\.")
_NAME_WORD = re.compile(r"[^\W\d_]+")
_BOTH = re.compile(r"\bles deux(?=\s*(?:[,;:.!?…)]|$))", re.IGNORECASE)
"""What a sentence itself has just named: « les citoyens, les services, ou les deux »."""
_COMPOUND = re.compile(r"\b[^\W\d_]+(?:-[^\W\d_]+)+")
_PEOPLE = "|".join(sorted(read_words(__name__, "people")))
_BEFORE = r"(?:^|[,;:] |\b(?:qu[e']|par|d[e']|pour) ?)"
_MANY = re.compile(
    rf"{_BEFORE}(plusieurs|beaucoup|nombreu(?:x|ses)|tou(?:s|tes))"
    rf"(?= (?:(?:{_PEOPLE})\b|\w+[eo]nt\b|[lsyn]'|en\b|l[ea]\b))"
)
"""Who says something, on folded text: people without a number, or what they do."""
_ANOTHER = re.compile(r"[.!?…]\s+(?=[«(]?\s?[A-ZÀÂÇÉÈÊÎÔÛ])")
"""Where another sentence begins: a question may stand before who asks it."""

_NUMBERS, _WEIGHTY = (read_words(__name__, name) for name in ("numbers", "weighty"))
_TELLS, _SHOWS = by_kind("deciding").values()
_HINDERS = frozenset[str]().union(*(by_kind("lacks", str)[kind] for kind in ("absent", "dur")))
"""What may be said of whatever hinders."""


@dataclass(frozen=True)
class Size:
    """How many words a claim may have; a title needs no grammar."""

    fewest: int
    most: int
    is_title: bool = False


def refusal(claim: str, support: Support, size: Size) -> str:
    """Why a claim cannot stand, in French; "" when it can. What a sentence says with names, figures and words that
    are known is for `held`."""
    for reason, faults_of in (*_CHECKS, *(_OF_TITLES if size.is_title else ())):
        found = [*faults_of(claim, support, size)]
        if found:
            shown = ", ".join(dict.fromkeys(_as_written(one, claim) for one in found[:FAULTS_SHOWN] if one))
            return f"{reason} : {shown}" if shown else reason
    return ""


def held(claim: str, support: Support) -> str:
    """Why a sentence waits for somebody who finds it right, in French; "" when it does not."""
    if found := _new_words(claim, support, Size(0, 0)):
        return f"{UNKNOWN_WORDS} : {', '.join(found[:FAULTS_SHOWN])}"
    if word := contrary(claim, support):
        return f"{TURNED if turned(claim, support) else CONTRARY} : {_as_written(word, claim)}"
    if many := _MANY.search(fold(claim.replace("’", "'"))):
        is_said = many[1] in words(" ".join(support.texts))
        if not is_said and support.n_voices < (2 if many[1] == "plusieurs" else 3):
            return f"{MANY} : {many[1]}"
    said = stems_of(" ".join((*support.texts, *support.about)))
    is_voted = any(map(votes_in, support.texts))
    return DECIDED if stems_of(claim) & _TELLS and not (is_voted or said & (_TELLS | _SHOWS)) else ""


def _as_written(word: str, claim: str) -> str:
    return next((one for one in WORD.findall(claim) if fold(one) == fold(word)), word)


def is_order(text: str) -> bool:
    """Whether words order something of a machine, or hold its marks: they are shown to no model."""
    found = stems_of(text)
    return (
        "{" in text or "<|" in text or "<<<" in text or ">>>" in text or all(found & some for some in ORDERS.values())
    )


def is_plain(text: str) -> bool:
    """One line of letters and punctuation, without quotation marks, markup or addresses."""
    kinds = {unicodedata.category(character) for character in text}
    is_one_line = not any(kind[0] == "C" or kind in ("Zl", "Zp") for kind in kinds)
    return is_one_line and not ODD.search(text) and unicodedata.is_normalized("NFC", text)


def is_french(text: str) -> bool:
    """Whether enough of its words, names aside, are French grammar."""
    found = [fold(word) for word in WORD.findall(text[:1].lower() + text[1:]) if word[0].islower()]
    return bool(found) and sum(word in STOP_WORDS for word in found) >= FRENCH_SHARE_MIN * len(found)


def _capitals(text: str) -> Iterator[str]:
    """Words with a capital that do not open a sentence, and those in capitals wherever they stand."""
    for sentence in sentences_of(text):
        found = _NAME_WORD.findall(sentence)
        yield from (word for word in found[1:] if word[0].isupper())
        yield from (word for word in found[:1] if len(word) > 1 and word.isupper())


def _of_another_size(claim: str, _: Support, size: Size) -> Iterator[str]:
    if not size.fewest <= len(claim.split()) <= size.most or _ANOTHER.search(claim):
        yield ""


def _odd_signs(claim: str, _: Support, __: Size) -> Iterator[str]:
    if not is_plain(claim):
        yield from ODD.findall(claim) or [""]


def _new_numbers(claim: str, support: Support, _: Size) -> Iterator[str]:
    """Figures are facts: one may be told again where people say it, or stands around what they say."""
    said, about = [numbers(text) for text in support.texts], numbers(" ".join(support.about))
    told = _COMPOUND.sub(lambda found: "" if _names_a_thing(found[0]) else found[0], _BOTH.sub("", claim))
    own = (n for n in sorted(numbers(told)) if n not in about)
    yield from (n for n in own if not any(n in some for some in said))


def _names_a_thing(compound: str) -> bool:
    """Whether a compound ends with a noun, as « deux-roues », « tiers-lieu » do: its number counts nothing."""
    last = in_figures(compound).rpartition("-")[2]
    return not (last.isdigit() or fold(last) in _NUMBERS or last in ("là", "ci"))


def _new_names(claim: str, support: Support, _: Size) -> Iterator[str]:
    """Names are held as they are written, an « s » aside: Montreuil is not Montrevel."""
    texts = support.texts, (*support.about, *support.heard)
    said, about = ([{*map(fold, _NAME_WORD.findall(text))} for text in some] for some in texts)
    for word in _capitals(claim):
        forms = {fold(word), f"{fold(word)}s", fold(word).removesuffix("s")}
        if all(map(forms.isdisjoint, (*said, *about))):
            yield word


def _new_words(claim: str, support: Support, size: Size) -> list[str]:
    """Words that nobody says: any of a title, more than half of a sentence: an author writes anew."""
    told = [word for word in WORD.findall(claim) if not _is_grammar(word)]
    found = [word for word in told if not _is_known(word, support)]
    return found if len(found) > (0 if size.is_title else 1 - KNOWN_MIN) * len(told) else []


def _is_grammar(word: str) -> bool:
    return fold(word) in STOP_WORDS or len(word) < 2 or bool(stems_of(word) & (VOICE | GENERAL))


def _is_known(word: str, support: Support) -> bool:
    """Whether a word is grammar, a reporter's or general, or is said, in one of its forms or by its concept."""
    folded = fold(word)
    if folded in STOP_WORDS or folded in _HINDERS or folded.isdigit() or len(folded) < 2:
        return True
    own = stems_of(word)
    if is_finite(word.lower()) and fold(infinitive_of(word)) in STOP_WORDS:
        return True
    if own & (VOICE | GENERAL) or any(map(support.holds, own)) or set(concepts_of(folded)) & support.concepts:
        return True
    parts = word.split("-")
    return len(parts) > 1 and all(_is_known(part, support) for part in parts)


def numbers(text: str) -> frozenset[str]:
    """Its numbers, shares included; « deux » is 2, « 3/4 » three quarters."""
    text = in_figures(with_quarters(text))
    told = frozenset(re.split(r"[ -]", " ".join(words(text)))) & _NUMBERS
    return frozenset(re.findall(r"(?!0\d)\d+|[%‰€½⅓¼]", text)) | told


def _added_weight(claim: str, support: Support, _: Size) -> Iterator[str]:
    yield from (word for word in sorted(_WEIGHTY & set(words(claim))) if not support.holds(stem(word)))


_Check = tuple[str, Callable[[str, Support, Size], Iterable[str]]]
"""Why a claim cannot stand, and what in it is at fault."""
_CHECKS: tuple[_Check, ...] = (
    ("réponse vide", lambda claim, _, __: () if claim.strip() else ("",)),
    ("mise en forme ou signe étranger au texte", _odd_signs),
    ("trop courte, trop longue, ou plusieurs phrases", _of_another_size),
    ("pas en français", lambda claim, _, size: () if size.is_title or is_french(claim) else ("",)),
    (NUMBER, _new_numbers),
    (NAME, _new_names),
)
_OF_TITLES: tuple[_Check, ...] = (
    (UNKNOWN_WORDS, _new_words),
    (
        "nom qu’aucune de ces paroles ne dit",
        lambda claim, support, _: _new_names(claim, replace(support, heard=()), _),
    ),
    (CONTRARY, lambda claim, support, _: filter(None, [contrary(claim, support)])),
    ("mot de quantité ou de certitude ajouté", _added_weight),
)
