"""The closed lists of French grammar, said once: determiners, pronouns, relatives and the like.

`of("relatives")` gives a list of `data/function_words.txt`; words are in lower case, elided ones with both apostrophes.
"""

import re
from collections.abc import Mapping
from functools import cache

from pipeline.language.text.lists import either, read_lines


@cache
def _lists() -> Mapping[str, frozenset[str]]:
    found = {}
    for line in read_lines(__name__, "function_words"):
        name, _, words = line.partition(":")
        found[name] = frozenset(form for word in words.split() for form in (word, word.replace("'", "’")))
    return found


def of(*names: str) -> frozenset[str]:
    """The words of one list, or of several together. Raises KeyError: no list has that name."""
    return frozenset().union(*(_lists()[name] for name in names))


DETERMINERS = of("articles", "demonstratives", "possessives_of_speakers", "possessives", "quantities", "numbers")
RELATIVES = of("relatives")
CLITICS = of("negations", "reflexives", "adverbial_pronouns")
"""What stands between a subject and its verb, and is hardly ever an article."""
ALL_CLITICS = CLITICS | of("object_pronouns")


DETERMINER = re.compile(rf"^(?:de l['’]|de la |l['’]|(?:\d+|{either(DETERMINERS)}) )", re.IGNORECASE)
"""A determiner at the head of a phrase, with its space: an article, a possessive, a number…"""
PLURAL_DETERMINER = re.compile(
    rf"^(?:\d{{1,3}}|{either(of('plurals'))}|(?:beaucoup|trop) d(?:e\b|['’]))(?=\s|(?<=['’]))", re.IGNORECASE
)
"""What makes the subject that it opens a plural."""


@cache
def every_word() -> frozenset[str]:
    """The words of all the lists."""
    return frozenset().union(*_lists().values())
