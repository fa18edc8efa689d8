"""What the words of a workshop teach about its own vocabulary: genders, names, words without a capital."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from pipeline.language.lexicon.nouns import ambiguous_names, first_names, is_noun, sure_gender_of
from pipeline.language.lexicon.verbs import is_imperfect, is_infinitive, third_person
from pipeline.language.models.parsing import tagged
from pipeline.language.syntax.function_words import ALL_CLITICS
from pipeline.language.syntax.phrases import FRAGMENT, NOUN, Phrase, analyse, opens_on_function_word
from pipeline.language.text.lists import either, read_words
from pipeline.language.text.typography import decapitalized, elides

_ARTICLE = re.compile(r"\b(le|un|du|au|ce|la|une|cette|ma|sa)\s+([a-zà-ÿœ-]+)")
_INSIDE = re.compile(r"(?<=[a-zà-ÿ,] )[A-ZÀ-Ý][a-zà-ÿ]+")
_PLURAL = re.compile(r"[A-ZÀ-Ý][a-zà-ÿ]+[sx] (?:qui|que|sans|en|trop|pas|pour|mal|peu)\b|[A-ZÀ-Ý][a-zà-ÿ]+[sx] d['’]")
_SECOND = re.compile(rf"\S+ (?:(?:{either(ALL_CLITICS)})(?:(?<=['’])| ))*([^\W\d_]+)")
_LOW = re.compile(r"\b[a-zà-ÿœ]+\b")


@dataclass(frozen=True)
class Lexicon:
    """What the words of the workshop teach about its own vocabulary.

    Attributes
    ----------
    genders : noun → m or f, by the determiners that people put before it; nouns they disagree on are left out.
    names : words that people write with a capital inside a sentence, and never without.
    commons : words that people write without a capital.
    """

    genders: dict[str, str]
    names: frozenset[str]
    commons: frozenset[str]

    def lowered(self, text: str) -> str:
        """`text` with its first letter in lower case, unless it opens on a name, a code or an acronym."""
        first = re.match(r"[^\W_]+", text)
        if first is None:
            return text
        word = first.group()
        if opens_on_function_word(text) or word in ("À", "A", "Y") or text[1:2] in ("'", "’"):
            return decapitalized(text)
        if re.match(r"[A-ZÀ-Ý]{2}|[A-ZÀ-Ý]\w*[A-ZÀ-Ý]|[A-ZÀ-Ý]$", word):
            return text
        if _PLURAL.match(text) or is_infinitive(word):
            return decapitalized(text)
        if (word in first_names() or word in ambiguous_names()) and acts(text):
            return text
        is_common = word.lower() in self.commons or (word not in first_names() and is_noun(word.lower()))
        if word in self.names or (not is_common and _opens_on_a_name(text)):
            return text
        return decapitalized(text)

    def phrase(self, text: str) -> Phrase:
        """A phrase with the gender of its noun, as people use it where the lexicon is not sure; a noun that needs one
        and has none becomes a fragment."""
        phrase = analyse(text)
        phrase = replace(phrase, low=self.lowered(phrase.text))
        if phrase.kind != NOUN or not phrase.noun:
            return phrase
        if phrase.low[:1].isupper():  # a name, after all
            return replace(phrase, kind=FRAGMENT, noun="")
        gender = sure_gender_of(phrase.noun) or self.genders.get(phrase.noun, phrase.gender)
        if phrase.number == "s" and not gender and not elides(phrase.low):
            return replace(phrase, kind=FRAGMENT, noun="")
        return replace(phrase, gender=gender)


def learn(texts: Iterable[str]) -> Lexicon:
    """The lexicon of these texts."""
    votes: dict[str, Counter[str]] = {}
    names: set[str] = set()
    commons: set[str] = set()
    for text in texts:
        for determiner, noun in _ARTICLE.findall(text.lower()):
            votes.setdefault(noun, Counter())["m" if determiner in ("le", "un", "du", "au", "ce") else "f"] += 1
        names.update(_INSIDE.findall(text))
        commons.update(_LOW.findall(text))
    return Lexicon(
        {noun: max(found) for noun, found in votes.items() if len(found) == 1},
        frozenset(name for name in names if name.lower() not in commons),
        frozenset(commons),
    )


def acts(text: str) -> bool:
    """Whether the second word is a verb: « Rose prête son jardin » names somebody, « Rose des vents » does not."""
    second = _SECOND.match(text)
    form = second[1].lower() if second else ""
    is_verb = third_person(form) is not None or is_imperfect(form)
    return is_verb and form not in read_words(__name__, "adjectives_like_verbs")


@lru_cache(maxsize=20_000)
def _opens_on_a_name(text: str) -> bool:
    """Whether the parser sees a name in the first word."""
    return bool(text[:1].isupper() and tagged(text)[0].pos_ == "PROPN")
