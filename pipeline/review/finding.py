"""Sentences looked for: words whatever their accents and inflections, and what is known of who said them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from pipeline.axes import HORS_AXE
from pipeline.contracts.labels import CHANNEL_NAMES
from pipeline.language.lexicon.verbs import infinitive_of, is_finite
from pipeline.language.text.folding import fold_word
from pipeline.language.text.words import STOP_WORDS, WORD, stem
from pipeline.review.log.state import ReviewState
from pipeline.workshop.records import Item, Source

VALUES_MAX = 40
"""A column with more values tells nothing of a kind of people: it is not offered as a filter."""
LENGTH_MAX = 60
"""Nor one whose values are sentences."""
TABLE, CHANNEL = "table", "canal"
COLUMN_NAMES = {TABLE: "Table", CHANNEL: "Canal"}
KINDS: Mapping[str, tuple[str, Callable[[Item], bool]]] = {
    "toutes": ("toutes les idées", lambda _: True),
    "signaux": ("ce qui est hors des titres", lambda item: item.group_id is None and item.axis != HORS_AXE),
    "hors_axe": ("ce qui est hors axe", lambda item: item.axis == HORS_AXE),
    "a_relire": ("ce qui est à relire", lambda item: item.status == "a_relire"),
    "masquees": ("ce qui est masqué ou non cité", lambda item: item.is_hidden or not item.is_quotable),
}
"""Kind → what the screen calls it, and its test."""


@lru_cache(maxsize=200_000)
def _keys_of_word(word: str) -> frozenset[str]:
    """The stems by which a word is found: its own, and that of its infinitive when it is a conjugated verb."""
    keys = {stem(fold_word(word))}
    if is_finite(word):
        keys.add(stem(fold_word(infinitive_of(word))))
    return frozenset(keys)


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


# what is known of a contribution ---------------------------------------------------------------------------


@lru_cache(maxsize=50_000)
def _attributes(given: str) -> Mapping[str, str]:
    try:
        values = json.loads(given)
    except ValueError:
        return {}
    return {str(key): " ".join(str(value).split()) for key, value in values.items() if value not in (None, "")}


def _kind_of(source: Source) -> tuple[str, str, str]:
    return (source.attributes or "{}", source.table or "", source.channel)


@lru_cache(maxsize=50_000)
def _known(attributes: str, table: str, channel: str) -> Mapping[str, str]:
    own = {TABLE: table, CHANNEL: CHANNEL_NAMES[channel].piece}
    return {**_attributes(attributes), **{key: value for key, value in own.items() if value}}


def known_of(source: Source) -> Mapping[str, str]:
    """The table, the channel and the other columns of a contribution; what is not known is left out."""
    return _known(*_kind_of(source))


def columns_of(state: ReviewState) -> tuple[str, ...]:
    """The columns that tell kinds of people, table and channel first: of few values, more than one, all short."""
    values: dict[str, set[str]] = {TABLE: set(), CHANNEL: set()}
    for kind in {_kind_of(source) for source in state.sources.values()}:
        for key, value in _known(*kind).items():
            values.setdefault(key, set()).add(value)
    own = [key for key in values if 1 < len(values[key]) <= VALUES_MAX and max(map(len, values[key])) <= LENGTH_MAX]
    return tuple(sorted(own, key=lambda key: (key not in (TABLE, CHANNEL), key != TABLE, key)))


# what is looked for ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Wanted:
    """What someone looks for; "" or nothing where anything will do.

    Attributes
    ----------
    chosen : column → the value that it must hold.
    votes : so many votes at least.
    """

    query: str = ""
    kind: str = "toutes"
    axis: str = ""
    group_id: str = ""
    votes: int = 0
    chosen: Mapping[str, str] | None = None


@dataclass(frozen=True)
class Found:
    """Items in the order of the axes' reading, and for each filter how many each of its values would leave."""

    items: tuple[Item, ...]
    counts: Mapping[str, Mapping[str, int]]


def find(state: ReviewState, wanted: Wanted, columns: Iterable[str]) -> Found:
    """The items wanted; a value's count follows every other filter."""
    holds, is_of_kind = matcher(wanted.query), KINDS.get(wanted.kind, KINDS["toutes"])[1]
    chosen = dict(wanted.chosen or {})
    counts: dict[str, Counter[str]] = {name: Counter() for name in ("axe", *columns)}
    items: list[Item] = []
    for item in state.items.values():
        source = state.sources[item.contribution_id]
        if wanted.group_id and item.group_id != wanted.group_id:
            continue
        if wanted.votes > (source.votes or 0) or not is_of_kind(item) or (wanted.query and not holds(item.text)):
            continue
        known = known_of(source)
        failed = [key for key, value in chosen.items() if known.get(key, "") != value]
        failed += ["axe"] if wanted.axis and item.axis != wanted.axis else []
        if not failed:
            items.append(item)
        for name, count in counts.items():
            if failed in ([], [name]):
                count[item.axis if name == "axe" else known.get(name, "")] += 1
    return Found(tuple(items), counts)
