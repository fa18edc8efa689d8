"""A little French grammar on words, without a parser: is there a conjugated verb, and whose is it?"""

import re
from collections.abc import Iterator
from functools import cache

from pipeline.language.lexicon.verbs import is_finite, is_infinitive
from pipeline.language.syntax.function_words import ALL_CLITICS, DETERMINERS, RELATIVES, of
from pipeline.language.text.lists import read_words

_TOKEN = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*['’]?|\d+|[,;:.!?()«»]")
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_SKIPPED = of("openings_of_clauses")
_TOPICS = of("topics")
_PERSONS = of("persons")
_BACK = of("said_before")
_IMPERSONAL = of("impersonal_verbs")
_PRONOUNS = of("indefinite_pronouns")
_BEFORE_NOUN = DETERMINERS | of("prepositions", "joins", "adverbs_of_degree")
_BEFORE_NOUN_ONLY = DETERMINERS | of("prepositions")
_DENIALS = of("denials")
_POSSESSIVES = of("possessives")
_SUBORDINATORS = of("subordinators")
_NEGATED = of("negations")
_REFLEXIVES = of("reflexives")
_SUBJECTS = (_PERSONS | _NEGATED | _REFLEXIVES | {"il", "ils", "elles", "c'", "c’"}) - {"nous", "vous"}
_NEVER_VERBS = ALL_CLITICS | _SUBJECTS
_TIMES = of("times")
VERBS_ALSO_NOUNS = read_words(__name__, "verbs_also_nouns")
"""Verb forms that are nouns or adjectives as well ("manque", "reste")."""
_STRONG_SIGNS = (";", ":", ".", "!", "?", "(", ")", "«", "»")
_NP_MAX = 11


def holds_word(text: str) -> bool:
    """Whether something like a word stands in a text: two signs of words in a row, a letter among them (not « ²² »)."""
    return any(any(map(str.isalpha, found.group())) for found in _LETTERS.finditer(text))


@cache
def _is_form(word: str) -> bool:
    return is_finite(word) or word in VERBS_ALSO_NOUNS


BARE_A = (
    r"(?<!\w)(?-i:A)(?=\s+(?:(?:la|un|une|ce|cet|cette|ces|chaque|[mts](?:on|a|es)|[nv]otre|[nv]os|leurs?)\s|l['’]|\d"
    r"|(?-i:[A-ZÀ-Þ])|(?!(?:\w+(?:[éiu]|is|it|ert)(?:e?s|e)?|\w*fait\w*|\w+ment|bien|aussi|déjà|toujours|souvent|encore"
    r"|beaucoup|trop|peu|pas|plus|mort|rien|tout|mis)\b)[^\W\d]))"
)
"""« A » before what it introduces, « A la poste, », where a keyboard left « À » without its accent; « A demandé » is a
verb."""
_BARE_A = re.compile(BARE_A)


def words(text: str) -> list[str]:
    """Words and strong signs of a text in lower case, elided ones apart: `l'`, `école`."""
    return _TOKEN.findall(_BARE_A.sub("à", text).lower())


def has_verb(text: str) -> bool:
    """Whether a conjugated verb stands in a text."""
    return any(True for _ in _verbs(words(text)))


def has_main_verb(text: str) -> bool:
    """Whether a conjugated verb stands in a text beside those of its relatives and subordinates."""
    tokens = words(text)
    n_hanging = sum(tokens[at] in RELATIVES or _is_subordinator(tokens, at) for at in range(len(tokens)))
    return sum(1 for _ in _verbs(tokens)) > n_hanging


def has_sure_main_verb(text: str) -> bool:
    """The same, by verbs that are nothing else (`roulent`, not `marche`) and what `ne` or `se` announces."""
    tokens = words(text)
    places = range(1, len(tokens))
    n_hanging = sum(tokens[at] in RELATIVES or _is_subordinator(tokens, at) for at in range(len(tokens)))
    return sum(_is_sure(tokens, at) for at in places) > n_hanging


def _is_subordinator(tokens: list[str], at: int) -> bool:
    if tokens[at] in _REFLEXIVES:  # "s'il", but "s'ouvre"
        return tokens[at + 1 : at + 2] in (["il"], ["ils"])
    return tokens[at] in _SUBORDINATORS


def _is_sure(tokens: list[str], at: int) -> bool:
    before, word = tokens[at - 1], tokens[at]
    if before in _NEGATED or before in _REFLEXIVES:
        return at > 1 and word not in _DENIALS and is_conjugated(word, before)
    return is_finite(word) and before not in _BEFORE_NOUN_ONLY


def _verbs(tokens: list[str]) -> Iterator[str]:
    before = ""
    for word in tokens:
        if is_conjugated(word, before):
            yield word
        if not (word in ALL_CLITICS and before in _SUBJECTS):
            before = word


def is_conjugated(word: str, before: str = "") -> bool:
    """Whether a word is a conjugated verb, given the word before it (both in lower case)."""
    if before in _SUBJECTS:
        is_word = word[0].isalpha() and word not in _NEVER_VERBS  # "s'il pleut"
        return is_word and not is_infinitive(word) and not word.endswith("ant")
    return before not in _BEFORE_NOUN and _is_form(word)


def opening_pronoun(clause: str) -> str:
    """The personal pronoun that opens a clause, `et` and the like aside; "" for none."""
    tokens = [word for word in words(clause[:60])[:6] if word not in _SKIPPED and word != ","]
    return tokens[0].rstrip("'’")[:2] if tokens and tokens[0] in _PERSONS else ""


def subject_of(clause: str) -> str:
    """Whose verb opens a clause: `noun`, `person` (je, on…), `back` (il, ça: said before), `there` (il y a, il faut).

    "" when the clause opens with neither, so that it cannot stand alone.
    """
    tokens = words(clause[:160])
    at = _start_of_subject(tokens)
    if at >= len(tokens):
        return ""
    first, rest = tokens[at], tokens[at + 1 :]
    if first in _PERSONS | _BACK:
        return _subject_pronoun(first, rest)
    if (first in ("y", "y'", "y’") and rest[:1] == ["a"]) or (first in _IMPERSONAL and first.startswith("fa")):
        return "there"
    if first in _PRONOUNS:
        return (
            "noun"
            if any(is_conjugated(word, before) for before, word in zip([first, *rest], rest, strict=False))
            else ""
        )
    if first in DETERMINERS or first.isdigit():
        found = _subject_noun(rest, is_definite=first not in ("un", "une", "des"))
        return "back" if found and first in _POSSESSIVES else found
    return ""


def _start_of_subject(tokens: list[str]) -> int:
    """Where a clause begins once "et puis", "du coup", "moi, je" and the like are set aside."""
    at = 0
    while at < len(tokens) and (tokens[at] in _SKIPPED or tokens[at] == "," or tokens[at : at + 2] == ["du", "coup"]):
        at += 2 if tokens[at] == "du" else 1
    if at < len(tokens) and tokens[at] in _TOPICS and tokens[at + 1 : at + 2] and tokens[at + 1] in _PERSONS | {","}:
        at += 2 if tokens[at + 1] == "," else 1
    return at


def _subject_pronoun(first: str, rest: list[str]) -> str:
    at = 0
    while at < len(rest) and rest[at] in ALL_CLITICS:
        at += 1
    if at >= len(rest) or not rest[at][0].isalpha() or (first == "ce" and not _is_form(rest[at])):
        return ""
    if first == "il" and ((at and rest[at - 1] == "y" and rest[at].startswith("a")) or rest[at] in _IMPERSONAL):
        return "there"
    speaks_of_them = at and rest[at - 1] in ("lui", "leur")
    return "person" if first in _PERSONS and not speaks_of_them else "back"


def _subject_noun(rest: list[str], is_definite: bool) -> str:
    """`rest` follows a determiner: a noun, then within a few words a verb of the clause, not one of a relative."""
    if rest and rest[0] in _TIMES:
        after = rest[2:] if rest[1:2] == [","] else rest[1:]
        if after and after[0] in _PERSONS | _BACK:
            return _subject_pronoun(after[0], after[1:])
    if rest[:1] and rest[0] in ("plus", "moins", "mieux"):
        return ""  # "le plus proche, le plus accessible"
    return "noun" if _has_own_verb(rest, is_definite) else ""


def _has_own_verb(rest: list[str], is_definite: bool) -> bool:
    """Whether a noun has a verb that is not one of its relatives, or a pronoun that takes it up."""
    n_relatives = 0
    for at in range(1, min(len(rest), _NP_MAX)):
        before, word = rest[at - 1], rest[at]
        if _ends_noun_phrase(rest, at, is_definite):
            return False
        if word in RELATIVES:
            n_relatives += 1
        elif word in _BACK | _PERSONS and before not in RELATIVES and not n_relatives:
            return at + 1 < len(rest)
        elif word in _NEGATED | _REFLEXIVES or is_conjugated(word, before):
            if not n_relatives:
                return True
            n_relatives -= word not in _NEGATED | _REFLEXIVES
    return False


def _ends_noun_phrase(rest: list[str], at: int, is_definite: bool) -> bool:
    """Whether no verb of the noun may follow: a strong sign, another clause, or a comma after what is new."""
    word = rest[at]
    before_pronoun = at + 1 < len(rest) and rest[at + 1] in _BACK | _PERSONS
    if word in ("et", "ou", "mais"):
        return before_pronoun
    if word == ",":  # only what is known already is set in front: "les parents, ils rentrent tard"
        return not (is_definite and before_pronoun)
    return word in _STRONG_SIGNS
