"""Search of sentences: words whatever their accents and inflections."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from functools import lru_cache

from pipeline.axes import HORS_AXE
from pipeline.language.lexicon.verbs import infinitive_of, is_finite
from pipeline.language.text.folding import fold_word
from pipeline.language.text.words import STOP_WORDS, WORD, stem
from pipeline.review.log.state import ReviewState
from pipeline.workshop.records import Item

KINDS: Mapping[str, tuple[str, Callable[[Item], bool]]] = {
    "": ("toutes les idées", lambda _: True),
    "signaux": ("ce qui est hors des titres", lambda item: item.group_id is None and item.axis != HORS_AXE),
    "hors_axe": ("ce qui est hors axe", lambda item: item.axis == HORS_AXE),
    "a_relire": ("ce qui est à relire", lambda item: item.status == "a_relire"),
    "masquees": ("ce qui est masqué ou non cité", lambda item: item.is_hidden or not item.is_quotable),
    "de_cote": ("ce qui est mis de côté", lambda item: bool(item.aside)),
}
"""Kind → what the screen calls it, and its test."""


@lru_cache(maxsize=200_000)
def _keys_of_word(word: str) -> frozenset[str]:
    forms = (word, infinitive_of(word)) if is_finite(word) else (word,)
    return frozenset(stem(fold_word(form)) for form in forms)


def _words(text: str) -> list[str]:
    return WORD.findall(text.lower().replace("’", "'"))


@lru_cache(maxsize=200_000)
def _keys(text: str) -> tuple[frozenset[str], str]:
    """The stems of a text, and its folded words behind spaces."""
    words = _words(text)
    return frozenset().union(*map(_keys_of_word, words)), "".join(f" {fold_word(word)}" for word in words)


def matcher(query: str) -> Callable[[str], bool]:
    """A test of texts: every word of the query is there, in any form, or begins one; grammatical words aside."""
    words = _words(query)
    wanted = [word for word in words if fold_word(word) not in STOP_WORDS] or words
    asked = [(_keys_of_word(word), f" {fold_word(word)}") for word in wanted]

    def holds(text: str) -> bool:
        keys, folded = _keys(text)
        return all(not keys.isdisjoint(stems) or start in folded for stems, start in asked)

    return holds


def find(
    state: ReviewState, query: str = "", kind: str = "", axis: str = "", group_id: str = ""
) -> tuple[list[Item], Mapping[str, int]]:
    """The items wanted, "" where anything will do, and how many each axis would leave."""
    holds, is_of_kind = matcher(query), KINDS[kind][1]
    found = [
        item
        for item in state.items.values()
        if bool(item.aside) == (kind == "de_cote")
        and group_id in ("", item.group_id)
        and is_of_kind(item)
        and (not query or holds(item.text))
    ]
    return [item for item in found if axis in ("", item.axis)], Counter(item.axis for item in found)
