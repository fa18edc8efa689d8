"""What one does to have a thing that people propose: by its noun, or by the noun of the action that names it.

A noun that is not here keeps its phrase: nothing says whether one would raise or cut « des impôts ».
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from pipeline.language.text.lists import read_lines


def _of_lines(name: str, separator: str | None) -> Iterator[tuple[str, str]]:
    for line in read_lines(__name__, name):
        infinitive, nouns = line.split(" : ")
        yield from ((noun, infinitive) for noun in nouns.split(separator))


@cache
def verbs_of_objects() -> Mapping[str, str]:
    """Noun → the infinitive that takes it as its object: `navette` → `mettre en place`."""
    return dict(_of_lines("undertakings", None))


@cache
def infinitives_of_nouns() -> Mapping[str, str]:
    """Noun, or noun phrase, at the head of an action → its infinitive: `création` → `créer`."""
    return dict(_of_lines("actions", ", "))
