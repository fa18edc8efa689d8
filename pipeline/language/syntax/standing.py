"""Judge whether words stand alone: read without what was said before, do they still tell of what they speak?

The one judge of segmentation, titles and quotations: a small linear model above features of grammar alone (how a text
opens, what points to something named before and whether a noun stands before that, whether it has a verb), learned from
readings of real ideas (`pipeline.workbench.quoting`). No word of a real text is known to it, and no parser is needed.
"""

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from math import exp, log1p
from pathlib import Path
from typing import NamedTuple

from pipeline.language.lexicon.nouns import is_invariable, is_noun
from pipeline.language.lexicon.verbs import is_also_noun, is_finite, is_infinitive, third_person
from pipeline.language.syntax.function_words import of
from pipeline.language.text.lists import read_toml
from pipeline.learned import Linear, ModelFolder, save

ALONE = ModelFolder("alone", "des idées qui se lisent seules", "rosace train --profile seules --extra TEXTES.csv")
LABELS = ("a", "f", "h", "n", "s")
"""What readers said of an idea: it stands alone; a fragment; alone under its heading; no idea; its subject, or what it
refers to, stands elsewhere."""
CHARACTERS_MAX = 400
CHANCE_DECIMALS = 4
LOST_MAX, LEAD_MIN = 0.3, 0.14
"""Chances of a lost subject: above the first, words that open what somebody said are neither quoted nor made a title;
above the second, those that come after other words carry these."""

_LISTS = read_toml(__name__, "standing")


def _by_word(section: str) -> dict[str, str]:
    return {word: name for name, words in _LISTS[section].items() for word in words.split()}


def _any(name: str) -> str:
    found = sorted(_LISTS["connectors"][name], key=lambda one: (-len(one), one))
    return "|".join(one.replace("'", "['’]") for one in found)


_POINTS, _OPENS = _by_word("points"), _by_word("opens")
_KINDS, _CLASSES = tuple(_LISTS["points"]), (*_LISTS["opens"], "infinitive", "verb", "noun", "number", "other")
_AUXILIARIES = frozenset(_LISTS["verbs"]["auxiliaries"].split())
_IMPERSONAL = of("impersonal_verbs", "negations") | {"y", "s'", "est", "serait", "semble", "arrive"}
_TAKEN_FOR_OTHERS = frozenset(("a", "est", "faut", "vive", "existe", "suffit"))
"""Third persons that open a text as other words do: « A la mairie », « est-ce que », « faut ouvrir »."""
_THERE = frozenset(("a", "avait", "aura", "aurait", "ait"))
_NO_DETERMINER = of("times") | {"qui", "que", "qu'", "dont", "n'", "ne", "sont", "sera", "serait"}
"""After `ce` or `cette`: no noun that was said before, or a time, which everybody knows."""
_OWN = frozenset(("je", "j'", "me", "m'", "mon", "ma", "mes"))
_COMPLEMENTS = of("complements")
_EDGES = " \t\n\u00a0\u202f.…,;-–—•*"
"""Whether its last stop was cut off with a span says nothing of a text."""
_TOKEN = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*'?|\d+|[^\w\s]")
_NAMES = re.compile(r"(?<=[\s'’(«-])[A-ZÀ-ÖØ-Þ]")
_DONE_TO_IT = re.compile(r"\W*(?:(?:les?|la) |l['’])([^\W\d_]+)(?!\w)", re.IGNORECASE)
_CAPITALS, _DIGITS = re.compile(r"[A-ZÀ-ÖØ-Þ]"), re.compile(r"\d")
_CONNECTS = re.compile(rf"\W*(?:{_any('opening')})(?:(?<=['’])|(?![\w'’-]))", re.IGNORECASE)
_TIED = re.compile(rf"^\W*(?:{_any('tied')})(?:(?<=['’])|(?![\w'’-]))", re.IGNORECASE)
_BEHIND = (
    _TIED,
    re.compile(rf"\b(?:{_LISTS['behind']['any'].replace(' ', '|')})(?![\w-])", re.IGNORECASE),
    re.compile(r"^\W*(?:on|je|tu|nous|vous)\s+(?:ne\s+)?(?:leur|lui)\s", re.IGNORECASE),
    re.compile(r"^\W*on\s+(?:ne\s+)?(?:les|la)\s+", re.IGNORECASE),
    re.compile(r"^[^,;:]*\bcomme (?:ça|cela)(?!\s+(?:qu|[a-zà-ÿ]+ent\b))", re.IGNORECASE),
)
"""« On ne leur donne rien », « On les voit jamais », « Un lieu comme ça »."""
_CONNECTS_INSIDE = re.compile(rf"\b(?:{_any('inside')})(?![\w'’-])", re.IGNORECASE)
_MADE = (
    "n_words", "length", "is_low", "asks", "colon", "opens_on", "brackets", "capitals", "digits", "no_letter",
    "n_nouns", "under_4", "under_7", "sentences", "link", "connects", "connects_inside", "verb_before_noun",
    "no_verb", "first_noun", "first_verb", "own", "on", "nous", "vous", "names", "bare_definite",
)  # fmt: skip
INPUTS = (
    *_MADE,
    *(f"opens_{name}" for name in _CLASSES),
    *(f"{kind}_{where}" for kind in _KINDS for where in ("bare", "after")),
    "they_without_plural",
)
_PLACES = {name: place for place, name in enumerate(INPUTS)}
_POINTING = {kind: (_PLACES[f"{kind}_bare"], _PLACES[f"{kind}_after"]) for kind in _KINDS}
_OPENING = {name: _PLACES[f"opens_{name}"] for name in _CLASSES}
_SURELY = tuple(_PLACES[name] for name in ("they_bare", "she_bare", "him_bare", "one_of_bare", "opens_whose"))
"""A pronoun of the third person, or a possessive, before which nobody was named."""
_NOUN, _NOUNS, _VERB, _INFINITIVE, _OTHER, _OTHERS, _CLOSED = "N", "NS", "V", "INF", "X", "XS", ""


@lru_cache(maxsize=100_000)
def _class_of(word: str) -> str:
    """The coarse class of a word in lower case, closed classes left aside."""
    if not word[0].isalpha() or word in _POINTS or word in _OPENS or word in _OWN:
        return _VERB if word in _AUXILIARIES else _CLOSED
    if word in _AUXILIARIES:
        return _VERB
    if is_infinitive(word):
        return _INFINITIVE
    if is_finite(word) or (third_person(word) is not None and not is_also_noun(word)):
        return _VERB
    is_plural = word.endswith(("s", "x")) and not is_invariable(word)
    if is_noun(word):
        return _NOUNS if is_plural else _NOUN
    if word.endswith(("ment", "'")):
        return _CLOSED
    return _OTHERS if is_plural else _OTHER


def features_of(text: str) -> list[float]:
    """What is read of a text, in the order of `INPUTS`."""
    bare = text[:CHARACTERS_MAX].strip(_EDGES)
    found = [0.0] * len(INPUTS)
    words = _TOKEN.findall(bare.replace("’", "'").lower())
    classes = [_class_of(word) for word in words]
    nouns = [at for at, one in enumerate(classes) if one in (_NOUN, _NOUNS, _OTHER, _OTHERS)]
    verbs = [at for at, one in enumerate(classes) if one == _VERB]
    _make(found, bare, words, nouns, verbs)
    if words:
        found[_OPENING[_opening(words, classes)]] = 1.0
    _point(found, words, classes, nouns)
    return found


def _make(found: list[float], bare: str, words: list[str], nouns: list[int], verbs: list[int]) -> None:
    """Put how a text is made: its length, its ends, its signs, its nouns and its verbs."""
    n_characters, n = max(1, len(bare)), len(words)
    first_noun, first_verb = nouns[0] if nouns else 99, verbs[0] if verbs else 99
    n_names = len(_NAMES.findall(bare))
    found[: len(_MADE)] = [
        log1p(n),
        n_characters / 100,
        float(bare[:1].islower()),
        float(bare.endswith("?")),
        float(":" in bare),
        float(bare.endswith(":")),
        float("(" in bare),
        10 * len(_CAPITALS.findall(bare)) / n_characters,
        10 * len(_DIGITS.findall(bare)) / n_characters,
        float(not bare[:1].isalnum()),
        len(nouns) / 10,
        float(n < 4),
        float(n < 7),
        float("." in bare),
        float("http" in bare),
        float(_CONNECTS.match(bare) is not None),
        float(_CONNECTS_INSIDE.search(bare) is not None),
        float(first_verb < first_noun),
        float(not verbs),
        min(first_noun, 10) / 5,
        min(first_verb, 12) / 6,
        float(not _OWN.isdisjoint(words)),
        float("on" in words),
        float("nous" in words),
        float("vous" in words),
        min(n_names, 5) / 5,
        float(_is_bare_definite(words, nouns)),
    ]


def _is_bare_definite(words: list[str], nouns: list[int]) -> bool:
    """Whether a text opens on a definite noun that nothing says more of: `le comité a refusé`."""
    if not nouns or nouns[0] > 1 or _OPENS.get(words[0]) != "definite":
        return False
    return nouns[1:2] != [2] and words[2:3] != [] and words[2] not in _COMPLEMENTS


def _opening(words: list[str], classes: list[str]) -> str:
    first = words[0]
    if _POINTS.get(first) == "this" and words[1:2] and words[1] in _NO_DETERMINER:
        return "preposition"  # « cette année »
    if first == "il" and words[1:2] and words[1] in _IMPERSONAL:
        return "impersonal"
    if first in _OPENS:
        return _OPENS[first]
    if first[0].isdigit():
        return "number"
    if classes[0] == _INFINITIVE:
        return "infinitive"
    if classes[0] == _VERB:
        return "verb"
    if classes[0] in (_NOUN, _NOUNS):
        return "noun"
    return "other"


def _point(found: list[float], words: list[str], classes: list[str], nouns: list[int]) -> None:
    """Put what points to something named before, and whether anything was named before it."""
    first_noun = nouns[0] if nouns else len(words)
    for at, word in enumerate(words):
        kind = _POINTS.get(word)
        if kind is None or not _is_pointing(kind, at, words, classes):
            continue
        is_named = first_noun < at or (kind in ("that", "it_is") and _INFINITIVE in classes[:at])
        found[_POINTING[kind][is_named]] = 1.0
        has_plural = any(classes[one] in (_NOUNS, _OTHERS) for one in nouns if one < at)
        if kind == "they" and is_named and not has_plural:
            found[_PLACES["they_without_plural"]] = 1.0
        if word == "les" and not has_plural:  # « un budget pour les aider »
            found[_PLACES["they_bare"]] = 1.0


def _is_pointing(kind: str, at: int, words: list[str], classes: list[str]) -> bool:
    following = words[at + 1] if at + 1 < len(words) else ""
    if kind == "he":
        return following not in _IMPERSONAL
    if kind == "there":
        return following not in _THERE
    if kind == "this":
        return following not in _NO_DETERMINER
    if kind == "of_it":
        return at + 1 < len(words) and classes[at + 1] == _VERB
    if kind == "them":
        return at + 1 < len(words) and (classes[at + 1] == _INFINITIVE or following in _AUXILIARIES)
    return True


class Standing(NamedTuple):
    """Chances of what a reader would say of a text: that it stands alone, is a fragment, stands under its heading, is
    no idea, or has lost its subject; they sum to one."""

    alone: float
    fragment: float
    headed: float
    nothing: float
    lost: float


@lru_cache(maxsize=50_000)
def judge(text: str) -> Standing:
    """The chances of a text, read by itself, rounded before they decide.

    A subject is surely lost where the grammar says so: « Ils ferment tôt », « Permet de se voir », « Mais il pleut ».
    """
    features = features_of(text)
    weights, (a, b, c, d, e) = _model()
    for value, (to_a, to_b, to_c, to_d, to_e) in zip(features, weights, strict=True):
        if value:
            a, b, c, d, e = a + value * to_a, b + value * to_b, c + value * to_c, d + value * to_d, e + value * to_e
    best = max(a, b, c, d, e)
    odds = [exp(score - best) for score in (a, b, c, d, e)]
    chances = Standing(*(round(one / sum(odds), CHANCE_DECIMALS) for one in odds))
    return chances._replace(lost=1.0) if _is_surely_lost(text, features) else chances


def _is_surely_lost(text: str, features: Sequence[float]) -> bool:
    if any(features[place] for place in _SURELY) or any(one.search(text) for one in _BEHIND):
        return True
    first, _, rest = text.strip(_EDGES).lower().replace("’", "'").partition(" ")
    done = _DONE_TO_IT.match(text)
    if done is not None and is_infinitive(done[1]) and not is_noun(done[1]):  # « la repeindre »
        return True
    is_deed = third_person(first) is not None and not is_noun(first) and first not in _TAKEN_FOR_OTHERS
    return is_deed and bool(rest)


@cache
def _model() -> tuple[list[list[float]], list[float]]:
    """The weights of each feature and the bias, as lists: of one text, twice as fast as arrays."""
    head = load_alone()
    return head.weights.T.tolist(), head.bias.tolist()


def load_alone(folder: Path = ALONE.path) -> Linear:
    """The model of a folder, once the sha256 of its weights was checked.

    Raises ModelError: a file is missing or altered, or it was learned from other features.
    """
    with ALONE.reading(folder) as learned:
        head = learned.head("alone", INPUTS)
        if head.outputs != LABELS:
            raise ValueError(f"lectures {list(head.outputs)}")
        return head


def save_alone(folder: Path, head: Linear) -> None:
    """Write the weights."""
    save(folder, {"alone": head}, {})
