"""What the words of a workshop teach about its own vocabulary: names, words without a capital."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from pipeline.language.lexicon.nouns import ambiguous_names, first_names, is_noun
from pipeline.language.lexicon.verbs import is_imperfect, is_infinitive, third_person
from pipeline.language.models.parsing import tagged
from pipeline.language.syntax.function_words import ALL_CLITICS
from pipeline.language.syntax.phrases import opens_on_function_word
from pipeline.language.text.lists import either, read_words
from pipeline.language.text.typography import decapitalized

_INSIDE = re.compile(r"(?<=[a-zà-ÿ,] )[A-ZÀ-Ý][a-zà-ÿ]+")
_PLURAL = re.compile(r"[A-ZÀ-Ý][a-zà-ÿ]+[sx] (?:qui|que|sans|en|trop|pas|pour|mal|peu)\b|[A-ZÀ-Ý][a-zà-ÿ]+[sx] d['’]")
_SECOND = re.compile(rf"\S+ (?:(?:{either(ALL_CLITICS)})(?:(?<=['’])| ))*([^\W\d_]+)")
_LOW = re.compile(r"\b[a-zà-ÿœ]+\b")


@dataclass(frozen=True)
class Lexicon:
    """What the words of the workshop teach about its own vocabulary.

    Attributes
    ----------
    names : words that people write with a capital inside a sentence, and never without.
    commons : words that people write without a capital.
    """

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


def learn(texts: Iterable[str]) -> Lexicon:
    """The lexicon of these texts."""
    names: set[str] = set()
    commons: set[str] = set()
    for text in texts:
        names.update(_INSIDE.findall(text))
        commons.update(_LOW.findall(text))
    return Lexicon(
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
