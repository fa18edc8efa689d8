"""Whether words are spelt as a dictionary spells them: the forms that spaCy's French lemmatizer knows, and our lexicon.

Read when a sentence of ours is about to hold somebody's words: what is misspelt is quoted, not told as if we had
written it."""

import re
from bisect import bisect
from collections.abc import Collection
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

from pipeline.language.lexicon.nouns import all_nouns, is_noun
from pipeline.language.lexicon.verbs import is_finite, is_infinitive
from pipeline.language.models.parsing import MODEL_NAME
from pipeline.language.text.folding import fold_inclusive
from pipeline.language.text.lists import read_words

_WORD = re.compile(r"(?<![\w-])[a-zà-ÿœæ]+(?:-[a-zà-ÿœæ]+)*(?![\w’'-])")
"""A word without a capital; before an apostrophe stands an elided one, of which nothing is said."""
_SEED, _FACTOR, _ALL = 1, 0xC6A4A7935BD1E995, 2**64 - 1
_REFORM = re.compile(r"[iu]|è(?=[^aeiouyéêèà]+e)")
_REFORMED = {"i": "î", "u": "û", "è": "é"}
"""Letters that the spelling of 1990 changed, and what they were: « connaitre », « cout », « règlement »."""
SHORT = 3
"""Letters up to which nothing is said of a word."""


@cache
def _forms() -> tuple[Collection[int], frozenset[bytes]]:
    """The hashes of the forms that the lemmatizer looks up, and the lemmas and exceptions that it reads by rules."""
    from srsly.msgpack import unpackb  # type: ignore[import-untyped]

    spec = find_spec(MODEL_NAME)
    folder = Path(spec.origin).parent if spec is not None and spec.origin else Path()
    path = next(folder.rglob("lemmatizer/lookups/lookups.bin"))
    tables = unpackb(path.read_bytes(), raw=True, use_list=False, strict_map_key=False)
    words = frozenset[bytes]().union(*tables[b"lemma_index"].values(), *tables[b"lemma_exc"].values())
    return tables[b"lemma_lookup"].keys(), words


@lru_cache(maxsize=20_000)
def is_known(word: str) -> bool:
    """Whether a word in lower case is of the dictionary, by the rules of 1990 too; of a compound, each part."""
    if "-" in word:
        return all(map(is_known, word.split("-")))
    before = (f"{word[: m.start()]}{_REFORMED[m[0]]}{word[m.end() :]}" for m in _REFORM.finditer(word))
    return len(word) <= SHORT or any(map(is_listed, (word, *before)))


@lru_cache(maxsize=50_000)
def is_listed(word: str) -> bool:
    """Whether a word in lower case is a form of the dictionary, or of our lexicon."""
    if word in read_words(__name__, "own_words") or is_noun(word) or is_infinitive(word) or is_finite(word):
        return True
    hashes, words = _forms()
    both = (word, word.replace("œ", "oe"), word.replace("oe", "œ"))
    forms = {form for one in both for form in (one, one[:-1] if one[-1] in "sx" else one)}
    return any(_hash(form.encode()) in hashes or form.encode() in words or is_noun(form) for form in forms)


@lru_cache(maxsize=20_000)
def is_shortening(word: str) -> bool:
    """Whether a word in lower case is no word but the head of a noun, cut after a consonant: `agric`, `resp`."""
    if not _CUT.fullmatch(word) or is_listed(word):
        return False
    nouns = all_nouns()
    after = nouns[bisect(nouns, word) :][:1]
    return bool(after) and after[0].startswith(word) and len(after[0]) > len(word) + 1


_CUT = re.compile(r"[a-zà-ÿ]{2,6}[bcdfghjklmnpqrstvwxzç]")


def _hash(told: bytes) -> int:
    """MurmurHash64A of a word, as spaCy keeps it: importing spaCy for that takes a third of a second."""
    found = _SEED ^ (len(told) * _FACTOR & _ALL)
    end = len(told) // 8 * 8
    for at in range(0, end, 8):
        part = int.from_bytes(told[at : at + 8], "little") * _FACTOR & _ALL
        found = (found ^ (part ^ part >> 47) * _FACTOR) * _FACTOR & _ALL
    if end < len(told):
        found = (found ^ int.from_bytes(told[end:], "little")) * _FACTOR & _ALL
    found = (found ^ found >> 47) * _FACTOR & _ALL
    return found ^ found >> 47


def is_spelt(text: str) -> bool:
    """Whether every word of a text that has no capital is known."""
    return all(is_known(match[0]) for match in _WORD.finditer(fold_inclusive(text)))
